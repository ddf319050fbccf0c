"""Switch one output off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from app.core.outputs import DeviceRef, OutputAction
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import ACCEPTS, N_, Kind, Off

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

# What a role's own output is; a device that is named by its id may have any.
_OF_ROLE: Final[dict[str, tuple[Kind, ...]]] = {
    "motor": (Kind.MOTOR,),
    "light": (Kind.LIGHT, Kind.LEVEL),
    "relay": (Kind.SWITCH, Kind.PULSE),
    "effect": (Kind.EFFECT,),
    "position": (Kind.POSITION,),
}


class SwitchOff(OutputAction):
    """Bring one output to rest: off, dark, still."""

    key: ClassVar[str] = "device_off"
    title: ClassVar[str] = N_("Switch off")
    summary: ClassVar[str] = N_("Switch off an output that is on.")
    group: ClassVar[Section] = "devices"
    kinds: ClassVar[tuple[Kind, ...]] = tuple(kind for kind in Kind if ACCEPTS[kind])
    sentence: ClassVar[Say] = Say("switch off {device}", "tắt {device}")

    device: DeviceRef = "relay"

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Switch it off."""
        del facts
        kinds = _OF_ROLE.get(self.device, self.kinds)
        return (Planned(kinds, self.device, self.capability, Off()),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the device."""
        return {"device": speaker.device(self.device)}

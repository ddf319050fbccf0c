"""Switch something on for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.core.expressions import Formula
from app.core.outputs import DeviceRef, OutputAction, Seconds
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, Switch

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class SwitchOn(OutputAction):
    """Switch something on for a while."""

    key: ClassVar[str] = "switch_on"
    title: ClassVar[str] = N_("Switch on")
    summary: ClassVar[str] = N_("Switch a relay or a plug on for some seconds, then off.")
    group: ClassVar[Section] = "devices"
    common: ClassVar[bool] = True
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.SWITCH,)
    sentence: ClassVar[Say] = Say(
        "switch on {device} for {seconds}",
        "bật {device} trong {seconds}",
    )

    device: DeviceRef = "relay"
    seconds: Seconds = Formula(3)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Switch on if the time comes to more than zero."""
        seconds = self.seconds.value(facts.numbers())
        return (self.plan(Switch(on=True), seconds),) if seconds > 0 else ()

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }

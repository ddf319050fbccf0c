"""What rules are checked and mapped against: the devices there are, and names that are known.

One rule: a picture of one moment; None means "not known", and what is not known is not complained
about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from drivers.contract import Hazard, Kind, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What people call a switch; every other role has the name of its kind.
RELAY: Final = "relay"


@dataclass(frozen=True, slots=True)
class OutputSketch:
    """One output of a device, with the limits that hold for it."""

    id: str
    kind: Kind
    limits: Limits = field(default_factory=Limits)
    hazard: Hazard = Hazard.NONE
    drops_when_busy: bool = False
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceSketch:
    """One device. Without outputs it was never open: it is believed to fit."""

    id: str
    name: str = ""
    role: str = ""
    outputs: tuple[OutputSketch, ...] = ()

    def output(self, kinds: Sequence[Kind], capability: str = "") -> OutputSketch | None:
        """Return the first output that fits, or the named one if it does."""
        for kind in kinds:
            for output in self.outputs:
                if output.kind is kind and capability in ("", output.id):
                    return output
        return None


@dataclass(frozen=True)
class Surroundings:
    """The devices, values and sounds there are, the prices of gifts by id, what is not set up."""

    devices: tuple[DeviceSketch, ...] | None = None
    variables: frozenset[str] | None = None
    sounds: frozenset[str] | None = None
    prices: Mapping[int, int] = field(default_factory=dict)
    # What is outside the devices and cannot be used, by its name ("obs"): why.
    shut: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, DeviceSketch]:
        found: dict[str, DeviceSketch] = {}
        for device in reversed(self.devices or ()):
            found.update({device.role: device} if device.role else {})
        found.update({device.id: device for device in self.devices or ()})
        return found

    def device(self, name: str, kinds: Sequence[Kind]) -> DeviceSketch | None:
        """Return who a rule means by an id, a role or the name of a kind; None if nobody."""
        named = self._by_name.get(name)
        if named is not None:
            return named
        usual = {"", *(kind.value for kind in kinds)}
        if Kind.SWITCH in kinds:
            usual.add(RELAY)
        return self.able(kinds) if name in usual else None

    def knows(self, name: str) -> bool:
        """Say whether a device goes by this id, role or name of a kind."""
        if name in self._by_name:
            return True
        kind = Kind.SWITCH.value if name == RELAY else name
        return kind in list(Kind) and self.able((Kind(kind),)) is not None

    def able(self, kinds: Sequence[Kind]) -> DeviceSketch | None:
        """Return the first device with an output of these kinds."""
        for kind in kinds:
            for device in self.devices or ():
                if device.output((kind,)) is not None:
                    return device
        return None

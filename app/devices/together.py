"""What outputs may do together: never A with B, and no more power than one supply gives.

One rule: pure; what is not known to be off counts as on, and off is always allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.core.outcome import Drop
from app.devices.gate import Held
from drivers.contract import SetColor, SetLevel, is_off

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from drivers.contract import Instruction

# Whoever waits is woken when something rests; this is for what rests without telling.
LOOK_EVERY_S: Final = 0.25

Output = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Interlock:
    """Two outputs that never run together; "" as capability means every output of the device."""

    one: Output
    other: Output

    def keeps_from(self, output: Output) -> tuple[Output, ...]:
        """Return what must rest while `output` runs."""
        sides = ((self.one, self.other), (self.other, self.one))
        return tuple(other for mine, other in sides if _covers(mine, output))


@dataclass(frozen=True, slots=True)
class Together:
    """All interlocks, and the shared supply: watts by output, and most in all (None: no limit)."""

    interlocks: tuple[Interlock, ...] = ()
    power_w: float | None = None
    watts: Mapping[Output, float] = field(default_factory=lambda: MappingProxyType({}))

    def held(
        self, output: Output, instruction: Instruction, on: Mapping[Output, Instruction | None]
    ) -> Held | None:
        """Say why an output must wait; `on` is what all outputs do now (None: not known)."""
        if is_off(instruction):
            return None
        others = {key: doing for key, doing in on.items() if key != output}
        if self._locked(output, others):
            return Held(Drop.INTERLOCK, LOOK_EVERY_S)
        if self.power_w is None:
            return None
        needs_w = self.draws_w(output, instruction)
        if needs_w > self.power_w:
            return Held(Drop.POWER)
        if needs_w and needs_w + self.used_w(others) > self.power_w:
            return Held(Drop.POWER, LOOK_EVERY_S)
        return None

    def too_many(self, on: Mapping[Output, Instruction | None]) -> tuple[Output, ...]:
        """Return what must end of all that is on, the longest first: whoever began later."""
        kept: dict[Output, Instruction | None] = {}
        for output, doing in on.items():
            if doing is None or self.held(output, doing, kept) is None:
                kept[output] = doing
        return tuple(output for output in on if output not in kept)

    def used_w(self, on: Mapping[Output, Instruction | None]) -> float:
        """Return what all of this draws."""
        return sum(self.draws_w(output, doing) for output, doing in on.items())

    def draws_w(self, output: Output, doing: Instruction | None) -> float:
        """Return what an output draws; what is not known draws all it can."""
        watts = self.watts.get(output, 0.0)
        match doing:
            case SetLevel(level=level) | SetColor(level=level):
                return watts * min(1.0, max(0.0, level))
            case _:
                return watts

    def without(self, device_id: str) -> Together:
        """Return the same without a device that is gone."""
        return Together(
            tuple(one for one in self.interlocks if device_id not in (one.one[0], one.other[0])),
            self.power_w,
            {output: watts for output, watts in self.watts.items() if output[0] != device_id},
        )

    def _locked(self, output: Output, others: Collection[Output]) -> bool:
        return any(
            _covers(side, other)
            for lock in self.interlocks
            for side in lock.keeps_from(output)
            for other in others
        )


def _covers(side: Output, output: Output) -> bool:
    return side[0] == output[0] and side[1] in ("", output[1])

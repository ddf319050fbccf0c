"""How a light looks some seconds after it was told to: the same for lamps and strips.

One rule: pure; a flash is counted from its own beginning and ends dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import Flash, MoveTo, SetColor, SetLevel

if TYPE_CHECKING:
    from drivers.contract import Instruction


# The part of a flash that is bright.
_LIT = 0.5


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour, channels 0 to 255, and how bright it is, 0.0 to 1.0."""

    red: int = 0
    green: int = 0
    blue: int = 0
    level: float = 0.0

    @property
    def scaled(self) -> tuple[int, int, int]:
        """Its channels with the brightness in them."""
        return (
            byte(self.red * self.level),
            byte(self.green * self.level),
            byte(self.blue * self.level),
        )

    @property
    def strength(self) -> float:
        """How bright a lamp without colours must be, 0.0 to 1.0."""
        return max(self.red, self.green, self.blue) / 255 * self.level


DARK = Paint()


def byte(value: float) -> int:
    """Round to what fits into a byte."""
    return max(0, min(255, round(value)))


def moves(instruction: Instruction) -> bool:
    """Say whether the look changes by itself."""
    return isinstance(instruction, Flash) or (
        isinstance(instruction, MoveTo) and instruction.seconds > 0
    )


def paint_at(instruction: Instruction, since_s: float) -> Paint:
    """Return what a light shows `since_s` after the instruction; dark for all that is no light."""
    match instruction:
        case SetColor(red=red, green=green, blue=blue, level=level):
            return Paint(red, green, blue, level)
        case SetLevel(level=level):
            return Paint(255, 255, 255, level)
        case Flash(times=times, red=red, green=green, blue=blue, rate_hz=rate_hz):
            flashes = since_s * rate_hz
            lit = 0 <= flashes < times and flashes % 1.0 < _LIT
            return Paint(red, green, blue, 1.0) if lit else DARK
        case _:
            return DARK

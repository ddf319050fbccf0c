"""One motor of a machine board: how far its rounds are, and the rotation it is told.

One rule: pure; millimetres are the board's own, whatever hangs on the motor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.codecs import ramps
from drivers.codecs.turns import Turn
from drivers.contract import N_, Capability, Hazard, Kind, Limits, Rotate, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = "home"
TITLE = N_("Motor")
HOMING = N_("End switches")
_LONGEST_S = 160.0
# Nearer than this to its goal it is there: places are told in thousandths.
_THERE_MM = 0.002


@dataclass(frozen=True, slots=True)
class Known:
    """What a board knows of one axis: 0 where it does not tell. Millimetres, seconds."""

    steps_per_mm: float = 0.0
    most_mm_per_s: float = 0.0
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Motor:
    """One motor: its axis, how far a round is, how fast it may be, how fast it gains speed."""

    axis: str
    round_mm: float
    max_rpm: float
    gain: float
    steps_per_mm: float = 0.0

    @property
    def near_mm(self) -> float:
        """How near to its goal it is there."""
        return max(_THERE_MM, 1.5 / self.steps_per_mm if self.steps_per_mm else 0.0)

    def mm_per_s(self, instruction: Rotate | Run) -> float:
        """Return how fast an instruction turns it."""
        return max(1e-6, min(instruction.rpm, self.max_rpm) * self.round_mm / 60)

    def turn(self, instruction: Rotate | Run, duration_s: float | None, place_mm: float) -> Turn:
        """Return the rotation it is told, from a place on.

        A board has no clock for us, but a motor never turns further than it would get in its time.
        """
        speed = self.mm_per_s(instruction)
        longest_s = _LONGEST_S if duration_s is None else min(_LONGEST_S, duration_s)
        way = ramps.way_within(longest_s, speed, self.gain)
        if isinstance(instruction, Rotate):
            way = min(way, instruction.rounds * self.round_mm)
        return Turn(way, speed, instruction.reverse, place_mm)


def capabilities(motors: Mapping[str, Motor], homes: tuple[str, ...]) -> tuple[Capability, ...]:
    """Return the outputs: the motors by their names, and the search for end switches, if any."""
    outputs = [
        Capability(
            name,
            Kind.MOTOR,
            f"{TITLE} {motor.axis}",
            Hazard.MOTION,
            limits=Limits(max_rpm=motor.max_rpm),
        )
        for name, motor in motors.items()
    ]
    if homes:
        outputs.append(Capability(HOME, Kind.EFFECT, HOMING, Hazard.MOTION, effects=homes))
    return tuple(outputs)

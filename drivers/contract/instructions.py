"""What outputs can do, by kind, and what may be asked of each.

One rule: an instruction is plain data with units in its docstring; it knows no device.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """What a capability can do; every kind accepts a fixed set of instructions (ACCEPTS)."""

    SWITCH = "switch"
    LEVEL = "level"
    LIGHT = "light"
    MOTOR = "motor"
    PULSE = "pulse"
    EFFECT = "effect"
    POSITION = "position"
    SENSOR = "sensor"


@dataclass(frozen=True, slots=True)
class Off:
    """Bring the capability to its safe state: stopped, dark, open. Always allowed."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Close (on) or open (off) a contact."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetLevel:
    """Hold an output at `level`, 0.0 to 1.0."""

    level: float


@dataclass(frozen=True, slots=True)
class SetColor:
    """Show a steady colour; channels 0 to 255, `level` 0.0 to 1.0 scales all of them."""

    red: int
    green: int
    blue: int
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Flash:
    """Blink `times` times in a colour; `rate_hz` is flashes a second (strobe limit 3)."""

    times: int
    red: int = 255
    green: int = 255
    blue: int = 255
    rate_hz: float = 2.0


@dataclass(frozen=True, slots=True)
class Rotate:
    """Turn `rounds` rounds at `rpm` rounds a minute, then stop."""

    rounds: float
    rpm: float
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Turn at `rpm` until the activation ends."""

    rpm: float
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Pulse:
    """One short shot (a click, a puff) whose length the command's duration gives."""


@dataclass(frozen=True, slots=True)
class Play:
    """Run the device's own effect until the activation ends; "" is its first (never a driver's)."""

    effect: str


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Go to `position`, 0.0 to 1.0 of the way, in `seconds`; stay there until ended.

    Off goes back to where the device rests.
    """

    position: float
    seconds: float = 0.0


Instruction = Off | Switch | SetLevel | SetColor | Flash | Rotate | Run | Pulse | Play | MoveTo

ACCEPTS: dict[Kind, tuple[type[Instruction], ...]] = {
    Kind.SWITCH: (Off, Switch, Pulse),
    Kind.LEVEL: (Off, SetLevel),
    Kind.LIGHT: (Off, SetColor, SetLevel, Flash),
    Kind.MOTOR: (Off, Rotate, Run),
    Kind.PULSE: (Off, Pulse),
    Kind.EFFECT: (Off, Play),
    Kind.POSITION: (Off, MoveTo),
    # It only tells: nothing can be asked of it, and nothing of it must be switched off.
    Kind.SENSOR: (),
}


def is_off(instruction: Instruction) -> bool:
    """Say whether the instruction leaves the output in its safe state."""
    match instruction:
        case Off() | Switch(on=False) | SetLevel(level=0) | SetColor(level=0):
            return True
        case _:
            return False


def own_length_s(instruction: Instruction) -> float | None:
    """Seconds the instruction takes by its own terms, or None if it lasts until ended.

    A rotation gets 25 % on top of rounds / rpm for ramps and slipping.
    """
    match instruction:
        case Rotate(rounds=rounds, rpm=rpm):
            return rounds / max(rpm, 0.001) * 60.0 * 1.25
        case Flash(times=times, rate_hz=rate_hz):
            return times / max(rate_hz, 0.001)
        case _:
            return None

"""Shockers: what outputs one has, and what an instruction means in strength and length.

One rule: no shock is stronger than a fifth or longer than a second, whoever asks for it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.contract import (
    ACCEPTS,
    N_,
    Capability,
    Cause,
    DriverError,
    Hazard,
    Instruction,
    Kind,
    Limits,
    SetLevel,
    is_off,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_ID: Final = 65_535
MOST_SHOCKERS: Final = 8
SHOCK_LIMITS: Final = Limits(max_level=0.2, max_on_s=1.0)
# A hub takes longer ones; nothing on a body goes on for longer than somebody looks.
MILD_LIMITS: Final = Limits(max_on_s=10.0)


class Op(enum.StrEnum):
    """What a shocker can do."""

    SHOCK = "shock"
    VIBRATE = "vibrate"
    BEEP = "beep"


@dataclass(frozen=True, slots=True)
class Order:
    """One thing for one shocker to do: `percent` of its full strength for `length_ms`."""

    shocker: int
    op: Op
    percent: int
    length_ms: int


_KINDS: Final = {
    Op.SHOCK: (Kind.LEVEL, Hazard.PAIN, N_("Shock"), SHOCK_LIMITS),
    Op.VIBRATE: (Kind.LEVEL, Hazard.BODY, N_("Vibration"), MILD_LIMITS),
    Op.BEEP: (Kind.PULSE, Hazard.NONE, N_("Beep"), MILD_LIMITS),
}


def capabilities(shockers: Iterable[int]) -> tuple[Capability, ...]:
    """Return the outputs: "shock_7", "vibrate_7" and "beep_7" for shocker 7."""
    return tuple(
        Capability(
            f"{op.value}_{shocker}",
            kind,
            f"{title} {shocker}",
            hazard,
            self_timed=True,
            limits=limits,
        )
        for shocker in shockers
        for op, (kind, hazard, title, limits) in _KINDS.items()
    )


def shocker_of(capability: str, shockers: Iterable[int]) -> tuple[int, Op]:
    """Return which shocker an output belongs to, and what it does; raises UNSUPPORTED."""
    name, _, number = capability.partition("_")
    for shocker in shockers:
        if number == str(shocker) and name in list(Op):
            return shocker, Op(name)
    raise DriverError(Cause.UNSUPPORTED, capability)


def order_of(
    shocker: int, op: Op, instruction: Instruction, duration_s: float | None
) -> Order | None:
    """Return what to do for an instruction, None for off; raises UNSUPPORTED.

    Never stronger or longer than the limits here, which need nobody else to be kept.
    """
    kind, _, _, limits = _KINDS[op]
    if not isinstance(instruction, ACCEPTS[kind]):
        raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
    if is_off(instruction):
        return None
    level = instruction.level if isinstance(instruction, SetLevel) else 1.0
    asked_s = limits.max_on_s if duration_s is None else duration_s
    # A hundredth of a percent mends what floats lose; rounding up would be stronger than asked.
    percent = int(min(level, limits.max_level) * 100 + 0.01)
    length_ms = int(min(asked_s, limits.max_on_s) * 1000)
    return Order(shocker, op, max(1, percent), max(1, length_ms))

"""The weakest and shortest thing an output can do, to see which one it is; and when it is seen.

One rule: pure; what comes out passes the gate like everything else.
"""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import TYPE_CHECKING, Final

from app.devices.gate import effective_limits
from drivers.contract import (
    Instruction,
    Kind,
    MoveTo,
    Play,
    Pulse,
    Rotate,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from drivers.contract import Capability, Limits

# A hand needs this long from seeing to pressing.
REACTION_MS: Final = 200.0
_KEPT: Final = 5
_SHORT_S: Final = 0.3
_WEAK: Final = 0.1


def nudge_of(
    capability: Capability, user: Limits | None
) -> tuple[Instruction, float | None] | None:
    """Return what to do, and for how long; None for what does nothing by being asked."""
    limits = effective_limits(capability, user)
    short_s = min(_SHORT_S, limits.max_on_s)
    weak = min(_WEAK, limits.max_level)
    effect = capability.effects[0] if capability.effects else ""
    place = min(_aside(capability.rest, weak), limits.max_level)
    ways: dict[Kind, tuple[Instruction, float | None]] = {
        Kind.SWITCH: (Switch(on=True), short_s),
        Kind.LEVEL: (SetLevel(weak), short_s),
        Kind.LIGHT: (SetColor(255, 255, 255, weak), short_s),
        Kind.MOTOR: (Rotate(min(0.1, limits.max_rounds), min(20.0, limits.max_rpm)), None),
        Kind.PULSE: (Pulse(), min(0.1, limits.max_on_s)),
        Kind.EFFECT: (Play(effect), short_s),
        Kind.POSITION: (MoveTo(place, 0.2), 2 * _SHORT_S),
    }
    return ways.get(capability.kind)


def _aside(rest: float | None, weak: float) -> float:
    """Return a place a little beside where it rests."""
    if rest is None:
        return weak
    return rest - weak if rest > weak else rest + weak


class Delays:
    """How long one output takes until it is seen: presses of a hand, and the median of them."""

    def __init__(self, kept: tuple[float, ...] = ()) -> None:
        self._kept: deque[float] = deque(kept, maxlen=_KEPT)
        self._since: float | None = None

    @property
    def median_ms(self) -> float | None:
        """The delay, or None if none was measured."""
        return round(median(self._kept)) if self._kept else None

    @property
    def kept(self) -> tuple[float, ...]:
        """The newest measurements, in ms."""
        return tuple(self._kept)

    def begin(self, now: float) -> None:
        """Note that the output was told at `now`, in monotonic seconds."""
        self._since = now

    def seen(self, now: float) -> bool:
        """Note that it was seen; False if nothing was begun."""
        if self._since is None:
            return False
        self._kept.append(max(0.0, (now - self._since) * 1000.0 - REACTION_MS))
        self._since = None
        return True

    def forget(self) -> None:
        """Forget what was measured."""
        self._kept.clear()
        self._since = None

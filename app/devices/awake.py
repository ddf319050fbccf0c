"""Tells when the computer slept: what was on a while ago may be on still, and nobody looked.

One rule: both clocks are compared with how long it should have been; a clock set back is no sleep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.link import Clock

# Looks come once a second; a busy computer is late by less than this.
_SLEPT_S: Final = 5.0


class Awake:
    """Compares looks; call `look` about once a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at = self._now()

    def look(self) -> float:
        """Return how many seconds were slept through since the last look; 0.0: none."""
        before, self._at = self._at, self._now()
        # Some systems stop the one clock while they sleep, others stop none.
        gap_s = max(self._at[0] - before[0], self._at[1] - before[1])
        return gap_s if gap_s > _SLEPT_S else 0.0

    def slept(self) -> bool:
        """Say whether the next look will tell of a sleep that stopped the one clock."""
        mono, wall = self._now()
        return (wall - self._at[1]) - (mono - self._at[0]) > _SLEPT_S

    def _now(self) -> tuple[float, float]:
        return self._clock.monotonic(), self._clock.wall_ms() / 1000.0

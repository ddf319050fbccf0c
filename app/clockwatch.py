"""Tells when the computer's clock is set while the program runs: times in the history then jump.

One rule: it only tells. Nothing that must end in time looks at this clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from app.core.notices import Level, Notice, NoticeCode

if TYPE_CHECKING:
    from collections.abc import Callable

_JUMP_S: Final = 5.0


class Clocks(Protocol):
    """Both clocks of the computer."""

    def monotonic(self) -> float:
        """Return seconds that only go forward."""

    def wall_ms(self) -> int:
        """Return UTC epoch ms, which people and time servers set."""


class ClockWatch:
    """Compares the two clocks; call `look` now and then."""

    def __init__(self, clocks: Clocks, tell: Callable[[Notice], None]) -> None:
        """Take how far apart they are now as right."""
        self._clocks = clocks
        self._tell = tell
        self._apart_s = self._now_apart_s()

    def look(self) -> None:
        """Tell of a jump since the last look."""
        before_s, self._apart_s = self._apart_s, self._now_apart_s()
        jumped_s = self._apart_s - before_s
        if abs(jumped_s) > _JUMP_S:
            values = {"seconds": f"{jumped_s:+.0f}"}
            self._tell(Notice("clock", Level.WARNING, NoticeCode.CLOCK_JUMPED, values))

    def _now_apart_s(self) -> float:
        return self._clocks.wall_ms() / 1000 - self._clocks.monotonic()

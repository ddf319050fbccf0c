"""How far the clock on the wall went on, over summer time and when somebody sets it.

One rule: every time of day comes once a day, whatever the clock does to show it.
"""

from __future__ import annotations

import calendar
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# More than any country changes its clocks by. Whoever moves them further means another day.
_MOST_CHANGE_S: Final = 2 * 3600
# After a long sleep nothing is made up for.
MOST_MISSED_S: Final = 60


def shown_s(at_ms: int) -> int:
    """Return what the clock on the wall shows, in seconds since it showed 1970; 0 if it cannot."""
    try:
        return calendar.timegm(time.localtime(at_ms / 1000))
    except (OverflowError, ValueError, OSError):
        return 0


class WallClock:
    """Watches the clock on the wall. Ask it at every tick."""

    def __init__(self, at_ms: int, shows: Callable[[int], int] = shown_s) -> None:
        """`shows` turns UTC epoch ms into what the clock shows, in seconds."""
        self._shows = shows
        self._furthest = shows(at_ms)
        self._ahead = self._furthest - at_ms // 1000

    def went_on(self, at_ms: int, passed: int) -> int:
        """Return how many seconds it shows for the first time; `passed` have really passed.

        0 while it shows an hour for the second time.
        """
        now, before = self._shows(at_ms), self._furthest
        ahead, was_ahead = now - at_ms // 1000, self._ahead
        self._ahead = ahead
        if before - _MOST_CHANGE_S <= now <= before:
            return 0
        self._furthest = now
        # What was left out tonight comes when the clock goes on behind it.
        left_out = ahead - was_ahead if 0 < ahead - was_ahead <= _MOST_CHANGE_S else 0
        new = now - before
        return new if 0 < new <= left_out + MOST_MISSED_S else min(passed, MOST_MISSED_S)

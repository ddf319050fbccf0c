"""How well a device answers, judged by its newest commands.

One rule: pure; what was refused on purpose or never sent says nothing about health.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import Final

from app.core.outcome import Drop, Stage

NEWEST: Final = 20
# Of the newest three all failed: what is asked next will fail too.
_BAD_IN_A_ROW: Final = 3
_SHAKY: Final = 0.1
# Then it is asked again, to see.
_AGAIN_S: Final = 30.0
_FAULTS: Final = frozenset({Drop.NO_ANSWER, Drop.LOST, Drop.REFUSED})


@dataclass(frozen=True, slots=True)
class HealthState:
    """The verdict and what it is made of; `took_ms` is the median of acknowledgements."""

    state: str = ""
    good: int = 0
    failed: int = 0
    lost: int = 0
    took_ms: float | None = None


class Health:
    """Remembers how the newest commands of one device went."""

    def __init__(self) -> None:
        self._newest: deque[bool] = deque(maxlen=NEWEST)
        self._took_ms: deque[float] = deque(maxlen=NEWEST)
        self._lost = 0
        self._failed_at = 0.0

    def note(self, stage: Stage, drop: Drop, took_ms: float | None, now: float) -> None:
        """Take in one step of one command, at `now` in monotonic seconds."""
        if stage is Stage.ACKED:
            self._newest.append(True)
            if took_ms is not None:
                self._took_ms.append(took_ms)
        elif stage is Stage.FAILED and drop in _FAULTS:
            self._newest.append(False)
            self._failed_at = now

    def bad(self, now: float) -> bool:
        """Say whether another device had better do its work for the moment."""
        return self.now.state == "bad" and now - self._failed_at < _AGAIN_S

    def lost(self) -> None:
        """Note that the connection broke."""
        self._lost += 1

    def opened(self) -> None:
        """Note that it is open anew: what failed before says little about it."""
        while self._newest and not self._newest[-1]:
            self._newest.pop()

    @property
    def now(self) -> HealthState:
        """The verdict."""
        good = sum(self._newest)
        failed = len(self._newest) - good
        newest = list(self._newest)[-_BAD_IN_A_ROW:]
        if not self._newest:
            state = ""
        elif len(newest) == _BAD_IN_A_ROW and not any(newest):
            state = "bad"
        else:
            state = "shaky" if failed / len(self._newest) > _SHAKY else "good"
        took_ms = round(median(self._took_ms), 1) if self._took_ms else None
        return HealthState(state, good, failed, self._lost, took_ms)

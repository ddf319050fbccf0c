"""What an output may use up and what it has: time on today, shots until a refill, wear.

One rule: time is passed in; what is used up is counted even when nobody set a limit for it yet.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What an output may use up; None: as much as it likes.

    Today's seconds and shots stop it; `service_after_s` seconds on only tell that it is worn.
    """

    on_s_per_day: float | None = None
    shots: int | None = None
    service_after_s: float | None = None

    @property
    def set(self) -> bool:
        """Whether anything is limited."""
        return self != Budget()


@dataclass(frozen=True, slots=True)
class Spent:
    """What an output has used: `day` is the number of the day that `on_s_today` is of."""

    day: int = 0
    on_s_today: float = 0.0
    shots: int = 0
    worn_s: float = 0.0


def day_of(wall_ms: int) -> int:
    """Return the number of the day on the wall's calendar at a time in UTC epoch ms."""
    local = time.localtime(wall_ms / 1000)
    return local.tm_year * 1000 + local.tm_yday


class Meter:
    """Counts what one output uses. Monotonic seconds come in as `now`, the day as a number."""

    def __init__(self, budget: Budget, spent: Spent) -> None:
        self.budget = budget
        self._spent = spent
        self._on_since: float | None = None

    def spent(self, now: float, day: int) -> Spent:
        """Return what was used until now."""
        on_s = 0.0 if self._on_since is None else max(0.0, now - self._on_since)
        kept = self._spent
        today_s = kept.on_s_today if kept.day == day else 0.0
        return Spent(day, today_s + on_s, kept.shots, kept.worn_s + on_s)

    def left_s(self, now: float, day: int) -> float:
        """Return how long it may still be on today."""
        most_s = self.budget.on_s_per_day
        return math.inf if most_s is None else most_s - self.spent(now, day).on_s_today

    def shots_left(self) -> float:
        """Return how many shots are left."""
        return math.inf if self.budget.shots is None else self.budget.shots - self._spent.shots

    def begin(self, now: float, day: int, shots: int) -> None:
        """Note that it was told to do something, for so many commands."""
        spent = self.spent(now, day)
        self._spent = Spent(day, spent.on_s_today, spent.shots + shots, spent.worn_s)
        self._on_since = now

    def end(self, now: float, day: int) -> bool:
        """Note that it is off; False if it was already."""
        if self._on_since is None:
            return False
        self._spent, self._on_since = self.spent(now, day), None
        return True

    def refill(self, what: str, now: float, day: int) -> None:
        """Count anew: "shots", "service" or "day"."""
        spent = self.spent(now, day)
        self._spent = Spent(
            day,
            0.0 if what == "day" else spent.on_s_today,
            0 if what == "shots" else spent.shots,
            0.0 if what == "service" else spent.worn_s,
        )
        self._on_since = None if self._on_since is None else now

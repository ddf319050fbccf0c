"""What is counted of this stream for goals, and how far each goal is.

One rule: only real events count; a goal is reached once a stream, and says when.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.core.events import Follow, Gift, Like, Source
from app.gateway.rule_views import GoalView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.events import LiveEvent
    from app.gateway.rule_messages import PutGoal
    from app.store.kept import Kept

MAX_GOALS: Final = 50


@dataclass(slots=True)
class Sums:
    """This stream so far."""

    coins: float = 0
    gifts: float = 0
    likes: float = 0
    followers: float = 0


@dataclass(frozen=True, slots=True)
class _Goal:
    id: str
    name: str
    counts: str
    target: float
    variable: str = ""
    reached_ms: int | None = None
    room: int = 0


class Goals:
    """The goals of one install. Loop's thread only."""

    def __init__(
        self,
        kept: Kept,
        counted: Kept,
        variable: Callable[[str], float | str | None],
        wall_ms: Callable[[], int],
    ) -> None:
        """Take where goals and likes are kept, and how to ask a variable."""
        self._kept = kept
        self._counted = counted
        self._variable = variable
        self._wall_ms = wall_ms
        self._goals: dict[str, _Goal] = {}
        self._room = 0
        self._kept_likes = 0.0
        self.sums = Sums()
        self.changed = False

    async def restore(self, room_id: int, sums: Sums) -> None:
        """Go on with a stream that still runs; TikTok's own count of likes was kept."""
        self._room, self.sums = room_id, sums
        counted = (await self._counted.all()).get("likes", {})
        if counted.get("room") == room_id:
            self.sums.likes = self._kept_likes = _number(counted.get("total"))
        kept = sorted(
            (await self._kept.all()).items(), key=lambda one: _number(one[1].get("order"))
        )
        for key, values in kept:
            goal = _goal_from(key, values)
            if goal is not None:
                self._goals[key] = goal
        self.changed = bool(self._goals)

    def begin(self, room_id: int) -> None:
        """Start to count anew."""
        self._room, self.sums, self._kept_likes = room_id, Sums(), 0.0
        self.changed = True

    def on_event(self, event: LiveEvent) -> None:
        """Count an event."""
        if event.source is not Source.LIVE or not isinstance(event, Gift | Like | Follow):
            return
        sums = self.sums
        if isinstance(event, Gift):
            sums.gifts += event.count
            sums.coins += event.count * event.coins
        elif isinstance(event, Like):
            sums.likes = max(sums.likes + event.count, event.total)
        else:
            sums.followers += 1
        self.changed = True

    def look(self) -> None:
        """Note which goals were reached, and keep the likes; call it every second."""
        for goal in list(self._goals.values()):
            reached = self._now(goal) >= goal.target
            # One of an earlier stream was reached then, and not now.
            other = goal.counts != "variable" and goal.room != self._room
            if reached and (goal.reached_ms is None or other):
                self._put(replace(goal, reached_ms=self._wall_ms(), room=self._room))
            elif goal.reached_ms is not None and not reached:
                self._put(replace(goal, reached_ms=None))
        if self.sums.likes != self._kept_likes:
            self._kept_likes = self.sums.likes
            self._counted.put("likes", {"room": self._room, "total": self.sums.likes})

    def put(self, asked: PutGoal) -> bool:
        """Add or change a goal; False if there are too many."""
        if asked.goal_id not in self._goals and len(self._goals) >= MAX_GOALS:
            return False
        goal_id = asked.goal_id or secrets.token_hex(4)
        self._put(_Goal(goal_id, asked.name, asked.counts, asked.target, asked.variable))
        self.look()
        return True

    def drop(self, goal_id: str) -> bool:
        """Remove a goal; False if there is none."""
        if self._goals.pop(goal_id, None) is None:
            return False
        self._kept.drop(goal_id)
        self.changed = True
        return True

    def views(self) -> tuple[GoalView, ...]:
        """Return all goals, in the order they were made."""
        return tuple(
            GoalView.model_validate(
                {
                    "id": goal.id,
                    "name": goal.name,
                    "counts": goal.counts,
                    "target": goal.target,
                    "variable": goal.variable,
                    "now": self._now(goal),
                    "reached_ms": goal.reached_ms,
                }
            )
            for goal in self._goals.values()
        )

    def _now(self, goal: _Goal) -> float:
        if goal.counts == "variable":
            return _number(self._variable(goal.variable))
        return float(getattr(self.sums, goal.counts))

    def _put(self, goal: _Goal) -> None:
        self._goals[goal.id] = goal
        self._kept.put(goal.id, {"order": list(self._goals).index(goal.id), **asdict(goal)})
        self.changed = True


def _goal_from(key: str, values: dict[str, Any]) -> _Goal | None:
    known = {name: values[name] for name in _Goal.__dataclass_fields__ if name in values}
    try:
        goal = _Goal(**{**known, "id": key})
        _ = GoalView.model_validate(
            {"id": key, "name": goal.name, "counts": goal.counts, "target": goal.target}
        )
    except (TypeError, ValueError):
        return None
    return goal


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0

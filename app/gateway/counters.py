"""What rules count and people look at: givers, variables, goals, owed gifts, gifts never seen.

One rule: a new stream begins them anew where they are of a stream; a crash loses none of them.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.gateway.goals import Goals, Sums
from app.gateway.newgifts import NewGifts
from app.gateway.owedbook import OwedBook
from app.gateway.variablebook import VariableBook
from app.store.kept import Kept

if TYPE_CHECKING:
    from app.core.giftlist import GiftList
    from app.core.outcome import Outcome
    from app.gateway.rulebook import RuleBook
    from app.gateway.stats import Stats
    from app.gateway.viewers import Viewers
    from app.link import Clock
    from app.store.db import Database
    from app.store.people import People

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Counters:
    """All of them. Loop's thread only."""

    people: People
    stats: Stats
    viewers: Viewers
    variables: VariableBook
    goals: Goals
    owed: OwedBook
    new_gifts: NewGifts

    @classmethod
    def build(
        cls,
        database: Database,
        clock: Clock,
        *,
        viewers: Viewers,
        stats: Stats,
        rules: RuleBook,
        gifts: GiftList,
    ) -> Counters:
        """Make them; nothing is read yet."""
        variables = rules.variables
        goals = Goals(
            Kept(database, "goal"), Kept(database, "counted"), variables.get, clock.wall_ms
        )
        return cls(
            people=viewers.people,
            stats=stats,
            viewers=viewers,
            variables=VariableBook(variables, Kept(database, "variable")),
            goals=goals,
            owed=OwedBook(Kept(database, "owed"), rules.rule, clock.wall_ms, lambda: rules.profile),
            new_gifts=NewGifts(Kept(database, "gift"), gifts, rules.gift_ids),
        )

    async def restore(self, room_id: int) -> None:
        """Read what was kept; `room_id` is the stream that still runs, 0 if none does."""
        followers = 0
        try:
            followers = await self.people.followers(room_id) if room_id else 0
        except sqlite3.Error as error:
            log.info("the followers of the last stream cannot be read: %s", error)
        sums = Sums(coins=self.stats.coins, gifts=self.stats.gifts, followers=followers)
        await self.viewers.restore(room_id)
        await self.variables.restore(room_id)
        await self.goals.restore(room_id, sums)
        await self.owed.restore()
        await self.new_gifts.restore()

    def begin(self, room_id: int) -> None:
        """Take notice of another stream."""
        self.variables.begin(room_id)
        self.goals.begin(room_id)

    def on_outcome(self, outcome: Outcome) -> None:
        """Count an event."""
        if not outcome.continued:
            self.goals.on_event(outcome.event)
            self.new_gifts.on_event(outcome.event)
        self.owed.on_outcome(outcome)

    def every_second(self) -> None:
        """Look at goals, let owed gifts run out, and keep what changed."""
        self.goals.look()
        self.owed.expire()
        self.save()

    def save(self) -> None:
        """Keep what changed; all of it is in the writer's hands when this returns."""
        self.variables.save()
        self.new_gifts.save()

    def snapshot(self) -> dict[str, Any]:
        """Return the views of all, by the name of their field."""
        return {
            "variables": self.variables.views(),
            "goals": self.goals.views(),
            "owed": self.owed.views(),
            "new_gifts": self.new_gifts.views(),
        }

    def changes(self) -> dict[str, Any]:
        """Return the views of those that changed since the last call."""
        changed: dict[str, Any] = {}
        if self.variables.changed:
            self.goals.changed = True
        for name in ("variables", "goals", "owed", "new_gifts"):
            one = getattr(self, name)
            if one.changed:
                one.changed = False
                changed[name] = one.views()
        return changed

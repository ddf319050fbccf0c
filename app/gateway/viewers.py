"""Who gives in this stream, in memory: coins, gifts, rank, and whether anybody saw them before.

One rule: only real events count, each once; asking is quick enough for every rule of every gift.
"""

from __future__ import annotations

import logging
import sqlite3
from array import array
from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.events import Gift, Source, StreamStarted
from app.core.world import ViewerFacts
from app.gateway.rule_views import BoardResult, BoardRow
from app.store.rows import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.events import LiveEvent, Viewer
    from app.store.people import Giver, People

log = logging.getLogger(__name__)

# Beyond this many in one stream the quiet ones are not noted; those who give always are.
MAX_SEEN: Final = 200_000


@dataclass(slots=True)
class _Giving:
    viewer_id: int
    handle: str
    nickname: str
    coins: int = 0
    gifts: int = 0


class Viewers:
    """Counts givers. Loop's thread only."""

    def __init__(self, people: People) -> None:
        self.people = people
        self._room = 0
        self._known: array[int] = array("q")
        self._extra: Gift | None = None
        self._begin()

    def _begin(self) -> None:
        self._giving: dict[int, _Giving] = {}
        # Minus the coins of everybody who gave, in order: what a rank is read from.
        self._ladder: list[int] = []
        self._seen: set[int] = set()

    async def restore(self, room_id: int) -> None:
        """Read who was seen before, and go on with what was given in a stream that still runs."""
        try:
            known = await self.people.known(room_id)
            givers = await self.people.gave(room_id) if room_id else []
        except sqlite3.Error as error:
            log.info("the viewers of former streams cannot be read: %s", error)
            return
        self._room = room_id
        self._known = array("q", sorted(whole(one) for one in known))
        for one in givers:
            self._giving[one.viewer_id] = _Giving(
                one.viewer_id, one.handle, one.nickname, one.coins, one.gifts
            )
            self._seen.add(one.viewer_id)
        self._ladder = sorted(-one.coins for one in givers)

    def note(self, event: LiveEvent) -> None:
        """Count an event in, before rules are asked about it."""
        self._extra = event if isinstance(event, Gift) else None
        if event.source is not Source.LIVE:
            return
        if isinstance(event, StreamStarted) and event.room_id != self._room:
            self._known = array("q", sorted([*self._known, *(whole(one) for one in self._seen)]))
            self._room = event.room_id
            self._begin()
        viewer = event.viewer
        if not viewer.id:
            return
        if viewer.id not in self._seen and len(self._seen) < MAX_SEEN:
            self._seen.add(viewer.id)
            if not self._was_known(viewer.id):
                self.people.seen(viewer.id, viewer.handle, viewer.nickname, self._room)
        if isinstance(event, Gift):
            self._extra = None
            self._count(event)

    def suppose(self, event: LiveEvent | None) -> None:
        """Answer as if this event were counted in, for what only asks; None ends it."""
        self._extra = event if isinstance(event, Gift) else None

    def facts(self, viewer: Viewer) -> ViewerFacts:
        """Return what a viewer gave in this stream, the present event counted in."""
        one = self._giving.get(viewer.id) if viewer.id else None
        coins, gifts = (one.coins, one.gifts) if one is not None else (0, 0)
        extra = self._extra
        if extra is not None and extra.viewer.id == viewer.id:
            coins += extra.count * extra.coins
            gifts += extra.count
        rank = bisect_left(self._ladder, -coins) + 1 if gifts else 0
        return ViewerFacts(coins, gifts, rank, bool(viewer.id) and not self._was_known(viewer.id))

    async def board(self, kind: str, limit: int) -> BoardResult:
        """Return a leaderboard; raises sqlite3.Error."""
        if kind == "ever":
            givers, count = await self.people.board(limit)
            return BoardResult(kind="ever", rows=_rows(givers), viewers=count)
        ordered = sorted(self._giving.values(), key=lambda one: (-one.coins, one.viewer_id))
        return BoardResult(kind="stream", rows=_rows(ordered[:limit]), viewers=len(ordered))

    def _count(self, gift: Gift) -> None:
        viewer = gift.viewer
        one = self._giving.get(viewer.id)
        if one is None:
            if not gift.count:
                return
            one = self._giving[viewer.id] = _Giving(viewer.id, viewer.handle, viewer.nickname)
        elif gift.count:
            del self._ladder[bisect_left(self._ladder, -one.coins)]
        one.handle, one.nickname = viewer.handle or one.handle, viewer.nickname or one.nickname
        if gift.count:
            one.coins += gift.count * gift.coins
            one.gifts += gift.count
            insort(self._ladder, -one.coins)

    def _was_known(self, viewer_id: int) -> bool:
        folded = whole(viewer_id)
        place = bisect_left(self._known, folded)
        return place < len(self._known) and self._known[place] == folded


def _rows(givers: Sequence[Giver | _Giving]) -> tuple[BoardRow, ...]:
    rows: list[BoardRow] = []
    for place, one in enumerate(givers, start=1):
        shared = rows and rows[-1].coins == one.coins
        rows.append(
            BoardRow(
                rank=rows[-1].rank if shared else place,
                viewer_id=str(one.viewer_id),
                who=one.handle or one.nickname,
                nickname=one.nickname,
                coins=one.coins,
                gifts=one.gifts,
            )
        )
    return tuple(rows)

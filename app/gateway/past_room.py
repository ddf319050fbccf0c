"""What may be asked about the past: its events, page by page, and its streams.

One rule: what was told a moment ago is in the answer.
"""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING, Any

from app.gateway import messages as m
from app.gateway.past_view import past_gift
from app.gateway.refusal import RefusedError
from app.gateway.rule_views import PastResult, StreamLine
from app.store.past import Wanted, past_gifts
from app.store.streams import past_streams

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.house import House
    from app.store.db import Database
    from app.store.streams import StreamSummary


class PastRoom:
    """Answers requests about the journal."""

    def __init__(self, house: House, database: Database) -> None:
        self._house = house
        self._database = database

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {m.PastGifts: self._past_gifts, m.PastStreams: self._past_streams}

    async def _past_gifts(self, request: m.PastGifts) -> m.Reply:
        self._house.line.settle()
        wanted = Wanted(
            before_ms=request.before_ms,
            before_row=request.before_row,
            limit=request.limit,
            search=request.search,
            gift_id=request.gift_id,
            viewer_id=_whole(request.viewer_id),
            pretend=request.pretend,
            kind=request.kind,
            room_id=_whole(request.room_id),
            device_id=request.device_id,
            only=request.only,
        )
        try:
            rows, more = await past_gifts(self._database, wanted)
        except sqlite3.Error as error:
            raise RefusedError("no_history") from error
        gifts = await asyncio.to_thread(lambda: tuple(past_gift(row) for row in rows))
        return m.Reply(id=request.id, past=PastResult(gifts=gifts, more=more))

    async def _past_streams(self, request: m.PastStreams) -> m.Reply:
        self._house.line.settle()
        try:
            found = await self._database.read_with(
                lambda connection: past_streams(connection, request.limit)
            )
        except sqlite3.Error as error:
            raise RefusedError("no_history") from error
        return m.Reply(id=request.id, streams=tuple(_line(one) for one in found))


def _line(one: StreamSummary) -> StreamLine:
    return StreamLine(
        room_id=str(one.room_id),
        user=one.user,
        started_ms=one.started_ms,
        ended_ms=one.ended_ms,
        gifts=one.gifts,
        coins=one.coins,
        viewers=one.viewers,
    )


def _whole(text: str) -> int:
    try:
        return int(text or "0")
    except ValueError as error:
        raise RefusedError("bad_value") from error

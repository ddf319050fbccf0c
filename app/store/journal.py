"""What happened, kept: streams, events with their traces, deliveries. A tap; the line never waits.

One rule: an event is kept once, whatever is told twice; pretend and replay never enter the sums.
"""

from __future__ import annotations

import dataclasses
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.events import (
    Chat,
    Join,
    Like,
    MqttMessage,
    Reading,
    Source,
    StreamEnded,
    StreamStarted,
    Tick,
    ViewerCount,
)
from app.store import receipts, rows
from app.store.writer import Transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from app.core.ledger import LedgerEntry
    from app.core.outcome import Delivery, Outcome
    from app.store.db import Database

# Kept only when a rule ran or was held back: a busy stream has dozens of these a second.
_NOISE = (Like, Join, Chat, ViewerCount, MqttMessage)
# Kept only when a rule ran: they come every second, and a rule that rests has nothing to tell.
_QUIET = (Tick, Reading)
_MINUTES = 60
_DAY_MS = 24 * 3600 * 1000
_PLAUSIBLE_MS = 7 * _DAY_MS
_PRUNE_ROWS = 1000
_SOME_BEFORE = "id IN (SELECT id FROM event WHERE at_ms < ? ORDER BY at_ms LIMIT 1000)"

_BEGIN_STREAM = """
INSERT INTO stream (room_id, user, started_ms, begun)
VALUES (?, ?, ?, (SELECT COALESCE(MAX(begun), 0) + 1 FROM stream))
ON CONFLICT (room_id) DO UPDATE SET
    ended_ms = NULL, begun = excluded.begun,
    user = CASE excluded.user WHEN '' THEN stream.user ELSE excluded.user END
"""
_SUMS = """
SELECT COALESCE(SUM(CASE kind WHEN 'gift' THEN count END), 0),
    COALESCE(SUM(CASE kind WHEN 'gift' THEN count * coins END), 0),
    COALESCE(SUM(held), 0)
FROM event WHERE room_id = ? AND source = 'live'
"""
_STAGES = """
SELECT d.stage, COUNT(*) FROM event AS e JOIN delivery AS d ON d.event_id = e.event_id
WHERE e.room_id = ? AND e.source = 'live' AND d.stage IN ('sent', 'dropped', 'failed')
GROUP BY d.stage
"""
_PER_MINUTE = """
SELECT at_ms / 60000, SUM(count) FROM event
WHERE room_id = ? AND source = 'live' AND kind = 'gift' AND count > 0
GROUP BY 1 ORDER BY 1 DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A stream the journal knows; `ended_ms` is None while it runs or if its end was not seen."""

    room_id: int
    user: str
    started_ms: int
    ended_ms: int | None


@dataclass(frozen=True, slots=True)
class StreamSums:
    """A stream in numbers, real events only. `minutes`: (UTC minute, gifts), oldest first."""

    gifts: int = 0
    coins: int = 0
    actions: int = 0
    skipped: int = 0
    failed: int = 0
    minutes: tuple[tuple[int, int], ...] = ()


class Journal:
    """Writes to `database`, which must be open. All but the async methods are for one thread.

    `now` is monotonic seconds, the same clock as `Delivery.at`. `run` names this run of the core.
    """

    def __init__(
        self, database: Database, *, now: Callable[[], float] = time.monotonic, run: str = ""
    ) -> None:
        self._database = database
        self._now = now
        self.run = run or secrets.token_hex(6)
        self.room_id = 0
        self.user = ""

    def begin_stream(self, room_id: int, user: str, started_ms: int) -> None:
        """Say which stream the events belong to from now on; a known one goes on."""
        self.room_id, self.user = room_id, user
        self._database.write(_BEGIN_STREAM, (rows.whole(room_id), user, rows.whole(started_ms)))

    def end_stream(self, ended_ms: int) -> None:
        """Note that the present stream is over; late events still belong to it."""
        self._database.write(
            "UPDATE stream SET ended_ms = ? WHERE room_id = ?",
            (rows.whole(ended_ms), rows.whole(self.room_id)),
        )

    def on_outcome(self, outcome: Outcome, received_at: float | None = None) -> None:
        """Keep an event and what was decided; `received_at` is monotonic seconds (None: now)."""
        event = outcome.event
        if outcome.continued:
            self._on_continued(outcome, received_at)
            return
        if event.source is Source.LIVE:
            if isinstance(event, StreamStarted):
                self.begin_stream(event.room_id, self.user, event.at_ms)
            elif isinstance(event, StreamEnded):
                self.end_stream(event.at_ms)
        if isinstance(event, _NOISE) and not _matters(outcome):
            return
        if isinstance(event, _QUIET) and not _did(outcome):
            return
        received_s = self._now() if received_at is None else received_at
        row = rows.event_row(outcome, self.room_id, self.run, received_s)
        self._database.write(rows.INSERT_EVENT, row, durable=event.source is Source.LIVE)

    def _on_continued(self, outcome: Outcome, received_at: float | None) -> None:
        """Put what a run did later behind what its event did at once."""
        event = outcome.event
        if isinstance(event, (*_NOISE, *_QUIET)):
            # It was not kept while nothing had come of it.
            bare = dataclasses.replace(outcome, commands=(), traces=(), requests=())
            received_s = self._now() if received_at is None else received_at
            row = rows.event_row(bare, self.room_id, self.run, received_s)
            self._database.write(rows.INSERT_EVENT, row)
        self._database.write(rows.APPEND_EVENT, rows.append_row(outcome))

    def on_delivery(self, delivery: Delivery) -> None:
        """Keep one step of a command; tests by hand belong to no event and are not kept."""
        if delivery.event_id:
            self._database.write(rows.INSERT_DELIVERY, rows.delivery_row(delivery, self.run))

    def reconcile(self, entries: Iterable[LedgerEntry], now_ms: int | None = None) -> int:
        """Merge what the ledger counted and the journal missed, as interrupted gifts.

        Call it before the first new event. Entries of more than a day ago stay out: what was
        deleted in time must not come back. Returns how many entries were looked at.
        """
        since_ms = (int(time.time() * 1000) if now_ms is None else now_ms) - _DAY_MS
        looked_at = 0
        for entry in entries:
            if entry.event_id and entry.at_ms >= since_ms:
                row = rows.ledger_row(entry, self.run)
                self._database.write(rows.INSERT_EVENT, row, durable=True)
                looked_at += 1
        return looked_at

    async def receipt(self, event_id: str) -> receipts.Receipt | None:
        """Return everything that happened to one event, or None if it is not kept."""
        return await receipts.load(self._database, event_id, self.run)

    async def recent(self, room_id: int, limit: int) -> list[receipts.Receipt]:
        """Return what happened to the newest `limit` events of a stream, oldest first."""
        return await receipts.recent(self._database, room_id, limit, self.run)

    async def last_stream(self) -> StreamRow | None:
        """Return the stream that was begun last."""
        found = await self._database.read(
            "SELECT room_id, user, started_ms, ended_ms FROM stream ORDER BY begun DESC LIMIT 1"
        )
        if not found:
            return None
        room_id, user, started_ms, ended_ms = found[0]
        ended = None if ended_ms is None else _int(ended_ms)
        return StreamRow(rows.unfolded(_int(room_id)), str(user), _int(started_ms), ended)

    async def sums(self, room_id: int) -> StreamSums:
        """Return a stream's numbers, to go on from after a restart."""

        def read(connection: sqlite3.Connection) -> StreamSums:
            stream = rows.whole(room_id)
            gifts, coins, held = connection.execute(_SUMS, (stream,)).fetchone()
            stages = dict(connection.execute(_STAGES, (stream,)).fetchall())
            minutes = connection.execute(_PER_MINUTE, (stream, _MINUTES)).fetchall()
            return StreamSums(
                gifts=gifts,
                coins=coins,
                actions=stages.get("sent", 0),
                skipped=held + stages.get("dropped", 0),
                failed=stages.get("failed", 0),
                minutes=tuple(reversed(minutes)),
            )

        return await self._database.read_with(read)

    async def prune(self, keep_days: float, now_ms: int) -> int:
        """Delete events older than `keep_days`; returns how many. Call it at start and every hour.

        After the clock moved by more than a week since the last call, only a little is deleted:
        a clock that is wrong for a moment must not clear the history.
        """
        cutoff_ms = now_ms - int(keep_days * _DAY_MS)
        trusted = await self._database.run(lambda connection: _trusts(connection, now_ms))
        total = 0
        while True:
            count = await self._database.run(
                lambda connection: _delete_before(connection, cutoff_ms)
            )
            total += count
            if count < _PRUNE_ROWS or not trusted:
                break
        if total:
            await self._database.run(_shrink)
        return total


def drop_oldest(connection: sqlite3.Connection) -> int:
    """Delete the oldest tenth of the history; for `Database(make_room=...)`."""
    with Transaction(connection):
        first, last = connection.execute("SELECT MIN(id), MAX(id) FROM event").fetchone()
        if first is None:
            return 0
        return _delete(connection, "id <= ?", first + max(1, (last - first) // 10))


def _matters(outcome: Outcome) -> bool:
    return _did(outcome) or rows.held_count(outcome.traces) > 0


def _did(outcome: Outcome) -> bool:
    return bool(outcome.commands or outcome.requests) or any(one.ran for one in outcome.traces)


def _trusts(connection: sqlite3.Connection, now_ms: int) -> bool:
    """Say whether the wall clock moved plausibly since the last call, and remember it."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'pruned_at_ms'").fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('pruned_at_ms', ?)", (str(now_ms),)
    )
    return found is not None and now_ms - int(found[0]) <= _PLAUSIBLE_MS


def _delete_before(connection: sqlite3.Connection, cutoff_ms: int) -> int:
    connection.execute(
        "DELETE FROM stream WHERE started_ms < ? AND NOT EXISTS"
        " (SELECT 1 FROM event WHERE event.room_id = stream.room_id AND event.at_ms >= ?)",
        (cutoff_ms, cutoff_ms),
    )
    return _delete(connection, _SOME_BEFORE, cutoff_ms)


def _delete(connection: sqlite3.Connection, where: str, value: int) -> int:
    connection.execute(
        f"DELETE FROM delivery WHERE event_id IN (SELECT event_id FROM event WHERE {where})",  # noqa: S608 - constants only
        (value,),
    )
    return connection.execute(f"DELETE FROM event WHERE {where}", (value,)).rowcount  # noqa: S608 - constants only


def _shrink(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA incremental_vacuum(2000)").fetchall()


def _int(value: object) -> int:
    return int(str(value))

"""Past streams as the journal kept them: which there are, and the events of one, in their order.

One rule: only real ones; what a later version wrote and we cannot read is left out.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store import rows

if TYPE_CHECKING:
    import sqlite3

    from app.core.events import LiveEvent

_EVENTS = (
    f"SELECT {rows.EVENT_COLUMNS} FROM event"  # noqa: S608 - constants only
    " WHERE room_id = ? AND source = 'live' AND at_ms >= ? ORDER BY id"
)
_NEWEST = """
SELECT s.room_id FROM stream AS s
WHERE EXISTS (SELECT 1 FROM event WHERE room_id = s.room_id AND source = 'live')
ORDER BY s.begun DESC LIMIT 1
"""
_LAST = "SELECT MAX(at_ms) FROM event WHERE room_id = ? AND source = 'live'"

_STREAMS = """
SELECT s.room_id, s.user, s.started_ms, COALESCE(s.ended_ms, 0),
    COALESCE(SUM(e.count), 0), COALESCE(SUM(e.count * e.coins), 0),
    COUNT(DISTINCT NULLIF(e.viewer_id, 0))
FROM stream AS s
LEFT JOIN event AS e ON e.room_id = s.room_id AND e.kind = 'gift' AND e.source = 'live'
GROUP BY s.room_id
HAVING EXISTS (SELECT 1 FROM event WHERE room_id = s.room_id AND source = 'live')
ORDER BY s.begun DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class StreamSummary:
    """One stream of the journal with what was given in it; `ended_ms` 0: not known.

    `viewers` is how many gave something.
    """

    room_id: int
    user: str
    started_ms: int
    ended_ms: int
    gifts: int
    coins: int
    viewers: int


def past_streams(connection: sqlite3.Connection, most: int = 500) -> list[StreamSummary]:
    """Return the streams of which there are events, newest first. Raises sqlite3.Error."""
    return [
        StreamSummary(rows.unfolded(room_id), *values)
        for room_id, *values in connection.execute(_STREAMS, (most,))
    ]


def newest_stream(connection: sqlite3.Connection) -> int:
    """Return the stream that was begun last and of which there are events, or 0."""
    found = connection.execute(_NEWEST).fetchone()
    return 0 if found is None else rows.unfolded(found[0])


def stream_events(
    connection: sqlite3.Connection, room_id: int, last_s: float = 0.0
) -> list[LiveEvent]:
    """Return the events of one stream; likes and joins are among them only where a rule cared.

    `last_s` leaves out what is older than the last event by more than that; 0: nothing.
    Raises sqlite3.Error.
    """
    room, since_ms = rows.whole(room_id), -(1 << 62)
    if last_s > 0:
        (last_ms,) = connection.execute(_LAST, (room,)).fetchone()
        since_ms = since_ms if last_ms is None else last_ms - int(last_s * 1000)
    names = [name.strip() for name in rows.EVENT_COLUMNS.split(",")]
    events: list[LiveEvent] = []
    for values in connection.execute(_EVENTS, (room, since_ms)):
        with contextlib.suppress(ValueError, TypeError, KeyError):
            events.append(rows.event_from(dict(zip(names, values, strict=True))))
    return events

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
    " WHERE room_id = ? AND source = 'live' ORDER BY id"
)

_STREAMS = """
SELECT s.room_id, s.user, s.started_ms, COALESCE(s.ended_ms, 0),
    COALESCE(SUM(e.count), 0), COALESCE(SUM(e.count * e.coins), 0)
FROM stream AS s
LEFT JOIN event AS e ON e.room_id = s.room_id AND e.kind = 'gift' AND e.source = 'live'
GROUP BY s.room_id
HAVING EXISTS (SELECT 1 FROM event WHERE room_id = s.room_id AND source = 'live')
ORDER BY s.begun DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class StreamSummary:
    """One stream of the journal with what was given in it; `ended_ms` 0: not known."""

    room_id: int
    user: str
    started_ms: int
    ended_ms: int
    gifts: int
    coins: int


def past_streams(connection: sqlite3.Connection, most: int = 500) -> list[StreamSummary]:
    """Return the streams of which there are events, newest first. Raises sqlite3.Error."""
    return [StreamSummary(*values) for values in connection.execute(_STREAMS, (most,))]


def stream_events(connection: sqlite3.Connection, room_id: int) -> list[LiveEvent]:
    """Return the events of one stream; likes and joins are among them only where a rule cared.

    Raises sqlite3.Error.
    """
    names = [name.strip() for name in rows.EVENT_COLUMNS.split(",")]
    events: list[LiveEvent] = []
    for values in connection.execute(_EVENTS, (rows.whole(room_id),)):
        with contextlib.suppress(ValueError, TypeError, KeyError):
            events.append(rows.event_from(dict(zip(names, values, strict=True))))
    return events

"""A past stream as the journal kept it: its events, in the order in which they came.

One rule: only real ones; what a later version wrote and we cannot read is left out.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from app.store import rows

if TYPE_CHECKING:
    import sqlite3

    from app.core.events import LiveEvent

_EVENTS = (
    f"SELECT {rows.EVENT_COLUMNS} FROM event"  # noqa: S608 - constants only
    " WHERE room_id = ? AND source = 'live' ORDER BY id"
)


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

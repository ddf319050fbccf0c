"""Past gifts, page by page: one row a gift or a whole combo, newest first.

One rule: paging goes by place in time and never by counting, so a page costs the same anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.store.rows import traces_from, unfolded, whole

if TYPE_CHECKING:
    import sqlite3

    from app.core.outcome import Trace
    from app.store.db import Database

_COLUMNS = (
    "e.id, e.event_id, e.at_ms, e.room_id, e.viewer_id, e.handle, e.nickname, e.gift_id, e.name,"
    " e.coins, e.total, e.count, e.source, e.interrupted, e.traces,"
    " json_extract(e.body, '$.streak'), COALESCE(s.user, '')"
)
# Of a combo only its last step is a row: it alone knows the whole count.
_PAGE = f"""
SELECT {_COLUMNS} FROM event AS e LEFT JOIN stream AS s ON s.room_id = e.room_id
WHERE e.kind = 'gift' AND (e.at_ms < :at OR (e.at_ms = :at AND e.id < :row))
    AND (:all OR e.source = 'live')
    AND (:gift = 0 OR e.gift_id = :gift)
    AND (:viewer = 0 OR e.viewer_id = :viewer)
    AND (:like = '' OR e.handle LIKE :like ESCAPE '\\' OR e.nickname LIKE :like ESCAPE '\\'
        OR e.name LIKE :like ESCAPE '\\')
    AND (COALESCE(json_extract(e.body, '$.streak'), '') = '' OR NOT EXISTS (
        SELECT 1 FROM event AS later
        WHERE later.kind = 'gift' AND later.id > e.id
            AND json_extract(later.body, '$.streak') = json_extract(e.body, '$.streak')))
ORDER BY e.at_ms DESC, e.id DESC LIMIT :limit
"""  # noqa: S608 - constants only
# The steps that told rules something, the first ones first.
_STEPS = """
SELECT event_id, traces FROM event
WHERE kind = 'gift' AND json_extract(body, '$.streak') = ? AND traces != '[]'
ORDER BY id LIMIT 40
"""
_NEWEST = (1 << 62, 1 << 62)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which gifts, and before which place (`at_ms`, `row`); 0 begins at the newest."""

    before_ms: int = 0
    before_row: int = 0
    limit: int = 100
    search: str = ""
    gift_id: int = 0
    viewer_id: int = 0
    pretend: bool = False


@dataclass(frozen=True, slots=True)
class PastRow:
    """One gift or combo; `steps` are the traces of all its steps, by event, in their order."""

    row: int
    event_id: str
    at_ms: int
    user: str
    viewer_id: int
    handle: str
    nickname: str
    gift_id: int
    name: str
    coins: int
    count: int
    source: str
    interrupted: bool
    steps: tuple[tuple[str, tuple[Trace, ...]], ...]


async def past_gifts(database: Database, wanted: Wanted) -> tuple[list[PastRow], bool]:
    """Return a page of gifts and whether older ones follow; raises sqlite3.Error."""

    def read(connection: sqlite3.Connection) -> tuple[list[PastRow], bool]:
        found = connection.execute(_PAGE, _values(wanted)).fetchall()
        page = [_row(connection, values) for values in found[: wanted.limit]]
        return page, len(found) > wanted.limit

    return await database.read_with(read)


def _values(wanted: Wanted) -> dict[str, Any]:
    at, row = _NEWEST
    if wanted.before_ms:
        at, row = wanted.before_ms, wanted.before_row
    search = wanted.search.strip()
    for sign in ("\\", "%", "_"):
        search = search.replace(sign, f"\\{sign}")
    return {
        "at": at,
        "row": row,
        "all": int(wanted.pretend),
        "gift": whole(wanted.gift_id),
        "viewer": whole(wanted.viewer_id),
        "like": f"%{search}%" if search else "",
        "limit": wanted.limit + 1,
    }


def _row(connection: sqlite3.Connection, values: tuple[Any, ...]) -> PastRow:
    (row, event_id, at_ms, _, viewer, handle, nickname, gift_id, name, *rest) = values
    coins, total, count, source, interrupted, traces, streak, user = rest
    steps = [(event_id, traces)]
    if streak and total > count:
        steps = connection.execute(_STEPS, (streak,)).fetchall() or steps
    return PastRow(
        row=row,
        event_id=event_id,
        at_ms=at_ms,
        user=user,
        viewer_id=unfolded(viewer),
        handle=handle,
        nickname=nickname,
        gift_id=unfolded(gift_id),
        name=name,
        coins=coins,
        count=max(total, count),
        source=source,
        interrupted=bool(interrupted),
        steps=tuple((step_id, _traces(text)) for step_id, text in steps),
    )


def _traces(text: str) -> tuple[Trace, ...]:
    try:
        return traces_from(text)
    except (ValueError, TypeError, json.JSONDecodeError):
        # A later version gave reasons that this one does not know.
        return ()

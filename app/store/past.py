"""Past events, page by page: one row an event or a whole combo, newest first.

One rule: paging goes by place in time and never by counting, so a page costs the same anywhere.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.store.rows import EVENT_COLUMNS, event_from, said_of, traces_from, unfolded, whole
from drivers.contract import NOTHING_SAID

if TYPE_CHECKING:
    import sqlite3

    from app.core.events import LiveEvent
    from app.core.outcome import Trace
    from app.store.db import Database
    from drivers.contract import Said

_COLUMNS = (
    "e.id, e.event_id, e.at_ms, e.room_id, e.viewer_id, e.handle, e.nickname, e.gift_id, e.name,"
    " e.coins, e.total, e.count, e.source, e.interrupted, e.traces,"
    " json_extract(e.body, '$.streak'), COALESCE(s.user, ''), e.kind"
)
_FROM = f"SELECT {_COLUMNS} FROM event AS e LEFT JOIN stream AS s ON s.room_id = e.room_id WHERE "  # noqa: S608 - constants only
_ORDER = " ORDER BY e.at_ms DESC, e.id DESC LIMIT :limit"
# Of a combo only its last step is a row: it alone knows the whole count.
_LAST_STEP = """(e.kind != 'gift' OR COALESCE(json_extract(e.body, '$.streak'), '') = ''
    OR NOT EXISTS (SELECT 1 FROM event AS later
        WHERE later.kind = 'gift' AND later.id > e.id
            AND json_extract(later.body, '$.streak') = json_extract(e.body, '$.streak')))"""
_SEARCH = """(e.handle LIKE :like ESCAPE '\\' OR e.nickname LIKE :like ESCAPE '\\'
    OR e.name LIKE :like ESCAPE '\\'
    OR (e.kind = 'chat' AND json_extract(e.body, '$.text') LIKE :like ESCAPE '\\'))"""
# What is true of one step of a combo is true of the row.
_ANY_STEP = """({e} OR (e.kind = 'gift' AND COALESCE(json_extract(e.body, '$.streak'), '') != ''
    AND EXISTS (SELECT 1 FROM event AS o WHERE o.kind = 'gift'
        AND json_extract(o.body, '$.streak') = json_extract(e.body, '$.streak') AND {o})))"""
_TROUBLE = """({x}.held > 0 OR {x}.interrupted OR EXISTS (SELECT 1 FROM delivery AS d
    WHERE d.event_id = {x}.event_id AND d.stage IN ('dropped', 'failed', 'stopped')))"""
_DEVICE = """EXISTS (SELECT 1 FROM delivery AS d
    WHERE d.event_id = {x}.event_id AND d.device_id = :device)"""
_KINDS = {
    "": "1",
    "gift": "e.kind = 'gift'",
    "viewers": "e.kind = 'viewer_count'",
    "stream": "e.kind IN ('stream_started', 'stream_paused', 'stream_ended')",
}
_ONLY = {"did": "{x}.commands != '[]'", "trouble": _TROUBLE}
# The steps that told rules something, the first ones first.
_STEPS = """
SELECT event_id, traces FROM event
WHERE kind = 'gift' AND json_extract(body, '$.streak') = ? AND traces != '[]'
ORDER BY id LIMIT 40
"""
# The gravest thing that became of the commands of these events.
_FATE = """
SELECT stage, reason, device_id, said FROM delivery
WHERE event_id IN ({marks}) AND stage IN ('failed', 'stopped', 'dropped')
ORDER BY CASE stage WHEN 'failed' THEN 0 WHEN 'stopped' THEN 1 ELSE 2 END, id LIMIT 1
"""
_EVENT = f"SELECT {EVENT_COLUMNS} FROM event WHERE id = ?"  # noqa: S608 - constants only
_EVENT_NAMES = [name.strip() for name in EVENT_COLUMNS.split(",")]
_NEWEST = (1 << 62, 1 << 62)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events, and before which place (`at_ms`, `row`); 0 begins at the newest.

    `kind` as the activity list names it, "" for all. `only`: "did" something was to be done,
    "trouble" a rule was held back or something was not done, "" all.
    """

    before_ms: int = 0
    before_row: int = 0
    limit: int = 100
    search: str = ""
    gift_id: int = 0
    viewer_id: int = 0
    pretend: bool = False
    kind: str = "gift"
    room_id: int = 0
    device_id: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class PastRow:
    """One event or combo; `steps` are the traces of all its steps, by event, in their order.

    `fate` is the gravest (stage, reason, device) of what was not done, and `said` as in Delivery.
    `event` is told of all but gifts; None if a later version wrote it.
    """

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
    kind: str = "gift"
    fate: tuple[str, str, str] | None = None
    said: Said = NOTHING_SAID
    event: LiveEvent | None = None


async def past_gifts(database: Database, wanted: Wanted) -> tuple[list[PastRow], bool]:
    """Return a page and whether older ones follow; raises sqlite3.Error."""

    def read(connection: sqlite3.Connection) -> tuple[list[PastRow], bool]:
        found = connection.execute(_page(wanted), _values(wanted)).fetchall()
        page = [_row(connection, values) for values in found[: wanted.limit]]
        return page, len(found) > wanted.limit

    return await database.read_with(read)


def _page(wanted: Wanted) -> str:
    """Return the query; only what is asked for is in it, so that the indexes fit."""
    clauses = [
        _KINDS.get(wanted.kind, "e.kind = :kind"),
        "(e.at_ms < :at OR (e.at_ms = :at AND e.id < :row))",
    ]
    for asked, clause in (
        (not wanted.pretend, "e.source = 'live'"),
        (wanted.room_id, "e.room_id = :room"),
        (wanted.gift_id, "e.gift_id = :gift"),
        (wanted.viewer_id, "e.viewer_id = :viewer"),
        (wanted.search.strip(), _SEARCH),
        (wanted.device_id, _any_step(_DEVICE)),
        (wanted.only, _any_step(_ONLY.get(wanted.only, "1"))),
    ):
        if asked:
            clauses.append(clause)
    return _FROM + " AND ".join([*clauses, _LAST_STEP]) + _ORDER


def _any_step(clause: str) -> str:
    return _ANY_STEP.format(e=clause.format(x="e"), o=clause.format(x="o"))


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
        "kind": wanted.kind,
        "room": whole(wanted.room_id),
        "device": wanted.device_id,
        "gift": whole(wanted.gift_id),
        "viewer": whole(wanted.viewer_id),
        "like": f"%{search}%" if search else "",
        "limit": wanted.limit + 1,
    }


def _row(connection: sqlite3.Connection, values: tuple[Any, ...]) -> PastRow:
    (row, event_id, at_ms, _, viewer, handle, nickname, gift_id, name, *rest) = values
    coins, total, count, source, interrupted, traces, streak, user, kind = rest
    steps = [(event_id, traces)]
    if streak and total > count:
        steps = connection.execute(_STEPS, (streak,)).fetchall() or steps
    ids = {event_id, *(step_id for step_id, _ in steps)}
    marks = ",".join("?" * len(ids))
    fate = connection.execute(_FATE.format(marks=marks), tuple(ids)).fetchone()
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
        kind=kind,
        fate=fate and fate[:3],
        said=said_of(fate[3]) if fate else NOTHING_SAID,
        event=None if kind == "gift" else _event(connection, row),
    )


def _event(connection: sqlite3.Connection, row: int) -> LiveEvent | None:
    values = connection.execute(_EVENT, (row,)).fetchone()
    with contextlib.suppress(ValueError, TypeError, KeyError):
        return event_from(dict(zip(_EVENT_NAMES, values, strict=True)))
    return None


def _traces(text: str) -> tuple[Trace, ...]:
    try:
        return traces_from(text)
    except (ValueError, TypeError, json.JSONDecodeError):
        # A later version gave reasons that this one does not know.
        return ()

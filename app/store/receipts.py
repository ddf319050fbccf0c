"""The receipt of one event: counted, considered, queued, sent, acknowledged, with times.

One rule: times are milliseconds after the event was received, by a clock that never jumps.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.core.outcome import Drop, Stage
from app.store import rows
from drivers.contract import NOTHING_SAID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from app.core.events import LiveEvent
    from app.core.outcome import Trace
    from app.store.db import Database
    from drivers.contract import Said

_NEWEST = (
    f"SELECT {rows.EVENT_COLUMNS} FROM event"  # noqa: S608 - constants only
    " WHERE room_id = ? ORDER BY at_ms DESC, id DESC LIMIT ?"
)
_DELIVERIES = (
    f"SELECT {rows.DELIVERY_COLUMNS} FROM delivery WHERE event_id IN (SELECT event_id"  # noqa: S608 - constants only
    " FROM event WHERE room_id = ? ORDER BY at_ms DESC, id DESC LIMIT ?) ORDER BY id"
)
_FINAL = frozenset({Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED})


@dataclass(frozen=True, slots=True)
class ReceiptStep:
    """One step of one command, `ms` after the event was received."""

    command_id: str
    device_id: str
    stage: Stage
    ms: float
    at_ms: int
    drop: Drop = Drop.NONE
    limited: tuple[tuple[str, float, float], ...] = ()
    detail: str = ""
    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that happened to one event.

    `interrupted`: the core ended before the event, or one of its commands, was through; it is not
    done again.
    """

    event: LiveEvent
    room_id: int
    traces: tuple[Trace, ...]
    commands: tuple[rows.CommandRow, ...]
    steps: tuple[ReceiptStep, ...]
    interrupted: bool = False


def joined(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Return one trace a rule: its gates, and behind them what its runs did later."""
    by_rule: dict[str, Trace] = {}
    for trace in traces:
        before = by_rule.get(trace.rule_id)
        by_rule[trace.rule_id] = (
            trace
            if before is None
            else dataclasses.replace(trace, steps=(*before.steps, *trace.steps))
        )
    return tuple(by_rule.values())


async def load(database: Database, event_id: str, run: str = "") -> Receipt | None:
    """Return the receipt of an event, or None if it is not kept. `run` is the present run's name.

    Raises sqlite3.Error if the journal cannot be read.
    """

    def read(connection: sqlite3.Connection) -> Receipt | None:
        values = _one(connection, rows.EVENT_COLUMNS, "event", event_id)
        if not values:
            return None
        return _receipt(
            values[0], _one(connection, rows.DELIVERY_COLUMNS, "delivery", event_id), run
        )

    return await database.read_with(read)


async def recent(database: Database, room_id: int, limit: int, run: str = "") -> list[Receipt]:
    """Return the receipts of the newest `limit` events of a stream, oldest first.

    What a later version wrote and we cannot read is left out. Raises sqlite3.Error.
    """

    def read(connection: sqlite3.Connection) -> list[Receipt]:
        newest = (rows.whole(room_id), limit)
        events = _dicts(connection, rows.EVENT_COLUMNS, _NEWEST, newest)
        deliveries: dict[str, list[dict[str, Any]]] = {}
        for one in _dicts(connection, rows.DELIVERY_COLUMNS, _DELIVERIES, newest):
            deliveries.setdefault(one["event_id"], []).append(one)
        found: list[Receipt] = []
        for values in reversed(events):
            with contextlib.suppress(ValueError):
                found.append(_receipt(values, deliveries.get(values["event_id"], []), run))
        return found

    return await database.read_with(read)


def _dicts(
    connection: sqlite3.Connection, columns: str, sql: str, parameters: tuple[int, int]
) -> list[dict[str, Any]]:
    names = [name.strip() for name in columns.split(",")]
    found = connection.execute(sql, parameters)
    return [dict(zip(names, row, strict=True)) for row in found]


def _one(
    connection: sqlite3.Connection, columns: str, table: str, event_id: str
) -> list[dict[str, Any]]:
    names = [name.strip() for name in columns.split(",")]
    found = connection.execute(
        f"SELECT {columns} FROM {table} WHERE event_id = ? ORDER BY id",  # noqa: S608 - constants
        (event_id,),
    )
    return [dict(zip(names, row, strict=True)) for row in found]


def _receipt(values: dict[str, Any], deliveries: list[dict[str, Any]], run: str) -> Receipt:
    event = rows.event_from(values)
    commands = rows.commands_from(values["commands"])
    steps = sorted((_step(values, delivery) for delivery in deliveries), key=lambda step: step.ms)
    finished = {step.command_id for step in steps if step.stage in _FINAL}
    cut_short = values["run"] != run and any(each.id not in finished for each in commands)
    return Receipt(
        event=event,
        room_id=rows.unfolded(values["room_id"]),
        traces=joined(rows.traces_from(values["traces"])),
        commands=commands,
        steps=tuple(steps),
        interrupted=bool(values["interrupted"]) or cut_short,
    )


def _step(event: dict[str, Any], delivery: dict[str, Any]) -> ReceiptStep:
    same_run = event["run"] == delivery["run"] and event["received_s"] is not None
    since_s = delivery["at_s"] - event["received_s"] if same_run else 0.0
    return ReceiptStep(
        command_id=delivery["command_id"],
        device_id=delivery["device_id"],
        stage=Stage(delivery["stage"]),
        ms=max(0.0, since_s * 1000.0),
        at_ms=int(delivery["at_ms"]),
        drop=Drop(delivery["reason"]),
        limited=tuple((name, asked, got) for name, asked, got in json.loads(delivery["limited"])),
        detail=delivery["detail"],
        said=rows.said_of(delivery["said"]),
    )

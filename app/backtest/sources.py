"""Where the events of a backtest come from: a recording, the journal of a past stream, a script.

One rule: read once, whole, before anything is played; both sets of rules get the very same events.
"""

from __future__ import annotations

import asyncio
import dataclasses
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from app.backtest.clock import JumpingClock, JumpingLoop, run_jumping
from app.backtest.journal import read_journal
from app.backtest.scripts import STARTED_MS, script_events
from app.core.backtests import PastStream, Recording, Scripted
from app.core.events import Source
from app.live.record import NotATape
from app.live.replay import Replay
from app.store.streams import newest_stream, stream_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.core.events import LiveEvent
    from app.core.giftlist import GiftList

_NEWS_EVERY = 2000
# What a recording is silent about for so long was another stream: one hears of viewers all the
# time. The journal keeps little of quiet times, so there an hour may be nothing but quiet.
LONGEST_GAP_S = 30.0
LONGEST_GAP_KEPT_S = 3600.0


class SourceError(Exception):
    """The stream cannot be read; `code` as in `backtests.Failed`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def read_events(
    source: Recording | PastStream | Scripted,
    gifts: GiftList,
    journal: Path,
    on_count: Callable[[int], None],
) -> list[tuple[float, LiveEvent]]:
    """Return (seconds, event) in order, counted as live ones; raises SourceError.

    Silences that are longer than a stream's are shortened: recordings may be put together.
    `on_count` hears now and then how many were read, and may raise to stop the reading.
    """
    if isinstance(source, Scripted):
        events = script_events(source.name, source.seed, gifts)
    elif isinstance(source, Recording):
        events = _recorded(Path(source.path), gifts, on_count)
    else:
        events = _past(journal, source)
    if not events:
        raise SourceError("nothing_in_it")
    longest_s = LONGEST_GAP_KEPT_S if isinstance(source, PastStream) else LONGEST_GAP_S
    # In a backtest they count: limits per stream and what viewers gave go by real events.
    return [
        (at_s, dataclasses.replace(event, source=Source.LIVE))
        for at_s, event in _without_gaps(events, longest_s)
    ]


def _without_gaps(
    events: list[tuple[float, LiveEvent]], longest_s: float
) -> Iterator[tuple[float, LiveEvent]]:
    # What is before the first event is nobody's.
    last_s = cut_s = events[0][0]
    for at_s, event in events:
        cut_s += max(0.0, at_s - last_s - longest_s)
        last_s = at_s
        yield at_s - cut_s, event


def _recorded(
    path: Path, gifts: GiftList, on_count: Callable[[int], None]
) -> list[tuple[float, LiveEvent]]:
    loop = JumpingLoop()
    clock = JumpingClock(loop, STARTED_MS)
    events: list[tuple[float, LiveEvent]] = []

    reading: list[asyncio.Task[object]] = []
    why: list[Exception] = []

    def take(event: LiveEvent, at_s: float) -> None:
        events.append((at_s, event))
        if len(events) % _NEWS_EVERY == 0:
            try:
                on_count(len(events))
            except Exception as error:  # noqa: BLE001 - the decoder would take it for its own
                why.append(error)
                reading[0].cancel()

    replay = Replay(path, take, gifts, clock, name=path.name)

    async def whole() -> None:
        reading.extend(task for task in (asyncio.current_task(),) if task is not None)
        await replay.run()

    try:
        run_jumping(loop, whole())
    except asyncio.CancelledError:
        raise why[0] from None
    except NotATape as error:
        raise SourceError("not_a_recording", str(error)) from error
    except OSError as error:
        raise SourceError("no_file", str(error)) from error
    return events


def _past(journal: Path, source: PastStream) -> list[tuple[float, LiveEvent]]:
    def ask(connection: sqlite3.Connection) -> list[LiveEvent]:
        room_id = source.room_id or newest_stream(connection)
        return stream_events(connection, room_id, source.last_s)

    try:
        events = read_journal(journal, ask)
    except sqlite3.Error as error:
        raise SourceError("no_stream", str(error)) from error
    if not events:
        raise SourceError("no_stream", str(source.room_id))
    started_ms = min(event.at_ms for event in events)
    # What TikTok told late stands late in the journal too; its time is when it came.
    timed = [((event.at_ms - started_ms) / 1000.0, event) for event in events]
    return sorted(timed, key=lambda one: one[0])

"""Sustained decode to command in one process: frames, counting, ledger, engine, dispatch."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from pathlib import Path

from app.core import rules as rule_documents
from app.core.engine import Engine, EngineGate
from app.core.giftlist import GiftList
from app.gateway.feed import Feed
from app.gateway.line import Line, Told
from app.gateway.stats import Stats
from app.live.accounting import Accounting
from app.live.wire import FrameReader
from app.store.ledger import Ledger
from tests.app.core.making import Devices
from tests.bench.house import rules
from tests.bench.source import mixed
from tests.fakes.tiktok.messages import ROOM_ID

EVENTS = 20_000
SIZES = (10, 1_000, 10_000)
SHARE = 0.1
SETTLE_EVERY = 100


def played(frames, size, folder, *, taps):
    """Carry the frames through the line; return CPU seconds and how many commands came out."""
    document = rule_documents.load(json.dumps(rules(size)))
    dispatched = []
    engine, gate = Engine(document.rules, Devices()), EngineGate()
    line = Line(engine, lambda: gate, dispatched.extend, time.monotonic)
    if taps:
        feed, stats = Feed(str), Stats(lambda: time.time_ns() // 1_000_000)
        line.bus.subscribe(Told, lambda told: stats.on_outcome(told.outcome))
        line.bus.subscribe(Told, lambda told: feed.on_outcome(told.outcome))
    ledger = Ledger(folder / f"{size}-{taps}", print)
    ledger.open()
    accounting = Accounting(line.on_event, GiftList(()), ledger=ledger)
    reader = FrameReader(ROOM_ID, 1)
    now, at_ms = time.monotonic(), time.time_ns() // 1_000_000
    accounting.enter(ROOM_ID, 0, now, at_ms)
    began = time.process_time()
    for number, data in enumerate(frames):
        received = reader.receive(data)
        accounting.take(received, time.monotonic(), at_ms)
        if number % SETTLE_EVERY == 0:
            line.settle()
    line.settle()
    took_s = time.process_time() - began
    ledger.close()
    return took_s, len(dispatched)


async def table():
    encoded, numbers = mixed(EVENTS, SHARE, 1, 1)
    frames = [frame.data for frame in encoded]
    print(f"{'rules':>7} {'taps':>12} {'us/event':>9} {'events/s':>9}  commands")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            for taps in (False, True):
                took_s, commands = played(frames, size, Path(folder), taps=taps)
                what = "feed, stats" if taps else "none"
                print(
                    f"{size:>7,} {what:>12} {took_s / EVENTS * 1e6:>9.1f} {EVENTS / took_s:>9,.0f}"
                    f"  {commands} of {len(numbers)}",
                    flush=True,
                )


def run():
    asyncio.run(table())

"""STOP in the middle of a command, at every step of it: every driver, on its bench.

One rule: an instruction that was on its way when STOP came turns nothing on behind `make_safe`.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from app.tasks import Tasks
from drivers.contract import DriverError
from tests.drivers.benches import BENCHES, why_not

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.drivers.benches.bench import Bench

# One may wait until another has been answered.
TOGETHER = 2
STEPS = (1, 2, 3, 5, 8)
# Longer than anybody here waits: what ends by itself was not ended by STOP.
ON_S = 60.0
WATCHES, WATCH_S = 4, 0.005


@pytest.fixture(params=BENCHES)
async def bench(request, tmp_path) -> AsyncIterator[Bench]:
    if reason := why_not(request.param):
        pytest.skip(reason)
    made = BENCHES[request.param](tmp_path)
    yield made
    await made.driver.close()
    made.close()


def press(bench: Bench) -> None:
    thread = threading.Thread(target=bench.driver.stop_now)
    thread.start()
    thread.join()


async def test_what_was_on_its_way_turns_nothing_on_behind_make_safe(bench):
    outputs, tasks = (await bench.open())[:TOGETHER], Tasks()
    for steps in STEPS:
        commands = [
            tasks.spawn("command", quietly(bench.driver.apply(one.id, bench.on_of(one), ON_S)))
            for one in outputs
        ]
        for _ in range(steps):
            await asyncio.sleep(0.001 if steps > 4 else 0)
        press(bench)
        safe = await bench.driver.make_safe()
        await asyncio.wait(commands, timeout=5)
        assert safe or await bench.driver.make_safe()
        assert bench.wait_for(bench.resting)
        assert not await asyncio.to_thread(stirs, bench), steps
    await tasks.cancel_all()


def stirs(bench: Bench) -> bool:
    """Watch for a moment whether something turns on again."""
    for _ in range(WATCHES):
        threading.Event().wait(WATCH_S)
        if not bench.resting():
            return True
    return False


async def quietly(command) -> None:
    with contextlib.suppress(DriverError):
        await command

"""Many devices at once: STOP, a steady stream of commands, and lamps that must be fed all the time.

One rule: boards are pseudo terminals with the real drivers, threads and system calls before them.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import threading
import time

from app.core.catalog import scan
from app.core.outcome import Command, Stage
from app.devices.config import DeviceConfig, NoGuard
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import Driver, QueuePolicy, Switch
from drivers.transports.refresher import Refresher
from tests.fakes.relay_board import RelayBoard

SIZES = (1, 10, 50)
STOPS = 20
PER_S = 20
SECONDS = 10.0
FRAMES_PER_S = 40
LAMPS_S = 60.0
TITLE = f"{'':52} {'n':>6} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'max':>8}"


def row(name, values_ms):
    ordered = sorted(values_ms)
    p95, p99 = (ordered[int(len(ordered) * share)] for share in (0.95, 0.99))
    told = f"{statistics.median(ordered):8.2f} {p95:8.2f} {p99:8.2f} {ordered[-1]:8.2f}"
    print(f"{name:52} {len(ordered):>6} {told}", flush=True)


class Boards:
    """So many relay boards that never answer, and the hub they hang on."""

    def __init__(self, many):
        self.boards = [RelayBoard() for _ in range(many)]
        self.sent = {}
        self.dropped = 0
        self.hub = Hub(scan("drivers", Driver), SystemClock(), self._note, _ignore, NoGuard())

    def _note(self, delivery):
        if delivery.stage is Stage.ACKED:
            self.sent[delivery.command_id] = delivery.at
        elif delivery.stage is Stage.DROPPED:
            self.dropped += 1

    async def __aenter__(self):
        await self.hub.start(
            [
                DeviceConfig(
                    f"b{number}", "B", "lcus_relay", {"port": board.path, "load": "harmless"}
                )
                for number, board in enumerate(self.boards)
            ]
        )
        await until(
            lambda: all(self.hub.device(f"b{n}").capabilities for n in range(len(self.boards)))
        )
        return self

    async def __aexit__(self, *_):
        await self.hub.stop()
        for board in self.boards:
            await asyncio.to_thread(board.close)

    def stand_still_until_off(self):
        """Block the loop, as a program in trouble does, until every contact is open."""
        for board in self.boards:
            board.wait_for(lambda board=board: board.resting)

    def switch(self, number, name):
        now = time.monotonic()
        # The newest counts: nothing waits for the end of what runs.
        newest = QueuePolicy.LATEST
        self.hub.dispatch(
            [Command(name, f"b{number}", "relay1", Switch(on=True), now + 30, 5.0, policy=newest)]
        )
        return now


def _ignore(_device_id):
    """Nobody looks."""


async def until(true):
    while not true():  # noqa: ASYNC110 - looks at what threads change
        await asyncio.sleep(0.0005)


async def stop_all(many):
    """Return how long it takes from STOP to the last contact that opens, the loop standing still."""
    took = []
    async with Boards(many) as world:
        for turn in range(STOPS):
            for number in range(many):
                world.switch(number, f"s{turn}/{number}")
            await until(lambda: not any(board.resting for board in world.boards))
            began = time.monotonic()
            threading.Thread(target=world.hub.stop_now, args=("bench",)).start()
            world.stand_still_until_off()
            took.append((time.monotonic() - began) * 1000.0)
            await asyncio.sleep(0.2)
            world.hub.resume()
    return took


async def steady(many):
    """Send each board a command so many times a second; return how long each took to be sent."""
    async with Boards(many) as world:
        asked, began, number = {}, time.monotonic(), 0
        while (now := time.monotonic()) - began < SECONDS:
            while number < (now - began) * PER_S * many:
                name = f"c{number}"
                asked[name] = world.switch(number % many, name)
                number += 1
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.5)
        took = [(at - asked[name]) * 1000.0 for name, at in world.sent.items()]
        waiting = len(asked) - len(took) - world.dropped
        print(f"  {len(asked)} commands: {len(took)} sent, {world.dropped} dropped, {waiting} left")
        return took


async def fed():
    """Return how far each frame of a line of lamps comes from when it should."""
    times = []

    def send(_frame):
        times.append(time.monotonic())
        return True

    feeding = Refresher("bench", send, rate_hz=FRAMES_PER_S)
    feeding.open()
    feeding.show(bytes(513))
    await asyncio.sleep(LAMPS_S)
    await feeding.close()
    apart = [after - before for before, after in itertools.pairwise(times)]
    print(f"  {len(times)} frames in {LAMPS_S:.0f} s")
    return [abs(one - 1.0 / FRAMES_PER_S) * 1000.0 for one in apart[2:-2]]


def run():
    print(TITLE)
    for many in SIZES:
        row(
            f"STOP to the last OFF, loop standing still, {many} boards", asyncio.run(stop_all(many))
        )
    row(f"50 boards, {PER_S} commands a second each: to sent", asyncio.run(steady(50)))
    row(f"lamps at {FRAMES_PER_S} frames a second: off the beat", asyncio.run(fed()))

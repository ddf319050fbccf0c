"""Many devices at once: STOP, a steady stream of commands, and lamps that must be fed all the time.

One rule: boards are pseudo terminals with the real drivers, threads and system calls before them.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time

from app.core.catalog import scan
from app.core.outcome import Command, Stage
from app.devices.config import DeviceConfig, NoGuard
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import Driver, QueuePolicy, Switch
from drivers.transports.refresher import Refresher
from tests.bench.table import row
from tests.fakes.relay_board import RelayBoard

SIZES = (1, 10, 50)
STOPS = 20
PER_S = 20
SECONDS = 10.0
FRAMES_PER_S = 40
LAMPS_S = 60.0


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


async def stop_all(many, times):
    """Return how long it takes from STOP to the last contact that opens, the loop standing still."""
    took = []
    async with Boards(many) as world:
        for turn in range(times):
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


async def steady(many, seconds):
    """Send each board a command so many times a second; return how long each took to be sent."""
    async with Boards(many) as world:
        asked, began, number = {}, time.monotonic(), 0
        while (now := time.monotonic()) - began < seconds:
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


async def fed(seconds):
    """Return how far each frame of a line of lamps comes from when it should."""
    times = []

    def send(_frame):
        times.append(time.monotonic())
        return True

    feeding = Refresher("bench", send, rate_hz=FRAMES_PER_S)
    feeding.open()
    feeding.show(bytes(513))
    await asyncio.sleep(seconds)
    await feeding.close()
    apart = [after - before for before, after in itertools.pairwise(times)]
    print(f"  {len(times)} frames in {seconds:.0f} s")
    return [abs(one - 1.0 / FRAMES_PER_S) * 1000.0 for one in apart[2:-2]]


def run(*, quick=False):
    times, seconds, lamps_s = (2, 2.0, 3.0) if quick else (STOPS, SECONDS, LAMPS_S)
    for many in SIZES:
        took = asyncio.run(stop_all(many, times))
        row(f"STOP to the last OFF, {many} relay boards on serial lines", took)
    took = asyncio.run(steady(50, seconds))
    row(f"50 boards, {PER_S} commands a second each: to sent", took)
    row(f"lamps at {FRAMES_PER_S} frames a second: off the beat", asyncio.run(fed(lamps_s)))

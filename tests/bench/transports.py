"""Command to bytes over every way there is to a device, and STOP to the last OFF.

One rule: real hub, drivers, threads and sockets; the far end says when it saw it, by the same clock.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from app.core.catalog import scan
from app.core.outcome import Command, Stage
from app.devices.config import NoGuard
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import ACCEPTS, Driver, Off, QueuePolicy
from tests.bench import brokers, many
from tests.bench.table import SPREAD, row
from tests.drivers import every_way

COMMANDS = 100
# Long enough for the gates: lights may not blink faster than three times a second.
CYCLE_S = 0.8
STOPS = 20
# Of these there is one on a computer.
ALONE = ("Bluetooth", "HID")
SIZES = (1, 10, 50)


class World:
    """Far ends of these ways, and the hub they hang on."""

    def __init__(self, ways):
        self._folder = tempfile.TemporaryDirectory(prefix="gw-ways")
        self.ends = {}
        self.acked = {}
        for number, some in enumerate(ways):
            place = Path(self._folder.name) / str(number)
            place.mkdir()
            for way, (bench, config) in every_way.made(place, some).items():
                self.ends[f"{way} {number}"] = (bench, replace(config, id=f"{config.id}of{number}"))
        self.hub = Hub(scan("drivers", Driver), SystemClock(), self._note, _ignore, NoGuard())

    def _note(self, delivery):
        if delivery.stage is Stage.ACKED:
            self.acked[delivery.command_id] = delivery.at, delivery.detail

    async def __aenter__(self):
        await self.hub.start([config for _, config in self.ends.values()])
        await many.until(lambda: all(one.link.stage == "online" for one in self.hub.devices()))
        return self

    async def __aexit__(self, *_):
        await self.hub.stop()
        for bench, _ in self.ends.values():
            await asyncio.to_thread(bench.close)
        self._folder.cleanup()

    def output(self, way):
        """Return the first output of a device, and what turns it on."""
        bench, config = self.ends[way]
        states = self.hub.device(config.id).capabilities
        capability = next(one.capability for one in states if ACCEPTS[one.capability.kind])
        return config.id, capability.id, bench.on_of(capability)

    def send(self, name, device, capability, what):
        """Dispatch now; return when that was."""
        now = time.monotonic()
        newest = QueuePolicy.LATEST
        self.hub.dispatch([Command(name, device, capability, what, now + 30, 9.0, policy=newest)])
        return now

    async def turn(self, way, name, *, on):
        """Turn the first output on or off; return when that was asked and when it was seen."""
        bench, _ = self.ends[way]
        device, capability, what = self.output(way)
        seen = asyncio.gather(asyncio.to_thread(_wait, bench, on))
        await asyncio.sleep(0.002)  # whoever watches the far end is ready
        asked = self.send(name, device, capability, what if on else Off())
        return asked, (await seen)[0]


def _ignore(_device_id):
    """Nobody looks."""


def _wait(bench, on):
    if not bench.wait_for((lambda: not bench.resting()) if on else bench.resting):
        raise RuntimeError("the far end saw nothing")
    return time.monotonic()


async def to_bytes(commands):
    """Return, for each way, how long commands took to be seen, and to be answered."""
    async with World([every_way.WAYS]) as world:
        seen, answered = {}, {}
        for turn in range(commands):
            began = time.monotonic()
            for way in world.ends:
                name = f"{way}/{turn}"
                asked, at = await world.turn(way, name, on=True)
                seen.setdefault(way, []).append((at - asked) * 1000.0)
                await world.turn(way, f"{name} off", on=False)
                acked, detail = world.acked.get(name, (None, ""))
                if detail == "confirmed":
                    answered.setdefault(way, []).append((acked - asked) * 1000.0)
            await asyncio.sleep(max(0.0, CYCLE_S - (time.monotonic() - began)))
        return seen, answered


def mixed(size):
    """Return the ways of so many devices, the first group with all of them."""
    ways = [one for one in every_way.WAYS if not every_way.missing([one])]
    groups = []
    while size > 0:
        group = [one for one in ways if not groups or one not in ALONE][:size]
        groups.append(group)
        size -= len(group)
    return groups


async def stops(size, times):
    """Return how long it takes from STOP to the last OFF, the loop standing still."""
    took = []
    async with World(mixed(size)) as world:
        for turn in range(times):
            for way in world.ends:
                device, capability, what = world.output(way)
                world.send(f"s{turn}{way}", device, capability, what)
            await asyncio.to_thread(_all_on, world)
            began = time.monotonic()
            threading.Thread(target=world.hub.stop_now, args=("bench",)).start()
            for bench, _ in world.ends.values():
                _wait(bench, on=False)
            took.append((time.monotonic() - began) * 1000.0)
            await asyncio.sleep(0.5)
            world.hub.resume()
            await asyncio.sleep(0.5)
    return took


def _all_on(world):
    for way, (bench, _) in world.ends.items():
        if not bench.wait_for(lambda bench=bench: not bench.resting()):
            raise RuntimeError(f"{way} was not turned on")


def run(*, quick=False):
    commands, times = (5, 2) if quick else (COMMANDS, STOPS)
    print(SPREAD)
    for way, reason in every_way.missing().items():
        print(f"{way}: not measured, {reason}")
    seen, answered = asyncio.run(to_bytes(commands))
    for way, values in seen.items():
        row(f"{way[:-2]}: dispatch to bytes at the far end", values)
    for way, values in answered.items():
        row(f"{way[:-2]}: dispatch to the device's answer", values)
    for size in SIZES:
        row(f"STOP to the last OFF, {size} devices of all ways", asyncio.run(stops(size, times)))
    brokers.run(quick=quick)
    many.run(quick=quick)

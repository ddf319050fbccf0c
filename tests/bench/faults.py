"""Every fault there is a test for, as one table: `python -m tests.bench faults [--quick]`.

One rule: the far ends say when they went off, by the same clock that timed the fault.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from app.gateway.device_messages import TestDevice
from app.gateway.messages import Resume
from tests import hands
from tests.bench import faults_links
from tests.bench.house import House
from tests.bench.table import FAULTS, Fault
from tests.e2e.harness import ROOT, Desk, until
from tests.fakes.firmware.board import Board
from tests.fakes.modbus_board import ModbusBoard
from tests.fakes.relay_board import RelayBoard

KILLS = int(os.environ.get("GIFTWIRE_KILLS", "200"))
OTHERS = 20
LINKS = 20
BATCH = 3
PATIENCE_S = 20.0
OUTPUTS = (
    ("line", "light", "set_color", {"red": 9, "green": 9, "blue": 9}),
    ("plain", "relay1", "switch", {"on": True}),
    ("asked", "relay1", "switch", {"on": True}),
)


class Desk3:
    """Three boards behind one real core: with a lease, one that never answers, one that does."""

    def __init__(self, house, folder):
        self.house = house
        self.boards = {
            "line": Board(folder / "ttyGIFT"),
            "plain": RelayBoard(),
            "asked": ModbusBoard(),
        }
        drivers = {"line": "giftwire_line", "plain": "lcus_relay", "asked": "modbus_relay"}
        devices = [
            {"id": key, "name": key, "driver": driver, "settings": {"port": self.boards[key].path}}
            for key, driver in drivers.items()
        ]
        file = {"version": 1, "devices": devices}
        (house.profile / "devices.json").write_text(json.dumps(file))
        hands.used(house.profile, *drivers)

    @property
    def turned_on(self):
        """How often each output was turned on so far."""
        line, plain, asked = self.boards.values()
        return {
            "line": len(line.started),
            "plain": plain.heard.count(b"\xa0\x01\x01"),
            "asked": sum(one[1] == 5 and one[4] == 0xFF for one in asked.asked),
        }

    def close(self):
        for board in self.boards.values():
            board.close()

    def off_after_ms(self, began, patience_s=PATIENCE_S):
        """Wait until every board rests; return {board: when, in ms}."""
        took = {}
        end = time.monotonic() + patience_s
        while len(took) < len(self.boards) and time.monotonic() < end:
            for key, board in self.boards.items():
                if key not in took and board.resting:
                    took[key] = (time.monotonic() - began) * 1000.0
            time.sleep(0.0005)  # noqa: TID251 - it looks as often as it can without spinning
        return took

    async def online(self, desk):
        """Wait until all three are there."""
        await desk.seen(lambda: self._online(desk), "three devices")

    async def all_on(self, desk):
        """Turn everything on, for long enough."""
        await self.online(desk)
        for device, capability, verb, args in OUTPUTS:
            request = TestDevice(
                device_id=device, capability=capability, verb=verb, args=args, duration_s=8.0
            )
            assert (await desk.client.ask(request)).ok
        await asyncio.to_thread(
            until,
            lambda: not any(board.resting for board in self.boards.values()),
            "three outputs that are on",
        )

    def _online(self, desk):
        state = {}
        for snapshot in desk.snapshots[-1:]:
            state = {device.id: device.link.stage for device in snapshot.devices}
        for changed in desk.changed:
            for device in changed.devices or ():
                state[device.id] = device.link.stage
        return list(state.values()).count("online") == len(self.boards)


class Took:
    """How long each board took, and how often it never went off."""

    def __init__(self, name, asked, limit_ms=None):
        self.faults = {
            key: Fault(f"{name}: {words}", asked, "to OFF", limit_ms)
            for key, words in (
                ("line", "lease"),
                ("plain", "deaf board"),
                ("asked", "Modbus"),
            )
        }

    def note(self, off, right=None):
        """Note when each went off, and whether nothing turned on again."""
        for key, fault in self.faults.items():
            took_ms = off.get(key)
            seconds = None if took_ms is None else took_ms / 1000.0
            fault.note(seconds, right=right is None or right[key])

    def tell(self):
        for fault in self.faults.values():
            fault.tell()


async def ended(world, many, chance, end_core, took):
    """End the core at random moments while everything is on."""
    for _ in range(many):
        async with Desk(world.house.profile) as desk:
            await world.all_on(desk)
            turned = world.turned_on
            await asyncio.sleep(chance.uniform(0.0, 0.4))
            pid = desk.snapshots[-1].pid
            began = time.monotonic()
            end_core(pid)
            off = await asyncio.to_thread(world.off_after_ms, began)
        await asyncio.to_thread(_another, world, pid)
        took.note(off, await _nothing_again(world, turned))


async def _nothing_again(world, turned):
    """Say for which boards the core that came after turned nothing on."""
    async with Desk(world.house.profile) as desk:
        await world.online(desk)
        return {key: count == turned[key] for key, count in world.turned_on.items()}


def _another(world, pid):
    """Wait for the core that comes after this one; the guardian waits longer each time."""
    until(
        lambda: (
            (state := world.house._state()).get("state") == "running" and state.get("pid") != pid
        ),
        "another core",
        120.0,
    )


async def stopped(world, many, took):
    for _ in range(many):
        async with Desk(world.house.profile) as desk:
            await world.all_on(desk)
            turned = world.turned_on
            began = time.monotonic()
            desk.client.stop_all("bench")
            off = await asyncio.to_thread(world.off_after_ms, began)
            # As after a real press: every device has confirmed before anybody resumes.
            await asyncio.sleep(0.5)
            assert (await desk.client.ask(Resume())).ok
            took.note(off, {key: count == turned[key] for key, count in world.turned_on.items()})


async def frozen(world, many, took):
    """Freeze the window, press STOP from a script."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    window = world.house._run("--profile", str(world.house.profile), env=environment)
    try:
        await asyncio.sleep(3.0)
        psutil.Process(window.pid).suspend()
        for _ in range(many):
            async with Desk(world.house.profile) as desk:
                await world.all_on(desk)
                turned, began = world.turned_on, time.monotonic()
                stopping = _ctl(world, "stop")
                off = await asyncio.to_thread(world.off_after_ms, began)
                await asyncio.to_thread(stopping.wait, PATIENCE_S)
                await asyncio.sleep(0.5)
                assert (await desk.client.ask(Resume())).ok
            took.note(off, {key: count == turned[key] for key, count in world.turned_on.items()})
    finally:
        psutil.Process(window.pid).resume()
        window.terminate()
        window.wait(30)


def _ctl(world, *words):
    command = [sys.executable, "-m", "app", "--profile", str(world.house.profile), "ctl", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


async def tree_killed(world, took):
    """Kill everything of ours at once: only what a board does by itself is left."""
    async with Desk(world.house.profile) as desk:
        await world.all_on(desk)
        running = world.house.processes()
        began = time.monotonic()
        for process in (running["guardian"], running["core"]):
            process.kill()
        took.note(await asyncio.to_thread(world.off_after_ms, began, 5.0))


@contextlib.contextmanager
def desk3():
    with House(stream=False, boards=0) as house, tempfile.TemporaryDirectory() as folder:
        world = Desk3(house, Path(folder))
        try:
            house.start_guardian()
            house.ready()
            yield world
        finally:
            world.close()


def in_batches(many, one_batch):
    """Do it with a new guardian after every few: each waits longer after each crash."""
    while many > 0:
        with desk3() as world:
            one_batch(world, min(many, BATCH))
        many -= BATCH


def run(*, quick=False):
    kills, others, links = (3, 2, 2) if quick else (KILLS, OTHERS, LINKS)
    print(FAULTS)
    faults_links.run(links)
    chance = random.Random(1)
    for name, play in (("STOP", stopped), ("desk frozen, ctl stop", frozen)):
        with desk3() as world:
            took = Took(name, "OFF while it runs on")
            asyncio.run(play(world, others, took))
            took.tell()
    took = Took("whole tree killed", "OFF by the board's lease")
    for _ in range(others // 2):
        with desk3() as world:
            asyncio.run(tree_killed(world, took))
    took.tell()
    for name, asked, limit_ms, many, end_core in (
        ("core hangs", "OFF in 3 s", 3000.0, others, lambda pid: psutil.Process(pid).suspend()),
        ("core kill -9", "OFF in 100 ms", 100.0, kills, lambda pid: os.kill(pid, signal.SIGKILL)),
    ):
        took = Took(name, asked, limit_ms)
        in_batches(
            many,
            lambda world, few, end=end_core, took=took: asyncio.run(
                ended(world, few, chance, end, took)
            ),
        )
        took.tell()

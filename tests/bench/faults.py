"""What becomes of devices that are on when something ends: `python -m tests.bench faults`.

One rule: the far ends say when they went off, by the same clock that timed the fault.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from app.gateway.device_messages import TestDevice
from app.gateway.messages import Resume
from tests import hands
from tests.bench.house import House
from tests.e2e.harness import Desk, until
from tests.fakes.firmware.board import Board
from tests.fakes.modbus_board import ModbusBoard
from tests.fakes.relay_board import RelayBoard

KILLS = int(os.environ.get("GIFTWIRE_KILLS", "200"))
OTHERS = 10
BATCH = 3
LIMIT_MS = 100.0
PATIENCE_S = 20.0
TITLE = f"{'':46}{'n':>4} {'p50 ms':>8} {'p95':>8} {'max':>8}  within {LIMIT_MS:.0f} ms"
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

    def close(self):
        for board in self.boards.values():
            board.close()

    def off_after_ms(self, began):
        """Wait until every board rests; return {board: when, in ms}."""
        took = {}
        end = time.monotonic() + PATIENCE_S
        while len(took) < len(self.boards) and time.monotonic() < end:
            for key, board in self.boards.items():
                if key not in took and board.resting:
                    took[key] = (time.monotonic() - began) * 1000.0
            time.sleep(0.0005)  # noqa: TID251 - it looks as often as it can without spinning
        return took

    async def all_on(self, desk):
        """Turn everything on, for long enough."""
        await desk.seen(lambda: self._online(desk), "three devices")
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


def row(name, values, lost):
    ordered = sorted(values) or [float("nan")]
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    within = sum(one <= LIMIT_MS for one in values)
    never = f"  never off: {lost}" if lost else ""
    print(
        f"{name:46}{len(values) + lost:>4} {statistics.median(ordered):8.1f} {p95:8.1f} "
        f"{ordered[-1]:8.1f}  {within} of {len(values) + lost}{never}",
        flush=True,
    )


class Took:
    """How long each board took, and how often it never went off."""

    def __init__(self, name):
        self.name = name
        self.values = {}
        self.lost = {}

    def note(self, boards, off):
        for key in boards:
            self.lost.setdefault(key, 0)
            self.values.setdefault(key, [])
            if key in off:
                self.values[key].append(off[key])
            else:
                self.lost[key] += 1

    def tell(self):
        for key, values in self.values.items():
            row(f"{self.name}: {key}", values, self.lost[key])


async def ended(world, many, chance, end_core, took):
    """End the core at random moments while everything is on."""
    for _ in range(many):
        async with Desk(world.house.profile) as desk:
            await world.all_on(desk)
            await asyncio.sleep(chance.uniform(0.0, 0.4))
            pid = desk.snapshots[-1].pid
            began = time.monotonic()
            end_core(pid)
            off = await asyncio.to_thread(world.off_after_ms, began)
        took.note(world.boards, off)
        await asyncio.to_thread(_another, world, pid)


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
            began = time.monotonic()
            desk.client.stop_all("bench")
            took.note(world.boards, await asyncio.to_thread(world.off_after_ms, began))
            # As after a real press: every device has confirmed before anybody resumes.
            await asyncio.sleep(0.5)
            assert (await desk.client.ask(Resume())).ok


async def tree_killed(world, took):
    """Kill everything of ours at once: only what a board does by itself is left."""
    async with Desk(world.house.profile) as desk:
        await world.all_on(desk)
        running = world.house.processes()
        began = time.monotonic()
        for process in (running["guardian"], running["core"]):
            process.kill()
        took.note(world.boards, await asyncio.to_thread(world.off_after_ms, began))


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


def run():
    print(TITLE)
    chance = random.Random(1)
    with desk3() as world:
        took = Took("STOP from the window")
        asyncio.run(stopped(world, OTHERS, took))
        took.tell()
    for name, many, end_core in (
        ("core killed (-9)", KILLS, lambda pid: os.kill(pid, signal.SIGKILL)),
        ("core hangs, all its threads", OTHERS, lambda pid: psutil.Process(pid).suspend()),
    ):
        took = Took(name)
        in_batches(
            many,
            lambda world, few, end=end_core, took=took: asyncio.run(
                ended(world, few, chance, end, took)
            ),
        )
        took.tell()
    with desk3() as world:
        took = Took("core and guardian killed")
        asyncio.run(tree_killed(world, took))
        took.tell()

"""Links that come and go many times: safe first each time, nothing replayed, counted right, no leak."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.core.links import LinkReason, LinkStage
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from drivers.contract import QueuePolicy, SetColor, Switch
from tests.app.devices.rig import Rig, running
from tests.drivers.benches.template import OUTPUTS
from tests.drivers.mqtt_bench import why_not as no_broker
from tests.drivers.transports.test_mqtt import Broker
from tests.fakes.firmware.board import Board
from tests.fakes.net_cable import NetCable
from tests.fakes.own_device import OwnNetDevice
from tests.fakes.ports import FakePorts
from tests.fakes.tasmota import Tasmota

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")

FLAPS = 10


class OnSerial:
    """A board at the end of a cable; without power it forgets all."""

    output = "light"
    on = SetColor(9, 9, 9)

    def __init__(self, folder: Path) -> None:
        self.board = Board(folder / "tty")
        self.config = DeviceConfig("b", "B", "giftwire_line", {"port": self.board.path})
        self.plug, self.unplug, self.close = self.board.plug, self.board.unplug, self.board.close

    @property
    def said(self) -> list[str]:
        return ["OFF" if one.startswith("STOP") else one for one in self.board.lines]

    def turned_on(self) -> int:
        return len(self.board.started)

    @property
    def resting(self) -> bool:
        return self.board.resting


class OnTcp:
    """Something of somebody's own in the network; it goes on with what it does meanwhile."""

    output = "output1"
    on = Switch(on=True)

    def __init__(self, _folder: Path) -> None:
        self.far = OwnNetDevice("tcp")
        self.cable = NetCable(self.far.port)
        settings = {"way": "tcp", "host": "127.0.0.1", "host_port": self.cable.port}
        self.config = DeviceConfig(
            "b", "B", "template", {**settings, "outputs": [{**OUTPUTS[0], "load": "harmless"}]}
        )
        self.plug, self.unplug = self.cable.plug, self.cable.unplug

    @property
    def said(self) -> list[str]:
        return ["OFF" if one == "REL 0" else one for one in self.far.words.said]

    def turned_on(self) -> int:
        return self.said.count("REL 1")

    @property
    def resting(self) -> bool:
        return self.far.resting

    def close(self) -> None:
        self.cable.close()
        self.far.close()


class OnMqtt:
    """A plug whose broker cannot be reached now and then; the plug can."""

    output = "relay1"
    on = Switch(on=True)

    def __init__(self, folder: Path) -> None:
        self.broker = Broker(folder)
        self.far = Tasmota(self.broker.port)
        self.cable = NetCable(self.broker.port)
        settings = {
            "host": "127.0.0.1",
            "port": self.cable.port,
            "topic": "plug",
            "load": "harmless",
        }
        self.config = DeviceConfig("b", "B", "mqtt_tasmota", settings)
        self.plug, self.unplug = self.cable.plug, self.cable.unplug

    @property
    def said(self) -> list[str]:
        # What it asks is left out: it switches nothing.
        told = [one for one in self.far.heard if one[1] == "OFF" or "TimedPower" in one[0]]
        return ["OFF" if text == "OFF" else text for _, text in told if text]

    def turned_on(self) -> int:
        return sum(one != "OFF" for one in self.said)

    @property
    def resting(self) -> bool:
        return self.far.resting

    def close(self) -> None:
        self.cable.close()
        self.far.close()
        self.broker.end()


@pytest.fixture(params=[OnSerial, OnTcp, OnMqtt])
def world(request, tmp_path) -> Iterator[OnSerial | OnTcp | OnMqtt]:
    if request.param is OnMqtt and (reason := no_broker("")):
        pytest.skip(reason)
    made = request.param(tmp_path)
    yield made
    made.close()


def held() -> tuple[int, int, int]:
    """Return how many threads, tasks and open files there are."""
    files = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
    return threading.active_count(), len(asyncio.all_tasks()), files


def grown(before: tuple[int, int, int]) -> dict[str, tuple[int, int]]:
    """Return what there is more of, and not just because it is in the middle of something."""
    pairs = zip(("threads", "tasks", "files"), before, held(), strict=True)
    return {what: (then, now) for what, then, now in pairs if now > then + 3}


async def waits_of(rig: Rig, waits: list[float]) -> None:
    """Wait until the link waits; note for how long it meant to."""
    await rig.until(lambda: rig.hub.device("b").link.stage is LinkStage.WAITING)
    link = rig.hub.device("b").link
    waits.append(link.until - link.since)


async def until_online(rig: Rig) -> None:
    """Have it tried again and again without waiting as long as it would."""

    def online() -> bool:
        link = rig.hub.device("b").link
        if link.stage is LinkStage.WAITING:
            rig.hub.try_now("b")
        return link.stage is LinkStage.ONLINE

    await rig.until(online)


async def test_a_link_that_comes_and_goes_many_times(world):
    async with running(world.config) as rig:
        waits: list[float] = []
        for number in range(FLAPS):
            command = rig.send("b", world.output, world.on, 9.0)
            await rig.until(lambda command=command: Stage.ACKED in rig.steps(command))
            await rig.until(lambda number=number: world.turned_on() == number + 1)
            waiting = rig.send("b", world.output, world.on, 9.0, policy=QueuePolicy.QUEUE)
            before = len(world.said)
            await asyncio.to_thread(world.unplug)
            await rig.finished(command, waiting)
            assert rig.drop(command) is Drop.LOST
            assert rig.drop(waiting) is Drop.LOST
            await waits_of(rig, waits)
            away = rig.send("b", world.output, world.on, 9.0)
            assert rig.drop(away) is Drop.OFFLINE
            await asyncio.to_thread(world.plug)
            await until_online(rig)
            assert rig.hub.device("b").safe
            await rig.until(lambda: world.resting)
            assert world.said[before] == "OFF", world.said[before:]
            if number == 1:
                at_first = held()
        assert world.turned_on() == FLAPS
        with contextlib.suppress(TimeoutError):
            await rig.until(lambda: not grown(at_first), 3.0)
        assert not grown(at_first)
    # It waits longer each time, and never for ever.
    assert waits[3] > waits[0]
    assert max(waits) <= 30.0 * 1.4
    assert rig.guard.armed == {}


# ---------------------------------------------------------------- which board is which


@pytest.fixture
def two(tmp_path, monkeypatch) -> Iterator[tuple[Board, Board, FakePorts]]:
    boards = Board(tmp_path / "ttyUSB0"), Board(tmp_path / "ttyUSB1")
    ports = FakePorts(monkeypatch)
    for board, number in zip(boards, ("A1", "B2"), strict=True):
        ports.plug(board.path, serial_number=number)
    yield *boards, ports
    for board in boards:
        board.close()


TWO = tuple(
    DeviceConfig(name, name, "giftwire_line", {"port": f"usb:2341:0043:{name}"})
    for name in ("A1", "B2")
)


async def both_click(rig: Rig, first: Board, second: Board) -> None:
    """Have each clicked alone; only the one that is meant clicks."""
    for name, board, other in (("A1", first, second), ("B2", second, first)):
        before, others = len(board.started), len(other.started)
        click = rig.send(name, "relay", Switch(on=True), 0.05)
        await rig.finished(click)
        assert rig.final(click).stage is Stage.DONE
        assert (len(board.started), len(other.started)) == (before + 1, others)


def swap(first: Board, second: Board, ports: FakePorts) -> None:
    """Put each into the socket where the other was; the system names ports by their sockets."""
    paths = first.path, second.path
    for board in (first, second):
        ports.unplug(board.path)
        board.unplug()
    first.plug(first._link.with_name("ttyUSB1"))
    second.plug(second._link.with_name("ttyUSB0"))
    ports.plug(first.path, serial_number="A1")
    ports.plug(second.path, serial_number="B2")
    assert (second.path, first.path) == paths


async def test_boards_whose_ports_were_swapped_between_two_runs_are_still_themselves(two):
    first, second, ports = two
    async with running(*TWO) as rig:
        await both_click(rig, first, second)
    await asyncio.to_thread(swap, first, second, ports)
    async with running(*TWO) as rig:
        await both_click(rig, first, second)


async def test_boards_whose_ports_are_swapped_while_it_runs_are_still_themselves(two):
    first, second, ports = two
    async with running(*TWO) as rig:
        await both_click(rig, first, second)
        await asyncio.to_thread(swap, first, second, ports)
        await rig.until(
            lambda: all(one.link.stage is not LinkStage.ONLINE for one in rig.hub.devices())
        )
        await rig.online("A1", "B2")
        await both_click(rig, first, second)


async def test_a_second_board_of_the_same_id_is_told_and_neither_is_touched(two):
    first, second, ports = two
    async with running(TWO[0]) as rig:
        await rig.online("A1")
        await asyncio.to_thread(first.unplug)
        ports.unplug(first.path)
        await rig.until(lambda: rig.hub.device("A1").link.stage is not LinkStage.ONLINE)
        # A copy came meanwhile: which of the two is meant, nobody can say.
        ports.unplug(second.path)
        ports.plug(second.path, serial_number="A1", location="2-1:1.0")
        await asyncio.to_thread(first.plug)
        ports.plug(first.path, serial_number="A1")
        before = len(first.lines), len(second.lines)
        await rig.until(lambda: rig.hub.device("A1").link.reason is LinkReason.AMBIGUOUS)
        assert (len(first.lines), len(second.lines)) == before
        # One of them is taken out, and the other is the one that is meant again.
        ports.unplug(second.path)
        await rig.online("A1")
        assert second.lines == []

"""A device on a real pseudo terminal through hub, worker and driver: unplugged, deaf, replugged, killed."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.links import LinkReason, LinkStage
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from drivers.contract import Kind, Rotate, Run, SetColor, Switch
from tests.app.devices.rig import running
from tests.fakes.firmware import sketch
from tests.fakes.firmware.board import Board, Habits
from tests.fakes.firmware.sketch import Sketch
from tests.fakes.ports import FakePorts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")


def config(board: Board | Sketch | str, **settings: object) -> DeviceConfig:
    port = board if isinstance(board, str) else board.path
    known = {"port": port, "boot_s": 1.0, **settings}
    return DeviceConfig("b", "Board", "giftwire_line", known, used=True)


@pytest.fixture
def board(tmp_path: Path):
    made = Board(tmp_path / "tty")
    yield made
    made.close()


async def test_a_command_reaches_the_board_and_its_end_comes_back(board: Board):
    async with running(config(board)) as rig:
        command = rig.send("b", "relay", Switch(on=True), 0.2)
        await rig.finished(command)
        assert rig.steps(command) == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        assert board.resting


async def test_the_guard_is_armed_before_the_first_byte_and_taken_away_at_rest(board: Board):
    async with running(config(board)) as rig:
        assert rig.guard.told == []
        command = rig.send("b", "relay", Switch(on=True), 0.2)
        await rig.until(lambda: rig.guard.told)
        assert not any(" ON " in line for line in board.lines[:3])
        assert rig.guard.armed["b"].frames == (b"\nSTOP\n",)
        await rig.finished(command)
        assert rig.guard.told == [("arm", "b"), ("disarm", "b")]


async def test_unplugging_drops_everything_and_replugging_replays_nothing(board: Board):
    async with running(config(board)) as rig:
        turning = rig.send("b", "motor", Rotate(100, 60))
        waiting = rig.send("b", "motor", Rotate(7, 60))
        await rig.until(lambda: Stage.ACKED in rig.steps(turning))
        await asyncio.to_thread(board.unplug)
        await rig.finished(turning, waiting)
        assert (rig.final(turning).stage, rig.drop(turning)) == (Stage.FAILED, Drop.LOST)
        assert (rig.final(waiting).stage, rig.drop(waiting)) == (Stage.DROPPED, Drop.LOST)
        assert rig.hub.device("b").safe is False
        offline = rig.send("b", "motor", Rotate(1, 60))
        assert rig.drop(offline) is Drop.OFFLINE
        await rig.until(lambda: rig.hub.device("b").link.stage is not LinkStage.ONLINE)
        before = len(board.lines)
        await asyncio.to_thread(board.plug)
        await rig.online("b")
        assert rig.hub.device("b").safe is True
        assert rig.guard.told[-1] == ("disarm", "b")
        assert board.lines[before].startswith("STOP")
        assert len(board.started) == 1
        again = rig.send("b", "relay", Switch(on=True), 0.1)
        await rig.finished(again)
        assert rig.final(again).stage is Stage.DONE


async def test_a_board_that_is_unplugged_at_the_start_is_offline_and_not_missing(
    tmp_path: Path, board: Board
):
    async with running(config(board)) as rig:
        (known,) = (one.known for one in rig.hub.configs)
        shown = rig.hub.device("b").capabilities
    await asyncio.to_thread(board.unplug)
    away = replace(config(board), role="motor", known=known)
    async with running(away, wait=False) as rig:
        await rig.until(lambda: rig.hub.device("b").link.stage is LinkStage.WAITING)
        assert rig.hub.device("b").capabilities == shown
        assert rig.hub.find("motor", Kind.MOTOR) == ("b", "motor")
        assert rig.drop(rig.send("b", "motor", Rotate(1, 60))) is Drop.OFFLINE
        await asyncio.to_thread(board.plug)
        rig.hub.try_now("b")
        await rig.online("b")
        turn = rig.send("b", "relay", Switch(on=True), 0.1)
        await rig.finished(turn)
        assert rig.final(turn).stage is Stage.DONE


async def test_a_board_that_was_never_open_is_offline_for_the_rules_that_name_it(tmp_path: Path):
    never = replace(config(str(tmp_path / "none")), role="light")
    async with running(never, wait=False) as rig:
        device_id, capability = rig.hub.find("light", Kind.LIGHT)
        assert rig.drop(rig.send(device_id, capability, SetColor(1, 2, 3), 1.0)) is Drop.OFFLINE
        # Whether it is a motor nobody knows: it stands in for no other.
        assert rig.hub.find("motor", Kind.MOTOR) is None


async def test_a_board_replugged_under_another_name_is_found_by_its_identity(
    tmp_path: Path, board: Board, monkeypatch: pytest.MonkeyPatch
):
    ports = FakePorts(monkeypatch)
    ports.plug(board.path, serial_number="A1B2")
    async with running(config("usb:2341:0043:A1B2")) as rig:
        assert rig.hub.device("b").address == board.path
        ports.unplug(board.path)
        await asyncio.to_thread(board.unplug)
        await rig.until(lambda: rig.hub.device("b").link.reason is LinkReason.NOT_FOUND)
        await asyncio.to_thread(board.plug, tmp_path / "ttyOTHER")
        ports.plug(board.path, serial_number="A1B2", location="2-1:1.0")
        await rig.online("b")
        assert rig.hub.device("b").address.endswith("ttyOTHER")


async def test_plugging_in_ends_a_long_wait(board: Board, monkeypatch: pytest.MonkeyPatch):
    ports = FakePorts(monkeypatch)
    async with running(config("usb:2341:0043:A1B2"), wait=False) as rig:
        # Long enough for the wait to have grown beyond what this test would bear.
        for _ in range(6):
            await rig.until(lambda: rig.hub.device("b").link.stage is LinkStage.WAITING)
            rig.hub.try_now("b")
            await rig.until(lambda: rig.hub.device("b").link.stage is not LinkStage.WAITING)
        await rig.until(lambda: rig.hub.device("b").link.stage is LinkStage.WAITING)
        until = rig.hub.device("b").link.until
        ports.plug(board.path, serial_number="A1B2")
        await rig.online("b")
        assert time.monotonic() < until


async def test_two_boards_of_one_identity_are_refused(
    board: Board, monkeypatch: pytest.MonkeyPatch
):
    ports = FakePorts(monkeypatch)
    ports.plug(board.path, serial_number="A1B2")
    ports.plug("/dev/other", serial_number="A1B2", location="2-1:1.0")
    async with running(config("usb:2341:0043:A1B2"), wait=False) as rig:
        await rig.until(lambda: rig.hub.device("b").link.reason is LinkReason.AMBIGUOUS)
        assert board.lines == []


async def test_a_board_that_is_added_already_is_not_offered_again(board: Board, monkeypatch):
    ports = FakePorts(monkeypatch)
    ports.plug(board.path, serial_number="A1B2")
    ports.plug("/dev/ttyACM9", serial_number="C3", location="2-1:1.0")
    async with running(config("usb:2341:0043:A1B2")) as rig:
        found = [one for one in await rig.hub.discover() if one.driver == "giftwire_line"]
        assert [one.settings for one in found] == [{"port": "usb:2341:0043:C3"}]


async def test_a_command_nobody_answered_is_made_safe_and_reported(board: Board):
    async with running(config(board)) as rig:
        board.habits.faults.extend(["never", "never"])
        command = rig.send("b", "motor", Run(60), 60.0)
        await rig.finished(command)
        assert (rig.final(command).stage, rig.drop(command)) == (Stage.FAILED, Drop.NO_ANSWER)
        await rig.until(lambda: rig.hub.device("b").safe is True)
        assert board.resting
        assert rig.guard.told == [("arm", "b"), ("disarm", "b")]


async def test_a_refused_command_says_so_and_the_next_goes_on(board: Board):
    async with running(config(board)) as rig:
        board.habits.faults.append("refuse")
        refused = rig.send("b", "motor", Rotate(1, 60))
        good = rig.send("b", "relay", Switch(on=True), 0.1)
        await rig.finished(refused, good)
        assert (rig.drop(refused), rig.final(refused).detail) == (Drop.REFUSED, "range")
        assert rig.final(good).stage is Stage.DONE


async def test_a_device_that_does_not_confirm_is_asked_until_it_does(board: Board):
    async with running(config(board)) as rig:
        command = rig.send("b", "motor", Run(60), 60.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(command))
        board.habits.deaf_to_stop = True
        rig.hub.stop_now("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": False})
        assert rig.hub.device("b").safe is False
        assert rig.guard.told[-1] == ("arm", "b")
        board.habits.deaf_to_stop = False
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": True})
        assert rig.hub.device("b").safe is True
        assert rig.guard.told[-1] == ("disarm", "b")


async def test_a_board_lost_while_on_counts_as_unsafe_until_it_is_back(board: Board):
    async with running(config(board)) as rig:
        command = rig.send("b", "motor", Run(60), 60.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(command))
        await asyncio.to_thread(board.unplug)
        await rig.until(lambda: rig.hub.device("b").safe is False)
        rig.hub.stop_now("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": False})
        await asyncio.to_thread(board.plug)
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": True})


async def test_a_forgotten_device_does_not_stay_with_the_guardian(board: Board):
    async with running(config(board)) as rig:
        rig.send("b", "motor", Run(60), 60.0)
        await rig.until(lambda: board.on)
        await asyncio.to_thread(board.unplug)
        await rig.until(lambda: rig.hub.device("b").safe is False)
        await rig.hub.remove("b")
        assert rig.guard.armed == {}
        assert rig.hub.devices() == ()


async def test_stop_reaches_the_board_while_the_loop_is_blocked(board: Board):
    async with running(config(board)) as rig:
        for output, what in (
            ("motor", Run(60)),
            ("relay", Switch(on=True)),
            ("light", SetColor(9, 9, 9)),
        ):
            rig.send("b", output, what, 9.0)
        await rig.until(lambda: len(board.on) == 3)
        timer = threading.Timer(0.1, rig.hub.stop_now, ["test"])
        timer.start()
        # The loop stands still until the board is at rest; only threads can have done it.
        assert board.wait_for(lambda: board.resting)
        timer.join()
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": True})
        assert len(board.started) == 3


async def test_a_button_on_the_board_stops_everything(tmp_path: Path):
    if sketch.why_not():
        pytest.skip(sketch.why_not())
    board = Sketch(tmp_path / "tty")
    try:
        async with running(config(board)) as rig:
            rig.send("b", "motor", Run(60), 60.0)
            await rig.until(lambda: board.motor)
            board.press()
            await rig.until(lambda: rig.hub.latched)
            assert rig.hub.stop_state.source == "Board"
            assert board.wait_for(lambda: board.resting)
            await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": True})
    finally:
        board.close()


async def test_on_a_bad_line_every_click_happens_exactly_once(board: Board):
    async with running(config(board)) as rig:
        faults = ["", "never", "", "deaf", "", "twice", "late:0.2", "wrong", "", "garbage"]
        board.habits.faults.extend(faults)
        clicks = [rig.send("b", "relay", Switch(on=True), 0.05) for _ in range(7)]
        await rig.finished(*clicks, timeout_s=30.0)
        assert {rig.final(one).stage for one in clicks} == {Stage.DONE}
        assert len(board.started) == 7


async def test_what_waits_goes_on_after_a_failure_was_made_safe(board: Board):
    async with running(config(board)) as rig:
        board.habits.faults.extend(["never", "never"])
        failed = rig.send("b", "motor", Run(60), 60.0)
        waiting = rig.send("b", "motor", Rotate(1, 60), 0.1)
        await rig.finished(failed, waiting)
        assert rig.drop(failed) is Drop.NO_ANSWER
        assert rig.final(waiting).stage is Stage.DONE


async def test_a_board_that_flaps_is_online_in_the_end(board: Board):
    async with running(config(board)) as rig:
        for _ in range(3):
            await asyncio.to_thread(board.unplug)
            await rig.until(lambda: rig.hub.device("b").link.stage is not LinkStage.ONLINE)
            await asyncio.to_thread(board.plug)
        await rig.online("b")


async def test_stopping_the_hub_leaves_the_board_safe(board: Board):
    async with running(config(board)) as rig:
        rig.send("b", "motor", Run(60), 60.0)
        await rig.until(lambda: board.on)
    assert board.wait_for(lambda: board.resting)


async def test_a_silent_board_shows_why(tmp_path: Path):
    board = Board(tmp_path / "tty", Habits(silent=True))
    try:
        async with running(config(board, boot_s=0.5), wait=False) as rig:
            await rig.until(lambda: rig.hub.device("b").link.reason is LinkReason.NO_ANSWER)
    finally:
        board.close()


HOLDER = """
import asyncio, sys
from app.core.catalog import scan
from app.core.outcome import Command
from app.devices.config import DeviceConfig, NoGuard
from app.devices.hub import Hub
from app.link import SystemClock
from drivers.contract import Driver, Run

async def main():
    clock = SystemClock()
    hub = Hub(scan("drivers", Driver), clock, lambda d: None, lambda i: None, NoGuard())
    await hub.start([
        DeviceConfig("b", "Board", "giftwire_line", {"port": sys.argv[1]}, used=True)
    ])
    while not hub.device("b").capabilities:
        await asyncio.sleep(0.01)
    hub.dispatch([Command("c", "b", "motor", Run(60), clock.monotonic() + 30, 60.0)])
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("kind", ["fake board", "real sketch"])
async def test_after_kill_9_the_lease_runs_out_and_the_board_rests(tmp_path: Path, kind: str):
    if kind == "real sketch" and sketch.why_not():
        pytest.skip(sketch.why_not())
    board = Board(tmp_path / "tty") if kind == "fake board" else Sketch(tmp_path / "tty")
    holder = await asyncio.to_thread(
        subprocess.Popen, [sys.executable, "-c", HOLDER, board.path], cwd=Path.cwd()
    )
    try:
        assert await asyncio.to_thread(board.wait_for, lambda: not board.resting, 20.0)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert not board.resting
        assert await asyncio.to_thread(board.wait_for, lambda: board.resting, 20.0)
    finally:
        holder.kill()
        holder.wait()
        board.close()

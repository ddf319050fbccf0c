"""Real processes: a guardian, a core, and a lamp on a serial line that must go dark."""

import asyncio
import os
import signal
import subprocess
import sys

import psutil
import pytest

from app.core.links import LinkReason, LinkStage
from app.gateway.messages import Fire, Quit, Resume, Status
from tests.e2e.harness import ROOT, Desk, until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and pseudo-terminals are POSIX"),
]


async def test_a_killed_core_leaves_a_dark_lamp_and_comes_back(lamp, house, profile):
    home = house("--port", lamp.address, "--expect", "OK")
    pid = home.running()["pid"]
    async with Desk(profile) as desk:
        assert (await desk.client.ask(Fire(gift="on"))).ok
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(lamp.when, b"OFF")
        state = await asyncio.to_thread(home.running, other_than=pid)
        assert state["restarts"] == 1
        assert state["safe"] == {"lamp": True}
        await desk.seen(lambda: len(desk.snapshots) == 2, "a second snapshot")
        assert desk.snapshots[0].pid == pid
        assert desk.snapshots[1].pid == state["pid"]
        assert desk.snapshots[1].settings["safe"] == {"lamp": True}
        broken = [link for link in desk.links if link.stage is LinkStage.WAITING]
        assert broken[0].reason is LinkReason.CRASHED
        assert desk.client.link.stage is LinkStage.ONLINE
    assert lamp.words()[:2] == [b"ON", b"OFF"]


async def test_a_core_that_hangs_is_ended_made_safe_and_restarted(lamp, house, profile):
    home = house("--port", lamp.address, "--expect", "OK")
    pid = home.running()["pid"]
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
        os.kill(pid, signal.SIGSTOP)
        await asyncio.to_thread(lamp.when, b"OFF")
        assert not psutil.pid_exists(pid)
        state = await asyncio.to_thread(home.running, other_than=pid)
        assert state["detail"] == "no sign of life"


async def test_a_core_whose_loop_is_blocked_for_long_is_ended(lamp, house, profile):
    home = house("--port", lamp.address)
    pid = home.running()["pid"]
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
        task = asyncio.ensure_future(desk.client.ask(Fire(gift="block", count=60)))  # noqa: TID251 - awaited below
        await asyncio.to_thread(lamp.when, b"OFF")
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.to_thread(home.running, other_than=pid)


async def test_a_short_standstill_of_the_whole_house_is_no_hang(house, profile):
    home = house()
    pid = home.running()["pid"]
    processes = [psutil.Process(home.process.pid), psutil.Process(pid)]
    for one in processes:
        one.suspend()
    await asyncio.sleep(2.5)
    for one in reversed(processes):
        one.resume()
    async with Desk(profile) as desk:
        assert (await desk.client.ask(Status())).snapshot.pid == pid


async def test_stop_reaches_the_lamp_with_the_loop_blocked(lamp, house, profile):
    home = house("--port", lamp.address)
    pid = home.running()["pid"]
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
        blocked = asyncio.ensure_future(desk.client.ask(Fire(gift="block", count=1)))  # noqa: TID251 - awaited below
        await asyncio.sleep(0.1)
        answer = await asyncio.to_thread(home.ask, "stop", source="test")
        assert (answer["ok"], answer["how"]) == (True, "core")
        # The byte was on its way when the answer came; the lamp may read it a moment later.
        await asyncio.to_thread(lamp.when, b"off")
        assert home.state()["stopped"] == "test"
        await asyncio.gather(blocked, return_exceptions=True)
        assert pid


async def test_stop_of_a_frozen_core_goes_by_the_recipe_and_stays_latched(lamp, house, profile):
    home = house("--port", lamp.address, "--expect", "OK")
    pid = home.running()["pid"]
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
        os.kill(pid, signal.SIGSTOP)
        answer = await asyncio.to_thread(home.ask, "stop", source="test")
        assert answer == {"ok": True, "how": "recipes", "safe": {"lamp": True}}
        assert b"OFF" in lamp.words()
        await asyncio.to_thread(home.running, other_than=pid)
        await desk.seen(lambda: len(desk.snapshots) == 2, "a second snapshot")
        assert desk.snapshots[1].stop.stopped
        assert desk.snapshots[1].stop.source == "test"
        await desk.client.ask(Resume())
        os.kill(desk.snapshots[1].pid, signal.SIGKILL)
        await desk.seen(lambda: len(desk.snapshots) == 3, "a third snapshot")
        assert not desk.snapshots[2].stop.stopped


async def test_stop_all_goes_both_ways_and_reports(lamp, house, profile):
    home = house("--port", lamp.address)
    home.running()
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
        desk.client.stop_all("test")
        await asyncio.to_thread(lamp.when, b"off")
        await desk.seen(lambda: desk.reports, "a report")
        assert desk.reports[0].guardian
        assert desk.reports[0].sentence == ""


@pytest.mark.expect_log("nobody answered")
async def test_stop_that_nobody_answers_says_what_to_do(house, profile):
    home = house()
    pid = home.running()["pid"]
    processes = [psutil.Process(home.process.pid), psutil.Process(pid)]
    async with Desk(profile) as desk:
        for one in processes:
            one.suspend()
        desk.client.stop_all("test")
        await desk.seen(lambda: desk.reports, "a report")
        for one in reversed(processes):
            one.resume()
        assert not desk.reports[0].guardian
        assert "Pull the plug" in desk.reports[0].sentence


def test_a_core_without_guardian_makes_the_lamp_dark_and_ends(lamp, house):
    home = house("--port", lamp.address)
    core = psutil.Process(home.running()["pid"])
    home.process.kill()
    lamp.when(b"off")
    until(lambda: not core.is_running(), "the end of the core")


def test_a_hung_core_without_guardian_is_ended_by_force_later(house):
    home = house("--deaf")
    core = psutil.Process(home.running()["pid"])
    home.process.kill()
    until(lambda: not core.is_running(), "the end of the core")


def test_a_core_that_breaks_at_once_is_tried_with_growing_waits_and_words(house):
    home = house("--broken")
    state = until(
        lambda: (
            (one := home.state()).get("restarts", 0) >= 2 and one["state"] == "restarting" and one
        ),
        "the second restart",
    )
    assert "2 times in a row" in state["words"]
    assert state["detail"] == "no such file: rules"
    door = home.ask("door")
    assert not door["ok"]
    assert door["retry_in_s"] is not None


def test_quit_makes_the_lamp_dark_and_ends_everything(lamp, house):
    home = house("--port", lamp.address)
    core = psutil.Process(home.running()["pid"])
    assert home.ask("quit")["ok"]
    assert home.process.wait(30) == 0
    assert not core.is_running()
    assert lamp.words() == [b"off"]


async def test_quit_through_the_channel_ends_the_guardian_and_tells_the_desk(house, profile):
    home = house()
    home.running()
    async with Desk(profile) as desk:
        assert (await desk.client.ask(Quit())).ok
        assert await asyncio.to_thread(home.process.wait, 30) == 0
        await desk.seen(lambda: desk.client.link.stage is LinkStage.OFF, "the end of the link")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_house_in_order(lamp, house, number):
    home = house("--port", lamp.address)
    core = psutil.Process(home.running()["pid"])
    home.process.send_signal(number)
    assert home.process.wait(30) == 0
    assert not core.is_running()
    assert lamp.words() == [b"off"]


async def test_a_core_that_will_not_quit_is_ended_and_the_recipe_sent(lamp, house, profile):
    home = house("--port", lamp.address, "--deaf", "--expect", "OK")
    home.running()
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="on"))
    assert home.ask("quit") == {"ok": True, "safe": {"lamp": True}}
    assert home.process.wait(30) == 0
    assert lamp.words() == [b"ON", b"OFF"]


async def test_lines_of_the_core_come_out_of_the_guardian(house, profile):
    home = house()
    home.running()
    async with Desk(profile) as desk:
        await desk.client.ask(Fire(gift="line", who="mai gave Rose x3"))
    until(lambda: "mai gave Rose x3" in home.lines, "the line")


def test_of_many_guardians_started_at_once_one_wins(profile):
    command = [sys.executable, "-m", "tests.e2e.tiny_guardian", str(profile)]
    options = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    racers = [subprocess.Popen(command, **options) for _ in range(8)]
    try:
        until(lambda: sum(one.poll() is None for one in racers) == 1, "one winner", 60)
        losers = [one.returncode for one in racers if one.poll() is not None]
        assert losers == [3] * 7
    finally:
        for one in racers:
            one.terminate()
            one.communicate(timeout=30)


def test_a_new_guardian_takes_over_after_a_killed_one(house, profile):
    first = house()
    first.running()
    first.process.kill()
    first.process.wait()
    second = house()
    assert second.running()["restarts"] == 0

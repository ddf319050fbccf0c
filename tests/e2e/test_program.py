"""The real program as a user starts it: headless, its lines, its end, a second start."""

import asyncio
import importlib.util
import os
import signal
import subprocess
import sys

import psutil
import pytest

from app import arguments, ctl, endpoint, launch
from app.gateway.messages import Quit
from tests.e2e.harness import ROOT, Desk, until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        importlib.util.find_spec("app.runtime") is None, reason="the core is not there yet"
    ),
]


def state(profile):
    try:
        return endpoint.ask(profile, {"want": "state"}, 10.0)
    except endpoint.EndpointError:
        return {"state": "none"}


def running(profile, *, other_than=0):
    return until(
        lambda: (now := state(profile))["state"] == "running" and now["pid"] != other_than and now,
        "a running core",
    )


@pytest.fixture
def headless(profile):
    """Start the program without a window; what it printed is read at its end."""
    started = []

    def make(*words):
        command = [sys.executable, "-m", "app", "--profile", str(profile), "--headless", *words]
        options = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, **options))
        return started[-1]

    yield make
    for one in started:
        if one.poll() is None:
            one.terminate()
        one.communicate(timeout=30)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C of a console is POSIX here")
def test_a_pretend_gift_prints_its_line_and_ctrl_c_ends_in_order(headless, profile, capsys):
    program = headless("--demo")
    core = psutil.Process(running(profile)["pid"])
    options = arguments.read(["--profile", str(profile), "ctl", "fire", "--count", "3"])
    assert ctl.run(profile, options) == 0
    assert "Rose x3" in capsys.readouterr().out
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=30)
    assert program.returncode == 0, err
    line = next(one for one in out.splitlines() if "Rose x3" in one)
    assert "3 coins" in line
    assert "->" in line
    assert "Devices are safe." in out
    assert not core.is_running()


def test_a_second_start_says_that_one_runs_already(headless, profile):
    headless("--demo")
    running(profile)
    _, err = (second := headless("--demo")).communicate(timeout=30)
    assert second.returncode == 3
    assert "already runs" in err


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
async def test_a_desk_starts_what_it_needs_and_its_death_ends_nothing(profile):
    options = launch.CoreOptions(demo=True)
    async with Desk(profile, start_core=lambda: launch.start_guardian(profile, options)) as desk:
        pid = desk.snapshots[0].pid
    # The client is gone without a word; the core is not.
    assert (await asyncio.to_thread(running, profile))["pid"] == pid
    async with Desk(profile) as desk:
        assert desk.snapshots[0].pid == pid
        os.kill(pid, signal.SIGKILL)
        await desk.seen(lambda: len(desk.snapshots) == 2, "a new core")
        await desk.client.ask(Quit())
    await asyncio.to_thread(until, lambda: state(profile)["state"] == "none", "the end")
    await asyncio.to_thread(until, lambda: not launch.reap(), "the guardian's end")

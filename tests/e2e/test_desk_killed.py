"""The window is killed, or hangs, in the middle of a storm of gifts: nobody but it notices."""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter

import psutil
import pytest

from tests.e2e.harness import ROOT, Desk, until
from tests.e2e.storming import (
    PATIENCE_S,
    ask,
    counted,
    deliveries,
    entered,
    own_combos,
    running,
    write_profile,
)
from tests.fakes.firmware.board import Board
from tests.fakes.tiktok import storms
from tests.fakes.tiktok.thread import in_thread

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and pseudo-terminals are POSIX"),
]

COMBOS = 150
FRAMES_PER_S = 300


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "ttyGIFT")
    yield made
    made.close()


@pytest.fixture
def open_window(profile, tmp_path):
    """Start the program as a user does; what it says on stderr must be nothing."""
    desks = []
    said = (tmp_path / "said.txt").open("w+")

    def start(tiktok):
        command = [sys.executable, "-m", "app", "--profile", str(profile)]
        command += ["--tiktok", tiktok.tiktok.base, "--user", "creator"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        desks.append(
            subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, env=environment
            )
        )
        return desks[-1]

    yield start
    for desk in desks:
        if desk.poll() is None:
            desk.terminate()
        desk.wait(PATIENCE_S)
    # A desk that is killed leaves its guardian to nobody; nothing may outlive the test.
    ask(profile, "quit")
    until(lambda: ask(profile, "state")["state"] == "none", "the end of the guardian", PATIENCE_S)
    said.seek(0)
    words = said.read()
    said.close()
    assert words == ""


def attached(desk, core_pid):
    """Say whether this window has its channel to the core."""
    with contextlib.suppress(psutil.Error):
        core, window = psutil.Process(core_pid), psutil.Process(desk.pid)
        doors = {
            one.laddr.port
            for one in core.net_connections("tcp")
            if one.status == psutil.CONN_LISTEN
        }
        return any(
            one.status == psutil.CONN_ESTABLISHED and one.raddr.port in doors
            for one in window.net_connections("tcp")
        )
    return False


async def shown(profile):
    """Return the numbers a new desk is shown."""
    async with Desk(profile) as desk:
        return desk.snapshots[0].stats


async def test_a_killed_window_costs_no_gift_and_a_new_one_shows_them_all(
    profile, board, open_window
):
    storm = storms.worsened(own_combos(COMBOS, random.Random(11)), seed=5)
    write_profile(profile, board)
    with in_thread() as tiktok:
        core = await asyncio.to_thread(through, profile, tiktok, open_window, storm)
        assert counted(profile) == storm.truth
        stats = await shown(profile)
        assert stats.gifts == sum(storm.truth.values())
        assert stats.coins == sum(
            count * (gift - 880_000 + 1) for (_, _, gift), count in storm.truth.items()
        )
        assert running(profile) == core
        assert ask(profile, "state")["restarts"] == 0
    turns = Counter(words[:4] for _, words in board.started)
    assert turns
    assert max(turns.values()) == 1
    sent = deliveries(profile)
    assert [row for row in sent if row[2] != row[3] or row[4]] == []


def through(profile, tiktok, open_window, storm):
    """Send the storm, kill the window in the middle, open another; return the core's pid."""
    room, pause = tiktok.tiktok.room, threading.Event()
    first = open_window(tiktok)
    core = running(profile)
    until(lambda: entered(room), "the stream", PATIENCE_S)
    until(lambda: attached(first, core), "the window", PATIENCE_S)
    second = None
    for number, msg in enumerate(storm.msgs):
        tiktok.call(room.push(msg))
        pause.wait(1 / FRAMES_PER_S)
        if number == len(storm.msgs) // 3:
            os.kill(first.pid, signal.SIGKILL)
            first.wait(PATIENCE_S)
            second = open_window(tiktok)
    until(lambda: counted(profile) == storm.truth, "the truth", PATIENCE_S)
    until(lambda: attached(second, core), "the second window", PATIENCE_S)
    assert second.poll() is None
    return core


def test_a_frozen_window_holds_up_neither_gifts_nor_stop(profile, board, open_window):
    storm = storms.worsened(own_combos(COMBOS // 2, random.Random(12)), seed=6)
    write_profile(profile, board)
    with in_thread() as tiktok:
        room, pause = tiktok.tiktok.room, threading.Event()
        window = open_window(tiktok)
        core = running(profile)
        until(lambda: entered(room), "the stream", PATIENCE_S)
        until(lambda: attached(window, core), "the window", PATIENCE_S)
        psutil.Process(window.pid).suspend()
        try:
            for number, msg in enumerate(storm.msgs):
                tiktok.call(room.push(msg))
                pause.wait(1 / FRAMES_PER_S)
                if number == len(storm.msgs) // 2:
                    until(lambda: board.on, "a motor that turns", PATIENCE_S)
                    assert ctl(profile, "stop").returncode == 0
                    assert board.wait_for(lambda: board.resting)
                    turned = len(board.started)
            until(lambda: counted(profile) == storm.truth, "the truth", PATIENCE_S)
            assert board.resting
            assert len(board.started) == turned
            assert running(profile) == core
        finally:
            psutil.Process(window.pid).resume()
        assert ctl(profile, "resume", "--yes").returncode == 0
        assert ctl(profile, "fire", "--gift", "Rose").returncode == 0
        assert board.wait_for(lambda: len(board.started) > turned)
        assert window.poll() is None
        until(lambda: attached(window, core), "the window", PATIENCE_S)


def ctl(profile, *words):
    command = [sys.executable, "-m", "app", "--profile", str(profile), "ctl", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False)

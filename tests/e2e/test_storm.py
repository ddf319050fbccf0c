"""A storm of gifts over the real socket while processes are killed: every gift counts once.

The board on the serial line keeps its own count of what moved; it outlives every core.
"""

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

from tests.e2e.harness import ROOT, until
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

# With the first start and a break at the end this is all that the sign budget allows in a minute.
KILLS = 3
# Each turn takes its time, and what waited when a core was killed never moves.
SOME_TURNS = 8
# Reads what a window reads, for ever.
DESK = """
import asyncio, pathlib, sys
from app.gateway.client import Client
async def look():
    ignore = lambda *_: None
    seen = lambda _: print("seen", flush=True)
    await Client(pathlib.Path(sys.argv[1]), start_core=None, on_changed=ignore,
                 on_snapshot=seen, on_link=ignore).run()
asyncio.run(look())
"""


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "ttyGIFT")
    yield made
    made.close()


@contextlib.contextmanager
def guarded(profile, tiktok):
    """The program without a window; its guardian restarts every core that is killed."""
    command = [sys.executable, "-m", "app", "--profile", str(profile), "--headless"]
    command += ["--tiktok", tiktok.tiktok.base, "--user", "creator"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)


def storm_through(tiktok, room, storm, chance, profile):
    """Send the storm and kill the core in the middle of it, again and again."""
    parts, pause = storm.msgs, threading.Event()
    kills = {len(parts) * (turn + 1) // (KILLS + 1) for turn in range(KILLS)}
    pid = running(profile)
    for number, msg in enumerate(parts):
        tiktok.call(room.push(msg))
        pause.wait(chance.random() * 0.03)
        if number in kills:
            os.kill(pid, signal.SIGKILL)
            until(lambda gone=pid: not psutil.pid_exists(gone), "the end of the core", PATIENCE_S)
            # Some of the storm passes while nobody is there; it rides in the next sign answer.
            for missed in parts[number + 1 : number + 6]:
                tiktok.call(room.push(missed))
            pid = running(profile, other_than=pid)
            until(lambda: entered(room), "the stream again", PATIENCE_S)


async def _hang_up(room):
    for connection in room.open_connections():
        connection.abort()


def assert_board_moved_once(board, storm, profile):
    turns = Counter(words[:4] for _, words in board.started)
    assert [turn for turn, times in turns.items() if times > 1] == []
    assert len(turns) >= SOME_TURNS, "hardly anything moved"
    sent = deliveries(profile)
    assert sent
    # A command of one run is never touched by another, and an interrupted gift never has one.
    assert [row for row in sent if row[2] != row[3] or row[4]] == []


def test_every_gift_counts_once_and_moves_once_whatever_is_killed(profile, board):
    chance = random.Random(7)
    storm = storms.worsened(own_combos(40, chance), seed=3)
    write_profile(profile, board)
    with in_thread() as tiktok:
        room = tiktok.tiktok.room
        room.redeliver = 500
        with guarded(profile, tiktok) as process:
            running(profile)
            until(lambda: entered(room), "the stream", PATIENCE_S)
            desk = subprocess.Popen(
                [sys.executable, "-c", DESK, str(profile)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            with desk, desk.stdout:
                assert desk.stdout.readline() == "seen\n"
                desk.kill()
            storm_through(tiktok, room, storm, chance, profile)
            before = len(room.connections)
            tiktok.call(_hang_up(room))
            until(
                lambda: len(room.connections) > before and entered(room),
                "the stream after a break",
                PATIENCE_S,
            )
            until(lambda: counted(profile) == storm.truth, "the truth", PATIENCE_S)
            assert ask(profile, "quit").get("ok")
            assert process.wait(PATIENCE_S) == 0
    assert counted(profile) == storm.truth
    assert_board_moved_once(board, storm, profile)

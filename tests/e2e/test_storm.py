"""A storm of gifts over the real socket while processes are killed: every gift counts once.

The board on the serial line keeps its own count of what moved; it outlives every core.
"""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter

import psutil
import pytest

from app import endpoint
from tests.e2e.harness import ROOT, until
from tests.fakes.firmware.board import Board
from tests.fakes.tiktok import gifts, storms
from tests.fakes.tiktok.thread import in_thread
from tests.fakes.tiktok.viewers import numbered

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and pseudo-terminals are POSIX"),
]

KILLS = 4
# Each turn takes its time, and what waited when a core was killed never moves.
SOME_TURNS = 8
PATIENCE_S = 60.0
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


def ask(profile, want):
    try:
        return endpoint.ask(profile, {"want": want}, 10.0)
    except endpoint.EndpointError:
        return {"state": "none"}


def running(profile, *, other_than=0):
    return until(
        lambda: (
            (now := ask(profile, "state"))["state"] == "running"
            and now["pid"] != other_than
            and now
        ),
        "a running core",
        PATIENCE_S,
    )["pid"]


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "ttyGIFT")
    yield made
    made.close()


def write_profile(profile, board):
    """Every gift turns the motor so far that the turn itself tells which count of which combo."""
    rule = {
        "id": "all",
        "name": "All",
        "on": True,
        "when": {"key": "gift_any"},
        "do": [
            {
                "key": "rotate",
                "device": "motor",
                "rounds": "coins / 1000",
                "rpm": "60 + total",
            }
        ],
        "limits": {"policy": "queue"},
    }
    profile.mkdir(parents=True)
    (profile / "rules.json").write_text(json.dumps({"version": 1, "rules": [rule]}))
    device = {
        "id": "board",
        "name": "Board",
        "driver": "giftwire_line",
        "role": "motor",
        "settings": {"port": board.path},
    }
    (profile / "devices.json").write_text(json.dumps({"version": 1, "devices": [device]}))


def own_combos(count, chance):
    """Combos of gifts that exist once each: price and count name the step."""
    told, truth = [], Counter()
    for number in range(count):
        kind = gifts.GiftKind(880_000 + number, f"Gift {number}", number + 1)
        sender, total = numbered(number % 7), chance.randint(2, 12)
        combo, so_far, parts = gifts.Combo(kind, sender), 0, []
        while so_far < total:
            added = min(total - so_far, chance.choice((1, 1, 2, 3)))
            so_far += added
            msg = combo.progress(so_far, added=added)
            parts.append(storms.Part(msg, combo.group, so_far))
        parts.append(storms.Part(combo.end(total), combo.group, total, end=True))
        told.append(parts)
        truth[sender.id, 0, kind.id] += total
    mixed = []
    while told:
        turn = chance.randrange(min(5, len(told)))
        mixed.append(told[turn].pop(0))
        if not told[turn]:
            del told[turn]
    return storms.Storm(mixed, truth)


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


def entered(room):
    return any(one.entered and one.open for one in list(room.connections))


def counted(profile):
    """What the journal says of real gifts: units per viewer, receiver and gift."""
    truth = Counter()
    with contextlib.closing(sqlite3.connect(profile / "data" / "journal.db")) as journal:
        rows = journal.execute(
            "SELECT viewer_id, body, gift_id, count FROM event"
            " WHERE kind = 'gift' AND source = 'live'"
        )
        for viewer, body, gift, count in rows:
            if count:
                truth[viewer, json.loads(body).get("receiver_id", 0), gift] += count
    return truth


def deliveries(profile):
    with contextlib.closing(sqlite3.connect(profile / "data" / "journal.db")) as journal:
        return journal.execute(
            "SELECT d.command_id, d.stage, d.run, e.run, e.interrupted FROM delivery AS d"
            " JOIN event AS e ON e.event_id = d.event_id"
        ).fetchall()


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

"""Everything of ours is killed at once while a motor turns: the board alone ends it, and all comes back."""

import subprocess
import sys

import psutil
import pytest

from app import endpoint
from app.gateway import device_messages as asks
from tests.e2e.harness import ROOT, Desk, until
from tests.e2e.storming import PATIENCE_S, ask, running, write_profile
from tests.fakes.firmware.board import Board

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and pseudo-terminals are POSIX"),
]


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "ttyGIFT")
    yield made
    made.close()


@pytest.fixture
def start(profile):
    """Start the program without a window; what still runs at the end is told to quit."""
    begun = []

    def once():
        command = [sys.executable, "-m", "app", "--profile", str(profile), "--headless"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        begun.append(subprocess.Popen(command, cwd=ROOT, **quiet))
        return begun[-1]

    yield once
    ask(profile, "quit")
    for one in begun:
        one.wait(PATIENCE_S)


async def turning(desk, board):
    """Turn the motor for a minute, by hand."""
    await desk.seen(lambda: online(desk), "the board")
    args = {"rounds": 60.0, "rpm": 60.0}
    request = asks.TestDevice(
        device_id="board", capability="motor", verb="rotate", args=args, duration_s=60.0
    )
    assert (await desk.client.ask(request)).ok
    assert board.wait_for(lambda: not board.resting)


def online(desk):
    told = [*desk.snapshots[-1].devices]
    for changed in desk.changed:
        told += changed.devices or ()
    return told and told[-1].link.stage == "online"


async def test_the_lease_ends_what_runs_and_a_new_start_turns_nothing(profile, board, start):
    write_profile(profile, board)
    whole = start()
    core = psutil.Process(running(profile))
    async with Desk(profile) as desk:
        await turning(desk, board)
        tree = {one.pid: one for one in (psutil.Process(whole.pid), core.parent(), core)}
        for process in tree.values():
            process.kill()
        assert not board.resting  # nobody was left to say a word
        assert board.wait_for(lambda: board.resting)
    psutil.wait_procs(tree.values(), PATIENCE_S)
    with pytest.raises(endpoint.EndpointError):
        endpoint.ask(profile, {"want": "state"}, 1.0)
    before, turned = len(board.lines), len(board.started)
    start()
    until(lambda: running(profile), "another core", PATIENCE_S)
    async with Desk(profile) as desk:
        await desk.seen(lambda: online(desk), "the board")
    assert board.lines[before].startswith("STOP")
    assert len(board.started) == turned

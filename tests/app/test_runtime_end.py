"""The end of a core while TikTok does not let go: devices first, and every time in order."""

import asyncio
import sys
import time

import pytest

from app.gateway.messages import Fire, Quit
from tests.app.gateway.core import Core
from tests.e2e.storming import write_profile
from tests.fakes.firmware.board import Board
from tests.fakes.tiktok.script import Hang, WaitEntered
from tests.fakes.tiktok.server import FakeTikTok

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals for serial lines"
)


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "ttyGIFT")
    yield made
    made.close()


@pytest.fixture
async def tiktok():
    async with FakeTikTok() as running:
        yield running


async def turning(core, board):
    """Turn the motor for half a minute."""
    await core.see(lambda now: now.devices and now.devices[0].link.stage == "online", "the board")
    await core.ask(Fire(gift="Half a minute", coins=30_000))
    await core.until(lambda: "motor" in board.on, "a turning motor")


async def dark(core, board):
    """Return when the motor stood still, after the core was told to end."""
    await core.until(lambda: not board.on, "a motor that stands still")
    return next(at for at, line in reversed(board.seen) if "STOP" in line or "OFF" in line)


async def test_a_stream_that_does_not_let_go_keeps_no_motor_turning(profile, board, tiktok):
    write_profile(profile, board)
    tiktok.room.scripts = [[WaitEntered(), Hang()]]
    async with Core(profile, demo=False, tiktok=tiktok.base, user="creator") as core:
        await core.see(lambda now: now.stream.link.stage == "online", "the stream")
        await turning(core, board)
        ends = []
        await core.ask(Quit())
        ending = await core.until(
            lambda: [t for t in asyncio.all_tasks() if t.get_name() == "end of the stream"], "it"
        )
        ending[0].add_done_callback(lambda _: ends.append(time.monotonic()))
        off_at = await dark(core, board)
        await core.ended()
    assert core.heard("bye") == ["quit"]
    # The stream was still being waited for when the motor stood still, and was ended all the same.
    assert off_at < ends[0]


@pytest.mark.parametrize("what", ["page", "sign", "handshake"])
async def test_an_end_in_the_middle_of_connecting_is_in_order(profile, board, tiktok, what):
    write_profile(profile, board)
    setattr(tiktok.room.switches, what, "hang")
    async with Core(profile, demo=False, tiktok=tiktok.base, user="creator") as core:
        asked = {"page": "/@creator", "sign": "/webcast/fetch", "handshake": "/webcast/im/"}[what]
        await tiktok.room.until(lambda: bool(tiktok.calls(asked)))
        await turning(core, board)
        await core.ask(Quit())
        await dark(core, board)
        await core.ended()
    assert core.heard("bye") == ["quit"]

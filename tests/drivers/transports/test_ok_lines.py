"""Lines that are answered with "ok": an answer to what STOP gave up is none to its OFF."""

from __future__ import annotations

import asyncio

import pytest

from drivers.codecs.lines import Lines
from drivers.contract import Cause, DriverError
from drivers.transports.held import HeldPipe
from drivers.transports.loopback import loopback
from drivers.transports.ok_lines import OkLines


class Board:
    """It answers when it is told to."""

    def __init__(self, pipe, end):
        self.ok = OkLines(pipe, lambda line: True if line == "ok" else None, wait_s=0.1)
        self.pipe, self.end, self.heard = pipe, end, []
        self.answers = b""
        self._lines = Lines()

    def take(self, data):
        self.heard.append(data)
        if self.answers:
            self.end.write_now(self.answers)

    def hear(self, data):
        for line in self._lines.feed(data):
            self.ok.hear(line)

    async def answer(self, times):
        self.end.write_now(b"ok\n" * times)
        for _ in range(3):
            await asyncio.sleep(0)


@pytest.fixture
async def board():
    near, end = loopback()
    board = Board(HeldPipe(near), end)
    await end.open(board.take, lambda _: None)
    await board.pipe.open(board.hear, lambda _: None)
    yield board
    await board.pipe.close()
    await end.close()


async def given_up(board):
    async def stop():
        await asyncio.sleep(0)
        board.ok.stop()

    with pytest.raises(DriverError) as raised:
        await asyncio.gather(board.ok.order(b"on\n", turns_on=True), stop())
    assert raised.value.cause is Cause.REFUSED


async def test_the_ok_of_what_was_given_up_does_not_confirm_off(board):
    await given_up(board)
    asked = asyncio.gather(board.ok.order(b"off\n"), return_exceptions=True)
    await asyncio.sleep(0.01)
    await board.answer(1)
    (said,) = await asked
    assert isinstance(said, DriverError)
    assert said.cause is Cause.NO_ANSWER


async def test_the_next_ok_does(board):
    await given_up(board)
    asked = asyncio.gather(board.ok.order(b"off\n"))
    await asyncio.sleep(0.01)
    await board.answer(2)
    await asked


async def test_a_board_that_never_answered_the_on_is_believed_at_the_second_asking(board):
    await given_up(board)
    board.answers = b"ok\n"
    await board.ok.order(b"off\n", tries=2)
    assert board.heard == [b"on\n", b"off\n", b"off\n"]

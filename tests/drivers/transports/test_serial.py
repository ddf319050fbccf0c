"""The serial transport over a pseudo terminal: threads, order, loss, closing."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.loopback import loopback
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.serial import SerialOptions, SerialPort, cause_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")


class Terminal:
    """The far end of a pseudo terminal."""

    def __init__(self) -> None:
        import pty
        import tty

        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        os.close(slave)

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += os.read(self.master, size - len(data))
        return data

    def close(self) -> None:
        if self.master >= 0:
            os.close(self.master)
            self.master = -1


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


class Far:
    """What came over a pipe."""

    def __init__(self) -> None:
        self.data = b""
        self.lost: list[DriverError] = []
        self.news = asyncio.Event()

    def on_bytes(self, data: bytes) -> None:
        self.data += data
        self.news.set()

    def on_lost(self, error: DriverError) -> None:
        self.lost.append(error)
        self.news.set()

    async def until(self, true) -> None:
        async with asyncio.timeout(10):
            while not true():
                self.news.clear()
                await self.news.wait()


async def opened(terminal: Terminal, far: Far, **options: object) -> SerialPort:
    port = SerialPort(SerialOptions(terminal.path, **options))
    await port.open(far.on_bytes, far.on_lost)
    return port


async def test_bytes_go_both_ways_and_in_order(terminal: Terminal):
    far = Far()
    port = await opened(terminal, far)
    for number in range(200):
        assert port.write_now(b"%03d\n" % number)
    expected = b"".join(b"%03d\n" % number for number in range(200))
    assert await asyncio.to_thread(terminal.read, 800) == expected
    os.write(terminal.master, expected)
    await far.until(lambda: far.data == expected)
    await port.close()
    assert far.lost == []


async def test_a_write_from_a_thread_goes_out_while_the_loop_is_blocked(terminal: Terminal):
    port = await opened(terminal, Far())
    timer = threading.Timer(0.05, port.write_now, [b"STOP\n"])
    timer.start()
    assert terminal.read(5) == b"STOP\n"  # blocks the loop until the bytes are there
    timer.join()
    await port.close()


async def test_no_thread_is_left_after_close_and_closing_again_is_no_error(terminal: Terminal):
    before = set(threading.enumerate())
    port = await opened(terminal, Far())
    assert len(set(threading.enumerate()) - before) == 2
    await port.close()
    assert set(threading.enumerate()) == before
    await port.close()
    assert not port.write_now(b"x")


async def test_what_was_written_before_close_still_arrives(terminal: Terminal):
    port = await opened(terminal, Far())
    port.write_now(b"last words")
    await port.close()
    assert await asyncio.to_thread(terminal.read, 10) == b"last words"


async def test_loss_is_told_once(terminal: Terminal):
    far = Far()
    port = await opened(terminal, far)
    terminal.close()
    await far.until(lambda: far.lost)
    port.write_now(b"x")
    await port.close()
    assert [error.cause for error in far.lost] == [Cause.LOST]


async def test_a_port_is_ours_alone(terminal: Terminal):
    port = await opened(terminal, Far())
    with pytest.raises(DriverError) as raised:
        await opened(terminal, Far())
    assert raised.value.cause is Cause.BUSY
    await port.close()


async def test_a_failed_open_leaves_nothing(tmp_path):
    before = set(threading.enumerate())
    port = SerialPort(SerialOptions(str(tmp_path / "none")))
    with pytest.raises(DriverError) as raised:
        await port.open(lambda _: None, lambda _: None)
    assert raised.value.cause is Cause.NOT_FOUND
    await port.close()
    assert set(threading.enumerate()) == before


async def test_a_device_that_takes_nothing_is_noticed_and_the_queue_is_bounded(terminal: Terminal):
    far = Far()
    port = await opened(terminal, far, write_timeout_s=0.2)
    block, taken = b"x" * 4096, 0
    while port.write_now(block):
        taken += len(block)
        assert taken < 10 * QUEUE_BYTES
    await far.until(lambda: far.lost)
    assert far.lost[0].cause is Cause.NO_ANSWER
    await port.close()


@pytest.mark.parametrize("times", range(5))
async def test_unplugged_in_the_middle_of_a_write_it_is_lost_once_and_holds_nobody_up(
    terminal: Terminal, times: int
):
    before, far = set(threading.enumerate()), Far()
    port = await opened(terminal, far, write_timeout_s=60.0)
    while port.write_now(b"x" * 4096):
        pass  # until it takes no more
    pulling = threading.Timer(0.01 * times, terminal.close)
    pulling.start()
    await far.until(lambda: far.lost)
    assert not port.write_now(b"STOP\n", urgent=True)
    async with asyncio.timeout(10):  # and not for as long as a write may take
        await port.close()
    assert [error.cause for error in far.lost] == [Cause.LOST]
    pulling.join()
    assert set(threading.enumerate()) == before


async def test_urgent_bytes_throw_away_what_waits(terminal: Terminal):
    far = Far()
    port = await opened(terminal, far)
    for _ in range(8):
        port.write_now(b"x" * 4000)
    assert port.write_now(b"STOP\n", urgent=True)

    def read_until_stop() -> int:
        data = b""
        while not data.endswith(b"STOP\n"):
            data += os.read(terminal.master, 65536)
        return len(data)

    assert await asyncio.to_thread(read_until_stop) <= 8 * 4000 + 5
    await port.close()


async def test_lines_can_be_set(terminal: Terminal):
    port = await opened(terminal, Far(), dtr=False, rts=False)
    await port.close()


async def test_a_speed_that_makes_no_sense_is_a_wrong_setting(terminal: Terminal):
    with pytest.raises(DriverError) as raised:
        await opened(terminal, Far(), speed_baud=-1)
    assert raised.value.cause is Cause.BAD_CONFIG


def test_causes_are_told_apart(monkeypatch):
    assert cause_of(OSError(errno.EACCES, "x")) is Cause.NO_PERMISSION
    assert cause_of(OSError(errno.EBUSY, "x")) is Cause.BUSY
    assert cause_of(OSError(errno.ENOENT, "x")) is Cause.NOT_FOUND
    monkeypatch.setattr(sys, "platform", "win32")
    assert cause_of(OSError(errno.EACCES, "x")) is Cause.BUSY
    assert (
        cause_of(OSError("could not open port 'COM3': PermissionError(13, 'denied')")) is Cause.BUSY
    )


async def test_the_loopback_behaves_like_a_cable():
    one, other = loopback()
    near, far = Far(), Far()
    assert not one.write_now(b"too early")
    await one.open(near.on_bytes, near.on_lost)
    await other.open(far.on_bytes, far.on_lost)
    await asyncio.to_thread(one.write_now, b"ping", urgent=True)
    await far.until(lambda: far.data == b"ping")
    other.write_now(b"pong")
    await near.until(lambda: near.data == b"pong")
    await other.close()
    await near.until(lambda: near.lost)
    await other.close()
    await one.close()
    assert len(near.lost) == 1

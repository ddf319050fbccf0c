"""The TCP transport against servers that stall, reset, vanish and lie about who they are."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.tcp import TcpOptions, TcpPipe, notice_breaks
from drivers.transports.told import Told, network_error
from tests.drivers.transports.far import Near, Server, certificate, no_side_loop, server_tls

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


async def opened(server: Server, near: Near, **options) -> TcpPipe:
    pipe = TcpPipe(TcpOptions("127.0.0.1", server.port, **options))
    accepting = asyncio.gather(asyncio.to_thread(server.accept))
    await pipe.open(near.on_news, near.on_lost)
    await accepting
    return pipe


async def test_bytes_go_both_ways_and_in_order(server):
    near = Near()
    pipe = await opened(server, near)
    for number in range(200):
        assert pipe.write_now(b"%03d\n" % number)
    expected = b"".join(b"%03d\n" % number for number in range(200))
    assert await asyncio.to_thread(server.read, 800) == expected
    server.link.sendall(expected)
    await near.until(lambda: b"".join(near.news) == expected)
    await pipe.close()
    assert near.lost == []
    assert near.threads == {"MainThread"}
    assert no_side_loop()


async def test_a_write_from_a_thread_goes_out_while_the_loop_is_blocked(server):
    pipe = await opened(server, Near())
    timer = threading.Timer(0.05, pipe.write_now, [b"STOP\n"])
    timer.start()
    assert server.read(5) == b"STOP\n"  # blocks the program's loop until the bytes are there
    timer.join()
    await pipe.close()


@pytest.mark.parametrize("how", ["close", "reset"])
async def test_loss_is_told_once_after_the_last_bytes(server, how):
    near = Near()
    pipe = await opened(server, near)
    server.link.sendall(b"last words")
    await near.until(lambda: near.news)
    server.reset() if how == "reset" else server.close()
    await near.until(lambda: near.lost)
    assert not pipe.write_now(b"x")
    await pipe.close()
    assert [error.cause for error in near.lost] == [Cause.LOST]
    assert near.news == [b"last words"]


async def test_a_loss_during_a_write_is_told_once(server):
    near = Near()
    pipe = await opened(server, near)
    for number in range(1000):
        pipe.write_now(b"x" * 4096)
        if number == 10:
            server.reset()
        await asyncio.sleep(0)
    await near.until(lambda: near.lost)
    await pipe.close()
    assert [one.cause for one in near.lost] == [Cause.LOST]


async def test_a_device_that_takes_nothing_is_noticed_and_the_queue_is_bounded(server):
    near = Near()
    pipe = await opened(server, near, write_timeout_s=0.3)
    block, waiting = b"x" * 16384, 0
    while not near.lost and waiting < 64 * 1024 * 1024:
        waiting += len(block) if pipe.write_now(block) else 0
        assert pipe._out_bytes <= QUEUE_BYTES
        await asyncio.sleep(0)
    assert near.lost[0].cause is Cause.NO_ANSWER
    await pipe.close()


async def test_urgent_bytes_throw_away_what_waits_and_cut_no_frame(server):
    near = Near()
    pipe = await opened(server, near, write_timeout_s=20)
    frame = b"[" + b"x" * 16382 + b"]"
    while not pipe._full:
        pipe.write_now(frame)
        await asyncio.sleep(0)
    while pipe.write_now(frame):
        pass
    assert pipe.write_now(b"STOP\n", urgent=True)
    assert pipe._out_bytes == 5

    def read_until_stop() -> bytes:
        data = b""
        while not data.endswith(b"STOP\n"):
            data += server.link.recv(1 << 20)
        return data

    taken = await asyncio.to_thread(read_until_stop)
    assert taken == frame * (len(taken) // len(frame)) + b"STOP\n"
    await pipe.close()


async def test_what_was_written_before_close_still_arrives(server):
    pipe = await opened(server, Near())
    pipe.write_now(b"last words")
    await pipe.close()
    assert await asyncio.to_thread(server.read, 100) == b"last words"
    assert not pipe.write_now(b"x")
    await pipe.close()


async def test_closing_does_not_wait_for_a_device_that_takes_nothing(server):
    near = Near()
    pipe = await opened(server, near, write_timeout_s=20)
    while not pipe._full:
        pipe.write_now(b"x" * 16384)
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await pipe.close()
    assert near.lost == []
    assert no_side_loop()


async def test_closing_that_is_cancelled_leaves_nothing(server):
    near = Near()
    pipe = await opened(server, near, write_timeout_s=20)
    while not pipe._full:
        pipe.write_now(b"x" * 16384)
        await asyncio.sleep(0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await pipe.close()
    await asyncio.to_thread(_drained, server)
    await pipe.close()


def _drained(server: Server) -> None:
    """Read until the connection ends."""
    with contextlib.suppress(ConnectionError):
        while server.link.recv(1 << 20):
            pass


async def test_a_closed_port_does_not_answer_and_leaves_nothing(server):
    server.close()
    near = Near()
    pipe = TcpPipe(TcpOptions("127.0.0.1", server.port))
    with pytest.raises(DriverError) as raised:
        await pipe.open(near.on_news, near.on_lost)
    assert raised.value.cause is Cause.NO_ANSWER
    await pipe.close()
    assert no_side_loop()


@pytest.mark.parametrize(
    ("host", "port", "cause"),
    [
        ("lamp.invalid", 80, Cause.NOT_FOUND),
        ("x" * 70 + ".invalid", 80, Cause.NOT_FOUND),
        ("127.0.0.1", 70000, Cause.BAD_CONFIG),
    ],
)
async def test_an_address_that_makes_no_sense_is_told_apart(host, port, cause):
    pipe = TcpPipe(TcpOptions(host, port))
    with pytest.raises(DriverError) as raised:
        await pipe.open(print, print)
    assert raised.value.cause is cause
    assert no_side_loop()


async def test_opening_can_be_given_up(server):
    pipe = TcpPipe(TcpOptions("127.0.0.1", server.port, tls=True, connect_timeout_s=20))
    opening = asyncio.gather(pipe.open(print, print))  # the server says nothing
    await asyncio.to_thread(server.accept)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert no_side_loop()


async def test_a_half_open_door_is_given_up_in_time(server):
    pipe = TcpPipe(TcpOptions("127.0.0.1", server.port, tls=True, connect_timeout_s=0.2))
    with pytest.raises(DriverError) as raised:
        await pipe.open(print, print)
    assert raised.value.cause is Cause.NO_ANSWER
    assert no_side_loop()


async def test_a_stranger_s_certificate_is_refused_unless_any_will_do(tmp_path):
    files = certificate(tmp_path)
    server = Server(server_tls(files))
    pipe = TcpPipe(TcpOptions("127.0.0.1", server.port, tls=True))
    accepting = asyncio.gather(asyncio.to_thread(server.accept), return_exceptions=True)
    with pytest.raises(DriverError) as raised:
        await pipe.open(print, print)
    assert raised.value.cause is Cause.BAD_CONFIG
    await accepting
    near = Near()
    pipe = await opened(server, near, tls=True, any_certificate=True)
    pipe.write_now(b"hello")
    assert await asyncio.to_thread(server.read, 5) == b"hello"
    server.link.sendall(b"world")
    await near.until(lambda: near.news == [b"world"])
    await pipe.close()
    server.close()


async def test_two_pipes_share_the_loop_and_one_loss_is_one_loss(server):
    other = Server()
    near, far = Near(), Near()
    one, two = await opened(server, near), await opened(other, far)
    assert sum(thread.name == "side loop" for thread in threading.enumerate()) == 1
    server.reset()
    await near.until(lambda: near.lost)
    await one.close()
    two.write_now(b"still here")
    assert await asyncio.to_thread(other.read, 10) == b"still here"
    await two.close()
    other.close()
    assert far.lost == []


def test_the_system_is_asked_to_notice_silent_breaks():
    with socket.socket() as link:
        notice_breaks(link, 2.0)
        assert link.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert link.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 2000
            assert link.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 3


async def test_news_is_bounded_and_the_oldest_goes():
    near = Near()
    told: Told[bytes] = Told(near.on_news, near.on_lost)
    blocks = [bytes([number]) * 300_000 for number in range(10)]
    for block in blocks:
        told.put(block, len(block))
    told.lose(DriverError(Cause.LOST))
    told.lose(DriverError(Cause.NO_ANSWER))
    await near.until(lambda: near.lost)
    assert near.news == blocks[-3:]
    assert [one.cause for one in near.lost] == [Cause.LOST]


async def test_nothing_is_told_after_silence():
    near = Near()
    told: Told[bytes] = Told(near.on_news, near.on_lost)
    told.put(b"x", 1)
    told.lose(DriverError(Cause.LOST))
    told.silence()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (near.news, near.lost) == ([], [])


def test_a_cause_is_kept_and_a_lack_of_rights_is_told_apart():
    error = DriverError(Cause.BUSY)
    assert network_error(error) is error
    assert network_error(PermissionError(13, "x")).cause is Cause.NO_PERMISSION
    assert network_error(OSError(98, "x")).cause is Cause.BUSY
    assert network_error(OSError("x"), Cause.LOST).cause is Cause.LOST


async def test_answers_that_come_while_we_leave_do_not_undo_our_last_words(server):
    pipe = await opened(server, Near())

    def answer_and_read() -> bytes:
        server.link.recv(1, socket.MSG_PEEK)
        for _ in range(5):
            server.link.sendall(b"OK\n")
            threading.Event().wait(0.01)
        return server.read(4)

    assert pipe.write_now(b"OFF\n")
    heard, _ = await asyncio.gather(asyncio.to_thread(answer_and_read), pipe.close())
    assert heard == b"OFF\n"
    assert no_side_loop()

"""What was handed over has not left yet: a port that takes no bytes never makes a device safe."""

from __future__ import annotations

import asyncio
import os
import sys

import pytest

from drivers.lcus_relay import LcusRelay
from drivers.transports.held import HeldPipe
from drivers.transports.loopback import loopback
from drivers.transports.serial import SerialOptions, SerialPort
from drivers.transports.tcp import TcpOptions, TcpPipe
from tests.drivers.benches.bench import Heard
from tests.drivers.transports.test_serial import Terminal

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
MUCH = bytes(48 * 1024)
SHORT_S = 0.1


@pytest.fixture
def terminal():
    made = Terminal()
    yield made
    made.close()


async def fill(port):
    """Write until the system takes no more: nobody reads at the far end."""
    for _ in range(20):
        if not await port.written(SHORT_S):
            return
        port.write_now(MUCH)
    pytest.fail("the system takes everything")


@posix
async def test_bytes_that_a_serial_port_took_are_written(terminal):
    port = SerialPort(SerialOptions(terminal.path))
    await port.open(lambda _: None, lambda _: None)
    assert await port.written(SHORT_S)
    assert port.write_now(b"off")
    assert await port.written(5.0)
    assert await asyncio.to_thread(terminal.read, 3) == b"off"
    await port.close()
    assert not await port.written(SHORT_S)


@posix
async def test_bytes_that_wait_behind_a_port_that_takes_none_are_not(terminal):
    port = SerialPort(SerialOptions(terminal.path, write_timeout_s=30.0))
    await port.open(lambda _: None, lambda _: None)
    await fill(port)
    assert port.write_now(b"off", urgent=True)
    assert not await port.written(SHORT_S)
    terminal.close()
    await port.close()


@posix
async def test_relays_behind_a_port_that_takes_no_bytes_are_not_called_safe(terminal):
    driver = LcusRelay(LcusRelay.settings_for(port=terminal.path), Heard().events())
    await driver.open()
    assert await driver.make_safe()
    await fill(driver._pipe._pipe)
    assert not await driver.make_safe()
    terminal.close()
    await driver.close()


async def test_a_device_in_the_network_that_takes_nothing_is_not_written_to():
    def stall(_reader, writer):
        writer.transport.pause_reading()
        writers.append(writer)

    writers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(stall, "127.0.0.1", 0, limit=1)
    port = server.sockets[0].getsockname()[1]
    pipe = TcpPipe(TcpOptions("127.0.0.1", port, write_timeout_s=30.0))
    await pipe.open(lambda _: None, lambda _: None)
    assert pipe.write_now(b"off")
    assert await pipe.written(5.0)
    while not pipe._full:
        pipe.write_now(MUCH)
        await asyncio.sleep(0.001)
    pipe.write_now(b"off", urgent=True)
    assert not await pipe.written(SHORT_S)
    for writer in writers:
        writer.transport.abort()
    await pipe.close()
    assert not await pipe.written(SHORT_S)
    server.close()
    await server.wait_closed()


async def test_what_has_no_line_has_written_at_once():
    near, far = loopback()
    pipe = HeldPipe(near)
    await far.open(lambda _: None, lambda _: None)
    await pipe.open(lambda _: None, lambda _: None)
    assert pipe.release(b"off")
    assert await pipe.written(SHORT_S)
    await pipe.close()
    await far.close()
    assert not await pipe.written(SHORT_S)


@posix
async def test_frames_that_a_silence_must_part_are_not_written_as_one(terminal):
    port = SerialPort(SerialOptions(terminal.path, gap_s=0.3))
    await port.open(lambda _: None, lambda _: None)
    chunks: list[bytes] = []

    def listen() -> None:
        while not b"".join(chunks).endswith(b"again"):
            chunks.append(os.read(terminal.master, 100))

    listening = asyncio.get_running_loop().run_in_executor(None, listen)
    port.write_now(b"question")
    port.write_now(b"off", urgent=True)
    port.write_now(b"off")
    port.write_now(b"again")
    assert await port.written(5.0)
    await listening
    # The question had left when OFF came, or it never will.
    assert chunks[chunks[0] == b"question" :] == [b"off", b"off", b"again"]
    await port.close()

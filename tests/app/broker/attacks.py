"""What somebody on the network may try; each returns when it is over. Used by tests and benches.

One rule: an attack knows the port and, where it needs one, an account; it owns nothing of ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time

from app.broker import packets
from app.broker.packets import Connect
from tests.app.broker.house import BULB, PUMP, Wire, login, subscribe

CHUNK = b"y" * 1_000_000


@contextlib.asynccontextmanager
async def _wires():
    made = []

    async def wire(port, account=None, client_id="", keep_alive_s=60):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        made.append(Wire(reader, writer))
        if account is not None:
            asked = Connect(client_id, True, keep_alive_s)
            made[-1].send(login(account.name, account.password, asked))
            assert (await made[-1].next()).body == b"\0\0"
        return made[-1]

    try:
        yield wire
    finally:
        for one in made:
            one.abort()


async def garbage(port, times=50):
    """Random bytes before logging in; all are closed."""
    async with _wires() as wire:
        for _ in range(times):
            one = await wire(port)
            # A first byte of 0x10 alone would begin a login.
            one.send(b"\xff" + os.urandom(200))
            await one.closed()


async def garbage_inside(port, times=50):
    """Random bytes after logging in."""
    async with _wires() as wire:
        for number in range(times):
            one = await wire(port, BULB, f"g{number}")
            one.send(b"\xff" + os.urandom(400))
            await one.closed()


async def huge_header(port, times=5):
    """A packet that announces 256 MB and stalls."""
    async with _wires() as wire:
        for number in range(times):
            one = await wire(port, BULB, f"h{number}")
            one.send(b"\x30\xff\xff\xff\x7f\x00\x06bulb/x" + b"x" * 1000)
            await one.closed()


async def huge_message(port, megabytes=120):
    """One message of many megabytes; returns how many left before the door closed."""
    async with _wires() as wire:
        one = await wire(port, BULB, "huge")
        body = packets._string(b"bulb/x")
        one.send(b"\x30" + packets._length(megabytes * len(CHUNK) + len(body)) + body)
        for sent in range(megabytes):
            try:
                one.send(CHUNK)
                await one.writer.drain()
            except ConnectionError:
                return sent
            if one.writer.transport.is_closing():
                return sent
        return megabytes


async def half_logins(port, times=30):
    """Sockets that begin to log in and stop; returns how long the door was patient."""
    async with _wires() as wire:
        began = time.monotonic()
        made = [await wire(port) for _ in range(times)]
        for one in made:
            one.send(b"\x10\x40\x00\x04MQ")
        for one in made:
            await one.closed()
        return time.monotonic() - began


async def half_message(port, keep_alive_s=1):
    """Half a message and silence; returns how long the broker was patient."""
    async with _wires() as wire:
        one = await wire(port, BULB, "half", keep_alive_s)
        began = time.monotonic()
        one.send(b"\x30\x7f\x00\x06bulb/x")
        await one.closed()
        return time.monotonic() - began


async def many_connections(port, times=500):
    """Far more clients than there are places for one address; returns how many got in."""
    inside = 0
    async with _wires() as wire:
        gate = asyncio.Semaphore(50)

        async def one(number):
            nonlocal inside
            async with gate:
                with contextlib.suppress(ConnectionError, EOFError, TimeoutError):
                    await wire(port, BULB, f"m{number}")
                    inside += 1

        await asyncio.gather(*(one(number) for number in range(times)))
        await asyncio.sleep(0.2)
    return inside


async def never_reads(port, megabytes=20, times=1):
    """Subscribe, never read, and have somebody else publish much of it."""
    async with _wires() as wire:
        for number in range(times):
            deaf = await wire(port, PUMP, f"deaf{number}")
            deaf.send(subscribe(1, ("all/+", 1)))
            deaf.reader._transport.pause_reading()
        loud = await wire(port, PUMP, "loud")
        data = packets.publish("all/x", b"z" * 10_000, 0, 0, retain=False)
        for _ in range(megabytes * 100):
            loud.send(data)
            await loud.writer.drain()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await loud.ping()


async def flood(port, seconds=2.0, times=4):
    """Clients that publish as fast as their sockets take it; returns how much they took."""
    taken = 0
    async with _wires() as wire:
        made = [await wire(port, BULB, f"f{number}") for number in range(times)]
        data = packets.publish("bulb/x", b"z" * 100, 0, 0, retain=False) * 20
        until = time.monotonic() + seconds

        async def one(loud):
            nonlocal taken
            while time.monotonic() < until:
                loud.send(data)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(0.01, until - time.monotonic())):
                        await loud.writer.drain()
                taken += 20
                await asyncio.sleep(0)

        await asyncio.gather(*(one(loud) for loud in made))
    return taken


async def guesses(port, times=200):
    """Wrong passwords, one after the other."""
    async with _wires() as wire:
        for number in range(times):
            one = await wire(port)
            one.send(login("bulb", f"guess{number}", Connect("x", True, 0)))
            await one.closed()
            one.abort()


async def come_and_go(port, seconds=1.0):
    """Connect and vanish as fast as possible; returns how often."""
    times = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.transport.abort()
        times += 1
    return times


async def greedy_subscriptions(port, times=50):
    """Ask again and again for everything that is kept."""
    async with _wires() as wire:
        one = await wire(port, PUMP, "greedy")
        one.reader._transport.pause_reading()
        for _ in range(times):
            one.send(subscribe(1, *((f"pump/{n}/#", 1) for n in range(60)), ("all/+", 1)))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await one.writer.drain()
                await one.closed()

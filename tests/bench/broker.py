"""The broker for Wi-Fi devices: start, memory, latency, throughput, and what attacks cost others.

One rule: the broker is the real process; attackers are another one, so that nobody is measured but it.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import struct
import subprocess
import sys
import time
from pathlib import Path

import psutil

from app.broker import packets
from app.broker.model import Account, BrokerConfig
from app.broker.own_broker import OwnBroker
from app.broker.packets import Connect
from app.core.links import LinkStage
from app.tasks import Tasks
from tests.app.broker import attacks
from tests.app.broker.house import ACCOUNTS, CORE, Wire, login
from tests.bench.table import SPREAD, WIDE, row, tails

ROOT = Path(__file__).parents[2]
CANARY = Account("canary", "canary-password", ("canary/#",), ("canary/#",))
CONFIG = BrokerConfig(port=0, accounts=(*ACCOUNTS, CANARY))
STARTS = 10
RATE = 200
LATENCY_S = 5.0
MESSAGES = 20_000
ATTACKS = {
    "nothing": {},
    "garbage": {},
    "garbage_inside": {},
    "guesses": {"times": 500},
    "huge_header": {},
    "huge_message": {},
    "half_logins": {"times": 100},
    "half_message": {"keep_alive_s": 5},
    "many_connections": {},
    "come_and_go": {"seconds": 5.0},
    "never_reads": {"megabytes": 8, "times": 5},
    "greedy_subscriptions": {"times": 500},
    "flood": {"seconds": 10.0},
}


class Running:
    """A broker of its own, and how large it was at most."""

    def __init__(self):
        self._online = asyncio.Event()
        self.broker = OwnBroker(self._take)
        self.wires = []

    def _take(self, status):
        if status.stage is LinkStage.ONLINE:
            self._online.set()

    async def __aenter__(self):
        began = time.perf_counter()
        await self.broker.set(CONFIG)
        await self._online.wait()
        self.start_ms = (time.perf_counter() - began) * 1000
        self.process = psutil.Process(self.broker._child._process.pid)
        self.port = self.broker.status.port
        self.peak_mb = self.mb()
        return self

    async def __aexit__(self, *_):
        for wire in self.wires:
            wire.abort()
        await self.broker.stop()

    def mb(self):
        return self.process.memory_info().rss / 1e6

    async def client(self, account, client_id):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        wire = Wire(reader, writer)
        self.wires.append(wire)
        wire.send(login(account.name, account.password, Connect(client_id, True, 0)))
        assert (await wire.next()).body == b"\0\0"
        return wire


async def _steady(running, account, rate, until, qos=0):
    """Publish so often until the event is set; return ms of each message and how many were sent."""
    hears = await running.client(account, "in")
    says = await running.client(account, "out")
    await hears.subscribe("canary/#", qos=qos)
    took_ms, sent, over = [], 0, False

    async def hear():
        while not over or len(took_ms) < sent:
            packet = await hears.next()
            took_ms.append((time.perf_counter() - struct.unpack("!d", packet.message[1])[0]) * 1e3)
            if qos:
                hears.send(b"\x40\x02" + packet.packet_id.to_bytes(2, "big"))

    async def deaf():
        with contextlib.suppress(Exception):
            while True:
                await says.next()

    tasks = Tasks()
    hearing, _ = tasks.spawn("hears", hear()), tasks.spawn("deaf", deaf())
    due = time.perf_counter()
    while not until.is_set():
        sent += 1
        now = struct.pack("!d", time.perf_counter())
        says.send(packets.publish("canary/x", now, qos, sent % 60_000 + 1, retain=False))
        running.peak_mb = max(running.peak_mb, running.mb())
        due += 1 / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    over = True
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hearing, 5.0)
    await tasks.cancel_all()
    return took_ms, sent


async def _starts():
    took = []
    memory = 0.0
    for _ in range(STARTS):
        async with Running() as running:
            took.append(running.start_ms)
            memory = running.mb()
    row("switched on until it listens", took)
    print(f"{'memory, nobody there':{WIDE}} {memory:8.1f} MB")


async def _latency(qos):
    async with Running() as running:
        over = asyncio.Event()
        asyncio.get_running_loop().call_later(LATENCY_S, over.set)
        before = running.process.cpu_times()
        took_ms, sent = await _steady(running, CORE, RATE, over, qos)
        after = running.process.cpu_times()
        row(f"end to end at {RATE} messages a second, QoS {qos}", took_ms)
        cpu_us = (after.user + after.system - before.user - before.system) * 1e6 / max(sent, 1)
        print(f"{'  CPU of the broker for each':{WIDE}} {cpu_us:8.0f} us")


async def _throughput(qos, window=20):
    async with Running() as running:
        hears, says = await running.client(CORE, "in"), await running.client(CORE, "out")
        await hears.subscribe("t/#", qos=qos)
        free = asyncio.Semaphore(window)

        async def hear():
            for _ in range(MESSAGES):
                packet = await hears.next()
                if qos:
                    hears.send(b"\x40\x02" + packet.packet_id.to_bytes(2, "big"))
                free.release()

        async def deaf():
            while True:
                await says.next()

        began = time.perf_counter()
        tasks = Tasks()
        hearing, _ = tasks.spawn("hears", hear()), tasks.spawn("deaf", deaf())
        for number in range(MESSAGES):
            await free.acquire()
            says.send(packets.publish("t/x", b"x" * 100, qos, number % 60_000 + 1, retain=False))
        await hearing
        took_s = time.perf_counter() - began
        await tasks.cancel_all()
        name = f"one to one, QoS {qos}, {window} under way"
        print(f"{name:{WIDE}} {MESSAGES / took_s:8.0f} messages a second", flush=True)


async def _logins(times=500):
    async with Running() as running:
        began = time.perf_counter()
        for number in range(times):
            await (await running.client(CORE, f"c{number}")).leave()
        per_s = times / (time.perf_counter() - began)
        print(f"{'log in and leave, one after the other':{WIDE}} {per_s:8.0f} a second", flush=True)


async def _attack(name, options):
    async with Running() as running:
        over = asyncio.Event()
        steady = Tasks().spawn("canary", _steady(running, CANARY, 50, over))
        await asyncio.sleep(0.5)
        before_mb = running.mb()
        told = ""
        if name == "nothing":
            await asyncio.sleep(3.0)
        else:
            words = [sys.executable, "-m", "tests.bench.broker", name, str(running.port)]
            process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=subprocess.PIPE)
            told = (await process.communicate())[0].decode().strip()
        over.set()
        took_ms, sent = await steady
        ordered = sorted(took_ms) or [float("nan")]
        p95, p99, most = tails(ordered)
        got = f"{len(took_ms)}/{sent}"
        print(
            f"{name:24} {got:>10} {ordered[len(ordered) // 2]:8.2f} {p95:8.2f} {p99:8.2f}"
            f" {most:8.2f} {before_mb:8.1f} {running.peak_mb:8.1f}  {told}",
            flush=True,
        )


def run():
    """Print all of it."""
    print(SPREAD)
    asyncio.run(_starts())
    for qos in (0, 1):
        asyncio.run(_latency(qos))
    for qos in (0, 1):
        asyncio.run(_throughput(qos))
    asyncio.run(_logins())
    print(f"\n{'attack':24} {'canary':>10} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'max':>8}"
          f" {'MB':>8} {'peak MB':>8}")  # fmt: skip
    for name, options in ATTACKS.items():
        asyncio.run(_attack(name, options))


def main():
    """Be the attacker."""
    name, port = sys.argv[1], int(sys.argv[2])
    attack = getattr(attacks, name)
    assert inspect.iscoroutinefunction(attack)
    told = asyncio.run(attack(port, **ATTACKS[name]))
    print("" if told is None else f"{told:.5g}")


if __name__ == "__main__":
    main()

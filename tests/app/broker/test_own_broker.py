"""The broker in a process of its own: on, off, changed, killed, hung, and never left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app.broker.model import BrokerConfig, BrokerStatus, RefusalWhy
from app.broker.own_broker import OwnBroker, Patience
from app.broker.packets import Connect
from app.core.links import LinkReason, LinkStage
from drivers.transports.mqtt import MqttOptions, publish_recipe
from tests.app.broker.house import ACCOUNTS, BULB, CORE, PUMP, Wire, login
from tests.drivers.transports.far import sent_by_the_guardian
from tests.ports import free_port

PATIENCE_S = 20.0
CONFIG = BrokerConfig(port=0, accounts=ACCOUNTS)
ROOT = Path(__file__).parents[3]


class Told:
    """Everything a broker told, and what it is."""

    def __init__(self, patience: Patience) -> None:
        self.all: list[BrokerStatus] = []
        self._news = asyncio.Event()
        self.broker = OwnBroker(self._take, patience)
        self.wires: list[Wire] = []

    def _take(self, status: BrokerStatus) -> None:
        assert status == self.broker.status
        self.all.append(status)
        self._news.set()

    @property
    def pid(self) -> int:
        return self.broker._child._process.pid

    async def until(self, true) -> BrokerStatus:
        async with asyncio.timeout(PATIENCE_S):
            while not true(self.broker.status):
                self._news.clear()
                await self._news.wait()
        return self.broker.status

    async def stage(self, stage: LinkStage) -> BrokerStatus:
        return await self.until(lambda status: status.stage is stage)

    async def on(self, config: BrokerConfig = CONFIG) -> None:
        await self.broker.set(config)
        await self.stage(LinkStage.ONLINE)

    async def client(self, account, client_id="") -> Wire:
        return await logged_in(self.broker.status.port, account, client_id, self.wires)


async def logged_in(port, account, client_id="", wires=None) -> Wire:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    wire = Wire(reader, writer)
    if wires is not None:
        wires.append(wire)
    wire.send(login(account.name, account.password, Connect(client_id or account.name, True, 0)))
    assert (await wire.next()).body == b"\0\0"
    return wire


@pytest.fixture
async def told():
    made = Told(Patience(port_s=0.0, silent_s=15.0))
    yield made
    for one in made.wires:
        one.abort()
    await made.broker.stop()
    assert made.broker.status.stage is LinkStage.OFF
    assert not made.broker._tasks


async def test_it_is_off_until_it_is_asked_for(told):
    assert told.broker.status == BrokerStatus()
    await told.broker.set(None)
    assert told.all == []


async def test_switched_on_it_listens_and_tells_who_is_there(told):
    await told.on()
    assert [one.stage for one in told.all][:2] == [LinkStage.CONNECTING, LinkStage.ONLINE]
    bulb, core = await told.client(BULB, "lamp"), await told.client(CORE)
    await bulb.subscribe("bulb/#", qos=1)
    await core.publish("bulb/x", b"on", 1)
    assert await bulb.heard() == ("bulb/x", b"on")
    status = await told.until(lambda now: sum(one.sent for one in now.clients) == 1)
    assert [(one.account, one.client_id, one.heard, one.sent) for one in status.clients] == [
        ("bulb", "lamp", 0, 1),
        ("core", "core", 1, 0),
    ]
    pid = told.pid
    await told.broker.set(None)
    assert (told.broker.status.stage, told.broker.status.port) == (LinkStage.OFF, 0)
    assert told.broker.status.clients == ()
    assert not psutil.pid_exists(pid)
    assert await bulb.closed() == b""


async def test_refusals_are_told_and_survive_the_process(told):
    await told.on()
    reader, writer = await asyncio.open_connection("127.0.0.1", told.broker.status.port)
    writer.write(login("bulb", "wrong", Connect("x", True, 0)))
    assert await reader.read(100) == b"\x20\x02\x00\x04"
    writer.close()
    status = await told.until(lambda now: now.refusals)
    assert (status.refusals[0].name, status.refusals[0].why) == ("bulb", RefusalWhy.WRONG_PASSWORD)
    psutil.Process(told.pid).kill()
    await told.until(lambda now: now.reason is LinkReason.BROKER_ENDED)
    assert (await told.stage(LinkStage.ONLINE)).refusals == status.refusals


async def test_no_password_is_where_others_could_read_it(told):
    await told.on()
    process = psutil.Process(told.pid)
    shown = json.dumps([process.cmdline(), process.environ(), repr(told.all), repr(CONFIG)])
    assert not any(one.password in shown for one in ACCOUNTS)


async def test_a_port_that_is_taken_blocks_it_until_it_is_asked_again(told):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = replace(CONFIG, port=taken.getsockname()[1])
        await told.broker.set(config)
        status = await told.stage(LinkStage.BLOCKED)
        assert status.reason is LinkReason.PORT_TAKEN
    await told.on(config)
    assert told.broker.status.port == config.port


async def test_a_port_that_is_free_in_a_moment_is_waited_for():
    told = Told(Patience(port_s=20.0))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        await told.broker.set(replace(CONFIG, port=taken.getsockname()[1]))
        await told.stage(LinkStage.CONNECTING)
        # It may have begun to try, or not yet; both must do.
        await asyncio.sleep(0.3)
    await told.stage(LinkStage.ONLINE)
    assert LinkStage.BLOCKED not in [one.stage for one in told.all]
    await told.broker.stop()


async def test_while_it_waits_for_a_port_it_can_be_switched_off_at_once():
    told = Told(Patience(port_s=60.0))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        await told.broker.set(replace(CONFIG, port=taken.getsockname()[1]))
        await told.stage(LinkStage.CONNECTING)
        async with asyncio.timeout(10):
            await told.broker.stop()


async def test_an_address_that_is_not_of_this_computer_blocks_it(told):
    await told.broker.set(replace(CONFIG, bind="192.0.2.1"))
    assert (await told.stage(LinkStage.BLOCKED)).reason is LinkReason.PORT_DENIED


async def test_a_broker_that_crashed_is_there_again(told):
    await told.on()
    first = told.pid
    told.all.clear()
    psutil.Process(first).kill()
    status = await told.stage(LinkStage.WAITING)
    assert (status.reason, status.port, status.clients) == (LinkReason.BROKER_ENDED, 0, ())
    await told.stage(LinkStage.ONLINE)
    assert told.pid != first
    await (await told.client(BULB)).ping()


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform == "win32", reason="nothing can be stopped there like this")
async def test_a_broker_that_hangs_is_replaced():
    told = Told(Patience(silent_s=3.0))
    await told.on()
    first = told.pid
    os.kill(first, signal.SIGSTOP)
    try:
        await told.until(lambda now: now.reason is LinkReason.BROKER_ENDED)
        await told.stage(LinkStage.ONLINE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(first, signal.SIGCONT)
    assert told.pid != first
    await told.broker.stop()


async def test_accounts_change_while_everybody_who_may_stays(told):
    await told.on()
    port, pid = told.broker.status.port, told.pid
    core, bulb = await told.client(CORE), await told.client(BULB)
    added = replace(PUMP, name="fan", password="fan-password")
    await told.broker.set(replace(CONFIG, accounts=(CORE, added)))
    await told.client(added)
    assert await bulb.closed() == b""
    await core.ping()
    assert (told.broker.status.port, told.pid) == (port, pid)
    await told.until(lambda now: {one.account for one in now.clients} == {"core", "fan"})


async def test_changes_in_a_row_end_with_the_last(told):
    await told.broker.set(replace(CONFIG, accounts=()))
    await told.broker.set(replace(CONFIG, accounts=(CORE,)))
    await told.broker.set(CONFIG)
    await told.stage(LinkStage.ONLINE)
    await told.broker.set(CONFIG)
    await told.client(BULB)


async def test_another_port_is_another_process(told):
    await told.on()
    bulb = await told.client(BULB)
    other = free_port()
    await told.on(replace(CONFIG, port=other))
    assert await bulb.closed() == b""
    assert told.broker.status.port == other
    await told.client(BULB)


# ---------------------------------------------------------------- a core that is killed

CORE_PROGRAM = """
import asyncio, sys
from app.broker.own_broker import OwnBroker
from tests.app.broker.test_own_broker import CONFIG
from tests.ports import free_port

async def main():
    def tell(status):
        if status.port:
            child = broker._child._process.pid
            print(status.port, child, flush=True)
    broker = OwnBroker(tell)
    await broker.set(CONFIG)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def core():
    """Start a core that holds a broker; return it, the port and the broker's process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CORE_PROGRAM, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(PATIENCE_S):
        port, child = map(int, (await process.stdout.readline()).split())
    yield process, port, psutil.Process(child)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


@pytest.mark.e2e
async def test_through_the_broker_of_a_killed_core_the_guardian_still_says_off(core):
    process, port, broker = core
    device = await logged_in(port, BULB)
    await device.subscribe("bulb/#", qos=1)
    process.kill()
    await process.wait()
    # So long the guardian may take to notice that a core hangs.
    await asyncio.sleep(1.0)
    options = MqttOptions(host="127.0.0.1", port=port, user=CORE.name, password=CORE.password)
    recipe = publish_recipe(options, [("bulb/power", "OFF")])
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert await device.heard() == ("bulb/power", b"OFF")
    # Meanwhile the next core wants the same port, and gets it.
    told = Told(Patience())
    await told.on(replace(CONFIG, port=port))
    assert LinkStage.BLOCKED not in [one.stage for one in told.all]
    await asyncio.to_thread(broker.wait, PATIENCE_S)
    device.abort()
    await told.broker.stop()

"""A far end that vanishes without a word: noticed in bounded time, and nothing believed meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.http import HttpOptions, HttpSession
from drivers.transports.mqtt import MqttLink, MqttOptions
from drivers.transports.tcp import TcpOptions, TcpPipe
from drivers.transports.websocket import WebSocketLink, WebSocketOptions
from tests.drivers.transports.far import Near, mqtt_threads, no_side_loop
from tests.drivers.transports.http_device import Device
from tests.drivers.transports.test_mqtt import Broker, needs_mosquitto
from tests.drivers.transports.test_websocket import Far
from tests.fakes import net_cable
from tests.fakes.net_cable import NetCable
from tests.fakes.own_device import OwnNetDevice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(bool(net_cable.why_not()), reason=net_cable.why_not() or "-")


@pytest.fixture
def cable_to() -> Iterator[Callable[[int], NetCable]]:
    made: list[NetCable] = []

    def lead(port: int) -> NetCable:
        made.append(NetCable(port))
        return made[-1]

    yield lead
    for one in made:
        one.close()


async def test_over_tcp_what_is_not_acknowledged_is_a_loss_told_once(cable_to):
    far, near = OwnNetDevice("tcp"), Near()
    cable = cable_to(far.port)
    pipe = TcpPipe(TcpOptions("127.0.0.1", cable.port, write_timeout_s=0.3))
    await pipe.open(near.on_news, near.on_lost)
    assert pipe.write_now(b"REL 1\n")
    await near.until(lambda: near.news)
    cable.cut()
    pipe.write_now(b"REL 0\n")
    await near.until(lambda: near.lost)
    assert not pipe.write_now(b"REL 1\n")
    await pipe.close()
    cable.close()
    far.close()
    assert [one.cause for one in near.lost] == [Cause.NO_ANSWER]
    assert far.words.said == ["REL 1"]
    assert no_side_loop()


async def test_over_tcp_what_comes_back_in_time_loses_nothing(cable_to):
    far, near = OwnNetDevice("tcp"), Near()
    cable = cable_to(far.port)
    pipe = TcpPipe(TcpOptions("127.0.0.1", cable.port, write_timeout_s=20))
    await pipe.open(near.on_news, near.on_lost)
    cable.cut()
    pipe.write_now(b"REL 1\n")
    pipe.write_now(b"REL 0\n")
    cable.plug()
    assert await asyncio.to_thread(far.wait_for, lambda: far.words.said == ["REL 1", "REL 0"])
    await pipe.close()
    cable.close()
    far.close()
    assert near.lost == []


async def test_over_http_nothing_is_believed_and_the_next_request_has_a_link_of_its_own(cable_to):
    device = Device()
    cable = cable_to(device.server_port)
    session = HttpSession(HttpOptions(f"http://127.0.0.1:{cable.port}", timeout_s=0.3))
    await session.open()
    await session.ask("GET", "/one")
    cable.cut()
    for path in ("/lost", "/lost too"):
        with pytest.raises(DriverError) as raised:
            await session.ask("GET", path, turns_on=True)
        assert raised.value.cause is Cause.NO_ANSWER
    cable.unplug()
    cable.plug()
    await session.ask("GET", "/two")
    # The second had no link any more: it never left this computer.
    assert device.paths() == ["/one", "/two"]
    await session.close()
    cable.close()
    device.end()
    assert no_side_loop()


async def test_over_http_a_stop_into_silence_arrives_once_the_device_is_back(cable_to):
    device = Device()
    cable = cable_to(device.server_port)
    session = HttpSession(HttpOptions(f"http://127.0.0.1:{cable.port}", timeout_s=0.3))
    await session.open()
    await session.ask("GET", "/one")
    cable.cut()
    with pytest.raises(DriverError):
        await session.ask("GET", "/lost", turns_on=True)
    cable.unplug()
    cable.plug()
    assert session.send_now("GET", "/off")
    assert await asyncio.to_thread(device.wait, lambda: device.paths() == ["/one", "/off"])
    await session.close()
    cable.close()
    device.end()


async def test_over_a_websocket_no_pong_is_a_loss_told_once(cable_to):
    far, near = Far(), Near()
    cable = cable_to(int(far.url.rpartition(":")[2]))
    link = WebSocketLink(WebSocketOptions(f"ws://127.0.0.1:{cable.port}", ping_s=0.2, pong_s=0.2))
    await link.open(near.on_news, near.on_lost)
    assert link.write_now("on")
    assert await asyncio.to_thread(far.wait, lambda: far.heard == ["on"])
    cable.cut()
    link.write_now("lost")
    await near.until(lambda: near.lost)
    assert not link.write_now("refused")
    await link.close()
    cable.close()
    far.end()
    assert [one.cause for one in near.lost] == [Cause.NO_ANSWER]
    assert far.heard == ["on"]
    assert no_side_loop()


@needs_mosquitto
async def test_over_mqtt_a_broker_that_vanished_is_a_loss_told_once_to_each(tmp_path, cable_to):
    broker = await asyncio.to_thread(Broker, tmp_path)
    cable, near, other = cable_to(broker.port), Near(), Near()
    options = MqttOptions("127.0.0.1", cable.port, keep_alive_s=1)
    links = [MqttLink(options), MqttLink(options)]
    for link, told in zip(links, (near, other), strict=True):
        await link.open(told.on_lost)
    assert cable.links == 1
    cable.cut()
    links[0].publish_now("lamp", "on", qos=1)
    assert not await links[0].sent(0.05)
    await near.until(lambda: near.lost)
    await other.until(lambda: other.lost)
    assert not links[0].publish_now("lamp", "on")
    for link in links:
        await link.close()
    cable.close()
    broker.end()
    assert [one.cause for one in near.lost + other.lost] == [Cause.NO_ANSWER] * 2
    assert mqtt_threads() == 0


@pytest.mark.parametrize("transport", ["tcp", "http", "websocket", "mqtt"])
async def test_a_door_that_says_nothing_is_given_up_in_time(cable_to, transport):
    cable, near = cable_to(1), Near()
    cable.cut()
    address = f"127.0.0.1:{cable.port}"
    if transport == "tcp":
        pipe = TcpPipe(TcpOptions("127.0.0.1", cable.port, connect_timeout_s=0.2))
        opening = pipe.open(near.on_news, near.on_lost)
    elif transport == "websocket":
        pipe = WebSocketLink(WebSocketOptions(f"ws://{address}", connect_timeout_s=0.2))
        opening = pipe.open(near.on_news, near.on_lost)
    elif transport == "mqtt":
        pipe = MqttLink(MqttOptions("127.0.0.1", cable.port, connect_timeout_s=0.2))
        opening = pipe.open(near.on_lost)
    else:
        pipe = HttpSession(HttpOptions(f"http://{address}", timeout_s=0.2))
        await pipe.open()
        opening = pipe.ask("GET", "/")
    with pytest.raises(DriverError) as raised:
        await opening
    await pipe.close()
    assert raised.value.cause is Cause.NO_ANSWER
    assert near.lost == []
    assert no_side_loop()
    cable.close()

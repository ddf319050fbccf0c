"""MQTT connections to brokers that refuse, stall, talk nonsense and answer twice."""

from __future__ import annotations

import asyncio
import socket

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports import mqtt
from drivers.transports.mqtt import MqttLink, MqttOptions
from drivers.transports.mqtt_connection import QUEUE_MESSAGES
from tests.drivers.transports.far import Near, Server, mqtt_threads

CONNACK = b"\x20\x02\x00\x00"


async def opened(port: int, near: Near, **options) -> MqttLink:
    link = MqttLink(MqttOptions("127.0.0.1", port, **{"connect_timeout_s": 20, **options}))
    await link.open(near.on_lost)
    return link


async def answered(server: Server, answer: bytes, near: Near, **options) -> MqttLink:
    """Open a link to a broker that answers with these bytes, whatever it is told."""
    link = MqttLink(MqttOptions("127.0.0.1", server.port, **{"connect_timeout_s": 20, **options}))
    opening = asyncio.gather(link.open(near.on_lost), return_exceptions=True)
    await asyncio.to_thread(server.accept)
    await asyncio.to_thread(server.link.recv, 4096)
    server.link.sendall(answer)
    if answer != CONNACK:
        server.link.shutdown(socket.SHUT_WR)
    (error,) = await opening
    if error is not None:
        server.close()
        raise error
    return link


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (b"\x20\x02\x00\x05", Cause.BAD_CONFIG),
        (b"\x20\x02\x00\x04", Cause.BAD_CONFIG),
        (b"\x20\x02\x00\x03", Cause.REFUSED),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Cause.BAD_ANSWER),
    ],
)
async def test_a_broker_that_does_not_let_us_in_is_told_apart(answer, cause):
    near = Near()
    with pytest.raises(DriverError) as raised:
        await answered(Server(), answer, near)
    assert raised.value.cause is cause
    assert near.lost == []
    assert mqtt._connections == {}


async def test_no_message_waits_for_word_of_the_one_before():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near)
    (connection,) = mqtt._connections.values()
    ours = connection._client.socket()
    assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    server.close()
    await link.close()


async def test_a_broker_that_says_nothing_is_given_up():
    server = Server()
    with pytest.raises(DriverError) as raised:
        await opened(server.port, Near(), connect_timeout_s=0.3)
    assert raised.value.cause is Cause.NO_ANSWER
    assert mqtt_threads() == 0
    server.close()


@pytest.mark.parametrize(
    ("host", "port", "cause"),
    [
        ("broker.invalid", 1883, Cause.NOT_FOUND),
        ("127.0.0.1", 1, Cause.NO_ANSWER),
        ("127.0.0.1", 70000, Cause.BAD_CONFIG),
    ],
)
async def test_an_address_where_no_broker_is_is_told_apart(host, port, cause):
    link = MqttLink(MqttOptions(host, port))
    with pytest.raises(DriverError) as raised:
        await link.open(print)
    assert raised.value.cause is cause
    assert mqtt_threads() == 0


async def test_a_broker_that_takes_nothing_fills_only_our_queue_and_stop_goes_first():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near, keep_alive_s=60)
    block, taken = b"x" * 1_000_000, 0
    while link.publish_now("level", block):
        taken += 1
        await asyncio.sleep(0.001)
        assert taken < 2 * QUEUE_MESSAGES
    assert link.publish_now("off", b"OFF", urgent=True)
    for topic in ("off2", "off"):
        assert link.publish_now(topic, b"OFF", urgent=True)
    queued = [one.topic for one in link._connection._jobs]
    assert queued == ["off2", "off"]
    assert not await link.sent(0.05)
    async with asyncio.timeout(10):
        await link.close()
    assert mqtt_threads() == 0
    assert near.lost == []
    server.close()


async def test_stop_waits_for_no_acknowledgement_of_older_messages():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near, keep_alive_s=60)
    for number in range(100):
        link.publish_now("on", f"{number:03}", qos=1)
    head = await asyncio.to_thread(server.read, 11)
    assert head[0] & 0xF0 == 0x30
    link.publish_now("off", "STOP", urgent=True)

    def read_until_stop() -> bytes:
        data = b""
        while not data.endswith(b"STOP"):
            data += server.link.recv(4096)
        return data

    assert (await asyncio.to_thread(read_until_stop)).count(b"on") < 20
    await link.close()
    server.close()


async def test_a_refused_filter_is_told():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near)
    asking = asyncio.gather(link.subscribe("x", near.on_news, 20), return_exceptions=True)
    data = await asyncio.to_thread(server.link.recv, 4096)
    server.link.sendall(b"\x90\x03" + data[2:4] + b"\x80")
    (error,) = await asking
    assert error.cause is Cause.REFUSED
    with pytest.raises(DriverError) as raised:
        await link.subscribe("y", near.on_news, 0.1)
    assert raised.value.cause is Cause.NO_ANSWER
    await link.close()
    server.close()


async def test_nonsense_in_the_middle_is_a_loss_told_once():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near)
    server.link.sendall(b"\xff" * 64)
    await near.until(lambda: near.lost)
    await link.close()
    assert len(near.lost) == 1
    server.close()


async def test_late_and_double_acknowledgements_hurt_nobody():
    server, near = Server(), Near()
    link = await answered(server, CONNACK, near)
    await asyncio.to_thread(server.link.sendall, b"\x40\x02\x00\x09\x40\x02\x00\x09")
    assert link.publish_now("x", "y", qos=1)
    assert not await link.sent(0.1)
    data = await asyncio.to_thread(server.link.recv, 4096)
    number = data[5:7]
    server.link.sendall((b"\x40\x02" + number) * 2)
    assert await link.sent(20)
    assert link.publish_now("x", "z")
    assert await link.sent(20)
    await link.close()
    server.close()

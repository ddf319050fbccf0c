"""One client's socket: what it may send, how fast, and what happens to what it does not take."""

from __future__ import annotations

import asyncio
import os
import time

import pytest

from app.broker import packets
from app.broker.model import RefusalWhy
from tests.app.broker.house import BULB, PUMP, House, limits


@pytest.fixture
async def house():
    async with House() as made:
        yield made


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"\x30\x05\x00\x03$SY", RefusalWhy.TOPIC),
        (b"\x30\x05\x00\x03b/#", RefusalWhy.TOPIC),
        (b"\x30\x05\x00\x03b/+", RefusalWhy.TOPIC),
        (b"\x30\x02\x00\x00", RefusalWhy.TOPIC),
        (b"\x30\x01\x00", RefusalWhy.PROTOCOL),
        (b"\x36\x05\x00\x01a\x00\x01", RefusalWhy.PROTOCOL),
        (b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x00\x00\x00", RefusalWhy.PROTOCOL),
        (b"\xf0\x00", RefusalWhy.PROTOCOL),
        (b"\x82\x02\x00\x01", RefusalWhy.PROTOCOL),
        (b"\x80\x06\x00\x01\x00\x01a\x00", RefusalWhy.PROTOCOL),
        (b"\x30\xff\xff\xff\xff", RefusalWhy.PROTOCOL),
        (b"\x30\xff\xff\xff\x7f", RefusalWhy.TOO_BIG),
    ],
)
async def test_what_breaks_the_rules_ends_the_connection(house, said, why):
    client = await house.client(BULB)
    client.send(said)
    assert await client.closed() == b""
    assert await house.refusal(why) == "bulb"
    await house.until(lambda: not house.broker.sessions)


async def test_random_bytes_of_who_is_in_harm_nobody(house):
    core = await house.client()
    for number in range(30):
        client = await house.client(BULB, str(number))
        client.send(os.urandom(400))
        client.abort()
    await core.ping()
    await house.until(lambda: len(house.guard._connections) == 1)


async def test_a_packet_of_the_largest_size_goes_through_and_none_larger(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    client = await house.client(BULB)
    most = house.limits.packet_bytes - 2 - len("bulb/x")
    client.send(packets.publish("bulb/x", b"x" * most, 0, 0, retain=False))
    topic, payload = await core.heard()
    assert (topic, len(payload)) == ("bulb/x", most)
    client.send(packets.publish("bulb/x", b"x" * (most + 1), 0, 0, retain=False))
    assert await client.closed() == b""
    assert await house.refusal(RefusalWhy.TOO_BIG) == "bulb"


async def test_who_sends_too_fast_is_slowed_down_and_nothing_is_lost():
    async with House(limits(rate=200.0, burst=20.0)) as house:
        core = await house.client()
        await core.subscribe("bulb/#")
        client = await house.client(BULB)
        began = time.monotonic()
        for number in range(100):
            client.send(packets.publish("bulb/x", b"%d" % number, 0, 0, retain=False))
        assert [(await core.heard())[1] for _ in range(100)] == [b"%d" % n for n in range(100)]
        assert time.monotonic() - began > 0.8 * (100 - 20) / 200


async def test_who_sends_too_fast_for_long_is_told_of_and_stays():
    async with House(limits(rate=100.0, burst=5.0, slowed_s=0.1)) as house:
        client = await house.client(BULB)
        for _ in range(40):
            client.send(packets.publish("bulb/x", b"", 0, 0, retain=False))
        assert await house.refusal(RefusalWhy.TOO_FAST) == "bulb"
        await client.ping()


async def test_bytes_count_as_well_as_packets():
    async with House(limits(rate=100.0, burst=10.0)) as house:
        core = await house.client()
        await core.subscribe("bulb/#")
        client = await house.client(BULB)
        began = time.monotonic()
        for _ in range(5):
            client.send(packets.publish("bulb/x", b"x" * 40_000, 0, 0, retain=False))
        for _ in range(5):
            await core.heard()
        assert time.monotonic() - began > 0.8 * (5 * 40_000 / 4096 - 10) / 100


async def test_the_program_itself_is_not_slowed_down():
    # STOP would wait behind the commands before it.
    async with House(limits(rate=1.0, burst=1.0, rate_all=1.0, burst_all=1.0)) as house:
        lamp = await house.client(BULB, "lamp")
        core = await house.client()
        await core.subscribe("bulb/#")
        for _ in range(50):
            await core.publish("bulb/x")
            await core.heard()
        lamp.abort()


async def test_all_together_are_slowed_down_to_what_the_broker_can_do():
    async with House(limits(rate_all=100.0, burst_all=10.0)) as house:
        core = await house.client()
        await core.subscribe("#")
        began = time.monotonic()
        for account, topic in ((BULB, "bulb/x"), (PUMP, "pump/x")):
            client = await house.client(account)
            for _ in range(25):
                client.send(packets.publish(topic, b"", 0, 0, retain=False))
        for _ in range(50):
            await core.heard()
        assert time.monotonic() - began > 0.8 * (50 - 10) / 100


async def test_many_connections_of_one_account_share_what_is_theirs():
    async with House(limits(rate_account=200.0, burst_account=10.0)) as house:
        core = await house.client()
        await core.subscribe("#")
        began = time.monotonic()
        for number in range(8):
            one = await house.client(BULB, str(number))
            for _ in range(10):
                one.send(packets.publish("bulb/x", b"", 0, 0, retain=False))
        # Somebody else does not wait for them.
        await (await house.client(PUMP)).publish("pump/x", b"through")
        heard = [await core.heard() for _ in range(81)]
        assert time.monotonic() - began > 0.8 * (80 - 10) / 200
        assert heard.index(("pump/x", b"through")) < 60


async def test_acknowledging_what_came_costs_nothing():
    async with House(limits(rate=0.001, burst=2.0)) as house:
        lamp = await house.client(BULB)
        await lamp.subscribe("bulb/#", qos=1)
        core = await house.client()
        for _ in range(40):
            await core.publish("bulb/x", b"", 1)
            packet = await lamp.next()
            lamp.send(b"\x40\x02" + packet.packet_id.to_bytes(2, "big"))


async def test_a_slow_reader_loses_qos_0_and_stays_while_it_goes_on_reading():
    async with House(limits(soft_bytes=4096, hard_bytes=10**9, stalled_s=60.0)) as house:
        lamp = await house.client(BULB)
        await lamp.subscribe("bulb/#")
        (connection,) = house.guard._connections
        lamp.reader._transport.pause_reading()
        core = await house.client()
        async with asyncio.timeout(20):
            while not connection.left_out:
                await core.publish("bulb/x", b"x" * 100_000)
                await core.ping()
        lamp.reader._transport.resume_reading()
        await lamp.heard()
        assert house.guard.refusals() == ()


async def test_a_reader_that_takes_nothing_for_long_is_shown_out():
    async with House(limits(soft_bytes=4096, hard_bytes=10**9, stalled_s=0.2)) as house:
        lamp = await house.client(BULB)
        await lamp.subscribe("bulb/#")
        lamp.reader._transport.pause_reading()
        core = await house.client()
        async with asyncio.timeout(20):
            while not house.guard.refusals():
                await core.publish("bulb/x", b"x" * 100_000)
                await core.ping()
        assert await house.refusal(RefusalWhy.SLOW) == "bulb"
        await house.until(lambda: len(house.guard.clients()) == 1)


async def test_what_waits_for_one_client_never_grows_beyond_the_hard_limit():
    much = limits(soft_bytes=4096, hard_bytes=50_000, queued_bytes=10**9, in_flight=10**4)
    async with House(much) as house:
        lamp = await house.client(BULB)
        await lamp.subscribe("bulb/#", qos=1)
        (connection,) = house.guard._connections
        lamp.reader._transport.pause_reading()
        core = await house.client()
        most = 0
        async with asyncio.timeout(20):
            while not house.guard.refusals():
                await core.publish("bulb/x", b"x" * 100_000, 1)
                most = max(most, connection._transport.get_write_buffer_size())
        assert await house.refusal(RefusalWhy.SLOW) == "bulb"
        assert most < 50_000 + 100_100


async def test_who_is_shown_out_while_being_slowed_down_is_gone_at_once():
    async with House(limits(rate=0.001, burst=1.0)) as house:
        old = await house.client(BULB, "lamp")
        for _ in range(3):
            await old.publish("bulb/x")
        new = await house.client(BULB, "lamp")
        await new.ping()


async def test_messages_are_counted(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    lamp = await house.client(BULB)
    await lamp.publish("bulb/x")
    await core.heard()
    assert [(one.heard, one.sent) for one in house.guard.clients()] == [(0, 1), (1, 0)]

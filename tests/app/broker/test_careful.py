"""What is delivered to whom and what is kept: the lines that amqtt by itself does not hold."""

from __future__ import annotations

import pytest
from amqtt import __version__ as amqtt_version

from app.broker import packets
from app.broker.model import Account, RefusalWhy
from app.broker.packets import Connect, Will
from tests.app.broker.house import BULB, CORE, House, Packet, limits, login, subscribe


@pytest.fixture
async def house():
    async with House() as made:
        yield made


def test_the_broker_inside_is_the_one_this_was_made_for():
    assert amqtt_version == "0.12.1"


# ---------------------------------------------------------------- who may read and write


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("bulb/#", 1),
        ("bulb/+/x", 1),
        ("all/+", 1),
        ("all/#", 0x80),  # wider than all/+
        ("#", 0x80),
        ("+/x", 0x80),
        ("pump/x", 0x80),
        ("$SYS/#", 0x80),
        ("bulb/#/x", 0x80),
        ("bulb/x+", 0x80),
    ],
)
async def test_an_account_subscribes_within_its_filters_only(house, wanted, code):
    client = await house.client(BULB)
    assert await client.subscribe(wanted, qos=1) == [code]
    if code == 0x80:
        assert await house.refusal(RefusalWhy.TOPIC) == "bulb"


async def test_one_refused_filter_does_not_take_the_others_with_it(house):
    client = await house.client(BULB)
    assert await client.subscribe("pump/x", "bulb/x", "all/+") == [0x80, 0, 0]


@pytest.mark.parametrize("qos", [0, 1, 2])
async def test_what_an_account_may_not_write_reaches_nobody_and_is_told(house, qos):
    core = await house.client()
    await core.subscribe("#")
    bulb = await house.client(BULB)
    await bulb.publish("pump/on", b"!", qos, retain=True)
    await bulb.publish("bulb/on", b"mine", qos)
    assert await core.heard() == ("bulb/on", b"mine")
    assert await house.refusal(RefusalWhy.TOPIC) == "bulb"
    assert len(house.broker.retained) == 0


async def test_a_last_will_goes_only_where_its_account_may_write(house):
    core = await house.client()
    await core.subscribe("#")
    bulb = await house.client(BULB, will=Will("bulb/gone", b"x", retain=True))
    # The account may write less by the time the will is read.
    less = Account(BULB.name, BULB.password, BULB.read, ("bulb/state",))
    house.accounts.replace((CORE, less))
    bulb.abort()
    await house.until(lambda: len(house.guard.clients()) == 1)
    await core.publish("x")
    assert await core.heard() == ("x", b"x")
    assert len(house.broker.retained) == 0


# ---------------------------------------------------------------- retained


async def test_a_retained_message_reaches_only_who_subscribes_to_it(house):
    # amqtt sends every newcomer what matches anybody's subscription.
    core = await house.client()
    await core.subscribe("#")
    await core.publish("bulb/secret", b"1", retain=True)
    await core.heard()
    newcomer = await house.client(BULB)
    await newcomer.ping()
    await newcomer.subscribe("all/+")
    await newcomer.ping()
    await newcomer.subscribe("bulb/#")
    packet = await newcomer.next()
    assert (packet.message, packet.flags & 1) == (("bulb/secret", b"1"), 1)


async def test_a_retained_message_is_replaced_and_taken_back(house):
    core = await house.client()
    for payload in (b"1", b"2"):
        await core.publish("bulb/x", payload, retain=True)
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/x")
    assert await bulb.heard() == ("bulb/x", b"2")
    await core.publish("bulb/x", b"", retain=True)
    assert await bulb.heard() == ("bulb/x", b"")
    await bulb.subscribe("bulb/#")
    await bulb.ping()
    assert house.broker.retained.bytes == 0


async def test_what_is_sent_live_is_not_marked_as_retained(house):
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/#")
    core = await house.client()
    await core.publish("bulb/x", b"1", retain=True)
    assert (await bulb.next()).flags == 0


async def test_retained_messages_are_bounded():
    async with House(limits(retained=3, retained_bytes=1000)) as house:
        core = await house.client()
        for number in range(5):
            await core.publish(f"t/{number}", b"x", 1, retain=True)
        assert len(house.broker.retained) == 3
        await core.publish("t/0", b"x" * 2000, 1, retain=True)
        # Better none than an old one.
        assert house.broker.retained.topics("#") == ["t/1", "t/2"]
        # What has no room is delivered all the same.
        bulb = await house.client(BULB)
        await bulb.subscribe("bulb/#")
        await core.publish("bulb/x", b"x" * 2000, retain=True)
        await bulb.heard()


async def test_many_retained_messages_come_as_quickly_as_they_are_taken():
    # Far more than may wait for one client, and of a quality that is left out when much waits.
    async with House(limits(retained_bytes=10**8)) as house:
        core = await house.client()
        for number in range(200):
            await core.publish(f"bulb/{number}", b"x" * 50_000, retain=True)
        await core.ping()
        bulb = await house.client(BULB)
        bulb.reader._transport.pause_reading()
        bulb.send(subscribe(1, ("bulb/#", 0)))
        await house.until(lambda: house.guard.clients()[-1].sent > 10)
        bulb.reader._transport.resume_reading()
        assert (await bulb.next()).kind == 9
        topics = [(await bulb.heard())[0] for _ in range(200)]
        assert topics == [f"bulb/{number}" for number in range(200)]


async def test_a_retained_message_that_changed_meanwhile_is_not_sent_in_its_old_state():
    async with House(limits(soft_bytes=2, retained=10_000, retained_bytes=10**9)) as house:
        core = await house.client()
        for number in range(60):
            await core.publish(f"bulb/{number}", b"x" * 200_000, 1, retain=True)
        bulb = await house.client(BULB)
        bulb.reader._transport.pause_reading()
        bulb.send(subscribe(1, ("bulb/#", 1)))
        await house.until(lambda: house.guard.clients()[-1].sent)
        await core.publish("bulb/59", b"new", 1, retain=True)
        bulb.reader._transport.resume_reading()
        heard = {}
        while heard.get("bulb/59") != b"new":
            packet = await bulb.next()
            if packet.kind == 3:
                heard.update([packet.message])
                bulb.send(b"\x40\x02" + packet.packet_id.to_bytes(2, "big"))
                assert packet.message != ("bulb/59", b"x" * 200_000)


# ---------------------------------------------------------------- delivery


@pytest.mark.parametrize("published", [0, 1, 2])
@pytest.mark.parametrize("subscribed", [0, 1, 2])
async def test_the_lower_quality_of_both_sides_counts(house, published, subscribed):
    bulb = await house.client(BULB)
    assert await bulb.subscribe("bulb/#", qos=subscribed) == [subscribed]
    core = await house.client()
    await core.publish("bulb/x", b"1", published)
    assert (await bulb.next()).qos == min(published, subscribed)


async def test_subscribing_again_changes_the_quality(house):
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/#", qos=0)
    await bulb.subscribe("bulb/#", qos=1)
    core = await house.client()
    await core.publish("bulb/x", b"1", 1)
    assert (await bulb.next()).qos == 1


async def test_overlapping_subscriptions_bring_one_copy_of_the_best_quality(house):
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/#", qos=0)
    await bulb.subscribe("bulb/x", "bulb/+", qos=1)
    core = await house.client()
    await core.publish("bulb/x", b"1", 1)
    assert (await bulb.next()).qos == 1
    await bulb.ping()


async def test_a_message_of_qos_2_that_comes_twice_is_delivered_once(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    bulb = await house.client(BULB)
    for again in (False, True):
        bulb.send(packets.publish("bulb/x", b"1", 2, 9, retain=False, again=again))
        assert await bulb.next() == Packet(5, 0, b"\0\x09")
    for _ in range(2):
        # The second time it is long forgotten; the client still needs its answer.
        bulb.send(b"\x62\x02\x00\x09")
        assert await bulb.next() == Packet(7, 0, b"\0\x09")
    await bulb.publish("bulb/x", b"2")
    assert [await core.heard(), await core.heard()] == [("bulb/x", b"1"), ("bulb/x", b"2")]


async def test_what_arrives_in_one_piece_with_the_goodbye_is_carried_out(house):
    # The guardian speaks like this. amqtt drops what it has not got round to by then.
    core = await house.client()
    await core.subscribe("bulb/#")
    for number in range(20):
        will = Will("bulb/will", b"never")
        bulb = await house.client(BULB, will=will)
        offs = [
            packets.publish(f"bulb/{number}", b"%d" % one, one % 2, one + 1, retain=False)
            for one in range(5)
        ]
        bulb.send(b"".join(offs) + b"\xe0\x00")
        bulb.writer.write_eof()
        heard = [await core.heard() for _ in range(5)]
        assert heard == [(f"bulb/{number}", b"%d" % one) for one in range(5)]
        await bulb.closed()
    await core.ping()


async def test_a_whole_visit_in_one_piece_is_carried_out(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    visit = await house.plain()
    visit.send(
        login("bulb", "bulb-password", Connect("once", True, 0))
        + packets.publish("bulb/x", b"off", 0, 0, retain=False)
        + b"\xe0\x00"
    )
    assert await core.heard() == ("bulb/x", b"off")
    assert await visit.closed() == b"\x20\x02\x00\x00"


async def test_a_whole_visit_that_had_to_wait_for_its_place_is_carried_out(house):
    # Everything, the end included, has arrived by the time the older connection is gone.
    core = await house.client()
    await core.subscribe("bulb/#")
    await house.client(BULB, "once")
    visit = await house.plain()
    offs = [packets.publish("bulb/x", b"%d" % one, one % 2, one, retain=False) for one in range(5)]
    visit.send(login("bulb", "bulb-password", Connect("once", True, 0)) + b"".join(offs))
    visit.send(b"\xe0\x00")
    visit.writer.write_eof()
    assert [(await core.heard())[1] for _ in range(5)] == [b"%d" % one for one in range(5)]


async def test_subscribing_and_leaving_in_the_middle_of_a_storm_loses_nothing(house):
    # With any plug-in that checks topics, amqtt aborts a broadcast when somebody subscribes.
    steady = await house.client(CORE, "steady")
    await steady.subscribe("bulb/x")
    sender = await house.client(CORE, "sender")
    for number in range(300):
        sender.send(packets.publish("bulb/x", b"%d" % number, 0, 0, retain=False))
        if number % 10 == 0:
            other = await house.client(BULB, f"lamp{number}")
            await other.subscribe(f"bulb/{number}")
            other.abort()
    assert [(await steady.heard())[1] for _ in range(300)] == [b"%d" % n for n in range(300)]


async def test_unsubscribing_and_subscribing_in_one_piece_end_subscribed(house):
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/x")
    bulb.send(b"\xa2\x0a\x00\x05\x00\x06bulb/x" + subscribe(6, ("bulb/x", 0)))
    assert [(await bulb.next()).kind, (await bulb.next()).kind] == [11, 9]
    core = await house.client()
    await core.publish("bulb/x")
    await bulb.heard()


async def test_whoever_unsubscribed_hears_nothing_more_and_nothing_is_left(house):
    bulb = await house.client(BULB)
    await bulb.subscribe("bulb/x", "bulb/y")
    await bulb.unsubscribe("bulb/x", "bulb/none")
    core = await house.client()
    await core.publish("bulb/x")
    await bulb.ping()
    assert list(house.broker.subscriptions) == ["bulb/y"]


async def test_subscriptions_of_one_client_are_bounded():
    async with House(limits(subscriptions=3)) as house:
        bulb = await house.client(BULB)
        codes = await bulb.subscribe(*(f"bulb/{number}" for number in range(5)))
        assert codes == [0, 0, 0, 0x80, 0x80]
        assert await bulb.subscribe("bulb/1") == [0]

"""Sessions and last wills: what stays of a client that is gone, and for how long."""

from __future__ import annotations

import asyncio
import time

import pytest

from app.broker.packets import Will
from tests.app.broker.house import BULB, CORE, PUMP, House, limits


@pytest.fixture
async def house():
    async with House() as made:
        yield made


# ---------------------------------------------------------------- wills


async def test_a_will_is_published_when_a_client_is_lost_and_not_when_it_leaves(house):
    core = await house.client()
    await core.subscribe("bulb/#", qos=2)
    for leaves in (True, False):
        bulb = await house.client(BULB, will=Will("bulb/will", b"", 1, retain=False))
        if leaves:
            await bulb.leave()
        else:
            bulb.abort()
    packet = await core.next()
    assert (packet.message, packet.qos) == (("bulb/will", b""), 1)
    core.send(b"\x40\x02" + packet.packet_id.to_bytes(2, "big"))
    await core.ping()


async def test_a_retained_will_is_there_for_who_comes_later(house):
    bulb = await house.client(BULB, will=Will("bulb/will", b"lost", 1, retain=True))
    bulb.abort()
    await house.until(lambda: len(house.broker.retained))
    core = await house.client()
    await core.subscribe("bulb/#")
    assert await core.heard() == ("bulb/will", b"lost")


async def test_the_will_of_the_newer_connection_counts_in_a_kept_session(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    old = await house.client(BULB, clean=False, will=Will("bulb/will", b"old", retain=True))
    await old.leave()
    new = await house.client(BULB, clean=False, will=Will("bulb/will", b"new"))
    new.abort()
    assert await core.heard() == ("bulb/will", b"new")
    assert len(house.broker.retained) == 0


# ---------------------------------------------------------------- sessions


async def test_a_kept_session_gets_what_came_while_it_was_away(house):
    bulb = await house.client(BULB, clean=False)
    await bulb.subscribe("bulb/#", qos=1)
    await bulb.leave()
    core = await house.client()
    await core.publish("bulb/x", b"0", 0)
    await core.publish("bulb/x", b"1", 1, retain=True)
    await core.publish("bulb/x", b"2", 2)
    back = await house.client(BULB, clean=False)
    assert back.session_present
    came = [await back.next(), await back.next()]
    # Not as retained ones, and of those none comes again to an old subscription.
    assert [(one.message[1], one.flags) for one in came] == [(b"1", 2), (b"2", 2)]
    await back.ping()


async def test_what_was_not_acknowledged_before_the_loss_comes_again(house):
    # amqtt forgets it after five seconds, and with the connection.
    bulb = await house.client(BULB, clean=False)
    await bulb.subscribe("bulb/#", qos=1)
    core = await house.client()
    await core.publish("bulb/x", b"1", 1)
    first = await bulb.next()
    bulb.abort()
    await house.until(lambda: len(house.guard.clients()) == 1)
    back = await house.client(BULB, clean=False)
    again = await back.next()
    assert again.message == first.message
    assert again.flags & 8


async def test_a_clean_session_leaves_nothing_and_finds_nothing(house):
    bulb = await house.client(BULB, clean=False)
    await bulb.subscribe("bulb/#", qos=1)
    await bulb.leave()
    clean = await house.client(BULB)
    assert not clean.session_present
    await clean.subscribe("bulb/#")
    await clean.leave()
    await house.until(lambda: not house.broker.sessions)
    assert not house.broker.subscriptions
    kept = await house.client(BULB, clean=False)
    assert not kept.session_present


async def test_sessions_that_are_away_are_bounded():
    async with House(limits(sessions_each=3, sessions=4)) as house:
        for account in (BULB, PUMP):
            for number in range(6):
                client = await house.client(account, str(number), clean=False)
                await client.subscribe("all/+")
                await client.leave()
                await house.until(lambda: not house.guard.clients())
        assert len(house.broker.sessions) == 4
        assert len(house.broker.subscriptions["all/+"]) == 4
        newest = await house.client(PUMP, "5", clean=False)
        assert newest.session_present


async def test_sessions_of_an_account_that_is_gone_go_with_it(house):
    away = await house.client(BULB, "away", clean=False)
    await away.subscribe("all/+", qos=1)
    await away.leave()
    await house.until(lambda: not house.guard.clients())
    there = await house.client(BULB, "there", clean=False)
    await there.subscribe("bulb/x", qos=1)
    gone = house.accounts.replace((CORE,))
    house.guard.drop(house.broker.forget(gone), gone)
    await there.closed()
    await house.until(lambda: not house.broker.sessions)
    assert not house.broker.subscriptions


async def test_no_task_is_left_by_clients_that_came_and_went(house):
    await house.client()
    before = len(asyncio.all_tasks())
    for number in range(30):
        client = await house.client(BULB, f"{number}", clean=bool(number % 2))
        await client.subscribe("bulb/#", qos=1)
        await (client.leave() if number % 3 else client.publish("bulb/x"))
        client.abort()
    await house.until(lambda: len(asyncio.all_tasks()) <= before)


async def test_ten_clients_do_not_wait_for_one_that_sleeps(house):
    sleeper = await house.client(BULB, "sleeper")
    await sleeper.subscribe("bulb/#", qos=1)
    sleeper.reader._transport.pause_reading()
    core = await house.client()
    awake = await house.client(BULB, "awake")
    await awake.subscribe("bulb/#")
    began = time.monotonic()
    for number in range(200):
        await core.publish("bulb/x", b"%d" % number, 1)
        assert (await awake.heard())[1] == b"%d" % number
    assert time.monotonic() - began < 10

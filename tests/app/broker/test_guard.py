"""The door: who is let in, how often they may try, and that strangers leave nothing behind."""

from __future__ import annotations

import asyncio
import dataclasses
import errno
import os
import socket
import sys

import pytest

from app.broker import guard
from app.broker.model import Account, RefusalWhy
from app.broker.packets import Connect, Will
from tests.app.broker.house import ACCOUNTS, BULB, CORE, PUMP, House, Packet, limits, login

ASKED = Connect("id", True, 0)
REFUSED_LOGIN = b"\x20\x02\x00\x04"
REFUSED_FOR_NOW = b"\x20\x02\x00\x03"


async def refused(house: House, name: str | None, password: str | None, asked=ASKED) -> bytes:
    client = await house.plain()
    client.send(login(name, password, asked))
    answer = await client.closed()
    client.abort()
    return answer


@pytest.fixture
async def house():
    async with House() as made:
        yield made


async def test_an_account_gets_in_and_is_told_of(house):
    await house.client(BULB, "lamp")
    (one,) = house.guard.clients()
    assert (one.account, one.client_id, one.address) == ("bulb", "lamp", "127.0.0.1")
    assert one.since_ms > 1_600_000_000_000


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("bulb", "pump-password", RefusalWhy.WRONG_PASSWORD),
        ("nobody", "bulb-password", RefusalWhy.UNKNOWN_ACCOUNT),
        ("bulb", None, RefusalWhy.NO_LOGIN),
        (None, None, RefusalWhy.NO_LOGIN),
        ("", "", RefusalWhy.UNKNOWN_ACCOUNT),
    ],
)
async def test_who_may_not_in_gets_the_same_answer_whatever_was_wrong(house, name, password, why):
    assert await refused(house, name, password) == REFUSED_LOGIN
    assert await house.refusal(why) == (name or "")


async def test_refused_logins_leave_nothing_behind(house):
    for _ in range(15):
        await refused(house, "bulb", "wrong")
    await house.until(lambda: not house.guard._connections)
    assert not house.broker.sessions
    assert not house.broker.subscriptions
    assert len(house.guard.refusals()) == 1


async def test_a_wrong_password_takes_nothing_from_who_is_in(house):
    # amqtt by itself deletes the subscriptions of the client whose id is named.
    lamp = await house.client(BULB, "lamp")
    await lamp.subscribe("bulb/#")
    await refused(house, "bulb", "wrong", Connect("lamp", True, 0))
    core = await house.client()
    await core.publish("bulb/x", b"on")
    assert await lamp.heard() == ("bulb/x", b"on")


async def test_an_address_that_guesses_is_not_heard_for_a_while():
    async with House(limits(tries=3.0, tries_rate=0.001)) as house:
        for _ in range(3):
            assert await refused(house, "bulb", "wrong") == REFUSED_LOGIN
        assert await refused(house, "bulb", "bulb-password") == REFUSED_FOR_NOW
        assert await refused(house, "pump", "pump-password") == REFUSED_FOR_NOW
        assert await house.refusal(RefusalWhy.TOO_MANY_TRIES) == "pump"


async def test_tries_are_heard_again_after_a_while():
    async with House(limits(tries=1.0, tries_rate=20.0)) as house:
        assert await refused(house, "bulb", "wrong") == REFUSED_LOGIN
        answer = b""
        async with asyncio.timeout(10):
            while answer != REFUSED_LOGIN:
                answer = await refused(house, "bulb", "wrong")


async def test_who_has_been_in_is_not_locked_out_by_a_neighbour_who_guesses():
    async with House(limits(tries=3.0, tries_rate=0.001)) as house:
        await (await house.client(CORE, "recipe")).leave()
        for _ in range(5):
            await refused(house, "bulb", "wrong")
        await house.client(CORE, "recipe")
        # Its own wrong passwords count all the same.
        for _ in range(3):
            assert await refused(house, "core", "wrong") == REFUSED_LOGIN
        assert await refused(house, "core", "core-password") == REFUSED_FOR_NOW


@pytest.mark.parametrize("said", [b"", b"\x10", b"\x10\x40\x00\x04MQ"])
async def test_who_does_not_finish_logging_in_is_shown_out(said):
    async with House(limits(connect_s=0.1)) as house:
        client = await house.plain()
        client.send(said)
        assert await client.closed() == b""
        await house.refusal(RefusalWhy.SILENT)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", RefusalWhy.NOT_MQTT),
        (b"\x16\x03\x01\x02\x00\x01\x00", RefusalWhy.NOT_MQTT),  # TLS
        (os.urandom(3).replace(b"\x10", b"") + b"\xff" * 200, RefusalWhy.NOT_MQTT),
        (b"\x10\xff\xff\xff\xff\x7f", RefusalWhy.NOT_MQTT),
        (b"\x10\xff\xff\xff\x7f", RefusalWhy.TOO_BIG),
        (b"\x10\x81\x20" + b"x" * 4097, RefusalWhy.TOO_BIG),
        (b"\x10\x0a\x00\x04HTTP\x04\x02\x00\x00", RefusalWhy.NOT_MQTT),
        (b"\xc0\x00", RefusalWhy.NOT_MQTT),
    ],
)
async def test_garbage_is_closed(house, said, why):
    client = await house.plain()
    client.send(said)
    assert await client.closed() == b""
    assert await house.refusal(why) == ""


async def test_a_client_of_mqtt_5_is_told_in_its_own_words(house):
    client = await house.plain()
    client.send(login("bulb", "bulb-password", ASKED, version=5)[:-1] + b"d")
    assert await client.closed() == b"\x20\x03\x00\x84\x00"
    await house.refusal(RefusalWhy.VERSION)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (Connect("", False, 0), b"\x20\x02\x00\x02"),
        (Connect("a\nb", True, 0), b"\x20\x02\x00\x02"),
        (Connect("id", True, 0, will=Will("pump/x", b"")), b"\x20\x02\x00\x05"),
        (Connect("id", True, 0, will=Will("bulb/#", b"")), b"\x20\x02\x00\x05"),
        (Connect("id", True, 0, will=Will("$SYS/x", b"")), b"\x20\x02\x00\x05"),
    ],
)
async def test_unfit_ids_and_wills_are_refused_with_a_reason(house, asked, answer):
    assert await refused(house, "bulb", "bulb-password", asked) == answer


async def test_many_clients_without_an_id_are_in_at_once(house):
    for _ in range(3):
        client = await house.plain()
        client.send(login("bulb", "bulb-password", Connect("", True, 0)))
        assert await client.next() == Packet(2, 0, b"\0\0")
    assert [one.client_id for one in house.guard.clients()] == ["", "", ""]


async def test_the_same_client_again_ends_the_older_connection_first(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    will = Will("bulb/gone", b"old", qos=1)
    old = await house.client(BULB, "lamp", will=will)
    new = await house.client(BULB, "lamp")
    assert await old.closed() == b""
    assert await core.heard() == ("bulb/gone", b"old")
    await new.ping()
    assert len(house.guard.clients()) == 2


async def test_many_at_once_under_one_id_leave_one(house):
    # What amqtt does by itself: two zombies, or nobody at all.
    clients = [await house.plain() for _ in range(8)]
    for one in clients:
        one.send(login("bulb", "bulb-password", Connect("lamp", False, 0)))
    await house.until(lambda: len(house.guard._connections) == 1)
    assert len(house.guard.clients()) == 1
    (session,) = (one for one, _ in house.broker.sessions.values())
    assert session.transitions.state == "connected"


async def test_another_account_cannot_take_over_a_client_id(house):
    lamp = await house.client(BULB, "lamp", clean=False)
    await lamp.subscribe("all/+", qos=1)
    await house.client(PUMP, "lamp")
    await lamp.ping()
    await lamp.leave()
    # Nor what is kept for it while it is away.
    core = await house.client()
    await core.publish("all/x", b"secret", 1)
    thief = await house.client(PUMP, "lamp", clean=False)
    assert not thief.session_present
    back = await house.client(BULB, "lamp", clean=False)
    assert back.session_present
    assert await back.heard() == ("all/x", b"secret")


async def test_one_address_has_only_so_many_places():
    async with House(limits(connections_each=3)) as house:
        for number in range(3):
            await house.client(BULB, str(number))
        assert await (await house.plain()).closed() == b""
        await house.refusal(RefusalWhy.TOO_MANY)
        assert len(house.guard.clients()) == 3


async def test_there_are_only_so_many_places_at_all():
    async with House(limits(connections=2)) as house:
        first = await house.client(BULB, "1")
        await house.client(BULB, "2")
        assert await (await house.plain()).closed() == b""
        await house.refusal(RefusalWhy.TOO_MANY)
        await first.leave()
        await house.client(BULB, "3")


async def test_sockets_that_say_nothing_lock_nobody_out():
    async with House(limits(waiting=3)) as house:
        silent = [await house.plain() for _ in range(3)]
        await house.until(lambda: len(house.guard._connections) == 3)
        await house.client(BULB)
        assert await silent[0].closed() == b""
        await house.refusal(RefusalWhy.TOO_MANY)
        assert len(house.guard._connections) == 3


async def test_a_client_is_silent_for_one_and_a_half_of_its_keep_alive_at_most(house):
    core = await house.client()
    await core.subscribe("bulb/#")
    silent = await house.client(BULB, keep_alive_s=1, will=Will("bulb/gone", b"lost"))
    assert await core.heard() == ("bulb/gone", b"lost")
    assert await silent.closed() == b""
    await house.until(lambda: [one.account for one in house.guard.clients()] == ["core"])


async def test_half_a_packet_does_not_count_as_a_sign_of_life(house):
    client = await house.client(BULB, keep_alive_s=1)
    client.send(b"\x30\x7f\x00\x06bulb/x")
    assert await client.closed() == b""


async def test_who_names_no_keep_alive_is_not_silent_for_ever():
    async with House(limits(silence_s=0.2)) as house:
        client = await house.client(BULB, keep_alive_s=0)
        assert await client.closed() == b""


async def test_the_far_end_of_a_quiet_connection_is_asked_for_by_the_system(house):
    await house.client(BULB)
    (one,) = house.guard._connections
    accepted = one._writer.get_extra_info("socket")
    assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    if hasattr(socket, "TCP_KEEPIDLE"):
        idle = accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
        assert idle <= 120


async def test_an_account_that_is_gone_or_changed_is_dropped_and_nobody_else(house):
    bulb, pump, core = [await house.client(one) for one in (BULB, PUMP, CORE)]
    changed = (CORE, dataclasses.replace(PUMP, password="another-password"))
    gone = house.accounts.replace(changed)
    assert gone == {"bulb", "pump"}
    house.guard.drop(house.broker.forget(gone), gone)
    assert await bulb.closed() == b""
    assert await pump.closed() == b""
    await core.ping()
    assert await refused(house, "bulb", "bulb-password") == REFUSED_LOGIN
    assert await refused(house, "pump", "pump-password") == REFUSED_LOGIN
    assert house.accounts.check("pump", b"another-password") is None


async def test_whoever_loses_a_topic_connects_anew_and_learns_it(house):
    lamp = await house.client(BULB)
    await lamp.subscribe("bulb/#")
    pump = await house.client(PUMP)
    less = dataclasses.replace(BULB, read=("bulb/in/#",))
    gone = house.accounts.replace((CORE, less, PUMP))
    assert not gone
    house.guard.drop(house.broker.forget(gone), gone)
    assert await lamp.closed() == b""
    await pump.ping()
    again = await house.client(BULB)
    assert await again.subscribe("bulb/#") == [0x80]
    assert await again.subscribe("bulb/in/x") == [0]


async def test_nobody_gets_in_where_there_are_no_accounts():
    nameless = (Account("", "x"), Account("x", ""))
    async with House(accounts=nameless) as house:
        assert await refused(house, "", "x") == REFUSED_LOGIN
        assert await refused(house, "x", "") == REFUSED_LOGIN


def test_the_port_is_ours_alone():
    with guard.listening_socket("127.0.0.1", 0) as mine:
        port = mine.getsockname()[1]
        with pytest.raises(OSError, match=str(errno.EADDRINUSE)):
            guard.listening_socket("127.0.0.1", port)
        if sys.platform == "win32":
            assert mine.getsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE)
    with guard.listening_socket("127.0.0.1", port):
        pass


async def test_both_kinds_of_addresses_come_in_by_the_wildcard_of_the_newer():
    try:
        listening = guard.listening_socket("::", 0)
    except OSError:
        pytest.skip("there is no IPv6 here")
    async with House() as house:
        second = guard.Guard(house.accounts, house.broker.serve, house.changed.set, house.limits)
        await second.open(listening)
        reader, writer = await asyncio.open_connection("127.0.0.1", second.port)
        writer.write(login("bulb", "bulb-password", ASKED))
        assert await reader.readexactly(4) == b"\x20\x02\x00\x00"
        assert [one.address for one in second.clients()] == ["127.0.0.1"]
        writer.close()
        await second.close()


def test_the_accounts_of_these_tests_show_no_password():
    assert "password" not in repr(ACCOUNTS).replace("password=", "").replace("'password'", "")

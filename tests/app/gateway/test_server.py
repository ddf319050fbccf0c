"""The door of the core: who gets in, what it answers, and what it refuses."""

import asyncio
import contextlib
import json
import threading

import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.gateway import server as server_module
from app.gateway.messages import Changed, CheckLive, Fire, Hello, Status, Stop, Watch
from app.gateway.outbox import MAX_FEED
from app.gateway.views import FeedRow, StatsView, StopView
from tests.app.gateway.rooms import House, heard, until


async def refusal(house, *messages):
    async with house.dial() as socket:
        for message in messages:
            await socket.send(message)
        answer = await heard(socket)
        assert answer.type == "refused"
        with pytest.raises(ConnectionClosed):
            await heard(socket)
        return answer.code


def row(number):
    return FeedRow(key=str(number), event_id=str(number), at_ms=number, kind="gift")


async def test_a_good_token_gets_a_welcome_with_the_snapshot():
    async with House() as house, house.dial() as socket:
        await socket.send(Hello(token=house.token()).model_dump_json())
        welcome = await heard(socket)
        assert welcome.snapshot.version == "small"
        assert house.server.clients == 1


async def test_a_token_works_once():
    async with House() as house:
        token = house.token()
        hello = Hello(token=token).model_dump_json()
        async with house.dial() as socket:
            await socket.send(hello)
            assert (await heard(socket)).type == "welcome"
        assert await refusal(house, hello) == "bad_token"


async def test_a_token_may_come_a_moment_after_its_holder():
    async with House() as house, house.dial() as socket:
        await socket.send(Hello(token="late").model_dump_json())
        threading.Timer(0.1, house.server.allow, ("late",)).start()
        assert (await heard(socket)).type == "welcome"


async def test_an_old_token_is_worth_nothing():
    async with House(token_s=0.0) as house:
        hello = Hello(token=house.token()).model_dump_json()
        assert await refusal(house, hello) == "bad_token"


@pytest.mark.parametrize(
    "first",
    ["", "{", "[]", '{"type":"status"}', '{"type":"hello"}', '{"type":"hello","token":7}', "\x00"],
)
async def test_a_stranger_is_refused(first):
    async with House() as house:
        assert await refusal(house, first) == "bad_token"
        assert house.room.asked == []


async def test_another_version_is_told_so_even_if_its_greeting_has_other_fields():
    async with House() as house:
        hello = {"type": "hello", "token": house.token(), "protocol": 99, "colour": "blue"}
        assert await refusal(house, json.dumps(hello)) == "other_version"


async def test_another_version_without_a_token_learns_nothing():
    async with House() as house:
        hello = {"type": "hello", "token": "guess", "protocol": 99}
        assert await refusal(house, json.dumps(hello)) == "bad_token"


async def test_who_says_nothing_is_shown_out():
    async with House(hello_s=0.2) as house:
        assert await refusal(house) == "bad_token"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.invalid"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
        {"Host": "evil.invalid:80"},
    ],
)
async def test_a_web_page_does_not_get_in(headers):
    async with House() as house:
        house.token()
        with pytest.raises(InvalidStatus) as caught:
            async with house.dial(**headers):
                pass
        assert caught.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.invalid:80", "127.0.0.1.evil.invalid", "", "127.0.0.1"])
async def test_a_name_that_was_made_to_point_here_does_not_get_in(host):
    async with House() as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        lines = ["GET / HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        async with asyncio.timeout(10):
            answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 403 ")
        writer.close()
        await writer.wait_closed()


async def test_the_ninth_client_is_one_too_many():
    async with House() as house, contextlib.AsyncExitStack() as stack:
        for _ in range(server_module.MAX_CLIENTS):
            await stack.enter_async_context(house.guest())
        assert await refusal(house, Hello(token=house.token()).model_dump_json()) == "too_many"


async def test_requests_are_answered_by_their_number():
    async with House() as house, house.guest() as socket:
        await socket.send(Fire(id=5).model_dump_json())
        assert ((await heard(socket)).id, house.room.asked[0].type) == (5, "fire")
        await socket.send(Status(id=6).model_dump_json())
        answer = await heard(socket)
        assert (answer.id, answer.snapshot.waiting) == (6, 1)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ('{"type":"dance","id":3}', "unknown_request"),
        ('{"id":3}', "unknown_request"),
        ('{"type":"fire","id":3,"count":0}', "bad_request"),
        ('{"type":"fire","id":3,"colour":"blue"}', "bad_request"),
    ],
)
async def test_a_request_that_cannot_be_read_is_answered_with_a_code(sent, code):
    async with House() as house, house.guest() as socket:
        await socket.send(sent)
        answer = await heard(socket)
        assert (answer.id, answer.ok, answer.code) == (3, False, code)
        assert house.room.asked == []


@pytest.mark.expect_log("request fire failed")
async def test_a_request_that_fails_inside_is_answered_and_the_channel_lives():
    async with House() as house, house.guest() as socket:
        await socket.send(Fire(id=1, gift="boom").model_dump_json())
        assert ((answer := await heard(socket)).ok, answer.code) == (False, "failed")
        await socket.send(Fire(id=2).model_dump_json())
        assert (await heard(socket)).ok


async def test_stop_does_not_wait_for_what_is_asked_before():
    async with House() as house, house.guest() as socket:
        for number in range(100):
            await socket.send(CheckLive(id=number, user="x").model_dump_json())
        await socket.send(Stop(id=1000).model_dump_json())
        answers = []
        while not answers or answers[-1].id != 1000:
            answers.append(await heard(socket))
        assert {one.code for one in answers[:-1]} == {"busy"}
        house.room.go.set()


async def test_a_slow_request_does_not_hold_up_others():
    async with House() as house, house.guest() as socket:
        await socket.send(CheckLive(id=1, user="x").model_dump_json())
        await socket.send(Fire(id=2).model_dump_json())
        assert (await heard(socket)).id == 2
        house.room.go.set()
        assert (await heard(socket)).id == 1


async def test_a_change_reaches_every_client():
    async with House() as house, house.guest() as one, house.guest() as other:
        house.server.publish(Changed(waiting=3, stop=StopView()))
        for socket in (one, other):
            changed = await heard(socket)
            assert (changed.waiting, changed.stop, changed.stats) == (3, StopView(), None)


async def test_who_does_not_watch_gets_no_feed_but_states():
    async with House() as house, house.guest() as socket:
        assert house.room.watch == [True]
        await socket.send(Watch(id=1, on=False).model_dump_json())
        assert (await heard(socket)).ok
        assert house.room.watch == [True, False]
        assert not house.server.watched
        house.server.publish(Changed(feed=(row(1),), waiting=1))
        house.server.publish(Changed(feed=(row(2),), stats=StatsView(gifts=2)))
        changed = await heard(socket)
        assert (changed.feed, changed.stats.gifts) == ((), 2)


async def test_nobody_is_left_after_the_last_client():
    async with House() as house:
        async with house.guest():
            pass
        await until(lambda: not house.server.clients)
        house.server.publish(Changed(waiting=1))
        assert house.room.watch == [True, False]


async def test_a_snapshot_is_never_followed_by_older_changes():
    async with House() as house, house.guest() as socket:
        await socket.send(Status(id=1).model_dump_json())
        # The request is on its way; these changes are older than its answer.
        for number in range(50):
            house.server.publish(Changed(waiting=1000 + number))
        seen = []
        while not seen or seen[-1].type != "reply":
            seen.append(await heard(socket))
        house.server.publish(Changed(waiting=7))
        assert (await heard(socket)).waiting == 7


async def test_a_client_that_does_not_read_costs_bounded_memory():
    async with House() as house, house.guest() as socket:
        socket.transport.pause_reading()
        text = "x" * 500
        memory = psutil.Process()
        await flood(house, 500, text)
        before = memory.memory_info().rss
        await flood(house, 10_000, text)
        # 10,000 changes of 2 rows of half a kilobyte would be more than 10 MB.
        assert memory.memory_info().rss - before < 8_000_000
        socket.transport.resume_reading()
        total, skipped, last = 0, 0, -1
        while last != 9999:
            changed = await heard(socket)
            assert len(changed.feed) <= MAX_FEED
            total += len(changed.feed)
            skipped += changed.feed_skipped
            last = changed.waiting
        assert skipped > 0
        assert total + skipped == 2 * 10_500


async def flood(house, number, text):
    for one in range(number):
        rows = tuple(
            FeedRow(key=f"{number}/{one}/{place}", event_id="e", at_ms=0, kind="chat", text=text)
            for place in range(2)
        )
        house.server.publish(Changed(feed=rows, waiting=one))
        if not one % 50:
            await asyncio.sleep(0)


async def test_a_client_that_does_not_read_its_replies_is_let_go():
    async with House() as house, house.guest() as socket:
        house.room.version = "x" * 100_000
        socket.transport.pause_reading()
        with contextlib.suppress(ConnectionClosed):
            for number in range(1000):
                await socket.send(Status(id=number).model_dump_json())
        await until(lambda: not house.server.clients)
        socket.transport.resume_reading()


async def test_a_client_that_reads_nothing_for_long_is_let_go():
    async with House(send_s=0.2) as house, house.guest() as socket:
        socket.transport.pause_reading()
        await flood(house, 200, "x" * 100_000)
        await until(lambda: not house.server.clients)
        socket.transport.resume_reading()


async def test_a_message_that_is_too_big_closes_its_connection_only():
    limit = 2 * server_module.MAX_BYTES
    async with House(limit) as house, house.guest() as good, house.guest() as bad:
        # More than a stranger may say.
        await good.send('{"type":"fire","id":7,"who":"' + "x" * server_module.MAX_BYTES + '"}')
        assert (await heard(good)).id == 7
        await bad.send('{"type":"fire","who":"' + "x" * limit + '"}')
        with pytest.raises(ConnectionClosed):
            await heard(bad)
        await good.send(Fire(id=1).model_dump_json())
        assert (await heard(good)).ok


async def test_the_end_is_announced():
    async with House() as house, house.guest() as socket:
        await house.server.stop("restart")
        assert (await heard(socket)).why == "restart"
        with pytest.raises(ConnectionClosed):
            await heard(socket)

"""Scripts and pushes: who gets what, in which order, and how errors of a script come out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.fakes.tiktok import messages, storms
from tests.fakes.tiktok.messages import chat
from tests.fakes.tiktok.script import (
    Call,
    Sleep,
    WaitAck,
    WaitEntered,
)
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes_tests.raw_client import raw_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.fakes.tiktok.connection import Connection
    from tests.fakes.tiktok.messages import Msg
    from tests.fakes.tiktok.script import Step


async def test_every_connection_has_its_own_script_and_the_rest_the_default(
    tiktok: FakeTikTok,
) -> None:
    tiktok.room.scripts = [[chat("first")], [messages.like(1, 1)]]
    tiktok.room.default_script = [messages.join()]
    methods = []
    for _ in range(3):
        async with raw_client(tiktok) as client:
            methods += (await client.frame()).methods
    assert methods == ["WebcastChatMessage", "WebcastLikeMessage", "WebcastMemberMessage"]
    assert [connection.index for connection in tiktok.room.connections] == [0, 1, 2]


async def test_a_script_may_be_a_function_of_the_connection(tiktok: FakeTikTok) -> None:
    def rows(connection: Connection) -> Iterator[Msg]:
        yield chat(f"you are {connection.index}")

    async def forever(connection: Connection) -> AsyncIterator[list[Msg] | Sleep]:
        del connection
        for number in itertools.count():
            yield [chat(str(number))]
            yield Sleep(0.001)

    tiktok.room.scripts = [rows, forever]
    async with raw_client(tiktok) as client:
        assert b"you are 0" in (await client.frame()).result[1][0]
    async with raw_client(tiktok) as client:
        got = [await client.frame() for _ in range(5)]
    assert len({frame.log_id for frame in got}) == 5


async def test_a_script_waits_for_the_client(tiktok: FakeTikTok) -> None:
    told: list[str] = []

    async def tell(connection: Connection) -> None:
        told.append(f"acked {len(connection.acks)}")

    tiktok.room.default_script = [
        WaitEntered(),
        chat("a"),
        WaitAck(),
        Call(tell),
        Call(lambda _: told.append("done")),
        chat("b"),
    ]
    async with raw_client(tiktok) as client:
        assert await client.silent()
        await client.enter()
        await client.ack(await client.frame())
        assert (await client.frame()).methods == ["WebcastChatMessage"]
    assert told == ["acked 1", "done"]


async def fail(_: Connection) -> None:
    raise ValueError("the test is wrong")


@pytest.mark.parametrize("step", [Call(fail), WaitAck(0.05)])
async def test_an_error_in_a_script_is_raised_when_the_server_is_left(step: Step) -> None:
    server = FakeTikTok()
    server.room.default_script = [chat("never acked"), step]
    with pytest.raises((ValueError, TimeoutError)) as raised:
        async with server, raw_client(server):
            await server.room.until(lambda: bool(server.script_errors))
    assert raised.value is server.script_errors[0]
    assert raised.value.__notes__ == ["in the script of connection 0"]


async def test_pushes_reach_every_open_connection_of_their_stream_only(tiktok: FakeTikTok) -> None:
    other = tiktok.add_room("other", 77)
    async with (
        raw_client(tiktok) as one,
        raw_client(tiktok) as two,
        raw_client(tiktok, other) as three,
    ):
        await tiktok.room.connection_opened(1)
        await other.connection_opened()
        msg = chat("hello")
        frame = await tiktok.push(tiktok.room, msg, need_ack=False)
        assert [(await one.frame()).log_id, (await two.frame()).log_id] == [frame.log_id] * 2
        assert await three.silent()
        connection = tiktok.room.connections[0]
        assert connection.sent_at_ns(msg.msg_id) == connection.sent[0].at_ns > connection.opened_ns
    await tiktok.push(tiktok.room, chat("to nobody"))


async def test_ready_frames_keep_their_order_and_their_times(tiktok: FakeTikTok) -> None:
    storm = storms.singles(3000)
    ready = storms.encoded(storm.msgs, per_frame=2)
    async with raw_client(tiktok) as client:
        connection = await tiktok.room.connection_opened()
        await tiktok.room.push_encoded(ready)
        got = [msg_id for _ in range(1500) for msg_id in (await client.frame()).msg_ids]
        times = connection.send_times_ns()
    assert got == [msg.msg_id for msg in storm.msgs] == list(times)
    assert sorted(times.values()) == list(times.values())


async def test_a_paced_push_spreads_its_frames(tiktok: FakeTikTok) -> None:
    ready = storms.encoded(storms.singles(20).msgs)
    async with raw_client(tiktok) as client:
        connection = await tiktok.room.connection_opened()
        await tiktok.room.push_paced(ready, per_s=200)
        assert [(await client.frame()).log_id for _ in ready] == [frame.log_id for frame in ready]
    assert connection.sent[-1].at_ns - connection.sent[0].at_ns > 80_000_000


async def test_a_client_that_leaves_in_the_middle_of_a_push_is_no_error(tiktok: FakeTikTok) -> None:
    async with raw_client(tiktok), raw_client(tiktok) as second:
        await tiktok.room.connection_opened(1)
        tiktok.room.connections[0].abort()
        await tiktok.push(tiktok.room, chat("still here?"))
        assert (await second.frame()).methods == ["WebcastChatMessage"]


async def test_waiting_for_a_fact_that_never_comes_times_out(tiktok: FakeTikTok) -> None:
    with pytest.raises(TimeoutError):
        await tiktok.room.connection(timeout_s=0.05)

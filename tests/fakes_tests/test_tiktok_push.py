"""The push server: what each step of a script puts on the wire, and what is kept as evidence."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import itertools
import zlib
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.fakes.tiktok import frames, gifts, messages, storms
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.messages import chat
from tests.fakes.tiktok.room import Room
from tests.fakes.tiktok.script import (
    Abort,
    Call,
    Close,
    Dribble,
    Hang,
    Mute,
    Ping,
    Raw,
    Sleep,
    Split,
    WaitAck,
    WaitEntered,
)
from tests.fakes.tiktok.server import PUSH_PATH, FakeTikTok
from tests.fakes_tests.raw_client import raw_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.fakes.tiktok.connection import Connection
    from tests.fakes.tiktok.messages import Msg
    from tests.fakes.tiktok.script import Step


async def test_the_handshake_tells_the_heartbeat_interval(tiktok: FakeTikTok) -> None:
    tiktok.room.ping_interval_s = 3
    tiktok.room.handshake_headers = {"X-Extra": "1"}
    async with aiohttp.ClientSession() as http:
        url = f"{tiktok.push_url}?room_id={tiktok.room.room_id}&compress=gzip"
        async with http.ws_connect(
            url, protocols=["echo-protocol"], headers={"Cookie": "ttwid=1"}
        ) as socket:
            answer = socket._response.headers
            assert "ping-interval=3" in answer["Handshake-Options"]
            assert (answer["Handshake-Status"], answer["X-Extra"]) == ("0", "1")
            assert socket.protocol == "echo-protocol"
            await tiktok.room.until(lambda: bool(tiktok.room.connections))
            connection = tiktok.room.connections[0]
            assert connection.query["compress"] == "gzip"
            assert connection.headers["Cookie"] == "ttwid=1"


@pytest.mark.parametrize(
    ("mode", "status", "word", "text"),
    [
        ("device_blocked", 200, "415", "DEVICE_BLOCKED"),
        ("illegal_key", 200, "417", "illegal secret key"),
        ("400", 400, "400", "bad request"),
        ("403", 403, "403", "forbidden"),
        ("502", 502, "502", "bad gateway"),
    ],
)
async def test_the_handshake_can_be_refused(
    tiktok: FakeTikTok, mode: str, status: int, word: str, text: str
) -> None:
    tiktok.room.switches.handshake = [mode, "ok"]
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with raw_client(tiktok):
            pass
    assert refused.value.status == status
    assert refused.value.headers is not None
    assert (refused.value.headers["Handshake-Status"], refused.value.headers["Handshake-Msg"]) == (
        word,
        text,
    )
    async with raw_client(tiktok) as client:
        await client.enter()


async def test_a_handshake_can_lack_its_options(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.handshake = "no_options"
    async with aiohttp.ClientSession() as http:
        url = f"{tiktok.push_url}?room_id={tiktok.room.room_id}"
        async with http.ws_connect(url) as socket:
            assert "Handshake-Options" not in socket._response.headers


async def test_a_handshake_can_hang(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.handshake = "hang"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2), raw_client(tiktok):
            pass
    assert tiktok.room.connections == []


async def test_a_handshake_for_an_unknown_room_is_refused(tiktok: FakeTikTok) -> None:
    other = Room("elsewhere", 5)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with raw_client(tiktok, other):
            pass
    assert refused.value.status == 400


async def test_a_reset_handshake_drops_the_client(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.handshake = "reset"
    with pytest.raises(aiohttp.ClientConnectionError):
        async with raw_client(tiktok):
            pass
    assert tiktok.room.connections == []


async def test_messages_come_as_gzip_frames_that_want_an_ack(tiktok: FakeTikTok) -> None:
    first, second = chat("a"), messages.like(3, 9)
    tiktok.room.default_script = [[first, second]]
    async with raw_client(tiktok) as client:
        got = await client.frame()
        assert (got.kind, got.headers) == ("msg", {"compress_type": "gzip"})
        assert got.msg_ids == [first.msg_id, second.msg_id]
        assert got.methods == ["WebcastChatMessage", "WebcastLikeMessage"]
        assert got.result[9] == [1]
        connection = await tiktok.room.connection_opened()
        assert not connection.all_acked()
        await client.ack(got)
        await connection.until(connection.all_acked)
    assert [ack.log_id for ack in connection.acks] == [got.log_id]
    assert connection.acks[0].payload.startswith(b"fetch_time:")


async def test_heartbeats_and_entering_are_kept_and_answered(tiktok: FakeTikTok) -> None:
    async with raw_client(tiktok) as client:
        await client.enter()
        for seq in (1, 2):
            await client.heartbeat(seq)
            assert (await client.frame()).kind == "hb"
        await client.socket.send_str("hello?")
        await client.socket.send_bytes(b"\xff\xff")
        connection = await tiktok.room.connection()
        await connection.until(lambda: len(connection.nonsense) == 2)
    assert [beat.seq for beat in connection.heartbeats] == [1, 2]
    assert {beat.room_id for beat in connection.heartbeats} == {tiktok.room.room_id}
    assert connection.entered[0].fields[4] == [12]
    assert await connection.closed() == 1000


async def test_frames_can_be_plain_first_or_of_another_kind(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = [
        Frame([chat("a")], gzip=False, need_ack=False),
        Frame([chat("b")], is_first=True, cursor="c-1"),
        Frame([chat("c")], kind="news"),
    ]
    async with raw_client(tiktok) as client:
        plain, first, news = [await client.frame() for _ in range(3)]
    assert (plain.headers, 9 in plain.result) == ({"compress_type": "none"}, False)
    assert (first.result[11], first.result[2]) == ([1], [b"c-1"])
    assert news.kind == "news"


async def test_raw_bytes_and_text_are_sent_as_they_are(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = [Raw(b"\xff\x00"), Raw("text"), Raw(b"")]
    async with raw_client(tiktok) as client:
        received = [await client.socket.receive() for _ in range(3)]
    assert [(m.type, m.data) for m in received] == [
        (aiohttp.WSMsgType.BINARY, b"\xff\x00"),
        (aiohttp.WSMsgType.TEXT, "text"),
        (aiohttp.WSMsgType.BINARY, b""),
    ]


async def test_fragments_dribbles_and_pings_are_whole_messages_to_a_client(
    tiktok: FakeTikTok,
) -> None:
    msgs = [gifts.gift(gifts.LION) for _ in range(60)]
    tiktok.room.default_script = [
        Split(Frame(msgs), 5),
        Ping(),
        Dribble(Frame(msgs), 700, 0),
        Frame([chat("x")]),
    ]
    async with raw_client(tiktok) as client:
        got = [await client.frame() for _ in range(3)]
    assert [len(frame.msg_ids) for frame in got] == [60, 60, 1]


async def test_big_frames_arrive(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = [
        Raw(frames.padded([chat("big")])),
        Split(Frame([chat("s")], gzip=False), 2),
    ]
    async with raw_client(tiktok) as client:
        data = await client.socket.receive_bytes()
        assert len(data) > 1_200_000
        assert (await client.frame()).methods == ["WebcastChatMessage"]


async def test_faulty_frames_are_faulty_the_way_they_say(tiktok: FakeTikTok) -> None:
    msgs = [chat("a")]
    whole = len(Frame(msgs).encode().data)
    assert len(frames.truncated(msgs)) == 200 < whole
    tiktok.room.default_script = [
        Raw(frames.gzip_without_header(msgs)),
        Raw(frames.header_without_gzip(msgs)),
        Raw(frames.broken_gzip(msgs)),
        Raw(frames.gzip_bomb(1 << 20)),
    ]
    async with raw_client(tiktok) as client:
        bare, lying, broken, bomb = [await client.frame() for _ in range(4)]
    assert bare.headers == {}
    assert gzip.decompress(bare.body)[:1] == b"\n"
    assert lying.headers == broken.headers == {"compress_type": "gzip"}
    assert lying.body[:2] != b"\x1f\x8b"
    with pytest.raises((zlib.error, OSError, EOFError)):
        gzip.decompress(broken.body)
    assert (len(bomb.body) < 5000, len(gzip.decompress(bomb.body))) == (True, 1 << 20)


@pytest.mark.parametrize("code", [1000, 1001, 1011, 4005])
async def test_close_ends_with_its_code(tiktok: FakeTikTok, code: int) -> None:
    tiktok.room.default_script = [Close(code, "bye")]
    async with raw_client(tiktok) as client:
        message = await client.socket.receive()
        assert message.type == aiohttp.WSMsgType.CLOSE
        assert (message.data, message.extra) == (code, "bye")


@pytest.mark.parametrize("reset", [True, False])
async def test_abort_is_a_reset_or_a_bare_end_of_tcp(tiktok: FakeTikTok, reset: bool) -> None:
    tiktok.room.default_script = [Call(lambda _: None), Abort(reset=reset)]
    reader, writer = await asyncio.open_connection("127.0.0.1", tiktok.port)
    key = "dGhlIHNhbXBsZSBub25jZQ=="
    lines = (
        f"GET {PUSH_PATH}?room_id={tiktok.room.room_id} HTTP/1.1",
        "Host: 127.0.0.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    )
    writer.write("\r\n".join([*lines, "", ""]).encode())
    if reset:
        with pytest.raises(ConnectionResetError):
            await reader.read()
    else:
        assert (await reader.read()).startswith(b"HTTP/1.1 101")
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def test_abort_ends_without_a_close_frame(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = [Abort()]
    async with raw_client(tiktok) as client:
        message = await client.socket.receive()
        assert message.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
        assert client.socket.close_code == 1006
        await tiktok.room.connections[0].closed()


async def test_a_hung_connection_neither_reads_nor_answers(tiktok: FakeTikTok) -> None:
    tiktok.room.default_script = [Hang(), [chat("never seen")]]
    async with raw_client(tiktok) as client:
        await client.heartbeat()
        assert await client.silent()
        connection = tiktok.room.connections[0]
        assert connection.heartbeats == []
        assert connection.open
        client.socket._conn.transport.abort()


@pytest.mark.parametrize("answers", [True, False])
async def test_a_mute_connection_sends_no_messages(tiktok: FakeTikTok, answers: bool) -> None:
    tiktok.room.default_script = [Mute(answer_heartbeats=answers), [chat("never seen")]]
    async with raw_client(tiktok) as client:
        await client.heartbeat()
        connection = await tiktok.room.connection_opened()
        await connection.until(lambda: bool(connection.heartbeats))
        await tiktok.push(tiktok.room, chat("nor this"))
        if answers:
            assert (await client.frame()).kind == "hb"
        assert await client.silent()
        assert connection.sent == []


async def test_heartbeats_can_stay_unanswered_for_a_whole_stream(tiktok: FakeTikTok) -> None:
    tiktok.room.answer_heartbeats = False
    async with raw_client(tiktok) as client:
        await client.enter()
        await client.heartbeat()
        assert await client.silent()


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

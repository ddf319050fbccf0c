"""The push server: what each step of a script puts on the wire, and what is kept as evidence."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib

import aiohttp
import pytest

from tests.fakes.tiktok import frames, gifts, messages
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
    Split,
)
from tests.fakes.tiktok.server import PUSH_PATH, FakeTikTok
from tests.fakes_tests.raw_client import raw_client


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

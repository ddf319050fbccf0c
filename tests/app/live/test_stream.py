"""The stream's face against a whole loopback TikTok: listen, stop, change, ask."""

from __future__ import annotations

import asyncio

import pytest

from app.core.events import Chat, Gift, StreamEnded, StreamStarted
from app.core.links import LinkReason, LinkStage
from app.live.lookup import Answer
from tests.app.live.listener import Listener, Paper, lion, listening
from tests.fakes.tiktok import frames
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.gifts import LION, ROSE, Combo
from tests.fakes.tiktok.script import (
    Raw,
    Split,
    WaitAck,
)
from tests.fakes.tiktok.server import FakeTikTok


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


async def test_listening_enters_the_stream_acks_and_beats(server):
    room = server.room
    room.scripts = [[m.chat("hello"), lion(), WaitAck()]]
    async with listening(server) as one:
        await one.until_total(1)
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.room_id == room.room_id
        connection = await room.connection()
        await connection.until(connection.all_acked)
        assert len(connection.entered) == 1
        await connection.until(lambda: len(connection.heartbeats) == 1)
        await one.clock.advance(10.5)
        await connection.until(lambda: len(connection.heartbeats) == 2)
        assert [h.seq for h in connection.heartbeats] == [1, 2]
    assert [s.stage for s in one.states] == [LinkStage.CONNECTING, LinkStage.ONLINE, LinkStage.OFF]
    assert [type(e) for e in one.events] == [StreamStarted, Chat, Gift]
    assert await connection.closed() == 1000


async def test_what_we_send_to_whom(server):
    room = server.room
    async with listening(server, options={"sign_key": "my-own-key"}) as one:
        await one.until_stage(LinkStage.ONLINE)
        connection = await room.connection()
    (sign,) = server.calls("/webcast/fetch")
    assert sign.headers["X-Api-Key"] == "my-own-key"
    assert "my-own-key" not in str(sign.query)
    assert sign.query["room_id"] == str(room.room_id)
    agents = {r.headers["User-Agent"] for r in server.requests if "/webcast/fetch" not in r.path}
    assert agents == {sign.query["user_agent"]}
    assert all("my-own-key" not in str(r) for r in server.requests if r is not sign)
    assert "ttwid=" in connection.headers["Cookie"]
    assert connection.query["compress"] == "gzip"
    assert connection.query["wrss"] == "WRSS (x) y"
    assert connection.headers["Sec-WebSocket-Protocol"] == "echo-protocol"
    assert [r.path for r in server.requests] == [
        "/@creator/live",
        "/webcast/room/check_alive/",
        "/webcast/fetch",
        connection.path,
    ]


async def test_without_a_key_none_is_sent(server):
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
    assert all("X-Api-Key" not in r.headers for r in server.requests)


async def test_the_address_of_a_profile_is_a_name_too(server):
    async with listening(server, "https://www.tiktok.com/@Creator/live?lang=vi") as one:
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.user == "creator"


async def test_a_bad_name_is_refused_without_asking_anybody(server):
    async with listening(server, "not a name!") as one:
        state = await one.until_stage(LinkStage.BLOCKED)
        assert state.reason is LinkReason.BAD_USER_NAME
    assert server.requests == []


async def test_listening_to_the_same_name_again_changes_nothing(server):
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
        await one.stream.listen("@creator")
        assert one.stream.state.stage is LinkStage.ONLINE
    assert len(server.calls("/webcast/fetch")) == 1


async def test_gifts_from_before_we_came_are_marked(server):
    server.room.backlogs = [[lion(), *Combo(ROSE).frames(3)]]
    async with listening(server) as one:
        await one.until_total(4)
        await server.room.connection()
        await server.room.push(lion())
        await one.until_total(5)
    assert [g.backlog for g in one.gifts()][-1] is False
    assert all(g.backlog for g in one.gifts()[:-1])


async def test_a_large_and_a_split_frame_are_read(server):
    server.room.scripts = [
        [Raw(frames.padded([lion()], size=2_000_000)), Split(Frame([lion()]), parts=5), WaitAck()]
    ]
    async with listening(server) as one:
        await one.until_total(2)


async def test_broken_frames_in_between_cost_nothing(server):
    combo = Combo(ROSE)
    server.room.scripts = [
        [
            combo.progress(1),
            Raw(b"\xff" * 30),
            Raw(frames.truncated([combo.progress(9)])),
            Raw(frames.broken_gzip([lion()])),
            Raw("text"),
            Raw(b""),
            m.wrong_wire_types(),
            m.bad_utf8(),
            combo.progress(2),
            combo.end(2),
        ]
    ]
    async with listening(server) as one:
        await one.until(lambda: any(g.final for g in one.gifts()))
        assert one.stream.state.stage is LinkStage.ONLINE
        assert one.stream.frames.bad_frames == 3
        assert one.stream.counts.bad_messages == 1
    assert one.total() == 2


async def test_try_now_ends_a_wait(server):
    server.room.live = False
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.OFFLINE)
        server.room.live = True
        one.stream.try_now()
        await one.until_stage(LinkStage.ONLINE)


async def test_stopping_while_connecting_leaves_nothing_behind(server):
    server.room.switches.sign = "hang"
    async with listening(server) as one:
        await server.room.until(lambda: bool(server.calls("/webcast/fetch")))
        await one.stream.stop()
        assert one.stream.state.stage is LinkStage.OFF


async def test_changes_that_overlap_leave_one_link(server):
    other = server.add_room("other", m.ROOM_ID + 5)
    async with listening(server) as one:
        await asyncio.gather(*(one.stream.listen(name) for name in ("other", "creator", "other")))
        await other.connection()
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.user == "other"
        assert server.room.open_connections() == []
        assert len(other.open_connections()) == 1


async def test_another_user_is_another_stream(server):
    other = server.add_room("other", m.ROOM_ID + 5)
    server.room.scripts = [[Combo(ROSE).progress(3)]]
    async with listening(server) as one:
        await one.until_total(3)
        await one.stream.listen("other")
        await other.connection()
        await one.until_stage(LinkStage.ONLINE)
        assert one.stream.room_id == other.room_id
    assert [e.room_id for e in one.kinds(StreamStarted)] == [m.ROOM_ID, other.room_id]
    assert [g.total for g in one.gifts() if g.final] == [3]
    assert one.kinds(StreamEnded) == []


async def test_a_restarted_core_counts_on(server):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [
        [combo.progress(1), combo.progress(2), WaitAck()],
        [combo.progress(5), combo.end(5)],
    ]
    room.redeliver = 20
    paper = Paper()
    async with listening(server, paper=paper) as first:
        await first.until_total(2)
    second_paper = Paper()
    second_paper.entries = list(paper.entries)
    room.remember([lion()])
    async with listening(server, paper=second_paper) as second:
        await second.until(lambda: any(g.gift_id == ROSE.id and g.final for g in second.gifts()))
    assert sum(g.count for g in [*first.gifts(), *second.gifts()] if g.gift_id == ROSE.id) == 5
    missed = [g for g in second.gifts() if g.gift_id == LION.id]
    assert [(g.count, g.backlog) for g in missed] == [(1, False)]


# -------------------------------------------------------------- asking without listening


@pytest.mark.parametrize(
    ("setup", "answer", "reason"),
    [
        ({}, Answer.LIVE, LinkReason.NONE),
        ({"live": False}, Answer.OFFLINE, LinkReason.NONE),
        ({"exists": False}, Answer.NOT_FOUND, LinkReason.NONE),
    ],
    ids=["live", "offline", "not found"],
)
async def test_asking_whether_somebody_is_live_signs_nothing(server, setup, answer, reason):
    for name, value in setup.items():
        setattr(server.room, name, value)
    one = Listener(server)
    checked = await one.stream.check_live("@creator")
    assert (checked.user, checked.answer, checked.reason) == ("creator", answer, reason)
    assert server.calls("/webcast/fetch") == []


async def test_asking_may_be_impossible_and_says_why(server):
    server.room.switches.page = "captcha"
    server.room.switches.api = "broken"
    one = Listener(server)
    checked = await one.stream.check_live("creator")
    assert (checked.answer, checked.reason) == (Answer.UNKNOWN, LinkReason.BLOCKED_BY_TIKTOK)
    bad = await one.stream.check_live("two words")
    assert (bad.answer, bad.reason) == (Answer.UNKNOWN, LinkReason.BAD_USER_NAME)

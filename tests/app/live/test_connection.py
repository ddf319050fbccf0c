"""One connection: how it is lost, and how a stream ends."""

from __future__ import annotations

import pytest

from app.core.events import Gift, StreamEnded, StreamStarted
from app.core.links import LinkReason, LinkStage
from tests.app.live.listener import lion, listening
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.gifts import ROSE, Combo
from tests.fakes.tiktok.script import (
    Abort,
    Call,
    Close,
    Hang,
    Mute,
    Sleep,
    WaitAck,
)
from tests.fakes.tiktok.server import FakeTikTok


@pytest.fixture
async def server():
    async with FakeTikTok() as running:
        yield running


@pytest.mark.parametrize(
    "end",
    [Abort(), Close(1000), Close(1011, "oops"), Close(4003)],
    ids=["abort", "1000", "1011", "4003"],
)
async def test_a_lost_link_comes_back_and_goes_on_where_it_was(server, end):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [
        [combo.progress(1), combo.progress(3), WaitAck(), end],
        [combo.progress(4), combo.end(4)],
    ]
    room.redeliver = 10
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        assert one.stream.state.reason is LinkReason.LOST
        await one.wait_over()
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert one.total() == 4
    assert len(one.kinds(StreamStarted)) == 1
    assert one.kinds(StreamEnded) == []


async def test_a_healthy_link_comes_back_after_a_second_and_a_shaky_one_waits_longer(server):
    room = server.room
    async with listening(server) as one:
        await one.until_stage(LinkStage.ONLINE)
        for wanted in ((1.0, 2.0), (2.0, 4.0), (4.0, 8.0)):
            room.open_connections()[-1].abort()
            state = await one.until_stage(LinkStage.WAITING)
            assert wanted[0] <= state.until - state.since <= wanted[1]
            await one.wait_over()
            await one.until_stage(LinkStage.ONLINE)
        connection = room.open_connections()[-1]
        for _ in range(8):
            await room.push(m.viewer_count(5))
            await connection.until(connection.all_acked)
            await one.clock.advance(5)
        connection.abort()
        state = await one.until_stage(LinkStage.WAITING)
        assert 0.5 <= state.until - state.since <= 1.0


async def test_everything_queued_before_the_close_is_read(server):
    room = server.room
    gifts = [Frame([lion()], need_ack=need) for need in (False, True) for _ in range(50)]
    room.scripts = [[*gifts, Sleep(0.2), Close(1000)]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
    assert one.total() == 100


async def test_a_silent_link_is_noticed_after_thirty_seconds(server):
    room, combo = server.room, Combo(ROSE)
    room.scripts = [[combo.progress(1), Mute(answer_heartbeats=False)], [combo.end(1)]]
    async with listening(server) as one:
        await one.until_total(1)
        # Both the gift and the answer to our entering are heard.
        await one.until_frames(2)
        await one.clock.until_sleeping(lambda left: left > 25)
        await one.clock.advance(29)
        assert one.stream.state.stage is LinkStage.ONLINE
        await one.clock.advance(1.2)
        state = await one.until_stage(LinkStage.WAITING)
        assert (state.reason, state.detail) == (LinkReason.SILENT, "no frame")
        await one.wait_over()
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert one.total() == 1


async def test_a_deaf_link_that_only_beats_is_noticed_after_45_seconds(server):
    room = server.room
    room.scripts = [[lion(), Mute()]]
    async with listening(server) as one:
        await one.until_total(1)
        connection = await room.connection()
        for beats in (2, 3, 4, 5):
            await one.clock.advance(10)
            await connection.until(lambda n=beats: len(connection.heartbeats) >= n)
            # Its answer is on the real network; only what arrived keeps the link from being silent.
            await one.until_frames(beats + 2)
        await one.clock.advance(5.2)
        state = await one.until_stage(LinkStage.WAITING)
    assert (state.reason, state.detail) == (LinkReason.SILENT, "no message")


async def test_a_peer_that_hangs_does_not_hold_us_up(server):
    server.room.scripts = [[lion(), WaitAck(), Hang()]]
    async with listening(server) as one:
        await one.until_total(1)
        # The gift, the answer to our entering and the one to our first heartbeat are heard.
        await one.until_frames(3)
        await one.clock.until_sleeping(lambda left: left > 25)
        await one.clock.advance(30.2)
        await one.until_stage(LinkStage.WAITING, LinkReason.SILENT)


# -------------------------------------------------------------- the end of a stream


@pytest.mark.parametrize("action", [m.ENDED, m.SUSPENDED])
async def test_the_end_of_a_stream_is_told_after_its_last_gifts(server, action):
    room = server.room

    def over(_connection) -> None:
        room.live = False

    room.scripts = [[Combo(ROSE).progress(2), Call(over), m.control(action), lion()]]
    async with listening(server) as one:
        await one.until_total(3)
        await one.clock.until_sleeping(lambda left: left <= 0.3)
        await one.clock.advance(0.4)
        state = await one.until_stage(LinkStage.WAITING)
        assert state.reason is LinkReason.STREAM_ENDED
        assert 45 <= state.until - state.since <= 60
    assert [type(e) for e in one.events] == [StreamStarted, Gift, Gift, Gift, StreamEnded]
    assert one.events[-1].suspended is (action == m.SUSPENDED)
    assert one.gifts()[-1].final


async def test_a_false_end_changes_nothing(server):
    room = server.room
    room.scripts = [[m.control(m.ENDED), WaitAck()]]
    async with listening(server) as one:
        await one.clock.until_sleeping(lambda left: left <= 0.3)
        await one.clock.advance(0.4)
        await room.until(lambda: len(server.calls("check_alive")) == 2)
        await room.push(lion())
        await one.until_total(1)
        assert one.stream.state.stage is LinkStage.ONLINE
    assert one.kinds(StreamEnded) == []


async def test_an_end_with_the_socket_closed_at_once_is_an_end_and_no_lost_link(server):
    room = server.room

    def over(_connection) -> None:
        room.live = False

    room.scripts = [[Call(over), m.control(m.ENDED), WaitAck(), Close(1000)]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.STREAM_ENDED)
    assert len(one.kinds(StreamEnded)) == 1


async def test_an_end_nobody_told_is_found_out_on_the_way_back(server):
    room = server.room
    room.scripts = [[Combo(ROSE).progress(2), WaitAck(), Abort()]]
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.LOST)
        room.live = False
        await one.wait_over()
        await one.until_stage(LinkStage.WAITING, LinkReason.STREAM_ENDED)
    assert [type(e) for e in one.events][-2:] == [Gift, StreamEnded]
    assert len(server.calls("/webcast/fetch")) == 1


async def test_the_next_stream_of_the_same_user_is_joined_by_itself(server):
    room = server.room
    room.live = False
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING, LinkReason.OFFLINE)
        for _ in range(3):
            await one.wait_over()
            await one.clock.until_sleeping(lambda left: left > 40)
        assert server.calls("/webcast/fetch") == []
        assert LinkStage.CONNECTING not in [s.stage for s in one.states[1:]]
        room.live = True
        asked = len(server.calls("/live"))
        await one.wait_over()
        await one.until_stage(LinkStage.ONLINE)
        assert len(server.calls("/live")) == asked + 1


async def test_combos_are_ended_by_time_also_while_the_link_is_lost(server):
    server.room.scripts = [[Combo(ROSE).progress(3), WaitAck(), Abort()]]
    server.room.switches.page = ["ok", "500"]
    server.room.switches.api = "500"
    async with listening(server) as one:
        await one.until_stage(LinkStage.WAITING)
        for _ in range(40):
            await one.clock.advance(0.5)
        await one.until(lambda: any(g.final for g in one.gifts()))
    assert [(g.count, g.total, g.final) for g in one.gifts()] == [(3, 3, False), (0, 3, True)]

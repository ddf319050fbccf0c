"""The unmodified TikTokLive client against the loopback server, only its public settings used.

One rule: the library is the judge here. What it accepts from TikTok it must accept from us.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.fakes.tiktok import frames, gifts, messages
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.messages import chat
from tests.fakes.tiktok.script import Abort, Dribble, Raw, Split, Step, WaitAck, WaitEntered
from tests.fakes.tiktok.viewers import ALICE, GUEST

if TYPE_CHECKING:
    from tests.fakes.tiktok.server import FakeTikTok
    from tests.fakes_tests.listener import Listener


ONCE = (
    "ConnectEvent DisconnectEvent LivePauseEvent LiveUnpauseEvent LiveEndEvent UnknownEvent EmoteChatEvent "
    "LinkMicBattlePunishFinishEvent BarrageEvent CaptionEvent ImDeleteEvent"
)
ENDING = [WaitAck(), messages.control(messages.ENDED)]


async def test_what_viewers_do_arrives_typed(tiktok: FakeTikTok, listener: Listener) -> None:
    tiktok.room.scripts = [
        [
            WaitEntered(),
            gifts.gift(gifts.LION),
            messages.like(15, 1015),
            chat("hi 👋"),
            messages.follow(followers=12),
            messages.share(),
            messages.share(joined=5),
            messages.join(count=42),
            messages.subscribe(3),
            *ENDING,
        ]
    ]
    await listener.listen()
    (gift,) = listener.got("GiftEvent")
    assert (gift.gift.name, gift.gift.diamond_count, gift.repeat_count) == ("Lion", 29999, 1)
    assert (gift.user.unique_id, gift.user.id, gift.group_id) == ("alice", ALICE.id, 0)
    assert gift.streaking is False
    (like,) = listener.got("LikeEvent")
    assert (like.count, like.total, like.user.nickname) == (15, 1015, "Carol")
    (comment,) = listener.got("CommentEvent")
    assert (comment.comment, comment.content_language) == ("hi 👋", "en")
    (follow,) = listener.got("FollowEvent")
    assert (follow.user.unique_id, follow.follow_count) == ("alice", 12)
    assert [share.users_joined for share in listener.got("ShareEvent")] == [None, 5]
    (join,) = listener.got("JoinEvent")
    assert (join.user.unique_id, join.member_count) == ("bob", 42)
    (subscription,) = listener.got("SubNotifyEvent")
    assert (subscription.user.unique_id, subscription.sub_month) == ("erin", 3)
    assert listener.got("error") == []


async def test_what_the_stream_says_arrives_typed(tiktok: FakeTikTok, listener: Listener) -> None:
    scores = {9000: 10, 9001: 4}
    tiktok.room.scripts = [
        [
            WaitEntered(),
            messages.viewer_count(120, ever=4500),
            messages.battle(55, messages.BATTLE_OPEN, {9000: 0, 9001: 0}),
            messages.armies(55, scores),
            messages.battle(55, messages.BATTLE_FINISHED, scores),
            messages.battle_punish_finish(55),
            messages.emote_chat(),
            messages.barrage("{0:user} joined"),
            messages.caption("good evening"),
            messages.delete([1, 2]),
            messages.unknown(),
            messages.control(messages.PAUSED),
            messages.control(messages.UNPAUSED),
            *ENDING,
        ]
    ]
    await listener.listen(fetch_room_info=True, fetch_gift_info=True)
    (count,) = listener.got("RoomUserSeqEvent")
    assert (count.total, count.total_user) == (120, 4500)
    assert count.ranks[0].user.display_id == "viewer_900"
    opened, finished = listener.got("LinkMicBattleEvent")
    assert (opened.battle_id, int(opened.action)) == (55, 4)
    assert opened.battle_settings.duration == 300
    results = {who: (one.result, one.score) for who, one in finished.battle_result.items()}
    assert results == {9000: (1, 10), 9001: (2, 4)}
    (armies,) = listener.got("LinkMicArmiesEvent")
    assert {who: side.hostscore for who, side in armies.armies.items()} == scores
    assert [int(control.action) for control in listener.got("ControlEvent")] == [1, 2, 3]
    assert {name: len(listener.got(name)) for name in ONCE.split()} == dict.fromkeys(
        ONCE.split(), 1
    )
    assert listener.got("error") == []
    assert listener.room_info["owner"]["display_id"] == "creator"
    assert len(listener.gift_info["gifts"]) == len(gifts.CATALOGUE)


async def test_combos_guests_and_missing_structs_read_as_in_real_rooms(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    combo = gifts.Combo(gifts.ROSE)
    resent = [combo.end(3), combo.end(3)]
    tiktok.room.scripts = [
        [
            WaitEntered(),
            *combo.frames(3),
            *resent,
            gifts.Gift(
                gifts.TIKTOK, to=GUEST, count=2, group=9, end=True, order_id="o-1"
            ).message(),
            gifts.Gift(gifts.ROSE, struct=False).message(),
            *ENDING,
        ]
    ]
    await listener.listen()
    seen = listener.got("GiftEvent")
    assert [(e.repeat_count, e.repeat_end, e.streaking) for e in seen[:6]] == [
        (1, 0, True),
        (2, 0, True),
        (3, 0, True),
        (3, 1, False),
        (3, 1, False),
        (3, 1, False),
    ]
    assert {e.group_id for e in seen[:6]} == {combo.group}
    assert len({e.common.msg_id for e in seen}) == len(seen)
    guest = seen[6]
    assert (guest.to_user.unique_id, guest.to_member_id_int, guest.order_id) == (
        "guest",
        GUEST.id,
        "o-1",
    )
    assert seen[7].gift is None
    assert seen[7].gift_id == 5655


async def test_levels_badges_and_roles_reach_the_library(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    from tests.fakes.tiktok.viewers import MODERATOR

    tiktok.room.scripts = [[WaitEntered(), chat("x", MODERATOR), chat("y", ALICE), *ENDING]]
    await listener.listen()
    moderator, alice = listener.got("CommentEvent")
    assert moderator.user_identity.is_moderator_of_anchor
    assert moderator.user_identity.is_follower_of_anchor
    levels = {int(b.scene_type): b.privilege_log_extra.level for b in alice.user.badge_list}
    assert levels == {8: "12", 10: "7"}
    assert alice.user.follow_info.follow_status == 1


async def test_the_backlog_comes_first_and_the_evidence_is_complete(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.backlogs = [[chat("before"), gifts.gift(gifts.ROSE)]]
    tiktok.room.scripts = [[WaitEntered(), Frame([chat("after")]), *ENDING]]
    await listener.listen()
    assert [event.comment for event in listener.got("CommentEvent")] == ["before", "after"]
    connection = tiktok.room.connections[0]
    assert await connection.closed() == 1000
    assert connection.all_acked()
    assert next(ack.log_id for ack in connection.acks) == connection.sent[0].log_id
    assert connection.acks[0].payload.startswith(b"fetch_time:")
    assert (connection.heartbeats[0].seq, connection.heartbeats[0].room_id) == (
        1,
        tiktok.room.room_id,
    )
    assert connection.entered[0].fields[5] == [b"audience"]
    assert connection.query["wrss"] == "WRSS (x) y"
    assert "ttwid=" in connection.headers["Cookie"]
    assert [request.path for request in tiktok.requests] == [
        "/@creator/live",
        "/webcast/room/check_alive/",
        "/webcast/fetch",
        "/webcast/im/ws_proxy/ws_reuse_supplement/",
    ]
    assert tiktok.calls("/webcast/fetch")[0].query["client"] == "ttlive-python"


async def test_a_reconnect_gets_the_missed_messages_again(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.redeliver = 2
    first, second = chat("one"), chat("two")
    tiktok.room.scripts = [
        [WaitEntered(), first, second, WaitAck(), Abort()],
        [WaitEntered(), *ENDING],
    ]
    from websockets.exceptions import ConnectionClosedError

    with pytest.raises(ConnectionClosedError):
        await listener.listen()
    await listener.listen()
    seen = [(e.comment, e.common.msg_id) for e in listener.got("CommentEvent")]
    assert seen == [("one", first.msg_id), ("two", second.msg_id)] * 2
    assert tiktok.room.fetches == len(tiktok.room.connections) == 2


async def test_odd_but_legal_frames_are_read(tiktok: FakeTikTok, listener: Listener) -> None:
    msgs = [chat("x"), chat("y")]
    odd: list[Step] = [
        Split(Frame(msgs), 4),
        Dribble(Frame(msgs), 100, 0),
        Frame(msgs, gzip=False, need_ack=False),
    ]
    tiktok.room.scripts = [
        [WaitEntered(), *odd, Raw("a text"), Raw(b""), messages.bad_utf8(), *ENDING]
    ]
    await listener.listen()
    assert [event.comment for event in listener.got("CommentEvent")] == ["x", "y"] * 3


@pytest.mark.parametrize(
    "data",
    [
        frames.gzip_without_header([chat("x")]),
        frames.header_without_gzip([chat("x")]),
        frames.broken_gzip([chat("x")]),
        frames.truncated([chat("x")]),
        frames.twisted_frame(),
    ],
    ids=["gzip without header", "header without gzip", "broken gzip", "truncated", "twisted"],
)
async def test_malformed_frames_break_the_library(
    tiktok: FakeTikTok, listener: Listener, data: bytes
) -> None:
    tiktok.room.scripts = [[WaitEntered(), Raw(data), chat("after"), *ENDING]]
    with pytest.raises(Exception) as broken:  # noqa: PT011 - each malformation has its own error
        await listener.listen()
    assert not isinstance(broken.value, TimeoutError)
    assert listener.got("CommentEvent") == []


async def test_a_frame_above_one_megabyte_ends_its_connection(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    from websockets.exceptions import ConnectionClosedError

    tiktok.room.scripts = [[WaitEntered(), Raw(frames.padded([chat("big")])), *ENDING]]
    with contextlib.suppress(ConnectionClosedError):  # or it just returns; both were seen
        await listener.listen()
    assert await tiktok.room.connections[0].closed() == 1009

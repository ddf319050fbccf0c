"""Each kind of message becomes its event, through the whole reader."""

from __future__ import annotations

import pytest

from app.core.events import (
    Battle,
    BattleStage,
    Chat,
    Follow,
    Gift,
    Join,
    Like,
    Share,
    Source,
    StreamPaused,
    StreamStarted,
    Subscribe,
    ViewerCount,
)
from app.core.giftlist import GiftList
from app.live.accounting import Accounting
from app.live.wire import read_first
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import FetchResult
from tests.fakes.tiktok.gifts import LION, ROSE, GiftKind
from tests.fakes.tiktok.gifts import Gift as GiftMessage
from tests.fakes.tiktok.proto import encode
from tests.fakes.tiktok.viewers import ALICE, BOB, CAROL, GUEST, MODERATOR, STREAMER, SUBSCRIBER

ROOM = m.ROOM_ID
AT_MS = m.now_ms()


class Room:
    """A stream that was entered, and all it told."""

    def __init__(self, host_id: int = STREAMER.id, **options) -> None:
        self.events = []
        self.accounting = Accounting(
            lambda event, _at: self.events.append(event), GiftList(), **options
        )
        self.accounting.enter(ROOM, host_id, 100.0, AT_MS)
        self.events.clear()

    def take(self, *msgs: m.Msg) -> list:
        before = len(self.events)
        self.accounting.take(read_first(FetchResult(msgs=msgs).encode()), 101.0, AT_MS + 1000)
        return self.events[before:]

    def one(self, msg: m.Msg):
        (event,) = self.take(msg)
        return event


def test_a_chat_message():
    msg = m.chat("xin chào 👋", BOB)
    event = Room().one(msg)
    assert isinstance(event, Chat)
    assert (event.text, event.viewer.handle, event.id) == (
        "xin chào 👋",
        "bob",
        f"chat/{msg.msg_id}",
    )
    assert (event.source, event.backlog, event.at_ms) == (Source.LIVE, False, AT_MS + 1000)


def test_text_that_is_not_utf8_does_not_cost_the_message():
    event = Room().one(m.bad_utf8())
    assert isinstance(event, Chat)
    assert event.text == "\ufffd" * 4


@pytest.mark.parametrize("viewer", [ALICE, BOB, CAROL, MODERATOR, SUBSCRIBER])
def test_who_a_viewer_is(viewer):
    seen = Room().one(m.chat("hi", viewer)).viewer
    assert (seen.id, seen.handle, seen.nickname) == (viewer.id, viewer.handle, viewer.nickname)
    assert seen.is_moderator == viewer.is_moderator
    assert seen.is_subscriber == viewer.is_subscriber
    assert seen.is_follower == (viewer.is_follower or viewer.is_friend)
    assert (seen.gifter_level, seen.fan_level) == (viewer.gifter_level, viewer.fan_level)


@pytest.mark.parametrize("viewer", [ALICE, MODERATOR, SUBSCRIBER, CAROL])
def test_who_a_viewer_is_shows_from_badges_alone(viewer):
    seen = Room().one(m.like(1, 10, viewer)).viewer
    assert seen.is_moderator == viewer.is_moderator
    assert seen.is_subscriber == viewer.is_subscriber
    assert seen.is_follower == (viewer.is_follower or viewer.is_friend)
    assert seen.gifter_level == viewer.gifter_level


def test_likes_carry_the_highest_total():
    room = Room()
    totals = [
        event.total for event in room.take(m.like(5, 3000), m.like(3, 1920), m.like(15, 3015))
    ]
    assert totals == [3000, 3000, 3015]
    like = room.one(m.like(7, 3022))
    assert isinstance(like, Like)
    assert (like.count, like.viewer.handle) == (7, "carol")


def test_follow_and_share_go_by_the_action_number():
    room = Room()
    assert isinstance(room.one(m.follow(ALICE)), Follow)
    share = room.one(m.share(ALICE))
    assert isinstance(share, Share)
    assert share.joined == 0
    assert room.one(m.share(ALICE, joined=5)).joined == 5


@pytest.mark.parametrize(
    ("action", "kind"), [(1, Follow), (2, Share), (3, Share), (4, Share), (5, Share)]
)
def test_every_social_action(action, kind):
    assert isinstance(Room().one(m.message("WebcastSocialMessage", m.FRESH, (4, action))), kind)


@pytest.mark.parametrize("action", [0, 6, 99])
def test_other_social_actions_mean_nothing(action):
    assert Room().take(m.message("WebcastSocialMessage", m.FRESH, (4, action))) == []


def test_somebody_joined():
    event = Room().one(m.join(BOB))
    assert isinstance(event, Join)
    assert event.viewer.handle == "bob"


def test_one_subscription_told_twice_is_one():
    room = Room()
    event = room.one(m.subscribe(3, SUBSCRIBER))
    assert isinstance(event, Subscribe)
    assert (event.months, event.viewer.handle) == (3, "erin")
    assert room.take(m.join(SUBSCRIBER, action=3)) == []
    assert room.one(m.join(ALICE, action=3)).months == 1


def test_the_viewer_count():
    event = Room().one(m.viewer_count(120, ever=4500))
    assert isinstance(event, ViewerCount)
    assert event.count == 120


def test_a_pause_and_its_end():
    room = Room()
    events = room.take(m.control(m.PAUSED), m.control(m.UNPAUSED))
    assert [type(e) for e in events] == [StreamPaused, StreamPaused]
    assert [e.paused for e in events] == [True, False]


@pytest.mark.parametrize(("action", "suspended"), [(m.ENDED, False), (m.SUSPENDED, True)])
def test_an_end_is_held_back_until_it_is_sure(action, suspended):
    room = Room()
    assert room.take(m.control(action)) == []
    assert room.accounting.ending.suspended is suspended
    room.accounting.end(102.0, AT_MS)
    assert room.events[-1].suspended is suspended
    assert room.events[-1].id == f"stream/{ROOM}/ended"


def test_a_gift_with_all_its_facts():
    event = Room().one(GiftMessage(LION, ALICE, count=1).message())
    assert isinstance(event, Gift)
    assert (event.gift_id, event.name, event.coins) == (LION.id, "Lion", 29999)
    assert (event.count, event.total, event.final) == (1, 1, True)
    assert event.viewer.handle == "alice"


def test_gifts_for_guests_are_ignored_and_counted_as_such():
    room = Room()
    for fields in ("user", "member", "both"):
        assert room.take(GiftMessage(LION, to=GUEST, to_fields=fields).message()) == []
    assert room.accounting.counts.guest_gifts == 3
    room.accounting.count_guests = True
    assert room.one(GiftMessage(LION, to=GUEST).message()).receiver_id == GUEST.id


def test_gifts_for_the_streamer_by_name_are_not_for_a_guest():
    assert Room().one(GiftMessage(LION, to=STREAMER).message()).receiver_id == STREAMER.id


def test_who_the_streamer_is_shows_from_the_first_gift():
    room = Room(host_id=0)
    room.one(GiftMessage(LION).message())
    assert room.take(GiftMessage(LION, to=GUEST).message()) == []


def test_without_knowing_the_streamer_every_gift_counts():
    assert Room(host_id=0).one(GiftMessage(LION, to=GUEST).message()).count == 1


def test_a_gift_without_its_description_counts():
    event = Room().one(GiftMessage(ROSE, count=3, end=True, group=5, struct=False).message())
    assert (event.gift_id, event.count, event.name) == (ROSE.id, 3, "")


def test_a_gift_whose_sender_has_a_broken_name_counts():
    broken = encode((1, 1001), (3, b"\xff\xfe"), (38, b"al\xffice"))
    plain = GiftMessage(LION, count=1).message()
    message = m.message("WebcastGiftMessage", m.FRESH, (2, LION.id), (5, 2), (7, broken))
    room = Room()
    room.take(plain)
    event = room.one(message)
    assert (event.viewer.id, event.viewer.handle, event.count, event.coins) == (
        1001,
        "al\ufffdice",
        2,
        29999,
    )


def test_an_unknown_kind_of_gift_teaches_its_price():
    doughnut = GiftKind(123456, "Doughnut", 30, 2)
    event = Room().one(GiftMessage(doughnut).message())
    assert (event.name, event.coins, event.final) == ("Doughnut", 30, True)


def test_nonsense_in_a_gift_is_counted_and_survived():
    room = Room()
    assert room.take(m.wrong_wire_types(), GiftMessage(LION).message().cut(40)) == []
    assert room.accounting.counts.bad_messages == 2
    assert room.one(GiftMessage(LION).message()).count == 1


def test_methods_nobody_reads_are_counted_by_name():
    room = Room()
    assert room.take(m.unknown(), m.unknown(), m.unknown("WebcastOther"), m.caption("hello")) == []
    assert room.accounting.counts.unknown["WebcastTotallyNewMessage"] == 2
    assert room.accounting.counts.unknown_messages == 4
    for number in range(1000):
        room.take(m.unknown(f"New{number}"))
    assert len(room.accounting.counts.unknown) <= 501
    assert room.accounting.counts.unknown_messages == 1004


OTHER = 9001


def test_a_battle_from_its_beginning_to_its_end():
    room = Room()
    events = room.take(
        m.battle(55, m.BATTLE_OPEN, {STREAMER.id: 0, OTHER: 0}),
        m.battle(55, m.BATTLE_OPEN, {STREAMER.id: 0, OTHER: 0}),
        m.armies(55, {STREAMER.id: 10, OTHER: 4}),
        m.battle(55, m.BATTLE_FINISHED, {STREAMER.id: 12, OTHER: 4}),
        m.battle(55, m.BATTLE_FINISHED, {STREAMER.id: 12, OTHER: 4}),
        m.armies(55, {STREAMER.id: 12, OTHER: 4}),
    )
    assert all(isinstance(e, Battle) and e.battle_id == 55 for e in events)
    assert [(e.stage, e.own_score, e.other_score) for e in events] == [
        (BattleStage.STARTED, 0, 0),
        (BattleStage.SCORE, 10, 4),
        (BattleStage.WON, 12, 4),
    ]


@pytest.mark.parametrize(
    ("own", "other", "stage"),
    [(5, 3, BattleStage.WON), (3, 5, BattleStage.LOST), (4, 4, BattleStage.DRAW)],
)
def test_how_a_battle_ends(own, other, stage):
    event = Room().one(m.battle(1, m.BATTLE_FINISHED, {STREAMER.id: own, OTHER: other}))
    assert event.stage is stage


def test_a_cancelled_battle_is_told_if_it_had_begun():
    room = Room()
    assert room.take(m.battle(2, m.BATTLE_CANCELLED, {})) == []
    room.take(m.battle(3, m.BATTLE_OPEN, {STREAMER.id: 0, OTHER: 0}))
    assert room.one(m.battle(3, m.BATTLE_CANCELLED, {})).stage is BattleStage.CANCELLED


def test_a_battle_of_others_is_not_told():
    assert (
        Room().take(m.armies(4, {1: 5, 2: 6}), m.battle(4, m.BATTLE_FINISHED, {1: 5, 2: 6})) == []
    )


def test_a_message_without_any_id_is_known_by_its_content():
    room = Room()
    one = m.Msg("WebcastChatMessage", encode((3, "hi")), 0)
    other = m.Msg("WebcastChatMessage", encode((3, "ho")), 0)
    assert len(room.take(one, one, other, one)) == 2
    assert room.accounting.counts.duplicates == 2


def test_the_first_event_of_a_stream_says_that_it_was_joined():
    told = []
    accounting = Accounting(lambda event, at: told.append((event, at)), GiftList())
    accounting.enter(ROOM, 0, 100.0, AT_MS)
    ((event, at),) = told
    assert isinstance(event, StreamStarted)
    assert (event.room_id, event.backlog, at) == (ROOM, False, 100.0)

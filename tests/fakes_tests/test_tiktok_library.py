"""The unmodified TikTokLive client against the loopback server, only its public settings used.

One rule: the library is the judge here. What it accepts from TikTok it must accept from us.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.fakes.tiktok import frames, gifts, messages, tls
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.messages import chat
from tests.fakes.tiktok.script import Abort, Close, Dribble, Raw, Split, Step, WaitAck, WaitEntered
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.viewers import ALICE, GUEST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

pytestmark = [
    # TikTokLive 7.0.1 speaks through websockets' legacy face, deprecated since websockets 14, and
    # says so at import and at every connection; we test that client exactly as it is.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    # A dropped connection leaves the library's sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ENDING = [WaitAck(), messages.control(messages.ENDED)]


class Listener:
    """A TikTokLive client and every event it gave out, by class name."""

    def __init__(self, **settings: Any) -> None:
        from TikTokLive import TikTokLiveClient
        from TikTokLive import events as library

        self.client = TikTokLiveClient("@creator", **settings)
        self.client.logger.setLevel(60)
        self.events: dict[str, list[Any]] = {}
        self.room_info: Any = None
        self.gift_info: Any = None
        for name in dir(library):
            kind = getattr(library, name)
            if isinstance(kind, type) and name.endswith("Event") and hasattr(kind, "get_type"):
                self.client.add_listener(kind, self._note)
        self.client.listens_to("error")(
            lambda error: self.events.setdefault("error", []).append(error)
        )

    def _note(self, event: Any) -> None:
        name = type(event).__name__
        self.events.setdefault(name, []).append(event)
        if name == "ConnectEvent":  # the library forgets both when the connection ends
            self.room_info, self.gift_info = self.client.room_info, self.client.gift_info

    def got(self, name: str) -> list[Any]:
        return self.events.get(name, [])

    async def listen(self, **options: Any) -> None:
        """Run until the connection ends, whatever way."""
        task = await asyncio.wait_for(self.client.start(**options), 30)
        await asyncio.wait_for(task, 30)

    async def close(self) -> None:
        await self.client.disconnect()
        await self.client.web.close()
        await self.client.web.signer.client.aclose()
        # After an error the library lets its heartbeats die by themselves, up to 10 s later.
        for task in asyncio.all_tasks():
            if "_ping_loop_fn" in repr(task.get_coro()):
                task.cancel()


@pytest.fixture
async def listener(tiktok: FakeTikTok) -> AsyncIterator[Listener]:
    with tiktok.overrides():
        # The library waits 20 s for a peer that does not answer its close.
        found = Listener(ws_kwargs={"close_timeout": 0.5})
        yield found
        await found.close()


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
    once = (
        "ConnectEvent DisconnectEvent LivePauseEvent LiveUnpauseEvent LiveEndEvent UnknownEvent EmoteChatEvent "
        "LinkMicBattlePunishFinishEvent BarrageEvent CaptionEvent ImDeleteEvent"
    )
    assert {name: len(listener.got(name)) for name in once.split()} == dict.fromkeys(
        once.split(), 1
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


def offline(tiktok: FakeTikTok) -> None:
    tiktok.room.live = False


def missing(tiktok: FakeTikTok) -> None:
    tiktok.room.exists = False


def switch(name: str, mode: str) -> Callable[[FakeTikTok], None]:
    return lambda tiktok: setattr(tiktok.room.switches, name, mode)


def captcha_everywhere(tiktok: FakeTikTok) -> None:
    tiktok.room.switches.page = "captcha"
    tiktok.room.switches.api = "no_room"


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (offline, "UserOfflineError"),
        (switch("alive", "dead"), "UserOfflineError"),
        (missing, "UserNotFoundError"),
        (captcha_everywhere, "FailedParseRoomIdError"),
        (switch("alive", "broken"), "MissingRoomIdInResponse"),
        (switch("info", "age_restricted"), "AgeRestrictedError"),
        (switch("sign", "429"), "SignatureRateLimitError"),
        (switch("sign", "429_bare"), "TypeError"),
        (switch("sign", "401"), "SignAPIError"),
        (switch("sign", "503"), "SignAPIError"),
        (switch("sign", "empty"), "SignAPIError"),
        (switch("sign", "no_cookie"), "SignAPIError"),
        (switch("sign", "garbage"), "ValueError"),
        (switch("sign", "no_cursor"), "InitialCursorMissingError"),
        (switch("sign", "no_push_server"), "WebsocketURLMissingError"),
        (switch("handshake", "device_blocked"), "WebcastBlockedError"),
        (switch("handshake", "400"), "WebcastBlockedError"),
        (switch("handshake", "403"), "InvalidStatusCode"),
    ],
)
async def test_refusals_raise_what_the_library_raises_for_the_real_ones(
    tiktok: FakeTikTok, listener: Listener, prepare: Callable[[FakeTikTok], None], error: str
) -> None:
    prepare(tiktok)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - the class is checked by name below
        await listener.listen(fetch_room_info=True)
    assert type(refused.value).__name__ == error


@pytest.mark.parametrize(
    "page", ["captcha", "no_state", "broken", "blocked_ip", "no_room", "empty"]
)
async def test_a_useless_page_is_made_up_for_by_the_api(
    tiktok: FakeTikTok, listener: Listener, page: str
) -> None:
    tiktok.room.switches.page = page
    tiktok.room.scripts = [[WaitEntered(), chat("here"), *ENDING]]
    await listener.listen()
    assert len(listener.got("CommentEvent")) == 1
    assert len(tiktok.calls("/api-live/")) == 1


async def test_the_age_restricted_stream_works_without_its_info(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.switches.info = "age_restricted"
    tiktok.room.scripts = [[WaitEntered(), *ENDING]]
    await listener.listen()
    assert len(listener.got("ConnectEvent")) == 1


async def test_a_fallback_push_server_still_speaks(tiktok: FakeTikTok, listener: Listener) -> None:
    tiktok.room.switches.sign = "fallback"
    tiktok.room.scripts = [[WaitEntered(), chat("here"), *ENDING]]
    await listener.listen()
    assert tiktok.room.connections[0].path.startswith("/fallback/")
    assert len(listener.got("CommentEvent")) == 1


async def test_without_is_first_the_library_never_enters(
    tiktok: FakeTikTok, listener: Listener
) -> None:
    tiktok.room.switches.sign = "not_first"
    tiktok.room.scripts = [[chat("here"), WaitAck(), Close()]]
    await listener.listen()
    assert listener.got("ConnectEvent") == []
    assert tiktok.room.connections[0].entered == []


async def test_a_stranger_with_our_certificate_is_refused_and_a_friend_accepted() -> None:
    async with FakeTikTok(tls=True) as tiktok:
        tiktok.room.scripts = [[WaitEntered(), chat("secret"), *ENDING]]
        with tiktok.overrides():
            refusing = Listener()
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                await refusing.listen()
            await refusing.close()
            trust = tls.trusting_context()
            accepting = Listener(
                web_kwargs={"httpx_kwargs": {"verify": trust}}, ws_kwargs={"ssl": trust}
            )
            await accepting.listen()
            await accepting.close()
        assert tiktok.push_url.startswith("wss://")
        assert [event.comment for event in accepting.got("CommentEvent")] == ["secret"]


async def test_only_our_authority_vouches_for_the_server() -> None:
    reader = writer = None
    async with FakeTikTok(tls=True) as tiktok:
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection(
                "127.0.0.1", tiktok.port, ssl=ssl.create_default_context()
            )
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", tiktok.port, ssl=tls.trusting_context()
        )
        assert reader is not None
        writer.close()
        await writer.wait_closed()


async def test_the_settings_of_the_library_are_put_back(tiktok: FakeTikTok) -> None:
    from TikTokLive.client.web.web_settings import WebDefaults

    before = (
        WebDefaults.tiktok_app_url,
        WebDefaults.tiktok_webcast_url,
        WebDefaults.tiktok_sign_url,
    )
    with tiktok.overrides():
        assert WebDefaults.tiktok_app_url == tiktok.base
    after = (
        WebDefaults.tiktok_app_url,
        WebDefaults.tiktok_webcast_url,
        WebDefaults.tiktok_sign_url,
    )
    assert before == after
    assert all(url.startswith("https://") for url in after)

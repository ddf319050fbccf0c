"""Messages of a stream other than gifts, one builder per kind, field numbers as on the wire.

Field numbers: TikTok's webcast schema v3, checked against captured rooms.
"""

from __future__ import annotations

import dataclasses
import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.tiktok.proto import Value, encode, raw_field, varint
from tests.fakes.tiktok.viewers import ALICE, BOB, CAROL, SUBSCRIBER, Viewer, image, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOM_ID = 7512345678901234567

PAUSED, UNPAUSED, ENDED, SUSPENDED = 1, 2, 3, 4
BATTLE_CANCELLED, BATTLE_OPEN, BATTLE_FINISHED, BATTLE_CUT_SHORT = 3, 4, 5, 6
WON, LOST, DRAW = 1, 2, 3

_msg_ids = itertools.count(7_600_000_000_000_000_001)


def new_msg_id() -> int:
    """Return a message id this process has not used before."""
    return next(_msg_ids)


def now_ms() -> int:
    """Return the wall clock as TikTok writes it, UTC epoch ms."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the envelope of a message says; None means fresh."""

    msg_id: int | None = None
    create_ms: int | None = None
    room_id: int = ROOM_ID


FRESH = Stamp()


@dataclass(frozen=True, slots=True)
class Msg:
    """One BaseProtoMessage: 1 method, 2 payload, 3 msg_id, 6 is_history."""

    method: str
    payload: bytes
    msg_id: int
    is_history: bool = False

    def encode(self) -> bytes:
        """Return the wire bytes."""
        return encode((1, self.method), (2, self.payload), (3, self.msg_id), (6, self.is_history))

    def as_history(self) -> Msg:
        """Return the same message marked as backlog."""
        return dataclasses.replace(self, is_history=True)

    def cut(self, length: int) -> Msg:
        """Return the message with only the first `length` bytes of its payload."""
        return dataclasses.replace(self, payload=self.payload[:length])


def text(key: str, pattern: str, who: Viewer | None = None) -> bytes:
    """Return a Text: 1 key, 2 default_pattern, 3 format, 4 pieces (11 = a user, in field 21)."""
    style = encode((1, "#ffffffff"), (4, 400))
    pieces = [encode((1, 11), (21, encode((1, who.encode()))))] if who else None
    return encode((1, key), (2, pattern), (3, style), (4, pieces))


def common(method: str, msg_id: int, at: Stamp, *, display: bytes | None = None) -> bytes:
    """Return CommonMessageData: 1 method, 2 msg_id, 3 room_id, 4 create_time ms, 8 display_text."""
    created = now_ms() if at.create_ms is None else at.create_ms
    return encode(
        (1, method),
        (2, msg_id),
        (3, at.room_id),
        (4, created),
        (6, True),
        (8, display),
        (9, 1),
        (12, f"{msg_id:x}"),
        (25, created - 60),
    )


def message(
    method: str, at: Stamp, *fields: tuple[int, Value], display: bytes | None = None
) -> Msg:
    """Return a message of any method: field 1 is the envelope, the rest is given."""
    msg_id = new_msg_id() if at.msg_id is None else at.msg_id
    head = encode((1, common(method, msg_id, at, display=display)))
    return Msg(method, head + encode(*fields), msg_id)


def chat(content: str, viewer: Viewer = BOB, at: Stamp = FRESH, *, language: str = "en") -> Msg:
    """WebcastChatMessage: 2 user, 3 content, 14 content_language, 18 user_identity."""
    return message(
        "WebcastChatMessage",
        at,
        (2, viewer.encode()),
        (3, content),
        (14, language),
        (18, viewer.identity()),
    )


def like(count: int, total: int, viewer: Viewer = CAROL, at: Stamp = FRESH) -> Msg:
    """WebcastLikeMessage: 2 count (1..15, sampled), 3 total (may jump back), 5 user."""
    display = text("pm_mt_msg_viewer", "{0:user} liked the LIVE")
    return message(
        "WebcastLikeMessage", at, (2, count), (3, total), (5, viewer.encode()), display=display
    )


def follow(viewer: Viewer = ALICE, at: Stamp = FRESH, *, followers: int = 0) -> Msg:
    """WebcastSocialMessage with action 1: 2 user, 4 action, 6 follow_count of the streamer."""
    display = text("pm_main_follow_message_viewer_2", "{0:user} followed the LIVE creator", viewer)
    return message(
        "WebcastSocialMessage", at, (2, viewer.encode()), (4, 1), (6, followers), display=display
    )


def share(viewer: Viewer = ALICE, at: Stamp = FRESH, *, joined: int = 0) -> Msg:
    """WebcastSocialMessage with action 3; `joined` (5) is only told by the display key."""
    key = f"pm_mt_guidance_viewer_{joined}_share" if joined else "pm_mt_guidance_share"
    display = text(key, "{0:user} shared the LIVE", viewer)
    return message(
        "WebcastSocialMessage",
        at,
        (2, viewer.encode()),
        (3, 1),
        (4, 3),
        (5, "copy"),
        (8, 1),
        display=display,
    )


def join(viewer: Viewer = BOB, at: Stamp = FRESH, *, count: int = 42, action: int = 1) -> Msg:
    """WebcastMemberMessage: 2 user, 3 member_count, 10 action (1 joined, 3 subscribed)."""
    display = text("live_room_enter_toast", "{0:user} joined")
    return message(
        "WebcastMemberMessage",
        at,
        (2, viewer.encode()),
        (3, count),
        (10, action),
        (12, viewer.id),
        display=display,
    )


def subscribe(months: int = 1, viewer: Viewer = SUBSCRIBER, at: Stamp = FRESH) -> Msg:
    """WebcastSubNotifyMessage: 2 user, 4 sub_month, 6 old_subscribe_status (1 = again)."""
    display = text("pm_mt_sub_notify", "{0:user} subscribed", viewer)
    return message(
        "WebcastSubNotifyMessage",
        at,
        (2, viewer.encode()),
        (3, 2),
        (4, months),
        (5, 1),
        (6, int(months > 1)),
        display=display,
    )


def viewer_count(now: int, at: Stamp = FRESH, *, ever: int = 0) -> Msg:
    """WebcastRoomUserSeqMessage: 2 ranks, 3 total watching now, 7 total_user (cumulative)."""
    tops = [numbered(900 + place) for place in range(3)]
    ranks = [
        encode((1, 300 - place), (2, top.encode()), (3, place + 1))
        for place, top in enumerate(tops)
    ]
    return message(
        "WebcastRoomUserSeqMessage",
        at,
        (2, ranks),
        (3, now),
        (4, str(now)),
        (6, now),
        (7, ever or now * 4),
    )


def control(action: int, at: Stamp = FRESH) -> Msg:
    """WebcastControlMessage: 2 action, PAUSED, UNPAUSED, ENDED or SUSPENDED."""
    return message("WebcastControlMessage", at, (2, action))


def battle(
    battle_id: int,
    action: int,
    scores: Mapping[int, int],
    at: Stamp = FRESH,
    *,
    duration_s: int = 300,
) -> Msg:
    """WebcastLinkMicBattle of {anchor id: score}; the highest score wins, equal ones draw.

    2 battle_id, 3 battle_settings, 4 action, 5 battle_result (only when finished), 9 armies.
    """
    started = now_ms() if at.create_ms is None else at.create_ms
    setting = encode(
        (1, battle_id),
        (2, started),
        (3, duration_s),
        (4, 77),
        (5, 1),
        (8, 1),
        (10, started + duration_s * 1000),
    )
    results = None
    if action in {BATTLE_FINISHED, BATTLE_CUT_SHORT}:
        results = {who: _result(who, score, scores) for who, score in scores.items()}
    armies = [
        encode((1, who), (2, encode((1, [_donor(score)]), (2, score), (3, str(who)))))
        for who, score in scores.items()
    ]
    return message(
        "WebcastLinkMicBattle",
        at,
        (2, battle_id),
        (3, setting),
        (4, action),
        (5, results),
        (9, armies),
    )


def _result(who: int, score: int, scores: Mapping[int, int]) -> bytes:
    best = max(scores.values())
    shared = sum(other == best for other in scores.values()) > 1
    outcome = (DRAW if shared else WON) if score == best else LOST
    return encode((1, who), (2, outcome), (3, score))


def _donor(score: int) -> bytes:
    return encode((1, ALICE.id), (2, score), (3, ALICE.nickname), (4, image("https://a.invalid/a")))


def armies(battle_id: int, scores: Mapping[int, int], at: Stamp = FRESH) -> Msg:
    """WebcastLinkMicArmies: 2 battle_id, 3 armies {anchor id: score so far}, 7 trigger_reason."""
    sides = {
        who: encode((1, [_donor(score)]), (2, score), (3, str(who)))
        for who, score in scores.items()
    }
    return message(
        "WebcastLinkMicArmies", at, (2, battle_id), (3, sides), (4, 77), (5, now_ms()), (7, 1)
    )


def battle_punish_finish(battle_id: int, at: Stamp = FRESH) -> Msg:
    """WebcastLinkMicBattlePunishFinish: the time after a battle is over."""
    return message("WebcastLinkMicBattlePunishFinish", at, (2, 77), (4, 1), (5, battle_id))


def emote_chat(viewer: Viewer = SUBSCRIBER, at: Stamp = FRESH) -> Msg:
    """WebcastEmoteChatMessage: 2 user, 3 emote_list, 5 user_identity."""
    emote = encode((1, "7141234"), (2, image("https://p16-webcast.tiktokcdn.com/emote.webp")))
    return message(
        "WebcastEmoteChatMessage",
        at,
        (2, viewer.encode()),
        (3, [emote]),
        (5, viewer.identity()),
    )


def barrage(content: str, viewer: Viewer = ALICE, at: Stamp = FRESH) -> Msg:
    """WebcastBarrageMessage: the entrance of a high-level viewer; 3 msg_type, 5 text, 50 user."""
    shown = text("ttlive_ugce_barrage", content, viewer)
    return message("WebcastBarrageMessage", at, (3, 3), (5, shown), (50, viewer.encode()))


def caption(content: str, at: Stamp = FRESH) -> Msg:
    """WebcastCaptionMessage: what the streamer says; about a tenth of all messages of a room."""
    return message(
        "WebcastCaptionMessage",
        at,
        (2, now_ms()),
        (3, 2000),
        (4, [encode((1, "en"), (2, content))]),
    )


def delete(msg_ids: Sequence[int], at: Stamp = FRESH) -> Msg:
    """WebcastImDeleteMessage: 2 delete_msg_ids taken back by a moderator."""
    return message("WebcastImDeleteMessage", at, (2, list(msg_ids)))


def unknown(method: str = "WebcastTotallyNewMessage", at: Stamp = FRESH) -> Msg:
    """A method nobody knows yet; TikTok adds such every month."""
    return message(method, at, (2, b"\x01\x02"), (900, "new"))


def bad_utf8(method: str = "WebcastChatMessage", at: Stamp = FRESH) -> Msg:
    """A known method with invalid UTF-8 in a string field: no decoder may accept it."""
    return message(method, at, (3, b"\xff\xfe\xfd\xfc"), (16, b"\xff\xfe\xfd\xfc"))


def wrong_wire_types(method: str = "WebcastGiftMessage", at: Stamp = FRESH) -> Msg:
    """A known method whose numbers are strings and whose strings and structs are numbers."""
    plain = message(method, at)
    texts = b"".join(raw_field(number, 2, b"\x03abc") for number in (2, 5, 9, 11))
    numbers = b"".join(raw_field(number, 0, varint(number)) for number in (7, 15, 16))
    return dataclasses.replace(plain, payload=plain.payload + texts + numbers)

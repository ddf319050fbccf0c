"""From webcast messages to the events of `core.events`; gifts become reports, to be counted later.

One rule: nothing here counts or remembers gifts; what is remembered is only what a single message
cannot tell (the highest like total, who was just welcomed as subscriber, the running battle).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.events import (
    NOBODY,
    Chat,
    Follow,
    Join,
    Like,
    LiveEvent,
    Share,
    Source,
    StreamEnded,
    StreamPaused,
    Subscribe,
    Viewer,
    ViewerCount,
)
from app.core.streaks import GiftReport
from app.live.battles import Battles

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.ledger import MessageKey
    from app.live.schema import Proto

# Badge scenes, from TikTok's BadgeSceneType.
_ADMIN, _SUBSCRIBER, _OLD_SUBSCRIBER, _GIFTER_GRADE, _FANS = 1, 4, 7, 8, 10
_FOLLOWED, _LAST_SHARE = 1, 5
_SUBSCRIBED = 3
_PAUSED, _RESUMED, _ENDED, _SUSPENDED = 1, 2, 3, 4
_COMBO_TYPE = 1
# One subscription is told twice, as a notice and as an entrance, within seconds.
_SAME_SUBSCRIPTION_MS = 60_000
_SUBSCRIBERS_KEPT = 1000
_JOINED_THROUGH = re.compile(rb"viewer_(\d+)_share")


class NotAMessage(ValueError):  # noqa: N818 - says what the bytes are not
    """The bytes do not make sense as this message."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a message besides its content; `id` is ours, stable and unique."""

    id: str
    at_ms: int
    backlog: bool


class Decoder:
    """Reads the messages of one stream. `host_id` is the streamer's own id, 0 while unknown."""

    def __init__(self, *, source: Source = Source.LIVE, host_id: int = 0) -> None:
        """Start with nothing remembered."""
        self.source = source
        self.host_id = host_id
        self._likes = 0
        self._subscribed: dict[int, int] = {}
        self._battles = Battles(source)
        self._readers: dict[bytes, Callable[[Proto, About], LiveEvent | None]] = {
            b"WebcastChatMessage": self._chat,
            b"WebcastLikeMessage": self._like,
            b"WebcastSocialMessage": self._social,
            b"WebcastMemberMessage": self._member,
            b"WebcastRoomUserSeqMessage": self._viewer_count,
            b"WebcastSubNotifyMessage": self._sub_notify,
            b"WebcastControlMessage": self._control,
            b"WebcastLinkMicBattle": self._battle,
            b"WebcastLinkMicArmies": self._armies,
        }

    def event(self, method: bytes, message: Proto, about: About) -> LiveEvent | None:
        """Return the event a message (not a gift) stands for, or None if it means nothing to us."""
        return self._readers[method](message, about)

    def gift(self, message: Proto, key: MessageKey) -> GiftReport:
        """Return what a gift message says; raises NotAMessage without a gift id."""
        if not message.gift_id:
            raise NotAMessage("gift without an id")
        described = message.gift
        combo: bool | None = None
        if message.HasField("gift") and (described.type or described.combo):
            combo = described.combo or described.type == _COMBO_TYPE
        receiver_id = _receiver(message)
        if not receiver_id and not self.host_id:
            self.host_id = message.monitor_info.to_user_id
        order_id = _text(message.order_id)
        return GiftReport(
            message=key,
            viewer=_viewer(message.user, message.user_identity),
            gift_id=message.gift_id,
            receiver_id=receiver_id,
            group_id=message.group_id,
            count=message.repeat_count,
            end=bool(message.repeat_end),
            combo=combo,
            name=_text(described.name),
            coins=max(0, described.diamond_count),
            order_id="" if order_id == "0" else order_id,
            sent_ms=message.common.create_time,
        )

    def is_for_guest(self, report: GiftReport) -> bool:
        """Say whether the gift is surely meant for somebody else than the streamer."""
        return bool(report.receiver_id and self.host_id and report.receiver_id != self.host_id)

    # ------------------------------------------------------------ one kind each

    def _chat(self, message: Proto, about: About) -> Chat:
        return Chat(
            id=about.id,
            at_ms=about.at_ms,
            viewer=_viewer(message.user, message.user_identity),
            source=self.source,
            backlog=about.backlog,
            text=_text(message.content),
        )

    def _like(self, message: Proto, about: About) -> Like:
        # Linked rooms mix two counters; only the highest is worth showing.
        self._likes = max(self._likes, message.total)
        return Like(
            id=about.id,
            at_ms=about.at_ms,
            viewer=_viewer(message.user),
            source=self.source,
            backlog=about.backlog,
            count=max(1, message.count),
            total=self._likes,
        )

    def _social(self, message: Proto, about: About) -> Follow | Share | None:
        action = message.action
        if not _FOLLOWED <= action <= _LAST_SHARE:
            return None
        viewer = _viewer(message.user)
        if action == _FOLLOWED:
            return Follow(
                id=about.id,
                at_ms=about.at_ms,
                viewer=viewer,
                source=self.source,
                backlog=about.backlog,
            )
        joined = _JOINED_THROUGH.search(message.common.display_text.key)
        return Share(
            id=about.id,
            at_ms=about.at_ms,
            viewer=viewer,
            source=self.source,
            backlog=about.backlog,
            joined=int(joined[1]) if joined else 0,
        )

    def _member(self, message: Proto, about: About) -> Join | Subscribe | None:
        if message.action == _SUBSCRIBED:
            return self._subscribe(message, about, months=1)
        return Join(
            id=about.id,
            at_ms=about.at_ms,
            viewer=_viewer(message.user),
            source=self.source,
            backlog=about.backlog,
        )

    def _sub_notify(self, message: Proto, about: About) -> Subscribe | None:
        return self._subscribe(message, about, months=max(1, message.sub_month))

    def _subscribe(self, message: Proto, about: About, *, months: int) -> Subscribe | None:
        viewer = _viewer(message.user)
        last_ms = self._subscribed.get(viewer.id)
        if last_ms is not None and abs(about.at_ms - last_ms) < _SAME_SUBSCRIPTION_MS:
            return None
        if len(self._subscribed) >= _SUBSCRIBERS_KEPT:
            self._subscribed.clear()
        self._subscribed[viewer.id] = about.at_ms
        return Subscribe(
            id=about.id,
            at_ms=about.at_ms,
            viewer=viewer,
            source=self.source,
            backlog=about.backlog,
            months=months,
        )

    def _viewer_count(self, message: Proto, about: About) -> ViewerCount:
        return ViewerCount(
            id=about.id,
            at_ms=about.at_ms,
            source=self.source,
            backlog=about.backlog,
            count=max(0, message.total),
        )

    def _control(self, message: Proto, about: About) -> StreamPaused | StreamEnded | None:
        if message.action in (_PAUSED, _RESUMED):
            return StreamPaused(
                id=about.id,
                at_ms=about.at_ms,
                source=self.source,
                backlog=about.backlog,
                paused=message.action == _PAUSED,
            )
        if message.action in (_ENDED, _SUSPENDED):
            return StreamEnded(
                id=about.id,
                at_ms=about.at_ms,
                source=self.source,
                backlog=about.backlog,
                suspended=message.action == _SUSPENDED,
            )
        return None

    def _battle(self, message: Proto, about: About) -> LiveEvent | None:
        return self._battles.battle(message, about, self.host_id)

    def _armies(self, message: Proto, about: About) -> LiveEvent | None:
        return self._battles.armies(message, about, self.host_id)


# Short names for event ids.
KINDS: Final[dict[bytes, str]] = {
    b"WebcastChatMessage": "chat",
    b"WebcastLikeMessage": "like",
    b"WebcastSocialMessage": "social",
    b"WebcastMemberMessage": "member",
    b"WebcastRoomUserSeqMessage": "viewers",
    b"WebcastSubNotifyMessage": "subscribe",
    b"WebcastControlMessage": "control",
    b"WebcastLinkMicBattle": "battle",
    b"WebcastLinkMicArmies": "score",
}
GIFT_METHOD: Final = b"WebcastGiftMessage"


def message_id(message: Proto, outer_id: int, payload: bytes) -> int:
    """Return the message's own id; without any, a negative number made of its content."""
    own: int = message.common.msg_id
    return own or outer_id or -1 - zlib.crc32(payload)


def _receiver(message: Proto) -> int:
    receiver: int = message.to_user.id or message.to_member_id_int
    if receiver or not message.to_member_id:
        return receiver
    text = bytes(message.to_member_id)
    return int(text) if text.isdigit() else 0


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _viewer(user: Proto, identity: Proto = None) -> Viewer:
    if not user.id and not user.display_id:
        return NOBODY
    moderator, subscriber, gifter_level, fan_level = False, bool(user.is_subscribe), 0, 0
    for badge in user.badges:
        scene = badge.scene_type
        if scene == _GIFTER_GRADE:
            gifter_level = _level(badge, gifter_level)
        elif scene == _FANS:
            fan_level = _level(badge, fan_level)
        elif scene == _ADMIN:
            moderator = True
        elif scene in (_SUBSCRIBER, _OLD_SUBSCRIBER):
            subscriber = True
    follower = user.follow_info.follow_status > 0
    if identity is not None:
        follower = follower or identity.follower or identity.mutual
        moderator = moderator or identity.moderator
        subscriber = subscriber or identity.subscriber
    return Viewer(
        id=user.id,
        handle=_text(user.display_id),
        nickname=_text(user.nickname),
        is_follower=follower,
        is_moderator=moderator,
        is_subscriber=subscriber,
        gifter_level=gifter_level,
        fan_level=fan_level,
    )


def _level(badge: Proto, at_least: int) -> int:
    text = badge.log_extra.level
    return max(at_least, int(text)) if text.isdigit() else at_least

"""Facts from a stream, as the rules see them: frozen, typed, already counted exactly once.

Ids are integers as TikTok gives them; times are `at_ms` (UTC epoch ms) and never monotonic.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Source(enum.StrEnum):
    """Where an event came from; only LIVE counts in a stream's statistics."""

    LIVE = "live"
    REPLAY = "replay"
    PRETEND = "pretend"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind an event. Key people by `id`; `handle` may change."""

    id: int
    handle: str
    nickname: str = ""
    is_follower: bool = False
    is_moderator: bool = False
    is_subscriber: bool = False
    gifter_level: int = 0
    fan_level: int = 0


NOBODY = Viewer(id=0, handle="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event has. `id` is unique and stable across reconnects and restarts."""

    id: str
    at_ms: int
    viewer: Viewer = NOBODY
    source: Source = Source.LIVE
    backlog: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift(Event):
    """A counted gift or one step of a combo.

    `count` is what this event adds (0 only on a closing event), `total` the combo so far; `final`
    marks the end of the combo, sent once per streak. Single gifts are final at once. `coins` is the
    price of one. `each` rules use `count`, `total` rules wait for `final` and use `total`.
    """

    gift_id: int
    name: str
    coins: int
    count: int
    total: int
    final: bool
    streak: str
    late: bool = False
    receiver_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Like(Event):
    """`count` likes by one viewer; `total` is the stream's counter, never falling."""

    count: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Event):
    """One chat message."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Event):
    """A viewer followed the streamer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Event):
    """A viewer shared the stream; `joined` people came through it, if TikTok said so."""

    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Event):
    """A viewer entered the stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe(Event):
    """A viewer subscribed, for `months` months so far."""

    months: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerCount(Event):
    """How many people are watching now."""

    count: int


class BattleStage(enum.StrEnum):
    """Where a battle stands."""

    STARTED = "started"
    SCORE = "score"
    WON = "won"
    LOST = "lost"
    DRAW = "draw"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Battle(Event):
    """A battle began, changed its score or ended; scores are coins-like points."""

    battle_id: int
    stage: BattleStage
    own_score: int = 0
    other_score: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStarted(Event):
    """The stream was joined; `room_id` names it."""

    room_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPaused(Event):
    """The streamer paused (or, with `paused` False, came back)."""

    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEnded(Event):
    """The stream is over, as TikTok said; a lost link is not an end."""

    suspended: bool = False


LiveEvent = (
    Gift
    | Like
    | Chat
    | Follow
    | Share
    | Join
    | Subscribe
    | ViewerCount
    | Battle
    | StreamStarted
    | StreamPaused
    | StreamEnded
)

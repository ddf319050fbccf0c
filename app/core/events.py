"""Facts from a stream and from the desk, as rules see them: frozen, typed, counted exactly once.

Ids are integers as TikTok gives them; times are `at_ms` (UTC epoch ms) and never monotonic.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.world import LocalTime

_NO_NUMBERS: Final[Mapping[str, float]] = MappingProxyType({})


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

    def numbers(self) -> Mapping[str, float]:
        """Return what formulas may ask of this class of event beside what all events have."""
        return _NO_NUMBERS

    def words(self) -> str:
        """Return what `{text}` shows: what somebody wrote or another program sent."""
        return ""


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

    def words(self) -> str:
        """Return the message."""
        return self.text


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

    def numbers(self) -> Mapping[str, float]:
        """Tell how many are watching."""
        return {"viewers": self.count}


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

    def numbers(self) -> Mapping[str, float]:
        """Tell both scores."""
        return {"own_score": self.own_score, "other_score": self.other_score}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Event):
    """Time has passed; told once a second, or later when the computer slept or was busy.

    `local` is the clock on the wall. `second` counts from the begin of the stream, or without one
    of the program. `passed` is how much `second` grew since the last tick; at most 60, so that
    after a long sleep nothing is made up for. `shown` is how many seconds of the clock on the wall
    are new with it: an hour that the clock shows twice is new once. None: as many as `passed`.
    `live`: a stream is on.
    """

    local: LocalTime
    second: int
    passed: int = 1
    live: bool = False
    shown: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Event):
    """A device told a value, `before` the one it told last; None on the first.

    `roles`: what else rules may call this device, such as "motor".
    """

    device_id: str
    name: str
    value: float
    before: float | None = None
    roles: tuple[str, ...] = ()

    def numbers(self) -> Mapping[str, float]:
        """Tell the value."""
        return {"reading": self.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttMessage(Event):
    """A message came from the user's broker. Messages the broker had kept are not events."""

    topic: str
    text: str

    def words(self) -> str:
        """Return the message."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Event):
    """A manual button was pressed, on the desk or on a remote."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HotkeyPressed(Event):
    """A key combination was pressed, written as `hotkeys.written` writes it: "Ctrl+Alt+F1"."""

    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called(Event):
    """Another program called a name at the local door; `numbers_sent` may stand in formulas."""

    name: str
    text: str = ""
    numbers_sent: Mapping[str, float] = field(default_factory=dict, hash=False)

    def numbers(self) -> Mapping[str, float]:
        """Return what was sent along."""
        return self.numbers_sent

    def words(self) -> str:
        """Return the text that was sent along."""
        return self.text


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
    | Tick
    | Reading
    | MqttMessage
    | ButtonPressed
    | HotkeyPressed
    | Called
)

"""From the messages of a stream to events, each once, each gift on disk before it moves anything.

One rule: write down, then tell; and what was told once is never told again.
"""

from __future__ import annotations

import enum
import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from google.protobuf.message import DecodeError

from app.core.events import LiveEvent, Source, StreamEnded, StreamStarted
from app.core.ledger import LedgerEntry, LedgerState, MessageKey
from app.core.streaks import STALE_S, Counted, Moment, SeenKeys, Streaks
from app.live.decode import GIFT_METHOD, KINDS, About, Decoder, NotAMessage, message_id
from app.live.schema import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.core.giftlist import GiftList
    from app.live.schema import Proto
    from app.live.wire import Received

log = logging.getLogger(__name__)

# Written when a stream is joined, so that a restart knows that it was there before.
JOINED = "joined"
# A live message is seconds old at most; one this much older than our coming was sent before it.
_BEFORE_US_MS = 30_000
_STALE_MS = int(STALE_S * 1000)
_METHODS_COUNTED = 500
_METHOD_NAMES = {method: method.decode() for method in MESSAGES}


class Ledger(Protocol):
    """What was counted, kept where a crash cannot reach it."""

    def load(self, room_id: int, now_ms: int) -> LedgerState:
        """Return what was counted lately in a stream (0: in any); empty when nothing was."""

    def record(self, entry: LedgerEntry) -> None:
        """Write one entry down before anything moves because of it."""


@dataclass(slots=True)
class MessageCounts:
    """What became of messages. `unknown` counts by method name, for the curious and for reports."""

    messages: int = 0
    duplicates: int = 0
    bad_messages: int = 0
    guest_gifts: int = 0
    failed_events: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def unknown_messages(self) -> int:
        """How many messages nobody here reads."""
        return self.unknown.total()


class _Came(enum.Enum):
    """How we know the stream we are in."""

    FIRST = enum.auto()
    BACK = enum.auto()
    RESTARTED = enum.auto()


class Accounting:
    """Turns messages into told events. Call everything from one thread.

    Gifts from before we first came are told with `backlog` set. After a lost link what was missed
    is told as usual, after a restart the missed gifts are, and nothing is that waited over 2 min.
    """

    def __init__(
        self,
        on_event: Callable[[LiveEvent, float], None],
        gifts: GiftList,
        *,
        ledger: Ledger | None = None,
        source: Source = Source.LIVE,
        prefix: str = "",
        count_guests: bool = False,
    ) -> None:
        """Take where events go (with the monotonic time of their frame) and what is known.

        `prefix` makes the ids of a replay different from those of the stream itself.
        """
        self.counts = MessageCounts()
        self.count_guests = count_guests
        self.room_id = 0
        self.since_ms = 0
        self.ending: StreamEnded | None = None
        # Room and UTC ms: when we first came to a stream that may still go on.
        self.known_since = (0, 0)
        self._on_event = on_event
        self._gifts = gifts
        self._ledger = ledger
        self._source = source
        self._prefix = prefix
        self._came = _Came.FIRST
        self._came_ms = 0
        self._seen = SeenKeys()
        self._streaks = Streaks(gifts, source=source, prefix=prefix)
        self._decoder = Decoder(source=source)

    @property
    def host_id(self) -> int:
        """The streamer's own id, 0 while nobody told it."""
        return self._decoder.host_id

    @property
    def has_open_streaks(self) -> bool:
        """Say whether `sweep` may have something to end."""
        return self._streaks.open_count > 0

    def enter(self, room_id: int, host_id: int, now: float, at_ms: int, since_ms: int = 0) -> None:
        """Begin with a stream, or go on with it after a lost link or a restart.

        What the stream before left open is ended. Times as in `Moment`; `since_ms` is when the
        stream began, if known.
        """
        self.ending = None
        if room_id == self.room_id:
            self._came = _Came.BACK
            self._decoder.host_id = host_id or self._decoder.host_id
            return
        self._tell_gifts(self._streaks.close_all(Moment(now, at_ms)), now)
        state = self._ledger.load(room_id, at_ms) if self._ledger else LedgerState()
        self._came = _Came.RESTARTED if state.entries else _Came.FIRST
        self._came_ms = 0
        known_room, known_ms = self.known_since
        known_ms = known_ms if room_id == known_room else 0
        self.room_id, self.since_ms = room_id, since_ms or known_ms or at_ms
        self._seen.clear()
        for key in state.seen:
            self._seen.add(key)
        self._decoder = Decoder(source=self._source, host_id=host_id)
        self._streaks = Streaks(
            self._gifts, room_id=room_id, source=self._source, prefix=self._prefix
        )
        self._streaks.restore(state, Moment(now, at_ms))
        self._tell_started(now, at_ms)

    def take(self, received: Received, now: float, at_ms: int, *, first: bool = False) -> None:
        """Take the messages of one frame; `first` marks those that came with the sign answer."""
        server_ms = received.server_ms or at_ms
        if not self._came_ms:
            self._came_ms = server_ms
        counts = self.counts
        for base in received.messages:
            counts.messages += 1
            method = base.method
            cls = MESSAGES.get(method)
            if cls is None:
                self._count_unknown(method)
                continue
            payload = base.payload
            try:
                message = cls.FromString(payload)
                number = message_id(message, base.msg_id, payload)
                key = MessageKey(_METHOD_NAMES[method], number)
                if not self._seen.add(key):
                    counts.duplicates += 1
                    continue
                sent_ms = message.common.create_time
                old = first or base.is_history
                backlog = self._is_backlog(sent_ms, server_ms, old=old, gift=method == GIFT_METHOD)
                when_ms = min(sent_ms, at_ms) if backlog and sent_ms > 0 else at_ms
                self._take_one(method, message, key, Moment(now, when_ms, backlog))
            except (DecodeError, NotAMessage):
                counts.bad_messages += 1

    def sweep(self, now: float, at_ms: int) -> None:
        """End combos whose end never came; call about once a second while there are open ones."""
        self._tell_gifts(self._streaks.close_idle(Moment(now, at_ms)), now)

    def end(self, now: float, at_ms: int) -> None:
        """The stream is over for good: end its combos and tell so, once."""
        if not self.room_id:
            return
        self._tell_gifts(self._streaks.close_all(Moment(now, at_ms)), now)
        told = self.ending or StreamEnded(id="", at_ms=at_ms, source=self._source)
        self._tell(replace(told, id=self._stream_id("ended")), now)
        self.room_id = 0
        self.ending = None

    def leave(self, now: float, at_ms: int) -> None:
        """Turn to another stream: end the combos of this one; whether it goes on is unknown."""
        self._tell_gifts(self._streaks.close_all(Moment(now, at_ms)), now)
        self.room_id = 0
        self.ending = None

    # ------------------------------------------------------------ inside

    def _take_one(self, method: bytes, message: Proto, key: MessageKey, moment: Moment) -> None:
        if method == GIFT_METHOD:
            report = self._decoder.gift(message, key)
            if self._decoder.is_for_guest(report) and not self.count_guests:
                self.counts.guest_gifts += 1
                return
            counted = self._streaks.count(report, moment)
            if counted is not None:
                self._tell_gift(counted, moment.now)
            return
        about = About(
            f"{self._prefix}{KINDS[method]}/{key.message_id}", moment.at_ms, moment.backlog
        )
        event = self._decoder.event(method, message, about)
        if isinstance(event, StreamEnded):
            # Told by `end`, once it is sure.
            self.ending = event
        elif event is not None:
            self._tell(event, moment.now)

    def _is_backlog(self, sent_ms: int, server_ms: int, *, old: bool, gift: bool) -> bool:
        if self._came is _Came.FIRST:
            return old or 0 < sent_ms < self._came_ms - _BEFORE_US_MS
        if self._came is _Came.RESTARTED and old and not gift:
            # Only gifts are in the ledger: anything else may have been told before the restart.
            return True
        return 0 < sent_ms < server_ms - _STALE_MS

    def _count_unknown(self, method: bytes) -> None:
        unknown = self.counts.unknown
        name = method.decode("utf-8", "replace")[:80]
        unknown[name if name in unknown or len(unknown) < _METHODS_COUNTED else "other"] += 1

    def _tell_started(self, now: float, at_ms: int) -> None:
        event = StreamStarted(
            id=self._stream_id("started"),
            at_ms=at_ms,
            source=self._source,
            backlog=self._came is _Came.RESTARTED,
            room_id=self.room_id,
        )
        if self._ledger is not None:
            self._ledger.record(_joined(event, self.room_id))
        self._tell(event, now)

    def _stream_id(self, what: str) -> str:
        return f"{self._prefix}stream/{self.room_id}/{what}"

    def _tell_gifts(self, counted: Iterable[Counted], now: float) -> None:
        for one in counted:
            self._tell_gift(one, now)

    def _tell_gift(self, counted: Counted, now: float) -> None:
        if self._ledger is not None:
            self._ledger.record(counted.entry)
        self._tell(counted.gift, now)

    def _tell(self, event: LiveEvent, now: float) -> None:
        try:
            self._on_event(event, now)
        except Exception:
            # The next gift must come through whatever happened to this one.
            self.counts.failed_events += 1
            log.exception("event %s failed", event.id)


def _joined(event: StreamStarted, room_id: int) -> LedgerEntry:
    return LedgerEntry(
        room_id=room_id,
        method=JOINED,
        message_id=0,
        counted=0,
        added=0,
        final=False,
        at_ms=event.at_ms,
        # No gift to be found in the journal: nobody shall look for one.
        event_id="",
    )

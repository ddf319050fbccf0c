"""Counts gifts exactly once: combos by their running total, single gifts by their order.

One rule: a combo's count only grows, and only what it grows by is a new gift. Times are passed in.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.events import Gift, Source, Viewer
from app.core.giftlist import GiftKind, GiftList
from app.core.ledger import LedgerEntry, MessageKey, StreakKey

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from app.core.ledger import LedgerState

# An end frame may never come; real combos pause for 5 s at most before TikTok ends them.
IDLE_S = 15.0
# Resent ends were seen within seconds; a combo is forgotten when nobody can still mean it.
KEEP_S = 900.0
# Gifts that waited longer than this (a crash, a dead network) count, but move nothing any more.
STALE_S = 120.0
SEEN_LIMIT = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftReport:
    """What one gift message says, before counting.

    `count` is cumulative within a combo. `combo`, `name`, `coins` are None, "", 0 when the message
    left the gift's description out. `sent_ms` is TikTok's own time of the message.
    """

    message: MessageKey
    viewer: Viewer
    gift_id: int
    receiver_id: int = 0
    group_id: int = 0
    count: int = 1
    end: bool = False
    combo: bool | None = None
    name: str = ""
    coins: int = 0
    order_id: str = ""
    sent_ms: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One accounting step: write `entry` down first, then tell `gift`."""

    gift: Gift
    entry: LedgerEntry


@dataclass(frozen=True, slots=True)
class Moment:
    """When and how something is counted: `now` monotonic seconds, `at_ms` UTC epoch ms.

    `backlog` marks gifts from before we came: counted, but they move nothing.
    """

    now: float
    at_ms: int
    backlog: bool = False


class SeenKeys:
    """Remembers the last `limit` keys."""

    def __init__(self, limit: int = SEEN_LIMIT) -> None:
        """Start with none seen."""
        self._limit = limit
        self._keys: OrderedDict[Hashable, None] = OrderedDict()

    def add(self, key: Hashable) -> bool:
        """Note a key; False if it was there already."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._limit:
            self._keys.popitem(last=False)
        return True

    def __contains__(self, key: Hashable) -> bool:
        return key in self._keys

    def clear(self) -> None:
        """Forget all."""
        self._keys.clear()


@dataclass(slots=True)
class _Run:
    """One combo while it lasts and a while longer."""

    key: StreakKey
    streak: str
    viewer: Viewer
    kind: GiftKind
    counted: int
    final: bool
    ended: bool
    touched: float
    sent_ms: int
    # Something was added that is not backlog; without it the end moves nothing either.
    fresh: bool = False


class Streaks:
    """Counts the gifts of one stream. `prefix` keeps ids of replays apart from live ones."""

    def __init__(
        self, gifts: GiftList, *, room_id: int = 0, source: Source = Source.LIVE, prefix: str = ""
    ) -> None:
        """Start with nothing counted; `room_id` goes into the ledger entries."""
        self._gifts = gifts
        self._room_id = room_id
        self._source = source
        self._prefix = prefix
        self._orders = SeenKeys()
        # Both ordered by last touch, so that looking for idle combos costs nothing when none are.
        self._open: OrderedDict[StreakKey, _Run] = OrderedDict()
        self._closed: OrderedDict[StreakKey, _Run] = OrderedDict()

    @property
    def open_count(self) -> int:
        """How many combos have not ended yet."""
        return len(self._open)

    def count(self, report: GiftReport, moment: Moment) -> Counted | None:
        """Count one gift message; None when it adds nothing and ends nothing."""
        kind = self._gifts.learn(GiftKind(report.gift_id, report.name, report.coins, report.combo))
        if report.group_id or kind.combo or (kind.combo is None and report.end):
            return self._count_combo(report, kind, moment)
        return self._count_single(report, kind, moment)

    def close_idle(self, moment: Moment) -> list[Counted]:
        """End the combos nobody added to for 15 s, and forget those that are long over."""
        while self._closed:
            oldest = next(iter(self._closed.values()))
            if moment.now - oldest.touched <= KEEP_S:
                break
            self._closed.popitem(last=False)
        return self._close(moment, lambda run: moment.now - run.touched > IDLE_S)

    def close_all(self, moment: Moment) -> list[Counted]:
        """End every open combo, as the end of a stream does."""
        return self._close(moment, lambda _run: True)

    def restore(self, state: LedgerState, moment: Moment) -> None:
        """Go on from what was counted before a restart; call before the first `count`."""
        for order_id in state.orders:
            self._orders.add(order_id)
        for entry in state.entries:
            if entry.streak is None:
                continue
            run = self._restored(entry, entry.streak, moment)
            self._open.pop(run.key, None)
            self._closed.pop(run.key, None)
            (self._closed if run.final else self._open)[run.key] = run

    # ------------------------------------------------------------ inside

    def _restored(self, entry: LedgerEntry, key: StreakKey, moment: Moment) -> _Run:
        before = self._open.get(key) or self._closed.get(key)
        streak = entry.event_id.removeprefix(self._prefix).split("/")[1]
        same = before is not None and before.streak == streak
        return _Run(
            key=key,
            streak=streak,
            viewer=Viewer(entry.viewer_id, entry.handle),
            kind=GiftKind(entry.gift_id, entry.name, entry.coins),
            counted=entry.counted,
            # A late increment is not final itself, but its combo is over.
            final=entry.final or (same and before is not None and before.final),
            ended=(entry.final and entry.message_id != 0)
            or (same and before is not None and before.ended),
            touched=moment.now - max(0, moment.at_ms - entry.at_ms) / 1000.0,
            sent_ms=0,
            fresh=True,
        )

    def _count_single(self, report: GiftReport, kind: GiftKind, moment: Moment) -> Counted | None:
        if report.order_id and not self._orders.add(report.order_id):
            return None
        count = max(1, report.count)
        gift = Gift(
            id=f"{self._prefix}gift/{report.message.message_id}",
            at_ms=moment.at_ms,
            viewer=report.viewer,
            source=self._source,
            backlog=moment.backlog,
            gift_id=kind.id,
            name=kind.name,
            coins=kind.coins,
            count=count,
            total=count,
            final=True,
            streak="",
            receiver_id=report.receiver_id,
        )
        return Counted(gift, self._entry(gift, report.message, None, report.order_id))

    def _count_combo(self, report: GiftReport, kind: GiftKind, moment: Moment) -> Counted | None:
        run = self._run_of(report, kind, moment)
        added = max(0, max(1, report.count) - run.counted)
        late = run.final
        final = report.end and not run.final
        run.counted += added
        run.viewer, run.kind, run.touched = report.viewer, kind, moment.now
        run.sent_ms = max(run.sent_ms, report.sent_ms)
        run.final = run.final or final
        run.ended = run.ended or report.end
        run.fresh = run.fresh or (added > 0 and not moment.backlog)
        self._move(run)
        if not added and not final:
            return None
        return self._step(run, report.message, moment, added=added, final=final, late=late)

    def _run_of(self, report: GiftReport, kind: GiftKind, moment: Moment) -> _Run:
        key = StreakKey(report.viewer.id, report.receiver_id, report.gift_id, report.group_id)
        run = self._open.get(key) or self._closed.get(key)
        if run is not None and not _begins_anew(run, report):
            return run
        # Without a group the first message names the combo, so that its next one is another.
        group = str(key.group_id or f"m{report.message.message_id}")
        streak = f"{key.viewer_id}-{key.receiver_id}-{key.gift_id}-{group}"
        return _Run(
            key, streak, report.viewer, kind, 0, final=False, ended=False,
            touched=moment.now, sent_ms=report.sent_ms,
        )  # fmt: skip

    def _move(self, run: _Run) -> None:
        self._open.pop(run.key, None)
        self._closed.pop(run.key, None)
        (self._closed if run.final else self._open)[run.key] = run

    def _close(self, moment: Moment, over: Callable[[_Run], bool]) -> list[Counted]:
        done: list[Counted] = []
        for run in self._oldest_open():
            if not over(run):
                break
            run.final = True
            stale = moment.now - run.touched > STALE_S or not run.fresh
            self._open.pop(run.key)
            self._closed[run.key] = run
            told = Moment(moment.now, moment.at_ms, moment.backlog or stale)
            message = MessageKey("", 0)
            done.append(self._step(run, message, told, added=0, final=True, late=False))
        return done

    def _oldest_open(self) -> Iterator[_Run]:
        yield from list(self._open.values())

    def _step(
        self, run: _Run, message: MessageKey, moment: Moment, *, added: int, final: bool, late: bool
    ) -> Counted:
        end = "" if added else "/end"
        gift = Gift(
            id=f"{self._prefix}gift/{run.streak}/{run.counted}{end}",
            at_ms=moment.at_ms,
            viewer=run.viewer,
            source=self._source,
            backlog=moment.backlog or not run.fresh,
            gift_id=run.kind.id,
            name=run.kind.name,
            coins=run.kind.coins,
            count=added,
            total=run.counted,
            final=final,
            streak=run.streak,
            late=late,
            receiver_id=run.key.receiver_id,
        )
        return Counted(gift, self._entry(gift, message, run.key, ""))

    def _entry(
        self, gift: Gift, message: MessageKey, key: StreakKey | None, order_id: str
    ) -> LedgerEntry:
        return LedgerEntry(
            room_id=self._room_id,
            method=message.method,
            message_id=message.message_id,
            counted=gift.total,
            added=gift.count,
            final=gift.final,
            at_ms=gift.at_ms,
            event_id=gift.id,
            streak=key,
            order_id=order_id,
            gift_id=gift.gift_id,
            name=gift.name,
            coins=gift.coins,
            viewer_id=gift.viewer.id,
            handle=gift.viewer.handle,
        )


def _begins_anew(run: _Run, report: GiftReport) -> bool:
    """Say whether a message of a finished combo without a group is the next combo's first."""
    if report.group_id or report.end or not run.final:
        return False
    if report.sent_ms and report.sent_ms < run.sent_ms:
        return False
    # Ended by TikTok: whatever comes is new. Ended by our time-out: a higher count goes on.
    return run.ended or report.count <= run.counted

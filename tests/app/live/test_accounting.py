"""Each event once: over repeats, lost links, restarts and changes of the stream."""

from __future__ import annotations

import dataclasses

import pytest

from app.core.events import Chat, Follow, Gift, Source, StreamEnded, StreamStarted
from app.core.giftlist import GiftList
from app.core.ledger import LedgerEntry, LedgerState
from app.live.accounting import JOINED, Accounting
from app.live.wire import Received, read_first
from app.store.ledger import Ledger as StoreLedger
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import FetchResult
from tests.fakes.tiktok.gifts import HEART_ME, LION, ROSE, Combo
from tests.fakes.tiktok.gifts import Gift as GiftMessage
from tests.fakes.tiktok.viewers import ALICE, BOB, STREAMER

ROOM = m.ROOM_ID


class Paper:
    """A ledger that survives its process: what was recorded is what the next one loads."""

    def __init__(self, entries: list[LedgerEntry] | None = None) -> None:
        self.entries: list[LedgerEntry] = entries or []

    def load(self, room_id: int, now_ms: int) -> LedgerState:
        return LedgerState.of(e for e in self.entries if room_id in (0, e.room_id))

    def record(self, entry: LedgerEntry) -> None:
        self.entries.append(entry)

    @property
    def gifts(self) -> list[LedgerEntry]:
        return [e for e in self.entries if e.method != JOINED]


class Core:
    """One life of the core, listening to a stream."""

    def __init__(self, paper=None, now: float = 100.0, **options) -> None:
        self.paper = paper if paper is not None else Paper()
        self.now = now
        self.events = []
        self.received_at = []
        self.accounting = Accounting(self._told, GiftList(), ledger=self.paper, **options)

    def _told(self, event, received_at: float) -> None:
        self.events.append(event)
        self.received_at.append(received_at)

    @property
    def at_ms(self) -> int:
        return m.now_ms()

    def enter(self, *backlog: m.Msg, room_id: int = ROOM) -> None:
        self.accounting.enter(room_id, STREAMER.id, self.now, self.at_ms)
        self.accounting.take(result(*backlog), self.now, self.at_ms, first=True)

    def take(self, *msgs: m.Msg) -> None:
        self.accounting.take(result(*msgs), self.now, self.at_ms)

    def gifts(self) -> list[Gift]:
        return [e for e in self.events if isinstance(e, Gift)]

    def total(self, *, fired: bool | None = None) -> int:
        return sum(g.count for g in self.gifts() if fired is None or g.backlog is not fired)

    def restart(self) -> Core:
        return Core(Paper(list(self.paper.entries)), self.now + 1)


def result(*msgs: m.Msg) -> Received:
    return read_first(FetchResult(msgs=msgs).encode())


def lion(**fields) -> m.Msg:
    return GiftMessage(LION, **fields).message()


@pytest.mark.parametrize(
    ("room_id", "told_ms", "since_ms"), [(ROOM, 0, 5), (ROOM, 7, 7), (1, 0, 9)]
)
def test_a_known_stream_goes_on_since_when_it_did_unless_tiktok_knows(room_id, told_ms, since_ms):
    accounting = Core().accounting
    accounting.known_since = (ROOM, 5)
    accounting.enter(room_id, STREAMER.id, 100.0, 9, told_ms)
    assert accounting.since_ms == since_ms


def test_the_same_message_three_times_is_one_event():
    core = Core()
    core.enter()
    msg = lion()
    core.take(msg)
    core.take(msg, msg)
    assert core.total() == 1
    assert core.accounting.counts.duplicates == 2


def test_every_gift_is_written_down_before_it_is_told():
    order = []

    class Watched(Paper):
        def record(self, entry):
            order.append(("written", entry.event_id))

    accounting = Accounting(lambda e, _: order.append(("told", e.id)), GiftList(), ledger=Watched())
    accounting.enter(ROOM, STREAMER.id, 1.0, m.now_ms())
    accounting.take(result(lion(), *Combo(ROSE).frames(3)), 1.0, m.now_ms())
    assert order[0] == ("written", "")
    assert len(order) == 2 * 6
    for written, told in zip(order[2::2], order[3::2], strict=True):
        assert (written[0], told[0]) == ("written", "told")
        assert written[1] == told[1]


@pytest.mark.expect_log("event gift/.* failed")
def test_an_error_in_a_rule_does_not_cost_the_next_gift():
    told = []

    def on_event(event, _at):
        told.append(event)
        if len(told) == 2:
            raise RuntimeError("a broken rule")

    accounting = Accounting(on_event, GiftList())
    accounting.enter(ROOM, STREAMER.id, 1.0, m.now_ms())
    accounting.take(result(lion(), lion(), lion()), 1.0, m.now_ms())
    assert len([e for e in told if isinstance(e, Gift)]) == 3
    assert accounting.counts.failed_events == 1


def test_gifts_from_before_we_came_count_but_fire_nothing():
    core = Core()
    core.enter(lion(), *Combo(ROSE).frames(3))
    assert (core.total(), core.total(fired=True)) == (4, 0)
    assert len(core.paper.gifts) == 5


def test_history_in_a_later_frame_of_the_first_connection_fires_nothing_either():
    core = Core()
    core.enter()
    core.take(lion().as_history())
    old = dataclasses.replace(m.FRESH, create_ms=m.now_ms() - 60_000)
    core.take(lion(at=old))
    core.take(lion())
    assert (core.total(), core.total(fired=True)) == (3, 1)


def test_what_was_missed_while_the_link_was_lost_fires_after_it():
    core = Core()
    seen, missed = lion(), lion()
    core.enter()
    core.take(seen, m.follow(ALICE))
    follow = m.follow(BOB)
    core.enter(seen.as_history(), missed.as_history(), follow.as_history())
    assert (core.total(), core.total(fired=True)) == (2, 2)
    follows = [e for e in core.events if isinstance(e, Follow)]
    assert [e.viewer.handle for e in follows] == ["alice", "bob"]
    assert not any(e.backlog for e in follows)
    assert len([e for e in core.events if isinstance(e, StreamStarted)]) == 1


def test_a_drop_in_the_middle_of_a_combo_with_backlog_counts_exactly():
    core = Core()
    combo = Combo(ROSE)
    before = [combo.progress(n) for n in (1, 2, 3)]
    core.enter()
    core.take(*before)
    core.enter(*(msg.as_history() for msg in before))
    core.take(combo.progress(4), combo.end(4))
    assert core.total() == 4


def test_a_drop_that_swallows_progress_counts_exactly_without_backlog():
    core = Core()
    combo = Combo(ROSE)
    core.enter()
    core.take(combo.progress(1), combo.progress(2))
    core.enter()
    core.take(combo.progress(6), combo.end(6))
    assert core.total() == 6
    assert [g.total for g in core.gifts() if g.final] == [6]


def test_gifts_that_waited_for_more_than_two_minutes_count_but_fire_nothing():
    core = Core()
    core.enter()
    stale = dataclasses.replace(m.FRESH, create_ms=m.now_ms() - 180_000)
    core.enter(lion(at=stale).as_history(), lion().as_history())
    assert (core.total(), core.total(fired=True)) == (2, 1)


def test_after_a_restart_missed_gifts_fire_and_counted_ones_do_not():
    first = Core()
    counted, missed = lion(), lion()
    combo = Combo(ROSE)
    steps = [combo.progress(n) for n in (1, 2, 3)]
    first.enter()
    first.take(counted, *steps[:2])
    second = first.restart()
    second.enter(counted.as_history(), *(s.as_history() for s in steps), missed.as_history())
    assert [(g.gift_id, g.count, g.total) for g in second.gifts()] == [
        (ROSE.id, 1, 3),
        (LION.id, 1, 1),
    ]
    assert second.total(fired=True) == 2
    second.take(combo.end(3))
    assert first.total() + second.total() == 5


def test_after_a_restart_everything_but_gifts_in_the_backlog_fires_nothing():
    first = Core()
    follow, chat = m.follow(ALICE), m.chat("hi")
    first.enter()
    first.take(follow)
    second = first.restart()
    second.enter(follow.as_history(), chat.as_history())
    told = [e for e in second.events if isinstance(e, (Follow, Chat))]
    assert [e.backlog for e in told] == [True, True]
    second.take(m.follow(BOB))
    assert second.events[-1].backlog is False


def test_a_restart_in_a_stream_without_gifts_still_knows_that_it_was_there():
    first = Core()
    first.enter()
    second = first.restart()
    second.enter(lion().as_history())
    assert second.total(fired=True) == 1
    assert [e.backlog for e in second.events if isinstance(e, StreamStarted)] == [True]


def test_another_stream_begins_from_nothing():
    core = Core()
    combo = Combo(ROSE)
    core.enter()
    core.take(combo.progress(3), m.like(1, 5000))
    core.enter(room_id=ROOM + 1)
    assert [g.total for g in core.gifts() if g.final] == [3]
    core.take(m.like(1, 10))
    assert core.events[-1].total == 10
    assert [e.room_id for e in core.events if isinstance(e, StreamStarted)] == [ROOM, ROOM + 1]


def test_the_end_of_a_stream_ends_its_combos_and_is_told_once():
    core = Core()
    core.enter()
    core.take(*Combo(ROSE).frames(3)[:2], m.control(m.ENDED))
    assert core.accounting.ending is not None
    core.accounting.end(core.now, core.at_ms)
    core.accounting.end(core.now, core.at_ms)
    assert [type(e) for e in core.events[-2:]] == [Gift, StreamEnded]
    assert core.gifts()[-1].final
    assert len([e for e in core.events if isinstance(e, StreamEnded)]) == 1
    assert core.accounting.room_id == 0


def test_a_combo_whose_end_never_came_is_ended_by_the_sweep():
    core = Core()
    core.enter()
    core.take(Combo(ROSE).progress(4))
    assert core.accounting.has_open_streaks
    core.accounting.sweep(core.now + 14, core.at_ms)
    core.accounting.sweep(core.now + 16, core.at_ms)
    core.accounting.sweep(core.now + 17, core.at_ms)
    assert [(g.count, g.total, g.final) for g in core.gifts()] == [(4, 4, False), (0, 4, True)]
    assert not core.accounting.has_open_streaks
    assert core.received_at[-1] == core.now + 16


def test_single_gifts_without_a_group_count_one_by_one():
    core = Core()
    core.enter()
    core.take(*(GiftMessage(HEART_ME).message() for _ in range(7)))
    assert core.total() == 7


def test_the_ledger_of_the_store_gives_back_what_we_need(tmp_path):
    ledger = StoreLedger(tmp_path, lambda _notice: None)
    ledger.open()
    combo = Combo(ROSE)
    first = Core(ledger)
    first.enter()
    known = lion()
    first.take(known, combo.progress(1), combo.progress(2))
    ledger.close()

    ledger = StoreLedger(tmp_path, lambda _notice: None)
    ledger.open()
    second = Core(ledger)
    second.enter(known.as_history(), combo.progress(5).as_history())
    second.take(combo.end(5))
    ledger.close()
    assert [(g.count, g.total, g.final) for g in second.gifts()] == [(3, 5, False), (0, 5, True)]
    assert second.total(fired=True) == 3


def test_a_replay_has_ids_and_a_mark_of_its_own():
    core = Core(source=Source.REPLAY, prefix="replay-1/")
    core.enter()
    core.take(lion(), m.chat("hi"), *Combo(ROSE).frames(2))
    assert all(e.source is Source.REPLAY and e.id.startswith("replay-1/") for e in core.events)
    assert len({e.id for e in core.events}) == len(core.events)

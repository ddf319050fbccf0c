"""The journal keeps each event once, adds up what is real, and forgets in time."""

import asyncio

import pytest

from app.core.events import (
    Battle,
    BattleStage,
    Chat,
    Follow,
    Join,
    Like,
    Share,
    StreamEnded,
    StreamPaused,
    StreamStarted,
    Subscribe,
    Viewer,
    ViewerCount,
)
from app.core.outcome import Drop, Outcome, Reason, Stage
from app.store.db import Database
from app.store.journal import Journal, StreamRow, StreamSums, drop_oldest
from app.store.writer import Options
from tests.app.store.samples import (
    PRETEND,
    REPLAY,
    ROOM,
    START_MS,
    counted,
    delivery,
    gift,
    outcome,
)

DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def notices():
    return []


@pytest.fixture
def open_database(tmp_path, notices):
    opened = []

    def make(path=tmp_path / "journal.db", **options):
        database = Database(path, notices.append, make_room=drop_oldest, options=Options(**options))
        database.open()
        opened.append(database)
        return database

    yield make
    for database in opened:
        assert database.close()


@pytest.fixture
def journal(open_database):
    made = Journal(open_database(), run="run1")
    made.begin_stream(ROOM, "anna", START_MS)
    return made


async def count(journal, table="event"):
    return (await journal._database.read(f"SELECT COUNT(*) FROM {table}"))[0][0]


async def test_a_gift_told_twice_is_kept_and_added_once(journal):
    for _ in range(3):
        journal.on_outcome(outcome(gift(1)))
        journal.on_delivery(delivery("e1", Stage.SENT, 1.0))
    journal.on_outcome(outcome(gift(2, count=5, coins=10)))
    assert await count(journal) == 2
    sums = await journal.sums(ROOM)
    assert (sums.gifts, sums.coins, sums.actions) == (7, 52, 1)


async def test_what_became_of_commands_and_rules_is_added_up(journal):
    for number, stage in enumerate((Stage.SENT, Stage.DROPPED, Stage.FAILED, Stage.DONE)):
        journal.on_outcome(outcome(gift(number)))
        journal.on_delivery(delivery(f"e{number}", Stage.QUEUED, 1.0))
        journal.on_delivery(delivery(f"e{number}", stage, 1.1))
    journal.on_outcome(outcome(gift(10), ran=False))
    journal.on_outcome(outcome(gift(11), ran=False, reason=Reason.NO_MATCH))
    sums = await journal.sums(ROOM)
    assert (sums.actions, sums.skipped, sums.failed) == (1, 2, 1)


async def test_pretend_and_replayed_gifts_are_kept_but_never_added(journal):
    for number, source in enumerate((PRETEND, REPLAY)):
        journal.on_outcome(outcome(gift(number, source=source)))
        journal.on_delivery(delivery(f"e{number}", Stage.SENT, 1.0))
        journal.on_delivery(delivery(f"e{number}", Stage.FAILED, 1.0))
    assert await count(journal) == 2
    assert await journal.sums(ROOM) == StreamSums()


async def test_numbers_are_those_of_one_stream(journal):
    journal.on_outcome(outcome(gift(1)))
    journal.begin_stream(8, "bob", START_MS)
    journal.on_outcome(outcome(gift(2, count=9)))
    assert (await journal.sums(ROOM)).gifts == 2
    assert (await journal.sums(8)).gifts == 9
    assert await journal.sums(9) == StreamSums()


async def test_gifts_are_told_by_the_minute(journal):
    for number, minute in enumerate((0, 0, 1, 3)):
        journal.on_outcome(outcome(gift(number, at_ms=START_MS + minute * 60_000)))
    first = START_MS // 60_000
    assert (await journal.sums(ROOM)).minutes == ((first, 4), (first + 1, 2), (first + 3, 2))


async def test_the_numbers_are_the_same_after_a_restart(tmp_path, open_database, notices):
    before = open_database()
    journal = Journal(before)
    journal.begin_stream(ROOM, "anna", START_MS)
    for number in range(300):
        journal.on_outcome(outcome(gift(number)))
        journal.on_delivery(delivery(f"e{number}", Stage.SENT, 1.0))
    sums = await journal.sums(ROOM)
    assert before.close()
    again = Journal(open_database())
    assert await again.sums(ROOM) == sums
    assert sums.gifts == 600
    assert await again.last_stream() == StreamRow(ROOM, "anna", START_MS, None)
    assert notices == []


async def test_the_last_stream_is_the_one_begun_last_whatever_the_clock_said(journal):
    journal.begin_stream(8, "bob", START_MS - 10 * DAY_MS)
    assert (await journal.last_stream()).room_id == 8
    journal.begin_stream(ROOM, "", START_MS + DAY_MS)
    assert await journal.last_stream() == StreamRow(ROOM, "anna", START_MS, None)


async def test_an_empty_journal_has_no_last_stream(open_database):
    assert await Journal(open_database()).last_stream() is None


async def test_a_stream_begins_and_ends_with_its_events(open_database):
    journal = Journal(open_database())
    journal.user = "anna"
    started = StreamStarted(id="s", at_ms=START_MS, room_id=ROOM)
    journal.on_outcome(Outcome(started, (), ()))
    assert journal.room_id == ROOM
    journal.on_outcome(Outcome(StreamEnded(id="x", at_ms=START_MS + 5), (), ()))
    assert await journal.last_stream() == StreamRow(ROOM, "anna", START_MS, START_MS + 5)
    journal.on_outcome(Outcome(started, (), ()))
    assert await journal.last_stream() == StreamRow(ROOM, "anna", START_MS, None)


async def test_a_replayed_stream_is_no_stream_of_ours(journal):
    journal.on_outcome(Outcome(StreamStarted(id="s", at_ms=0, room_id=8, source=REPLAY), (), ()))
    journal.on_outcome(Outcome(StreamEnded(id="x", at_ms=1, source=REPLAY), (), ()))
    assert journal.room_id == ROOM
    assert await journal.last_stream() == StreamRow(ROOM, "anna", START_MS, None)


NOISE = (
    Like(id="like", at_ms=1, count=3, total=9),
    Chat(id="chat", at_ms=1, text="hello"),
    Join(id="join", at_ms=1),
    ViewerCount(id="viewers", at_ms=1, count=5),
)
FACTS = (
    Follow(id="follow", at_ms=1),
    Share(id="share", at_ms=1, joined=2),
    Subscribe(id="subscribe", at_ms=1, months=3),
    Battle(id="battle", at_ms=1, battle_id=5, stage=BattleStage.WON, own_score=3, other_score=1),
    StreamPaused(id="paused", at_ms=1, paused=True),
)


@pytest.mark.parametrize("event", NOISE, ids=lambda event: event.id)
async def test_noise_is_kept_only_if_a_rule_had_something_to_do_with_it(journal, event):
    journal.on_outcome(Outcome(event, (), ()))
    journal.on_outcome(outcome(event, ran=False, reason=Reason.NO_MATCH))
    assert await count(journal) == 0
    journal.on_outcome(outcome(event, ran=False))
    assert (await journal.receipt(event.id)).event == event


@pytest.mark.parametrize("event", [*NOISE, *FACTS], ids=lambda event: event.id)
async def test_every_kind_of_event_comes_back_as_it_was(journal, event):
    journal.on_outcome(outcome(event))
    receipt = await journal.receipt(event.id)
    assert receipt.event == event
    assert receipt.traces == outcome(event).traces


async def test_numbers_too_large_for_sqlite_are_kept_all_the_same(journal):
    event = gift(1, viewer=Viewer(2**63 + 5, "far"))
    journal.on_outcome(outcome(event))
    assert (await journal.receipt("e1")).event.viewer.id == 2**63 + 5


async def test_texts_that_could_break_a_statement_are_only_texts(journal):
    name = "'); DROP TABLE event; -- \x00 \U0001f339"
    journal.on_outcome(outcome(gift(1, name=name, id=name)))
    assert (await journal.receipt(name)).event.name == name


@pytest.mark.expect_log("does not fit and is left out", level="ERROR")
async def test_a_row_that_never_fits_holds_up_no_other(journal):
    journal.on_outcome(outcome(gift(1)))
    journal.on_outcome(outcome(gift(2, name="\ud800")))
    journal.on_outcome(outcome(gift(3)))
    assert await journal.receipt("e2") is None
    assert [(await journal.receipt(f"e{n}")).event.id for n in (1, 3)] == ["e1", "e3"]


async def test_a_test_by_hand_belongs_to_no_gift(journal):
    journal.on_delivery(delivery("", Stage.SENT, 1.0))
    assert await count(journal, "delivery") == 0


# ------------------------------------------------------------------------------- the ledger


async def test_what_only_the_ledger_saw_becomes_an_interrupted_gift(journal):
    journal.on_outcome(outcome(gift(1)))
    joined = counted(0, event_id="", method="joined")
    entries = [joined, counted(1), counted(2, added=3, counted=5)]
    assert journal.reconcile(entries, START_MS) == 2
    known, missed = await journal.receipt("e1"), await journal.receipt("e2")
    assert not known.interrupted
    assert missed.interrupted
    assert (missed.event.count, missed.event.total, missed.event.name) == (3, 5, "Rose")
    assert (missed.event.viewer.handle, missed.event.receiver_id) == ("anna", 9)
    assert missed.commands == missed.steps == missed.traces == ()
    assert (await journal.sums(ROOM)).gifts == 5


async def test_merging_the_ledger_twice_adds_nothing(journal):
    for _ in range(3):
        journal.reconcile([counted(1), counted(2)], START_MS)
    assert (await journal.sums(ROOM)).gifts == 4
    assert await count(journal) == 2


async def test_gifts_that_were_deleted_in_time_do_not_come_back_from_the_ledger(journal):
    old, fresh = counted(1), counted(2, at_ms=START_MS + 3 * DAY_MS)
    assert journal.reconcile([old, fresh], START_MS + 3 * DAY_MS) == 1
    assert await journal.receipt("e1") is None


async def test_a_clock_that_fell_back_keeps_no_gift_out(journal):
    assert journal.reconcile([counted(1), counted(2)], START_MS - 400 * DAY_MS) == 2


# ------------------------------------------------------------------------------- forgetting


async def fill(journal, count, at_ms, first=0):
    for number in range(first, first + count):
        journal.on_outcome(outcome(gift(number, at_ms=at_ms)))
        journal.on_delivery(delivery(f"e{number}", Stage.SENT, 1.0))
    await journal._database.read("SELECT 1")


async def test_what_is_too_old_goes_with_its_deliveries(journal):
    await fill(journal, 2500, START_MS)
    await fill(journal, 10, START_MS + 40 * DAY_MS, first=5000)
    now = START_MS + 45 * DAY_MS
    await journal.prune(30, now)
    await journal.prune(30, now + 3_600_000)
    assert await count(journal) == 10
    assert await count(journal, "delivery") == 10
    assert (await journal.receipt("e5000")) is not None


async def test_a_stream_without_events_goes_too_but_not_one_that_has_some(journal):
    await fill(journal, 3, START_MS)
    journal.begin_stream(8, "bob", START_MS)
    await fill(journal, 3, START_MS + 40 * DAY_MS, first=100)
    await journal.prune(30, START_MS + 45 * DAY_MS)
    assert await count(journal, "stream") == 1
    assert (await journal.last_stream()).room_id == 8


async def test_a_clock_that_leaps_ahead_does_not_clear_the_history(journal):
    await fill(journal, 5000, START_MS)
    await journal.prune(30, START_MS)
    deleted = await journal.prune(30, START_MS + 20 * 365 * DAY_MS)
    assert deleted <= 1000
    assert await count(journal) >= 4000
    # The clock is right again; nothing more goes.
    assert await journal.prune(30, START_MS + DAY_MS) == 0


async def test_a_clock_that_falls_back_deletes_nothing(journal):
    await fill(journal, 100, START_MS)
    await journal.prune(30, START_MS)
    assert await journal.prune(30, START_MS - 20 * 365 * DAY_MS) == 0
    assert await count(journal) == 100


async def test_events_are_listed_in_their_order_although_the_clock_fell_back(journal):
    journal.on_outcome(outcome(gift(1, at_ms=START_MS)), 10.0)
    journal.on_outcome(outcome(gift(2, at_ms=START_MS - DAY_MS)), 11.0)
    rows = await journal._database.read("SELECT event_id FROM event ORDER BY id")
    assert rows == [("e1",), ("e2",)]
    assert (await journal.sums(ROOM)).gifts == 4


async def test_a_journal_at_its_limit_gives_up_the_oldest_and_goes_on(
    tmp_path, open_database, notices
):
    database = open_database(tmp_path / "small.db", max_bytes=400_000)
    journal = Journal(database)
    journal.begin_stream(ROOM, "anna", START_MS)
    for number in range(5000):
        journal.on_outcome(outcome(gift(number)))
    assert await asyncio.to_thread(database.flush, 30)
    assert (await journal.receipt("e4999")) is not None
    assert (await journal.receipt("e0")) is None
    assert (tmp_path / "small.db").stat().st_size < 600_000
    assert notices == []


async def test_a_journal_in_memory_is_bounded_too(open_database, notices):
    database = open_database(None)
    journal = Journal(database)
    journal.begin_stream(ROOM, "anna", START_MS)
    for number in range(100):
        journal.on_outcome(outcome(gift(number)))
    assert (await journal.sums(ROOM)).gifts == 200
    assert database.in_memory
    assert (await journal.receipt("e7")).event == gift(7)
    assert notices == []


async def test_deliveries_keep_why_a_command_was_cut_or_dropped(journal):
    journal.on_outcome(outcome(gift(1)), 10.0)
    journal.on_delivery(
        delivery("e1", Stage.DROPPED, 10.5, drop=Drop.QUEUE_FULL, limited=(("rpm", 200.0, 100.0),))
    )
    (step,) = (await journal.receipt("e1")).steps
    assert (step.drop, step.limited) == (Drop.QUEUE_FULL, (("rpm", 200.0, 100.0),))
    assert step.ms == pytest.approx(500.0)

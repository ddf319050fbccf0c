"""After a crash the list is what it was; what was cut short says so."""

import dataclasses
import time

import pytest

from app.core.outcome import Command, Delivery, Drop, Stage
from app.gateway.feed import Feed
from app.gateway.history import relive
from app.paths import Parts
from app.store.db import Database
from app.store.journal import Journal
from drivers.contract import Said
from tests.app.gateway.core import Core
from tests.app.store.samples import ROOM, counted, delivery, gift, outcome

SAID = Said("Tube {n} is empty.", (("n", "2"),))
NOW_MS = int(time.time() * 1000)


@pytest.fixture
def database(profile):
    made = Database(Parts(profile).journal, lambda notice: None)
    made.open()
    yield made
    made.close()


def journal_of(database, run):
    journal = Journal(database, run=run)
    journal.begin_stream(ROOM, "anna", NOW_MS - 60_000)
    return journal


def combo(number, total, **changes):
    at_ms = NOW_MS - 50_000 + number
    return gift(number, count=1, total=total, streak="c", at_ms=at_ms, **changes)


def evening():
    """Gifts as they come and what became of them."""
    yield outcome(combo(1, 1, final=False))
    yield delivery("e1", Stage.QUEUED, 1.0)
    yield delivery("e1", Stage.SENT, 1.0, limited=(("rounds", 2.0, 1.0),))
    yield delivery("e1", Stage.ACKED, 1.1)
    yield outcome(combo(2, 2))
    yield delivery("e2", Stage.SENT, 1.2)
    yield delivery("e1", Stage.DONE, 1.3)
    yield delivery("e2", Stage.DONE, 1.4)
    yield outcome(gift(3, streak="", at_ms=NOW_MS), ran=False)
    yield outcome(gift(4, streak="", at_ms=NOW_MS))
    yield delivery("e4", Stage.FAILED, 2.0, drop=Drop.NO_ANSWER, said=SAID)
    yield outcome(gift(5, streak="", at_ms=NOW_MS))
    yield delivery("e5", Stage.SENT, 3.0)
    yield delivery("e5", Stage.STOPPED, 3.1, drop=Drop.STOPPED)


def play(facts, on_outcome, on_delivery):
    for fact in facts:
        (on_delivery if isinstance(fact, Delivery) else on_outcome)(fact)


async def relived(journal):
    feed = Feed({"motor": "Motor 1"}.get)
    relive(feed, await journal.recent(ROOM, 100))
    return feed


async def test_the_list_is_what_it_was(database):
    journal = journal_of(database, "run1")
    play(evening(), journal.on_outcome, journal.on_delivery)
    lived = Feed({"motor": "Motor 1"}.get)
    play(evening(), lived.on_outcome, lived.on_delivery)
    again = await relived(journal_of(database, "run2"))
    assert again.rows() == lived.rows()
    assert [row.result for row in again.rows()] == ["ran", "skipped", "failed", "stopped"]
    assert again.take() == ((), 0)


@pytest.mark.parametrize(
    ("stages", "result"), [([], "skipped"), ([Stage.QUEUED], "skipped"), ([Stage.SENT], "failed")]
)
async def test_what_the_end_of_the_core_cut_short_says_so(database, stages, result):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1)))
    for stage in stages:
        journal.on_delivery(delivery("e1", stage, 1.0))
    (row,) = (await relived(journal_of(database, "run2"))).rows()
    assert (row.result, row.reason) == (result, "interrupted")


async def test_a_gift_that_only_the_ledger_knows_has_a_row(database):
    journal = journal_of(database, "run2")
    journal.reconcile([dataclasses.replace(counted(1), at_ms=NOW_MS)])
    (row,) = (await relived(journal)).rows()
    assert (row.gift, row.result, row.reason) == ("Rose", "skipped", "interrupted")


async def test_a_verb_of_another_version_leaves_the_row_without_what_was_done(database):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1)))
    database.write("UPDATE event SET commands = replace(commands, 'rotate', 'teleport')", ())
    journal.on_delivery(delivery("e1", Stage.DONE, 1.0))
    (row,) = (await relived(journal)).rows()
    assert (row.result, row.instruction) == ("ran", "")


async def test_only_the_newest_are_read_oldest_first_and_unknown_kinds_left_out(database):
    journal = journal_of(database, "run1")
    for number in range(1, 8):
        journal.on_outcome(outcome(gift(number)))
    database.write("UPDATE event SET kind = 'hologram' WHERE event_id = 'e6'", ())
    found = await journal.recent(ROOM, 4)
    assert [one.event.id for one in found] == ["e4", "e5", "e7"]
    assert await journal.recent(ROOM + 1, 4) == []


async def begin_again(profile, database, **changes):
    journal = journal_of(database, "run1")
    command = Command("x", "practice-motor", "motor", outcome(gift()).commands[0].instruction, 1.0)
    told = outcome(gift(1, **{"at_ms": NOW_MS, **changes}))
    journal.on_outcome(dataclasses.replace(told, commands=(command,)))
    assert database.flush(10)
    database.close()
    async with Core(profile) as core:
        stats = core.welcome.snapshot.stats
        known = core.runtime._house.stream._accounting.known_since
        return stats, core.welcome.snapshot.feed, known


async def test_a_new_core_goes_on_with_list_numbers_and_beginning(profile, database):
    stats, feed, known = await begin_again(profile, database)
    assert (stats.gifts, stats.coins) == (2, 2)
    assert [(row.gift, row.device, row.reason) for row in feed] == [
        ("Rose", "Motor", "interrupted")
    ]
    assert known == (ROOM, NOW_MS - 60_000)


async def test_the_list_of_another_evening_stays_in_the_history(profile, database):
    _, feed, _ = await begin_again(profile, database, at_ms=NOW_MS - 24 * 3600 * 1000)
    assert feed == ()

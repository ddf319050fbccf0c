"""A receipt tells everything about one gift, by a clock that does not jump."""

import sqlite3

import pytest

from app.core.outcome import Drop, Stage
from app.store import receipts
from app.store.db import Database
from app.store.journal import Journal
from app.store.past import Wanted, past_gifts
from app.store.rows import LONGEST_KEPT, said_of
from drivers.contract import NOTHING_SAID, Said
from tests.app.store.samples import ROOM, START_MS, counted, delivery, gift, outcome


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "journal.db", lambda notice: None)
    made.open()
    yield made
    made.close()


def journal_of(database, run):
    journal = Journal(database, run=run)
    journal.begin_stream(ROOM, "anna", START_MS)
    return journal


async def test_a_receipt_has_the_event_the_rules_the_commands_and_every_step(database):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1)), 100.0)
    for stage, at in ((Stage.DONE, 102.0), (Stage.QUEUED, 100.001), (Stage.ACKED, 100.25)):
        journal.on_delivery(delivery("e1", stage, at))
    receipt = await journal.receipt("e1")
    assert receipt.event == gift(1)
    assert receipt.room_id == ROOM
    assert receipt.traces == outcome(gift(1)).traces
    (command,) = receipt.commands
    assert (command.id, command.verb, command.capability) == ("e1/r1/0", "rotate", "turn")
    assert command.args == {"rounds": 2.0, "rpm": 60.0, "reverse": False}
    assert [(step.stage, round(step.ms)) for step in receipt.steps] == [
        (Stage.QUEUED, 1),
        (Stage.ACKED, 250),
        (Stage.DONE, 2000),
    ]
    assert not receipt.interrupted


async def test_times_do_not_follow_the_clock_on_the_wall(database):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1, at_ms=START_MS)), 100.0)
    journal.on_delivery(delivery("e1", Stage.QUEUED, 100.5, at_ms=START_MS + 10**9))
    journal.on_delivery(delivery("e1", Stage.SENT, 101.0, at_ms=START_MS - 10**9))
    steps = (await journal.receipt("e1")).steps
    assert [(step.stage, step.ms) for step in steps] == [(Stage.QUEUED, 500), (Stage.SENT, 1000)]


async def test_a_step_told_before_the_event_is_not_before_it(database):
    journal = journal_of(database, "run1")
    journal.on_delivery(delivery("e1", Stage.QUEUED, 99.9))
    journal.on_outcome(outcome(gift(1)), 100.0)
    assert [step.ms for step in (await journal.receipt("e1")).steps] == [0.0]


async def test_a_command_without_an_end_is_interrupted_only_after_a_restart(database):
    before = journal_of(database, "run1")
    before.on_outcome(outcome(gift(1)), 100.0)
    before.on_delivery(delivery("e1", Stage.SENT, 100.1))
    before.on_outcome(outcome(gift(2)), 100.0)
    before.on_delivery(delivery("e2", Stage.STOPPED, 100.1))
    before.on_outcome(outcome(gift(3), ran=False), 100.0)
    assert not (await before.receipt("e1")).interrupted
    after = journal_of(database, "run2")
    assert [(await after.receipt(f"e{n}")).interrupted for n in (1, 2, 3)] == [True, False, False]


async def test_a_step_of_another_run_has_no_time_that_means_anything(database):
    journal_of(database, "run1").on_outcome(outcome(gift(1)), 5_000_000.0)
    after = journal_of(database, "run2")
    after.on_delivery(delivery("e1", Stage.DROPPED, 3.0))
    (step,) = (await after.receipt("e1")).steps
    assert step.ms == 0.0


async def test_an_interrupted_gift_of_the_ledger_has_a_receipt_too(database):
    journal = journal_of(database, "run2")
    journal.reconcile([counted(1)], START_MS)
    receipt = await receipts.load(database, "e1", "run2")
    assert receipt.interrupted
    assert receipt.event.viewer.handle == "anna"


async def test_what_is_not_kept_has_no_receipt(database):
    assert await receipts.load(database, "nothing") is None


async def test_an_event_of_a_later_version_is_an_error_and_no_crash(database):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1)))
    database.write("UPDATE event SET kind = 'hologram' WHERE event_id = ?", ("e1",))
    with pytest.raises(ValueError, match="hologram"):
        await journal.receipt("e1")


async def test_a_closed_journal_gives_no_receipt(database):
    journal = journal_of(database, "run1")
    database.close()
    with pytest.raises(sqlite3.Error):
        await journal.receipt("e1")


async def test_what_a_driver_said_is_kept_with_its_values_for_receipt_and_history(database):
    journal = journal_of(database, "run1")
    said = Said("Tube {n} “{name}” is empty.", (("n", "2"), ("name", "{n} 管")))
    journal.on_outcome(outcome(gift(1)), 100.0)
    journal.on_delivery(delivery("e1", Stage.QUEUED, 100.1))
    journal.on_delivery(delivery("e1", Stage.FAILED, 100.2, drop=Drop.REFUSED, said=said))
    queued, failed = (await journal.receipt("e1")).steps
    assert (queued.said, failed.said) == (NOTHING_SAID, said)
    (row,), _ = await past_gifts(database, Wanted())
    assert (row.fate, row.said) == (("failed", "refused", "motor"), said)


async def test_a_long_value_of_a_stranger_is_cut(database):
    journal = journal_of(database, "run1")
    journal.on_outcome(outcome(gift(1)), 100.0)
    said = Said("It says {word}.", (("word", "x" * 9000),))
    journal.on_delivery(delivery("e1", Stage.FAILED, 100.2, said=said))
    (failed,) = (await journal.receipt("e1")).steps
    assert failed.said.values == (("word", "x" * LONGEST_KEPT),)


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '"a"', "[1,2,3]", '["a",[1]]', '["a",{}]'])
def test_what_another_version_wrote_of_it_is_no_error(text):
    assert said_of(text) in (NOTHING_SAID, Said("a"))

"""The journal is read without a trace, and whole while it is being written."""

import sqlite3

import pytest

from app.backtest.journal import read_journal
from app.store.db import Database
from app.store.journal import Journal
from app.store.streams import past_streams
from tests.app.backtest import profile as own
from tests.app.store.samples import START_MS, gift, outcome


def users(path):
    return [one.user for one in read_journal(path, past_streams)]


def test_nothing_is_left_beside_it(tmp_path):
    path = own.made(tmp_path).journal
    assert users(path) == ["anna"]
    assert [one.name for one in path.parent.iterdir()] == ["journal.db"]


async def test_what_was_just_written_is_read(tmp_path):
    path = own.made(tmp_path).journal
    database = Database(path, lambda _: None)
    database.open()
    try:
        journal = Journal(database, run="second")
        journal.begin_stream(8, "ben", START_MS)
        journal.on_outcome(outcome(gift(9)))
        # Answered behind what waits to be written.
        await database.read("SELECT 1")
        assert users(path) == ["ben", "anna"]
    finally:
        assert database.close()


def test_what_is_no_journal_is_an_error(tmp_path):
    with pytest.raises(sqlite3.Error):
        read_journal(tmp_path / "none.db", past_streams)

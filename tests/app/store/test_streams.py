"""Past streams: which there are, and their events in order."""

from contextlib import closing

import pytest

from app.store.db import Database
from app.store.journal import Journal
from app.store.migrate import connect_reader
from app.store.streams import newest_stream, past_streams, stream_events
from tests.app.store.samples import PRETEND, ROOM, START_MS, gift, outcome


@pytest.fixture
def file(tmp_path):
    """Write a journal of two streams with gifts and one without anything."""
    path = tmp_path / "journal.db"
    database = Database(path, lambda _: None)
    database.open()
    journal = Journal(database, run="run")
    journal.begin_stream(ROOM, "anna", START_MS)
    for number in (1, 2):
        journal.on_outcome(outcome(gift(number)))
    journal.on_outcome(outcome(gift(3, source=PRETEND)))
    journal.begin_stream(7, "ben", START_MS + 1_000_000)
    journal.begin_stream(2**64 - 9, "cho", START_MS + 2_000_000)
    journal.on_outcome(outcome(gift(4, coins=5)))
    assert database.close()
    return path


def read(path, ask):
    with closing(connect_reader(path)) as connection:
        return ask(connection)


def ids_of(path, room_id):
    return [event.id for event in read(path, lambda c: stream_events(c, room_id))]


def test_streams_are_listed_newest_first_with_what_was_really_given(file):
    found = read(file, past_streams)
    assert [(one.user, one.gifts, one.coins) for one in found] == [("cho", 2, 10), ("anna", 4, 4)]
    assert found[1].started_ms == START_MS


def test_every_listed_stream_can_be_read_by_its_id(file):
    ids = [one.room_id for one in read(file, past_streams)]
    events = [ids_of(file, one) for one in ids]
    assert events == [["e4"], ["e1", "e2"]]


def test_a_list_may_be_short(file):
    assert [one.user for one in read(file, lambda c: past_streams(c, 1))] == ["cho"]


def test_a_stream_nobody_knows_has_no_events(file):
    assert read(file, lambda c: stream_events(c, 123)) == []


def test_the_newest_stream_is_the_one_begun_last_of_which_there_are_events(file):
    assert read(file, newest_stream) == 2**64 - 9


def test_the_end_of_a_stream_is_counted_from_its_last_event(file):
    (first, last) = read(file, lambda c: stream_events(c, ROOM))
    apart_s = (last.at_ms - first.at_ms) / 1000
    assert apart_s > 0
    of = read(file, lambda c: stream_events(c, ROOM, apart_s / 2))
    assert [event.id for event in of] == ["e2"]
    whole = read(file, lambda c: stream_events(c, ROOM, apart_s))
    assert [event.id for event in whole] == ["e1", "e2"]

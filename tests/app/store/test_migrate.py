"""Journals of every version open today; damaged and newer ones are recognised and left whole."""

import sqlite3
from pathlib import Path

import pytest

from app.core.outcome import Stage
from app.store.db import Database
from app.store.journal import Journal, StreamRow
from app.store.migrate import (
    DamagedError,
    NewerError,
    Trouble,
    bring_up,
    connect,
    is_newer,
    scripts,
    trouble_of,
)
from tests.app.store.samples import ROOM, START_MS, gift

GOLDEN = Path(__file__).parents[2] / "data" / "db"
KNOWN = [number for number, _ in scripts()]


def golden(version):
    return GOLDEN / f"journal-v{version:04d}.sql"


def build(path, version):
    connection = sqlite3.connect(path)
    connection.executescript(golden(version).read_text(encoding="utf-8"))
    connection.close()


def shape(connection):
    """Return tables and columns: what later code relies on."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [tuple(column[1:]) for column in connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in tables
    }


def opened(path):
    connection = connect(path, max_bytes=1 << 30)
    bring_up(connection)
    return connection


def test_versions_have_no_gap_and_each_has_its_golden_file():
    assert list(range(1, len(KNOWN) + 1)) == KNOWN
    assert all(golden(number).exists() for number in KNOWN)


@pytest.mark.parametrize("version", KNOWN)
def test_a_journal_of_any_version_becomes_the_same_as_a_new_one(tmp_path, version):
    build(tmp_path / "old.db", version)
    old, new = opened(tmp_path / "old.db"), opened(tmp_path / "new.db")
    assert old.execute("PRAGMA user_version").fetchone() == (KNOWN[-1],)
    assert shape(old) == shape(new)
    old.close()
    new.close()


@pytest.mark.parametrize("version", KNOWN)
async def test_what_an_old_journal_tells_is_still_understood(tmp_path, version):
    build(tmp_path / "old.db", version)
    notices = []
    database = Database(tmp_path / "old.db", notices.append)
    database.open()
    journal = Journal(database)
    assert await journal.last_stream() == StreamRow(ROOM, "anna", START_MS, START_MS + 3_600_000)
    sums = await journal.sums(ROOM)
    assert (sums.gifts, sums.coins, sums.actions, sums.skipped) == (10, 10, 1, 1)
    receipt = await journal.receipt("e1")
    assert receipt.event == gift(1)
    assert [step.stage for step in receipt.steps] == [
        Stage.QUEUED,
        Stage.SENT,
        Stage.ACKED,
        Stage.DONE,
    ]
    assert not receipt.interrupted
    assert (await journal.receipt("e9")).interrupted
    assert (await journal.receipt("c1")).event.text == "xin chào"
    told = [str(step.said) for step in (await journal.receipt("e3")).steps]
    assert told == (["Relay 2 did not switch. Unplug the board and plug it in again."]
                    if version > 2 else [])  # fmt: skip
    assert database.close()
    assert notices == []


def test_the_file_has_the_settings_it_should(tmp_path):
    connection = opened(tmp_path / "new.db")
    for name, value in {
        "journal_mode": "wal",
        "synchronous": 1,
        "page_size": 8192,
        "auto_vacuum": 2,
        "wal_autocheckpoint": 1000,
        "journal_size_limit": 64 << 20,
    }.items():
        assert connection.execute(f"PRAGMA {name}").fetchone() == (value,), name
    connection.close()


def test_a_newer_journal_is_recognised_without_opening_it(tmp_path):
    path = tmp_path / "newer.db"
    connection = opened(path)
    connection.execute(f"PRAGMA user_version = {KNOWN[-1] + 1}")
    with pytest.raises(NewerError):
        bring_up(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert is_newer(path)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"SQLite format 3\x00", b"x" * 5000])
def test_what_is_no_database_is_not_newer(tmp_path, content):
    path = tmp_path / "some.db"
    path.write_bytes(content)
    assert not is_newer(path)
    assert not is_newer(tmp_path / "missing.db")


def test_a_damaged_page_is_found_when_the_file_is_opened(tmp_path):
    path = tmp_path / "old.db"
    connection = opened(path)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [(f"k{n}", "v" * 100) for n in range(2000)]
    )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[9 * 8192 : 12 * 8192] = b"\x55" * (3 * 8192)
    path.write_bytes(data)
    connection = connect(path, max_bytes=1 << 30)
    with pytest.raises((DamagedError, sqlite3.DatabaseError)) as caught:
        bring_up(connection, size=len(data))
    assert trouble_of(caught.value) is Trouble.DAMAGED
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE event (mine)")
    other.close()
    connection = connect(path, max_bytes=1 << 30)
    with pytest.raises(sqlite3.OperationalError):
        bring_up(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    assert list(shape(connection)) == ["event"]
    connection.close()


def test_errors_that_are_not_the_files_fault_are_a_bad_row():
    assert trouble_of(OverflowError()) is Trouble.BAD_ROW
    assert trouble_of(sqlite3.ProgrammingError("closed")) is Trouble.BAD_ROW

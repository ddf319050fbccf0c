"""Whatever the journal's file is in for, rows are taken at once and written when it is possible."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.notices import NoticeCode
from app.store.db import Database
from app.store.migrate import APPLICATION_ID
from tests.app.store.rig import PUT, WAIT_S, files_no_longer_than, keys, put, stored
from tests.app.store.unprivileged import unprivileged

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "content", [b"this is no database" * 1000, b"SQLite format 3\x00" + b"\xff" * 9000]
)
async def test_a_damaged_file_is_kept_aside_and_a_fresh_one_begun(
    make_database, db_path, told, content
):
    db_path.write_bytes(content)
    database = make_database()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert told.codes == [NoticeCode.JOURNAL_SET_ASIDE]
    (kept,) = db_path.parent.glob("journal.db.broken-*")
    assert kept.read_bytes() == content
    assert told[0].values == {"file": kept.name}


async def test_a_file_that_is_damaged_while_it_is_used_loses_no_new_row(
    make_database, db_path, told
):
    database = make_database()
    put(database, *range(2000))
    assert await asyncio.to_thread(database.flush, WAIT_S)
    assert database.close()
    data = db_path.read_bytes()
    # The pages behind the first two: opening works, writing meets them.
    db_path.write_bytes(data[: 2 * 8192] + b"\x55" * (len(data) - 2 * 8192))
    database = make_database()
    put(database, *range(5000, 5100))
    assert database.flush(WAIT_S)
    assert await keys(database) == [str(key) for key in range(5000, 5100)]
    assert told.codes == [NoticeCode.JOURNAL_SET_ASIDE]


async def test_two_damaged_files_are_both_kept(make_database, db_path):
    for _ in range(2):
        db_path.write_bytes(b"no database at all" * 100)
        assert make_database().close()
    assert len(list(db_path.parent.glob("journal.db.broken-*[0-9]"))) == 2


async def test_a_newer_file_is_not_touched(make_database, db_path, told):
    connection = sqlite3.connect(db_path)
    connection.execute("CREATE TABLE future (x)")
    connection.execute("PRAGMA user_version = 999")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    before = db_path.read_bytes(), db_path.stat().st_mtime_ns
    database = make_database()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert database.in_memory
    assert database.close()
    assert (db_path.read_bytes(), db_path.stat().st_mtime_ns) == before
    assert [file.name for file in db_path.parent.iterdir()] == ["journal.db"]
    assert told.codes == [NoticeCode.JOURNAL_NEWER]


async def test_a_locked_file_is_told_once_and_written_when_it_is_free(make_database, db_path, told):
    database = make_database()
    put(database, 1)
    assert await keys(database) == ["1"]
    other = sqlite3.connect(db_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(database, 2)
    await asyncio.to_thread(told.wait_for, NoticeCode.FILES_LOCKED)
    put(database, *range(3, 500))
    other.execute("COMMIT")
    other.close()
    assert await asyncio.to_thread(database.flush, WAIT_S)
    await asyncio.to_thread(told.wait_for, NoticeCode.SAVED_AGAIN)
    assert await keys(database) == [str(key) for key in range(1, 500)]
    assert told.codes == [NoticeCode.FILES_LOCKED, NoticeCode.SAVED_AGAIN]


def test_a_file_locked_from_the_start_is_opened_later(make_database, db_path, told):
    make_database().close()
    other = sqlite3.connect(db_path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute(PUT, ("1", ""))
    database = make_database()
    assert not database.in_memory
    put(database, 2)
    told.wait_for(NoticeCode.FILES_LOCKED)
    other.execute("COMMIT")
    other.close()
    assert database.flush(WAIT_S)
    database.close()
    assert stored(db_path) == [1, 2]


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_rows_wait_while_the_disk_is_full(make_database, db_path, told):
    database = make_database()
    put(database, *range(100))
    assert database.flush(WAIT_S)
    with files_no_longer_than(db_path.stat().st_size):
        put(database, *range(100, 3000))
        assert not database.flush(0.3)
        assert database.waiting > 0
        assert len(told) == 1
        assert told.codes[0] in (NoticeCode.DISK_FULL, NoticeCode.JOURNAL_IN_MEMORY)
    assert database.flush(WAIT_S)
    told.wait_for(NoticeCode.SAVED_AGAIN)
    assert len(told) == 2
    database.close()
    assert stored(db_path) == list(range(3000))


@pytest.mark.expect_log("rows of the journal could not be saved", level="WARNING")
def test_a_limit_without_anybody_to_make_room_is_a_full_disk(make_database, db_path, told):
    database = make_database(max_bytes=200_000)
    put(database, *range(5000))
    told.wait_for(NoticeCode.DISK_FULL)
    assert database.waiting > 0


def test_a_buffer_that_is_full_says_so_once(make_database, db_path, told):
    make_database().close()
    other = sqlite3.connect(db_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    database = make_database(buffer_rows=50, group_rows=10)
    answers = put(database, *range(200))
    assert answers.count(False) >= 140
    assert database.lost == answers.count(False)
    assert told.codes.count(NoticeCode.ROWS_LOST) == 1
    other.execute("ROLLBACK")
    other.close()
    assert database.flush(WAIT_S)
    database.close()
    assert len(stored(db_path)) == answers.count(True)


@pytest.mark.expect_log("rows of the journal could not be saved", level="WARNING")
def test_a_stop_does_not_wait_for_ever_for_a_locked_file(make_database, db_path):
    database = make_database()
    other = sqlite3.connect(db_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(database, *range(10))
    assert not database.close(timeout_s=10.0)
    other.execute("ROLLBACK")
    other.close()
    assert stored(db_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
async def test_a_folder_that_cannot_be_written_leaves_a_journal_in_memory(told):
    with unprivileged() as folder:
        folder.chmod(0o555)
        for path in (folder / "journal.db", folder / "data" / "journal.db"):
            database = Database(path, told.take)
            database.open()
            put(database, 1)
            assert await keys(database) == ["1"]
            assert database.in_memory
            assert database.close()
        assert set(told.codes) == {NoticeCode.JOURNAL_IN_MEMORY}
        assert not any(folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
async def test_a_file_that_cannot_be_written_leaves_a_journal_in_memory(told):
    with unprivileged() as folder:
        path = folder / "journal.db"
        first = Database(path, told.take)
        first.open()
        first.close()
        path.chmod(0o444)
        folder.chmod(0o555)
        database = Database(path, told.take)
        database.open()
        put(database, 1)
        assert await keys(database) == ["1"]
        assert database.in_memory
        assert database.close()
        assert told.codes == [NoticeCode.JOURNAL_IN_MEMORY]


async def test_a_missing_folder_is_made(tmp_path, told):
    database = Database(tmp_path / "new" / "data" / "journal.db", told.take)
    database.open()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert not database.in_memory
    assert database.close()
    assert told == []


async def test_a_database_of_another_program_is_not_touched(make_database, db_path, told):
    other = sqlite3.connect(db_path)
    other.execute("CREATE TABLE event (mine)")
    other.close()
    database = make_database()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert database.in_memory
    assert told.codes == [NoticeCode.JOURNAL_IN_MEMORY]
    database.close()
    other = sqlite3.connect(db_path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("event",)]
    other.close()


async def test_the_write_ahead_file_is_folded_in_at_the_end(make_database, db_path):
    database = make_database()
    put(database, *range(1000))
    assert database.close()
    assert [file.name for file in db_path.parent.iterdir()] == ["journal.db"]


def test_what_was_flushed_survives_being_killed(db_path):
    first = 0
    for round_number in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.app.store.db_writer", db_path, str(first)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        with writer:
            lines = [writer.stdout.readline() for _ in range(3 + 7 * round_number)]
            writer.kill()
            lines += writer.stdout.readlines()
        written = int([line for line in lines if line.endswith(b"\n")][-1])
        connection = sqlite3.connect(db_path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ids = {int(one[1:]) for (one,) in connection.execute("SELECT event_id FROM event")}
        connection.close()
        assert set(range(written + 1)) <= ids
        first = written + 1

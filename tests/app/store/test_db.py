"""Whatever the journal's file is in for, rows are taken at once and written when it is possible."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.core.notices import NoticeCode
from app.store.db import Database
from app.store.migrate import APPLICATION_ID
from app.store.writer import Options
from tests.app.store.test_ledger import files_no_longer_than
from tests.app.store.unprivileged import unprivileged

ROOT = Path(__file__).parents[3]
PUT = "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)"
WAIT_S = 20


class Told(list):
    """Notices as they come, from whatever thread."""

    def __init__(self):
        super().__init__()
        self._changed = threading.Condition()

    def take(self, notice):
        with self._changed:
            self.append(notice)
            self._changed.notify_all()

    def wait_for(self, code):
        with self._changed:
            assert self._changed.wait_for(lambda: code in self.codes, WAIT_S), self.codes

    @property
    def codes(self):
        return [notice.code for notice in self]


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def make(path, told):
    made = []

    def opened(path=path, *, start=True, **options):
        database = Database(path, told.take, options=Options(**options))
        if start:
            database.open()
        made.append(database)
        return database

    yield opened
    for database in made:
        database.close()


def put(database, *keys, durable=False):
    return [database.write(PUT, (str(key), "x" * 100), durable=durable) for key in keys]


async def keys(database):
    return [key for (key,) in await database.read("SELECT key FROM meta ORDER BY CAST(key AS INT)")]


def stored(path):
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT key FROM meta ORDER BY CAST(key AS INT)").fetchall()
    connection.close()
    return [int(key) for (key,) in found]


async def test_a_row_is_read_back_at_once(make):
    database = make()
    put(database, 1)
    assert await keys(database) == ["1"]
    put(database, 2, durable=True)
    assert await keys(database) == ["1", "2"]


def test_a_clean_stop_writes_everything(make, path):
    database = make(group_s=10.0)
    put(database, *range(1000))
    assert database.close()
    assert stored(path) == list(range(1000))
    assert database.waiting == 0


def test_rows_of_many_threads_all_arrive(make, path):
    database = make()
    threads = [
        threading.Thread(target=put, args=(database, *range(start, start + 500)))
        for start in range(0, 4000, 500)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.close()
    assert stored(path) == list(range(4000))


def test_rows_keep_their_order(make, path):
    database = make(group_rows=7)
    put(database, 1)
    for number in range(300):
        database.write("UPDATE meta SET value = ? WHERE key = '1'", (str(number),))
    assert database.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT value FROM meta").fetchone() == ("299",)
    connection.close()


def test_a_group_that_is_full_does_not_wait_for_its_time(make):
    database = make(group_rows=10, group_s=3600.0)
    put(database, *range(10))
    waited = threading.Event()
    for _ in range(WAIT_S * 100):
        if database.waiting == 0 or waited.wait(0.01):
            break
    assert database.waiting == 0


def test_flush_tells_when_it_could_not(make, path):
    database = make()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(database, 1)
    assert not database.flush(0.05)
    other.execute("ROLLBACK")
    other.close()
    assert database.flush(WAIT_S)


def test_opening_twice_and_closing_twice_is_harmless(make):
    database = make()
    database.open()
    assert database.close()
    assert database.close()


async def test_a_closed_database_refuses_in_words(make, told):
    database = make()
    database.close()
    assert put(database, 1) == [False]
    assert database.lost == 1
    with pytest.raises(sqlite3.Error):
        await database.read("SELECT 1")
    with pytest.raises(sqlite3.Error):
        await database.run(lambda connection: None)


async def test_a_wrong_question_is_the_askers_error_and_nobody_elses(make):
    database = make()
    with pytest.raises(sqlite3.OperationalError):
        await database.read("SELECT nothing FROM nowhere")
    with pytest.raises(ZeroDivisionError):
        await database.run(lambda connection: 1 / 0)
    with pytest.raises(sqlite3.OperationalError):
        await database.run(lambda connection: connection.execute("SELECT nothing FROM nowhere"))
    put(database, 1)
    assert await keys(database) == ["1"]


async def test_a_job_that_fails_leaves_nothing_half_done(make):
    database = make()

    def job(connection):
        connection.execute(PUT, ("1", ""))
        raise KeyError

    with pytest.raises(KeyError):
        await database.run(job)
    assert await keys(database) == []


async def test_nobody_can_write_through_a_read(make):
    database = make()
    with pytest.raises(sqlite3.OperationalError):
        await database.read("DELETE FROM meta")


# ------------------------------------------------------------------------------- trouble


@pytest.mark.parametrize(
    "content", [b"this is no database" * 1000, b"SQLite format 3\x00" + b"\xff" * 9000]
)
async def test_a_damaged_file_is_kept_aside_and_a_fresh_one_begun(make, path, told, content):
    path.write_bytes(content)
    database = make()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert told.codes == [NoticeCode.JOURNAL_SET_ASIDE]
    (kept,) = path.parent.glob("journal.db.broken-*")
    assert kept.read_bytes() == content
    assert told[0].values == {"file": kept.name}


async def test_a_file_that_is_damaged_while_it_is_used_loses_no_new_row(make, path, told):
    database = make()
    put(database, *range(2000))
    assert await asyncio.to_thread(database.flush, WAIT_S)
    assert database.close()
    data = path.read_bytes()
    # The pages behind the first two: opening works, writing meets them.
    path.write_bytes(data[: 2 * 8192] + b"\x55" * (len(data) - 2 * 8192))
    database = make()
    put(database, *range(5000, 5100))
    assert database.flush(WAIT_S)
    assert await keys(database) == [str(key) for key in range(5000, 5100)]
    assert told.codes == [NoticeCode.JOURNAL_SET_ASIDE]


async def test_two_damaged_files_are_both_kept(make, path):
    for _ in range(2):
        path.write_bytes(b"no database at all" * 100)
        assert make().close()
    assert len(list(path.parent.glob("journal.db.broken-*[0-9]"))) == 2


async def test_a_newer_file_is_not_touched(make, path, told):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE future (x)")
    connection.execute("PRAGMA user_version = 999")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    database = make()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert database.in_memory
    assert database.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [file.name for file in path.parent.iterdir()] == ["journal.db"]
    assert told.codes == [NoticeCode.JOURNAL_NEWER]


async def test_a_locked_file_is_told_once_and_written_when_it_is_free(make, path, told):
    database = make()
    put(database, 1)
    assert await keys(database) == ["1"]
    other = sqlite3.connect(path, isolation_level=None)
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


def test_a_file_locked_from_the_start_is_opened_later(make, path, told):
    make().close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute(PUT, ("1", ""))
    database = make()
    assert not database.in_memory
    put(database, 2)
    told.wait_for(NoticeCode.FILES_LOCKED)
    other.execute("COMMIT")
    other.close()
    assert database.flush(WAIT_S)
    database.close()
    assert stored(path) == [1, 2]


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_rows_wait_while_the_disk_is_full(make, path, told):
    database = make()
    put(database, *range(100))
    assert database.flush(WAIT_S)
    with files_no_longer_than(path.stat().st_size):
        put(database, *range(100, 3000))
        assert not database.flush(0.3)
        assert database.waiting > 0
        assert len(told) == 1
        assert told.codes[0] in (NoticeCode.DISK_FULL, NoticeCode.JOURNAL_IN_MEMORY)
    assert database.flush(WAIT_S)
    told.wait_for(NoticeCode.SAVED_AGAIN)
    assert len(told) == 2
    database.close()
    assert stored(path) == list(range(3000))


@pytest.mark.expect_log("rows of the journal could not be saved", level="WARNING")
def test_a_limit_without_anybody_to_make_room_is_a_full_disk(make, path, told):
    database = make(max_bytes=200_000)
    put(database, *range(5000))
    told.wait_for(NoticeCode.DISK_FULL)
    assert database.waiting > 0


def test_a_buffer_that_is_full_says_so_once(make, path, told):
    make().close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    database = make(buffer_rows=50, group_rows=10)
    answers = put(database, *range(200))
    assert answers.count(False) >= 140
    assert database.lost == answers.count(False)
    assert told.codes.count(NoticeCode.ROWS_LOST) == 1
    other.execute("ROLLBACK")
    other.close()
    assert database.flush(WAIT_S)
    database.close()
    assert len(stored(path)) == answers.count(True)


@pytest.mark.expect_log("rows of the journal could not be saved", level="WARNING")
def test_a_stop_does_not_wait_for_ever_for_a_locked_file(make, path):
    database = make()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(database, *range(10))
    assert not database.close(timeout_s=10.0)
    other.execute("ROLLBACK")
    other.close()
    assert stored(path) == []


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


async def test_a_database_of_another_program_is_not_touched(make, path, told):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE event (mine)")
    other.close()
    database = make()
    put(database, 1)
    assert await keys(database) == ["1"]
    assert database.in_memory
    assert told.codes == [NoticeCode.JOURNAL_IN_MEMORY]
    database.close()
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("event",)]
    other.close()


async def test_the_write_ahead_file_is_folded_in_at_the_end(make, path):
    database = make()
    put(database, *range(1000))
    assert database.close()
    assert [file.name for file in path.parent.iterdir()] == ["journal.db"]


def test_what_was_flushed_survives_being_killed(path):
    first = 0
    for round_number in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.app.store.db_writer", path, str(first)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        with writer:
            lines = [writer.stdout.readline() for _ in range(3 + 7 * round_number)]
            writer.kill()
            lines += writer.stdout.readlines()
        written = int([line for line in lines if line.endswith(b"\n")][-1])
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ids = {int(one[1:]) for (one,) in connection.execute("SELECT event_id FROM event")}
        connection.close()
        assert set(range(written + 1)) <= ids
        first = written + 1

"""Rows are taken at once, written in groups and in order, and never twice or by halves."""

import sqlite3
import threading

import pytest

from app.store.writer import Options, Writer
from tests.app.store.rig import PUT, WAIT_S, keys, put, stored


async def test_a_row_is_read_back_at_once(make_database):
    database = make_database()
    put(database, 1)
    assert await keys(database) == ["1"]
    put(database, 2, durable=True)
    assert await keys(database) == ["1", "2"]


def test_a_clean_stop_writes_everything(make_database, db_path):
    database = make_database(group_s=10.0)
    put(database, *range(1000))
    assert database.close()
    assert stored(db_path) == list(range(1000))
    assert database.waiting == 0


def test_what_is_written_counts_even_if_the_file_takes_its_time_to_close(db_path):
    free = threading.Event()

    class Slow(sqlite3.Connection):
        def close(self):
            free.wait(WAIT_S)
            super().close()

    def connect():
        connection = sqlite3.connect(
            db_path, isolation_level=None, check_same_thread=False, factory=Slow
        )
        connection.execute("CREATE TABLE meta (key PRIMARY KEY, value)")
        return connection

    writer = Writer(connect, lambda *_: False, lambda: None, Options())
    assert writer.put(PUT, ("1", "x"), durable=False)
    assert writer.flush(WAIT_S)
    assert writer.close(0.0)
    free.set()
    assert writer.close(WAIT_S)
    assert stored(db_path) == [1]


def test_rows_of_many_threads_all_arrive(make_database, db_path):
    database = make_database()
    threads = [
        threading.Thread(target=put, args=(database, *range(start, start + 500)))
        for start in range(0, 4000, 500)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.close()
    assert stored(db_path) == list(range(4000))


def test_rows_keep_their_order(make_database, db_path):
    database = make_database(group_rows=7)
    put(database, 1)
    for number in range(300):
        database.write("UPDATE meta SET value = ? WHERE key = '1'", (str(number),))
    assert database.close()
    connection = sqlite3.connect(db_path)
    assert connection.execute("SELECT value FROM meta").fetchone() == ("299",)
    connection.close()


def test_a_group_that_is_full_does_not_wait_for_its_time(make_database):
    database = make_database(group_rows=10, group_s=3600.0)
    put(database, *range(10))
    waited = threading.Event()
    for _ in range(WAIT_S * 100):
        if database.waiting == 0 or waited.wait(0.01):
            break
    assert database.waiting == 0


def test_flush_tells_when_it_could_not(make_database, db_path):
    database = make_database()
    other = sqlite3.connect(db_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    put(database, 1)
    assert not database.flush(0.05)
    other.execute("ROLLBACK")
    other.close()
    assert database.flush(WAIT_S)


def test_opening_twice_and_closing_twice_is_harmless(make_database):
    database = make_database()
    database.open()
    assert database.close()
    assert database.close()


async def test_a_closed_database_refuses_in_words(make_database, told):
    database = make_database()
    database.close()
    assert put(database, 1) == [False]
    assert database.lost == 1
    with pytest.raises(sqlite3.Error):
        await database.read("SELECT 1")
    with pytest.raises(sqlite3.Error):
        await database.run(lambda connection: None)


async def test_a_wrong_question_is_the_askers_error_and_nobody_elses(make_database):
    database = make_database()
    with pytest.raises(sqlite3.OperationalError):
        await database.read("SELECT nothing FROM nowhere")
    with pytest.raises(ZeroDivisionError):
        await database.run(lambda connection: 1 / 0)
    with pytest.raises(sqlite3.OperationalError):
        await database.run(lambda connection: connection.execute("SELECT nothing FROM nowhere"))
    put(database, 1)
    assert await keys(database) == ["1"]


async def test_a_job_that_fails_leaves_nothing_half_done(make_database):
    database = make_database()

    def job(connection):
        connection.execute(PUT, ("1", ""))
        raise KeyError

    with pytest.raises(KeyError):
        await database.run(job)
    assert await keys(database) == []


async def test_nobody_can_write_through_a_read(make_database):
    database = make_database()
    with pytest.raises(sqlite3.OperationalError):
        await database.read("DELETE FROM meta")

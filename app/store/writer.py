"""The one thread that writes to the database: takes rows at once, commits them in groups.

One rule: a row leaves the queue only when it is committed, or when the database says it never fits.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from app.store.migrate import DamagedError, NewerError, Trouble, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_log = logging.getLogger(__name__)
T = TypeVar("T")
Value = str | int | float | bytes | None
Row = tuple[Value, ...]

_FIRST_RETRY_S = 0.25
_LAST_RETRY_S = 5.0
_IDLE_S = 5.0
_ROW_ERRORS = (sqlite3.Error, OverflowError, ValueError)


@dataclass(frozen=True, slots=True)
class Options:
    """How much and how long: a group ends at `group_rows` or after `group_s`."""

    group_rows: int = 200
    group_s: float = 0.03
    buffer_rows: int = 200_000
    max_bytes: int = 1 << 30


@dataclass(slots=True)
class _Statement:
    sql: str
    row: Row
    durable: bool


@dataclass(slots=True)
class _Job:
    run: Callable[[sqlite3.Connection], Any]
    answer: Future[Any]
    begun: bool = False


_Item = _Statement | _Job


class Writer:
    """Owns the writing connection, which `connect` opens on the writer's thread.

    `mend` is told every error there: it returns True to try again at once, False to wait and try
    again. `on_recovered` is called when writing works again after that.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        mend: Callable[[Exception, Trouble, sqlite3.Connection | None], bool],
        on_recovered: Callable[[], None],
        options: Options,
    ) -> None:
        self._connect = connect
        self._mend = mend
        self._on_recovered = on_recovered
        self._options = options
        self._connection: sqlite3.Connection | None = None
        self._durable = False
        self._queue: deque[_Item] = deque()
        self._changed = threading.Condition()
        self._accepted = 0
        self._settled = 0
        self._hurry_to = 0
        self._stopping = False
        self._failing = False
        self._unsaved = False
        self.tried = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-write", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Rows and jobs accepted and not yet done."""
        return self._accepted - self._settled

    def put(self, sql: str, row: Row, *, durable: bool) -> bool:
        """Take one row; False if the buffer is full or the writer is stopping."""
        with self._changed:
            if self._stopping or len(self._queue) >= self._options.buffer_rows:
                return False
            self._queue.append(_Statement(sql, row, durable))
            self._accepted += 1
            # Waking the writer for every row would cost more than writing it.
            if len(self._queue) in (1, self._options.group_rows):
                self._changed.notify_all()
        return True

    def submit(self, run: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Run a job in a transaction of its own, after what was taken before."""
        answer: Future[T] = Future()
        with self._changed:
            if self._stopping:
                answer.cancel()
                return answer
            self._queue.append(_Job(run, answer))
            self._accepted += 1
            self._hurry_to = self._accepted
            self._changed.notify_all()
        return answer

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything taken so far is done; False if that took too long."""
        with self._changed:
            target = self._accepted
            self._hurry_to = max(self._hurry_to, target)
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._settled >= target, timeout_s)

    def close(self, timeout_s: float) -> bool:
        """Write what waits, then end the thread; False if not all was written within the time.

        Folding the write-ahead file in may take longer; without it nothing is lost, and the thread
        ends when it is done.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout_s)
        return self.waiting == 0

    def disconnect(self) -> None:
        """Drop the connection; the next attempt opens a new one. For `mend` only."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    # ------------------------------------------------------------------------------- thread

    def _run(self) -> None:
        try:
            while True:
                batch = self._next_batch()
                if batch is None:
                    self._tidy()
                elif not batch or not self._write_until_done(batch):
                    break
        finally:
            self.tried.set()
            self._end()

    def _next_batch(self) -> list[_Item] | None:
        """Gather a group; None when idle for a while after work, empty when it is time to end."""
        limit = self._options.group_rows
        with self._changed:
            idle_s = _IDLE_S if self._unsaved else None
            self._changed.wait_for(lambda: self._queue or self._stopping, idle_s)
            if not self._queue:
                return [] if self._stopping else None
            self._changed.wait_for(
                lambda: self._in_a_hurry() or len(self._queue) >= limit, self._options.group_s
            )
            return self._take(limit)

    def _in_a_hurry(self) -> bool:
        return self._stopping or self._hurry_to > self._settled

    def _take(self, limit: int) -> list[_Item]:
        """Take one job, or statements up to the next job."""
        batch: list[_Item] = []
        while self._queue and len(batch) < limit:
            if isinstance(self._queue[0], _Job):
                return batch or [self._queue.popleft()]
            batch.append(self._queue.popleft())
        return batch

    def _write_until_done(self, batch: list[_Item]) -> bool:
        wait_s = _FIRST_RETRY_S
        while True:
            try:
                self._commit(batch)
            except (sqlite3.Error, DamagedError, NewerError, OSError) as error:
                if self._mend(error, trouble_of(error), self._connection):
                    continue
                self._failing = True
                self.tried.set()
                if not self._pause(wait_s):
                    with self._changed:
                        self._queue.extendleft(reversed(batch))
                    return False
                wait_s = min(_LAST_RETRY_S, wait_s * 2.0)
            else:
                self._done(len(batch))
                return True

    def _pause(self, wait_s: float) -> bool:
        """Wait before the next attempt; False if the last attempt was already the last one."""
        with self._changed:
            if self._stopping:
                return False
            self._changed.wait_for(lambda: self._stopping, wait_s)
        return True

    def _done(self, count: int) -> None:
        self.tried.set()
        with self._changed:
            self._settled += count
            self._unsaved = True
            self._changed.notify_all()
        if self._failing:
            self._failing = False
            self._on_recovered()

    def _commit(self, batch: list[_Item]) -> None:
        if self._connection is None:
            self._connection = self._connect()
            self._durable = False
        first = batch[0]
        if isinstance(first, _Job):
            self._do(self._connection, first)
            return
        rows = [item for item in batch if isinstance(item, _Statement)]
        self._sync(self._connection, durable=any(item.durable for item in rows))
        try:
            _write(self._connection, rows)
        except _ROW_ERRORS as error:
            if trouble_of(error) is not Trouble.BAD_ROW:
                raise
            self._write_one_by_one(self._connection, rows)

    def _sync(self, connection: sqlite3.Connection, *, durable: bool) -> None:
        if durable != self._durable:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def _write_one_by_one(self, connection: sqlite3.Connection, rows: list[_Statement]) -> None:
        """Leave out what never fits, so that one wrong row does not hold up the others.

        An error of the disk on the way sends the whole group round again: what was written of it
        must therefore be written by INSERT OR IGNORE or an UPDATE, as everything here is.
        """
        for row in rows:
            try:
                _write(connection, [row])
            except _ROW_ERRORS as error:
                if trouble_of(error) is not Trouble.BAD_ROW:
                    raise
                _log.error("a row of the journal does not fit and is left out: %r", error)

    def _do(self, connection: sqlite3.Connection, job: _Job) -> None:
        if not job.begun:
            if not job.answer.set_running_or_notify_cancel():
                return
            job.begun = True
        try:
            with Transaction(connection):
                result = job.run(connection)
        except _ROW_ERRORS as error:
            if trouble_of(error) is not Trouble.BAD_ROW:
                raise
            job.answer.set_exception(error)
        except Exception as error:  # noqa: BLE001 - belongs to whoever asked
            job.answer.set_exception(error)
        else:
            job.answer.set_result(result)

    def _tidy(self) -> None:
        """Fold the write-ahead file into the main one while nobody needs us."""
        self._unsaved = False
        try:
            if self._connection is not None:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            _log.debug("the write-ahead file was not folded in: %s", error)

    def _end(self) -> None:
        with self._changed:
            left = list(self._queue)
        for item in left:
            if isinstance(item, _Job):
                _give_up(item)
        try:
            self.disconnect()
        except sqlite3.Error as error:
            _log.debug("the database did not close: %s", error)


class Transaction:
    """BEGIN IMMEDIATE to COMMIT, or ROLLBACK on any error (which some errors have done already)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _write(connection: sqlite3.Connection, rows: Sequence[_Statement]) -> None:
    with Transaction(connection):
        for sql, alike in groupby(rows, key=lambda item: item.sql):
            connection.executemany(sql, [item.row for item in alike])


def _give_up(job: _Job) -> None:
    if job.begun:
        job.answer.set_exception(sqlite3.OperationalError("the program ended first"))
    else:
        job.answer.cancel()

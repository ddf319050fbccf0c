"""The journal's database: rows go in at once and never wait, reads happen beside it.

One rule: damaged, newer, full, locked or read-only: whatever the file is, gifts do not notice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from shutil import disk_usage
from typing import TYPE_CHECKING, TypeVar

from app.core.notices import Level, Notice, NoticeCode
from app.store.migrate import (
    NewerError,
    Trouble,
    bring_up,
    connect,
    connect_reader,
    is_newer,
    set_aside_database,
)
from app.store.writer import Options, Row, Value, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_log = logging.getLogger(__name__)
T = TypeVar("T")

_MEMORY_BYTES = 64 << 20
_READ_AFTER_S = 0.5
_DISK_FULL_BYTES = 16 << 20
_WORDS = {
    Trouble.FULL: NoticeCode.DISK_FULL,
    Trouble.LOCKED: NoticeCode.FILES_LOCKED,
    Trouble.NO_ACCESS: NoticeCode.JOURNAL_IN_MEMORY,
}


class Database:
    """The journal's file at `path`; memory if that is None or cannot be used at all.

    `on_notice` may be called from the writer's thread. `make_room` runs on that thread when the
    size limit is reached: it deletes the oldest rows in one transaction and returns how many.
    """

    def __init__(
        self,
        path: Path | None,
        on_notice: Callable[[Notice], None],
        *,
        make_room: Callable[[sqlite3.Connection], int] | None = None,
        options: Options | None = None,
    ) -> None:
        self._path = path
        self._on_notice = on_notice
        self._make_room = make_room
        self._options = options or Options()
        self._writer: Writer | None = None
        self._reader: ThreadPoolExecutor | None = None
        self._read_connection: sqlite3.Connection | None = None
        self._lost_lock = threading.Lock()
        self._lost = 0
        self._worked = False
        self._told: Trouble | None = None

    def open(self, timeout_s: float = 10.0) -> None:
        """Open, check and migrate; blocks, so call it in a thread.

        Never raises for the state of the file: notices tell it. Returns after the first attempt;
        a locked or full disk is then retried behind the scenes.
        """
        if self._writer is not None:
            return
        self._reader = ThreadPoolExecutor(1, "store-read")
        self._writer = Writer(self._connect, self._mend, self._recovered, self._options)
        self._writer.submit(lambda connection: connection.total_changes)
        self._writer.tried.wait(timeout_s)

    def close(self, timeout_s: float = 3.0) -> bool:
        """Write what waits and stop, within about the time; True if everything was written."""
        if self._writer is None:
            return True
        if self._read_connection is not None:
            self._read_connection.interrupt()
        done = self._writer.close(timeout_s)
        if not done:
            _log.warning("%d rows of the journal could not be saved", self._writer.waiting)
        self._writer = None
        if self._reader is not None:
            self._reader.shutdown(wait=True, cancel_futures=True)
            self._reader = None
        self._forget_read_connection()
        return done

    @property
    def in_memory(self) -> bool:
        """Whether all of this is forgotten when the program ends."""
        return self._path is None

    @property
    def waiting(self) -> int:
        """Rows taken and not yet written."""
        return 0 if self._writer is None else self._writer.waiting

    @property
    def lost(self) -> int:
        """Rows refused because the buffer was full."""
        return self._lost

    def write(self, sql: str, row: Row, *, durable: bool = False) -> bool:
        """Take one row for a statement that may be repeated (INSERT OR IGNORE, UPDATE).

        From any thread, in order, at once. `durable` rows survive a power cut once written.
        False if the row was refused: not open, or the buffer is full.
        """
        if self._writer is not None and self._writer.put(sql, row, durable=durable):
            return True
        with self._lost_lock:
            self._lost += 1
            first = self._lost == 1
        if first:
            self._on_notice(Notice("storage.lost", Level.ERROR, NoticeCode.ROWS_LOST))
        return False

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything taken so far is written; False if it took longer than the time."""
        return self._writer is None or self._writer.flush(timeout_s)

    async def read(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Return the rows of a SELECT; what was written before the call is seen."""

        def select(connection: sqlite3.Connection) -> list[Row]:
            return connection.execute(sql, parameters).fetchall()

        return await self.read_with(select)

    async def read_with(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Run reads in a thread on a connection that cannot write; raises sqlite3.Error."""
        if self._reader is None:
            raise sqlite3.ProgrammingError("the database is not open")
        if self._path is None:
            return await self.run(run)
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, run)

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run `job` on the writer's thread in one transaction, after what was written before.

        It waits while the disk refuses, and is cancelled when the database closes first.
        """
        if self._writer is None:
            raise sqlite3.ProgrammingError("the database is not open")
        return await asyncio.wrap_future(self._writer.submit(job))

    # ------------------------------------------------------------------------------- reading

    def _read(self, run: Callable[[sqlite3.Connection], T]) -> T:
        self.flush(_READ_AFTER_S)
        path = self._path
        if path is None:
            raise sqlite3.OperationalError("the journal has just moved to memory")
        if self._read_connection is None:
            self._read_connection = connect_reader(path)
        try:
            return run(self._read_connection)
        except sqlite3.Error:
            # The file may have been set aside under us: the next read opens the new one.
            self._forget_read_connection()
            raise

    def _forget_read_connection(self) -> None:
        if self._read_connection is not None:
            self._read_connection.close()
            self._read_connection = None

    # ------------------------------------------------------------------------------- writing

    def _connect(self) -> sqlite3.Connection:
        path = self._path
        if path is not None and is_newer(path):
            raise NewerError(path.name)
        limit, size = _MEMORY_BYTES, 0
        if path is not None:
            limit = self._options.max_bytes
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            size = path.stat().st_size if path.exists() else 0
        connection = connect(path, max_bytes=limit)
        try:
            bring_up(connection, size=size)
        except BaseException:
            connection.close()
            raise
        self._worked = True
        return connection

    def _mend(
        self, error: Exception, trouble: Trouble, connection: sqlite3.Connection | None
    ) -> bool:
        if isinstance(error, NewerError):
            return self._to_memory(NoticeCode.JOURNAL_NEWER)
        if trouble is Trouble.DAMAGED:
            return self._begin_anew()
        if trouble is Trouble.FULL and connection is not None and self._made_room(connection):
            return True
        if not self._worked and trouble in (Trouble.NO_ACCESS, Trouble.BAD_ROW):
            _log.info("the journal cannot be opened: %s", error)
            return self._to_memory(NoticeCode.JOURNAL_IN_MEMORY)
        if trouble is not Trouble.LOCKED and self._path is not None:
            self._disconnect()
        self._tell(trouble, error)
        return False

    def _tell(self, trouble: Trouble, error: Exception) -> None:
        if self._told is trouble:
            return
        self._told = trouble
        _log.info("the journal cannot be written: %s", error)
        code = _WORDS.get(trouble, NoticeCode.JOURNAL_IN_MEMORY)
        self._on_notice(Notice("storage", Level.WARNING, code))

    def _recovered(self) -> None:
        self._told = None
        _log.info("the journal is written again")
        self._on_notice(Notice("storage", Level.INFO, NoticeCode.SAVED_AGAIN))

    def _to_memory(self, code: NoticeCode) -> bool:
        self._disconnect()
        if self._path is None:
            return False
        self._path = None
        self._on_notice(Notice("storage", Level.WARNING, code))
        return True

    def _begin_anew(self) -> bool:
        """Keep the damaged file under another name; True when a fresh one may be opened."""
        self._disconnect()
        if self._path is None:
            return False
        try:
            kept = set_aside_database(self._path)
        except OSError:
            return self._to_memory(NoticeCode.JOURNAL_IN_MEMORY)
        values = {"file": kept.name}
        self._on_notice(
            Notice("storage.damaged", Level.WARNING, NoticeCode.JOURNAL_SET_ASIDE, values)
        )
        return True

    def _made_room(self, connection: sqlite3.Connection) -> bool:
        """Delete the oldest rows if our own limit was hit, rather than the disk's."""
        if self._make_room is None:
            return False
        # SQLite gives both the same name. A disk that is full is the user's to clear, not ours.
        with contextlib.suppress(OSError):
            if self._path is not None and disk_usage(self._path.parent).free < _DISK_FULL_BYTES:
                return False
        with contextlib.suppress(sqlite3.Error):
            return self._make_room(connection) > 0
        return False

    def _disconnect(self) -> None:
        if self._writer is not None:
            with contextlib.suppress(sqlite3.Error):
                self._writer.disconnect()

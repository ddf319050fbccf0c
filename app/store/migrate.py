"""The journal's file: opened with its settings, checked, and brought to the present version.

One rule: forward only, one SQL file a version, each in one transaction with its version number.
"""

from __future__ import annotations

import contextlib
import enum
import sqlite3
from pathlib import Path

from app.store.files import set_aside, time_stamp

APPLICATION_ID = 0x47574A4C
_SCRIPTS = Path(__file__).parent / "migrations"
# A whole check reads the whole file; above this size it is left to what fails when it is read.
_CHECK_BYTES = 64 << 20
# https://www.sqlite.org/fileformat.html#the_database_header: user_version is at byte 60,
# application_id at byte 68.
_HEADER_BYTES = 100


class NewerError(Exception):
    """The file was written by a newer program; it must be left as it is."""


class DamagedError(Exception):
    """The file is not a database, or its check failed."""


class Trouble(enum.Enum):
    """What an SQLite error means for what we do next."""

    DAMAGED = "damaged"
    FULL = "full"
    LOCKED = "locked"
    NO_ACCESS = "no_access"
    BAD_ROW = "bad_row"


_BY_CODE = {
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.NO_ACCESS,
    sqlite3.SQLITE_IOERR: Trouble.NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: Trouble.NO_ACCESS,
    sqlite3.SQLITE_PERM: Trouble.NO_ACCESS,
    sqlite3.SQLITE_NOMEM: Trouble.NO_ACCESS,
}


def trouble_of(error: Exception) -> Trouble:
    """Classify an error of the sqlite3 module; what is not the file's fault is a bad row."""
    if isinstance(error, DamagedError):
        return Trouble.DAMAGED
    # The low byte is the primary code; the rest says in more detail what we do not act upon.
    code = getattr(error, "sqlite_errorcode", None)
    return _BY_CODE.get(code & 0xFF, Trouble.BAD_ROW) if code is not None else Trouble.BAD_ROW


def scripts() -> list[tuple[int, str]]:
    """Return (version, SQL) of every migration, oldest first."""
    return [
        (int(path.name[:4]), path.read_text(encoding="utf-8"))
        for path in sorted(_SCRIPTS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def connect(path: Path | None, *, max_bytes: int, busy_ms: int = 1000) -> sqlite3.Connection:
    """Open the file (None: memory) for the one writer; the schema may still be missing.

    Raises sqlite3 errors. The connection may be closed from another thread.
    """
    connection = sqlite3.connect(
        ":memory:" if path is None else path, isolation_level=None, check_same_thread=False
    )
    try:
        _set_up(connection, busy_ms, max_bytes)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open the file for reading only, usable from any one thread at a time."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def bring_up(connection: sqlite3.Connection, *, size: int = 0) -> None:
    """Check a file of `size` bytes and run what migrations are missing.

    Raises NewerError, DamagedError, or sqlite3 errors; on any of them the file is unchanged.
    """
    steps = scripts()
    known = steps[-1][0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > known:
        raise NewerError(str(version))
    if size <= _CHECK_BYTES:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if answer != "ok":
            raise DamagedError(answer)
    for number, script in steps:
        if number > version:
            _migrate(connection, number, script)


def is_newer(path: Path) -> bool:
    """Say whether the file's version is above ours, from its header alone, touching nothing."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError:
        return False
    if header[:16] != b"SQLite format 3\x00" or len(header) < _HEADER_BYTES:
        return False
    ours = int.from_bytes(header[68:72], "big") == APPLICATION_ID
    return ours and int.from_bytes(header[60:64], "big") > scripts()[-1][0]


def set_aside_database(path: Path) -> Path:
    """Rename a damaged database with its companions; returns where it is kept, or OSError."""
    kept = set_aside(path, f"broken-{time_stamp()}")
    for tail in ("-wal", "-shm"):
        companion = path.with_name(path.name + tail)
        with contextlib.suppress(OSError):
            companion.rename(kept.with_name(kept.name + tail))
    return kept


def _set_up(connection: sqlite3.Connection, busy_ms: int, max_bytes: int) -> None:
    connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
    # The next two work only before the first table exists, and are kept in the file.
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    connection.execute("PRAGMA wal_autocheckpoint = 1000")
    page_bytes = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {max(16, max_bytes // page_bytes)}")


def _migrate(connection: sqlite3.Connection, number: int, script: str) -> None:
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

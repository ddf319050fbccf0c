"""Reads the journal and leaves no trace: not even the files that SQLite puts beside one it reads.

One rule: while somebody writes the journal it is read as the core itself does.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from app.store.migrate import connect_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


T = TypeVar("T")


def read_journal(path: Path, ask: Callable[[sqlite3.Connection], T]) -> T:
    """Return what `ask` reads; raises sqlite3.Error."""
    written = path.with_name(f"{path.name}-wal")
    if not written.exists():
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = ask(connection)
        # Else somebody began to write meanwhile: what was read may be half of it.
        if not written.exists():
            return found
    with closing(connect_reader(path)) as connection:
        return ask(connection)

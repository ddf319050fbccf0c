"""Keeps tests that use the same port or multicast one after the other, in other processes too.

One rule: the lock is the system's, so that it ends with whoever held it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 100.0


@contextlib.contextmanager
def alone(what: str) -> Iterator[None]:
    """Wait until nobody else on this computer uses `what`, and keep them waiting meanwhile."""
    path = Path(tempfile.gettempdir()) / f"giftwire-tests-{what}.db"
    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE_S)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield

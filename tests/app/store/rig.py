"""What the tests of the store share: a clock, notices as they come, rows, a disk that is full."""

from __future__ import annotations

import contextlib
import sqlite3
import threading

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


def put(database, *keys, durable=False):
    return [database.write(PUT, (str(key), "x" * 100), durable=durable) for key in keys]


async def keys(database):
    return [key for (key,) in await database.read("SELECT key FROM meta ORDER BY CAST(key AS INT)")]


def stored(path):
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT key FROM meta ORDER BY CAST(key AS INT)").fetchall()
    connection.close()
    return [int(key) for (key,) in found]


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@contextlib.contextmanager
def files_no_longer_than(size):
    """Let the system refuse to write beyond `size`, as a full disk does."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

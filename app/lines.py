"""JSON lines over a pipe between two of our processes; the writer never makes its user wait.

One rule: a reader on the other side that hangs costs a bounded queue, never a blocked loop.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

MAX_LINE = 256 * 1024
MAX_WAITING = 1000
_CHUNK = 64 * 1024


class LineWriter:
    """Writes objects as JSON lines to a file descriptor, which it owns, from a thread of its own.

    Use it from any thread.
    """

    def __init__(self, fd: int, name: str) -> None:
        self._fd = fd
        self._queue: deque[tuple[bytes, threading.Event | None]] = deque()
        self._more = threading.Condition()
        self._closed = False
        self.broken = False
        # What somebody waited for in vain.
        self._late: threading.Event | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, message: dict[str, Any], *, optional: bool = False) -> bool:
        """Queue a message; False if it was left out: the reader is gone, or hangs.

        An `optional` message leaves room for the others.
        """
        return self._put(message, None, MAX_WAITING // 2 if optional else MAX_WAITING)

    def put_now(self, message: dict[str, Any], timeout_s: float) -> bool:
        """Queue a message and wait until it is in the pipe; False if that did not happen in time.

        What is in the pipe reaches the reader even if we are killed the next moment. Only the first
        to find that the reader hangs waits for it.
        """
        written = threading.Event()
        if not self._put(message, written, MAX_WAITING):
            return False
        hangs = self._late is not None and not self._late.is_set()
        in_time = written.wait(0.0 if hangs else timeout_s)
        self._late = None if in_time else written
        return in_time and not self.broken

    def close(self, timeout_s: float = 1.0) -> None:
        """Write what waits, for at most `timeout_s`, then close the pipe."""
        with self._more:
            self._closed = True
            self._more.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)

    def _put(self, message: dict[str, Any], written: threading.Event | None, room: int) -> bool:
        line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        with self._more:
            if self._closed or self.broken or len(self._queue) >= room:
                return False
            self._queue.append((line, written))
            self._more.notify()
        return True

    def _run(self) -> None:
        while True:
            with self._more:
                while not self._queue and not self._closed:
                    self._more.wait()
                batch = list(self._queue)
                self._queue.clear()
                if not batch:
                    break
            if not self._write(b"".join(line for line, _ in batch)):
                self.broken = True
            for _, written in batch:
                if written is not None:
                    written.set()
        with contextlib.suppress(OSError):
            os.close(self._fd)

    def _write(self, data: bytes) -> bool:
        if self.broken:
            return False
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError:
            return False
        return True


def read_lines(fd: int) -> Iterator[dict[str, Any]]:
    """Yield the objects that arrive on `fd` until its other end is closed; then close it.

    What is no JSON object is logged and left out.
    """
    waiting = b""
    with contextlib.suppress(OSError):
        while chunk := os.read(fd, _CHUNK):
            *lines, waiting = (waiting + chunk).split(b"\n")
            if len(waiting) > MAX_LINE:
                log.error("a line in the pipe had no end")
                waiting = b""
            for line in lines:
                message = _object(line)
                if message is not None:
                    yield message
    with contextlib.suppress(OSError):
        os.close(fd)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        log.error("no message in the pipe: %r", line[:80])
        return None
    return message

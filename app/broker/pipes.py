"""The two ends of the pipe in the broker's process: orders come in, news and log lines go out.

One rule: neither ever holds up the loop, not even if the core hangs with the pipe full.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from app.broker import messages
from app.redaction import redacted

if TYPE_CHECKING:
    import io

_MOST_LOG_LINES: Final = 50
_LONGEST_LOG_LINE: Final = 4000
_END_S: Final = 1.0


class News(logging.Handler):
    """Writes the newest news, and what is logged, in a thread."""

    def __init__(self, out: io.RawIOBase) -> None:
        super().__init__(logging.WARNING)
        self._out = out
        self._newest = b""
        self._logged: deque[bytes] = deque(maxlen=_MOST_LOG_LINES)
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write, name="news", daemon=True)
        self._thread.start()

    def put(self, news: bytes) -> None:
        """Write this next, unless there is something newer by then."""
        with self._changed:
            self._newest = news
            self._changed.notify()

    def emit(self, record: logging.LogRecord) -> None:
        """Let the core log it."""
        text = redacted(self.format(record))[:_LONGEST_LOG_LINE]
        with self._changed:
            self._logged.append(messages.line({"log": text}))
            self._changed.notify()

    def end(self) -> None:
        """Write what is left, if somebody takes it, and end."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join(_END_S)

    def _write(self) -> None:
        while data := self._next():
            try:
                while data:
                    data = data[self._out.write(data) or 0 :]
            except (OSError, ValueError):
                return  # the core is gone

    def _next(self) -> bytes:
        """Return what is to be written now, nothing at the end."""
        with self._changed:
            while not (self._newest or self._logged or self._ended):
                self._changed.wait()
            data = b"".join(self._logged) + self._newest
            self._logged.clear()
            self._newest = b""
            return data


def read_lines(orders: io.RawIOBase) -> asyncio.Queue[bytes]:
    """Return a queue of the lines that come in, at last an empty one."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        # A thread, because pipes cannot be awaited on every system.
        try:
            for line in orders:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, b"")
        except (RuntimeError, OSError, ValueError):
            # We ended first.
            return

    threading.Thread(target=read, name="orders", daemon=True).start()
    return lines

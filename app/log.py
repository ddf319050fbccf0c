"""Logging of one process: a rotated file in the profile, a ring in memory, without secrets.

One rule: a log that cannot be written is no reason not to run.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from traceback import format_exception
from typing import TYPE_CHECKING

from app import paths
from app.redaction import hide, redacted

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["Entry", "Log", "Private", "Ring", "hide", "redacted", "set_up"]

log = logging.getLogger(__name__)

FILE_BYTES = 1_000_000
KEPT_FILES = 3
RING_ENTRIES = 2000
_LONGEST_TEXT = 8000
# They tell at INFO about every request, and some of those hold what is nobody's business.
_CHATTY = ("httpx", "httpcore", "websockets", "asyncio", "TikTokLive", "qasync", "keyring")


class Private:
    """A viewer's name as an argument of a log call: shown at DEBUG, hidden above it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return "(viewer)"

    __repr__ = __str__

    def shown(self) -> str:
        """Return the name itself."""
        return self._text


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry as the log page shows it; `position` grows by one with every entry."""

    position: int
    at_ms: int
    level: str
    name: str
    text: str


class Ring(logging.Handler):
    """The last entries, in memory. Readers ask for what came since their last position."""

    def __init__(self, entries: int = RING_ENTRIES) -> None:
        super().__init__()
        self._entries: deque[Entry] = deque(maxlen=entries)
        self._next = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record's redacted text."""
        text = text_of(record)
        entry = Entry(self._next, int(record.created * 1000), record.levelname, record.name, text)
        self._entries.append(entry)
        self._next += 1

    def since(self, position: int) -> tuple[tuple[Entry, ...], int]:
        """Return the entries from `position` on, oldest first, and the position to ask for next."""
        self.acquire()
        try:
            fresh = tuple(entry for entry in self._entries if entry.position >= position)
            return fresh, self._next
        finally:
            self.release()


class Line(logging.Formatter):
    """One entry as a line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted text, the traceback below it."""
        return text_of(record)


class JsonLine(logging.Formatter):
    """One entry as one line of JSON, so that no text can look like another entry."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: t (UTC), level, name, thread if it is not the main one, text."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        content = {"t": f"{at}.{int(record.msecs):03d}Z", "level": record.levelname}
        content["name"] = record.name
        if record.threadName not in (None, "MainThread"):
            content["thread"] = str(record.threadName)
        content["text"] = text_of(record)
        return json.dumps(content, ensure_ascii=False)


class File(logging.handlers.RotatingFileHandler):
    """The log file; a disk that is full or gone for a while is nobody's concern here."""

    failed = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Count it: telling would only be logged again."""
        self.failed += 1

    def close(self) -> None:
        """Let go of the file, also of one that takes nothing any more."""
        with contextlib.suppress(OSError):
            super().close()


class Log:
    """The logging of this process, until `close`."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._handlers: list[logging.Handler] = []

    def add(self, handler: logging.Handler) -> None:
        """Send records to one more handler, until `close`."""
        self._handlers.append(handler)
        logging.getLogger().addHandler(handler)

    def set_level(self, level: str) -> None:
        """Log from this level on: debug, info, warning, error."""
        logging.getLogger().setLevel(level.upper())

    def close(self) -> None:
        """Let go of the file and of Python's hooks."""
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        self._handlers.clear()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__


def set_up(profile: Path, process: str, *, verbose: bool = False, console: bool = False) -> Log:
    """Log this process to `<profile>/logs/<process>.log`; `console` shows warnings there as well.

    Also logs what no code caught, in any thread.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    made = Log(Ring())
    made.add(made.ring)
    if console and sys.stderr is not None:
        shown = logging.StreamHandler(sys.stderr)
        shown.setLevel(logging.INFO if verbose else logging.WARNING)
        shown.setFormatter(Line())
        made.add(shown)
    try:
        made.add(_file(paths.logs(profile) / f"{process}.log"))
    except OSError as error:
        log.warning("no log file: %s", error)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return made


def text_of(record: logging.LogRecord) -> str:
    """Return a record's text without secrets, its traceback below it."""
    parts = [_message(record)]
    if record.exc_info and record.exc_info[0] is not None:
        parts.append(_TRACEBACKS.formatException(record.exc_info))
    elif record.exc_text:
        parts.append(record.exc_text)
    if record.stack_info:
        parts.append(record.stack_info)
    return redacted("\n".join(parts))[:_LONGEST_TEXT]


_TRACEBACKS = logging.Formatter()


def _message(record: logging.LogRecord) -> str:
    """Fill in the arguments; names only where every word was asked for."""
    try:
        if record.levelno <= logging.DEBUG and isinstance(record.args, tuple) and record.args:
            shown = tuple(arg.shown() if isinstance(arg, Private) else arg for arg in record.args)
            return str(record.msg) % shown
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - arguments are anybody's objects
        return f"{record.msg} (cannot be filled in: {type(error).__name__})"


def _file(path: Path) -> logging.Handler:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = File(path, maxBytes=FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    handler.setFormatter(JsonLine())
    return handler


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    log.critical("ended by an error", exc_info=(kind, error, traceback))
    if sys.stderr is not None:
        # The guardian shows the last line of it.
        sys.stderr.write(redacted("".join(format_exception(kind, error, traceback))))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread is not None else "?"
    if args.exc_value is not None:
        log.critical("thread %s failed", name, exc_info=args.exc_value)

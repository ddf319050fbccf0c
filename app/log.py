"""Logging of one process: a file in the profile, small and rotated, without secrets.

One rule: a log that cannot be written is no reason not to run.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
import threading
from typing import TYPE_CHECKING

from app import paths

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

log = logging.getLogger(__name__)

FILE_BYTES = 1_000_000
KEPT_FILES = 3
_SECRET = re.compile(
    r"(?i)\b(api_?key|sessionid\w*|sid_tt|msToken|token|password|authorization|cookie|x-api-key)"
    r"([\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'&;,}]+)"
)
# They tell at INFO about every request, and some of those hold what is nobody's business.
_CHATTY = ("httpx", "httpcore", "websockets", "asyncio", "TikTokLive", "qasync", "keyring")


class Redacted(logging.Formatter):
    """Puts stars in the place of secrets, also in tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))


def redacted(text: str) -> str:
    """Return `text` with stars for what follows a name of a secret."""
    return _SECRET.sub(r"\1\2***", text)


def set_up(profile: Path, process: str, *, verbose: bool = False, console: bool = False) -> None:
    """Log this process to `<profile>/logs/<process>.log`; `console` shows warnings there as well.

    Also logs what no code caught, in any thread.
    """
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    if console and sys.stderr is not None:
        shown = logging.StreamHandler(sys.stderr)
        shown.setLevel(logging.INFO if verbose else logging.WARNING)
        shown.setFormatter(Redacted("%(message)s"))
        root.addHandler(shown)
    try:
        root.addHandler(_file(paths.logs(profile) / f"{process}.log"))
    except OSError as error:
        log.warning("no log file: %s", error)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _file(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=FILE_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    line = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"
    handler.setFormatter(Redacted(line, "%Y-%m-%d %H:%M:%S"))
    return handler


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    log.critical("ended by an error", exc_info=(kind, error, traceback))
    if sys.stderr is not None:
        # The guardian shows the last line of it.
        sys.__excepthook__(kind, error, traceback)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread is not None else "?"
    if args.exc_value is not None:
        log.critical("thread %s failed", name, exc_info=args.exc_value)

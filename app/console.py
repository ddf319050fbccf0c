"""Words to whoever started the program from a console, if there is one.

One rule: a window program without a console prints into nothing and does not fall over.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import threading

from app import paths

MAX_LINES = 1000
DONE, FAILED, MISUSED, NOT_RUNNING = 0, 1, 2, 3


def prepare() -> None:
    """Make any text printable, whatever the console can show."""
    for stream in (sys.stdout, sys.stderr):
        # None in a windowed program; something else entirely under a test runner.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def say(text: str) -> None:
    """Print a line at once; a console that was closed is no error."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """Print a line as an error."""
    _write(sys.stderr, text)


def program() -> str:
    """Return the words that start this program, for sentences that tell what to type."""
    return "giftwire" if paths.frozen() else "python -m app"


class Printer:
    """Prints from a thread of its own; lines that find no room are left out and counted.

    A console that stands still (Ctrl+S, a full pipe) must hold up nobody.
    """

    def __init__(self) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue(MAX_LINES)
        self._left_out = 0
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many lines wait to be printed."""
        return self._lines.qsize()

    def say(self, line: str) -> None:
        """Print a line soon. Any thread."""
        if self._left_out:
            line = f"({self._left_out} lines were left out)\n{line}"
        try:
            self._lines.put_nowait(line)
            self._left_out = 0
        except queue.Full:
            self._left_out += 1

    def close(self, timeout_s: float = 1.0) -> None:
        """Print what waits, for at most `timeout_s`."""
        with contextlib.suppress(queue.Full):
            self._lines.put(None, timeout=timeout_s)
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            say(line)


def _write(stream: object, text: str) -> None:
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError):
        print(text, file=stream, flush=True)  # type: ignore[call-overload]  # a console or a stand-in

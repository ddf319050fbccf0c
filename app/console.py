"""Words to whoever started the program from a console, if there is one.

One rule: a window program without a console prints into nothing and does not fall over.
"""

from __future__ import annotations

import contextlib
import sys

from app import paths

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


def _write(stream: object, text: str) -> None:
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError):
        print(text, file=stream, flush=True)  # type: ignore[call-overload]

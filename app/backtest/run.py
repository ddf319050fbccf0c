"""The backtest as a process: a request on its standard input, news as lines on its output.

One rule: it ends when its input does; whoever asked and is gone wants no answer.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from pydantic import ValidationError

from app import paths
from app.backtest.devices import devices_of
from app.backtest.listing import listed
from app.backtest.play import Play
from app.backtest.sources import SourceError, read_events
from app.core import rules as document_of
from app.core.backtests import (
    BacktestNews,
    BacktestRequest,
    Failed,
    Finished,
    Playing,
    Reading,
    asked,
)
from app.core.giftlist import GiftList
from app.core.rules import RulesError
from app.gateway.devicebook import read_file
from app.live.gift_seed import read_gifts

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.backtests import Totals
    from app.core.rules import RuleDocument

log = logging.getLogger(__name__)

_BELOW_NORMAL: Final = 0x00004000
# How long a backtest may take to notice by itself that nobody wants it any more.
_GRACE_S: Final = 2.0
_CHUNK: Final = 1 << 16


class CancelledError(Exception):
    """Whoever asked for the backtest does not want it any more."""


def serve_standard() -> int:
    """Serve on the standard input and output, as UTF-8 on every system; returns the exit code.

    Whatever else prints is led to the standard error: the output is for news alone.
    """
    _step_back()
    sys.stdout = sys.stderr
    # Neither is closed: a thread reads the one until the process ends.
    request = io.FileIO(0, closefd=False)
    answer = open(1, "w", encoding="utf-8", newline="\n", closefd=False)  # noqa: SIM115 - see above
    return serve(request, answer, forceful=True)


def serve(request: io.RawIOBase, answer: TextIO, *, forceful: bool = False) -> int:
    """Read one line with a request, do it, and write its news; returns the exit code.

    `forceful` ends the whole process if it does not notice by itself that nobody wants it.
    """
    line = _line(request)
    gone = threading.Event()

    def watch() -> None:
        # Nothing more is ever sent: the input ends when the asker cancels or is gone.
        with contextlib.suppress(OSError, ValueError):
            while request.read(_CHUNK):
                pass
        gone.set()
        if forceful:
            threading.Event().wait(_GRACE_S)
            # Nothing of it is on the disk, so nothing is lost.
            os._exit(1)

    def say(news: BacktestNews) -> None:
        if gone.is_set():
            raise CancelledError
        answer.write(news.model_dump_json() + "\n")
        answer.flush()

    threading.Thread(target=watch, name="backtest input", daemon=True).start()
    try:
        say(_done(line, say))
    except (CancelledError, BrokenPipeError):
        return 1
    return 0


def _line(request: io.RawIOBase) -> bytes:
    """Read up to the end of the first line."""
    chunks: list[bytes] = []
    while chunk := request.read(_CHUNK):
        chunks.append(chunk)
        if b"\n" in chunk:
            break
    return b"".join(chunks)


def _done(line: bytes, say: Callable[[BacktestNews], None]) -> BacktestNews:
    try:
        request = asked.validate_json(line)
        if isinstance(request, BacktestRequest):
            return backtest(request, say)
        return listed(paths.Parts(Path(request.profile)))
    except ValidationError as error:
        return Failed(code="bad_request", detail=str(error)[:500])
    except (CancelledError, BrokenPipeError):
        raise
    except Exception as error:
        # The asker tells it in words; the standard error has the rest.
        log.exception("the backtest broke off")
        return Failed(code="failed", detail=f"{type(error).__name__}: {error}"[:500])


def backtest(request: BacktestRequest, say: Callable[[BacktestNews], None]) -> Finished | Failed:
    """Do what is asked; `say` hears how it goes and may raise to stop it."""
    try:
        return _played(request, say)
    except RulesError as error:
        return Failed(code="bad_rules", detail=error.problem.sentence())
    except SourceError as error:
        return Failed(code=error.code, detail=error.detail)


def _played(request: BacktestRequest, say: Callable[[BacktestNews], None]) -> Finished:
    now = _document(request.rules)
    before = None if request.before is None else _document(request.before)
    parts = paths.Parts(Path(request.profile))
    gifts = GiftList(read_gifts(paths.resources() / "gifts" / "starter.json"))
    devices, practice = devices_of(parts.devices)
    saved = read_file(parts.devices)
    events = read_events(
        request.source, gifts, parts.journal, lambda count: say(Reading(events=count))
    )
    plays = 1 if before is None else 2

    def play(document: RuleDocument, number: int) -> Totals:
        def progress(done: float) -> None:
            say(Playing(done=round((number + done) / plays, 4)))

        one = Play(
            document.rules,
            devices,
            events,
            seed=request.seed,
            saved=saved,
            on_progress=progress,
        )
        aside = tuple(kept.name for kept in document.set_aside)
        return one.run().model_copy(update={"set_aside": aside})

    totals = play(now, 0)
    compared = None if before is None else play(before, 1)
    return Finished(now=totals, before=compared, practice=practice)


def _document(content: dict[str, object]) -> RuleDocument:
    return document_of.from_content(document_of.upgraded(content))


def _step_back() -> None:
    """Let everything else on this computer go first: gifts may be moving devices meanwhile."""
    try:
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        else:
            os.nice(10)
    except OSError as error:
        log.info("the backtest runs with the usual priority: %s", error)

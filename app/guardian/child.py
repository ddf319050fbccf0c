"""One run of the core as a child process: its pipe, its words on standard error, its end.

One rule: no method waits for the core.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import threading
import time
from typing import IO, TYPE_CHECKING, Any

from app import launch, paths
from app.lines import LineWriter, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)

MAX_ERRORS_BYTES = 1_000_000
LAST_WORDS = 300


class Child:
    """A running core. Raises OSError if it cannot be started."""

    def __init__(
        self,
        command: Sequence[str],
        errors: Path,
        on_message: Callable[[Child, dict[str, Any] | None], None],
    ) -> None:
        """Start `command`; `on_message` gets what it says in a thread, and None at its end."""
        self.started = time.monotonic()
        self.bye = ""
        self.killed = False
        self.armed: dict[str, dict[str, Any]] = {}
        self._errors = errors
        self._on_message = on_message
        self._ended_at: float | None = None
        with _open_errors(errors) as stderr:
            self._process = subprocess.Popen(
                command,
                cwd=launch.own_folder(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                bufsize=0,
                **launch.apart(),
            )
        self.pid = self._process.pid
        self._writer = LineWriter(_own(self._process.stdin), "core writer")
        self._lines = read_lines(_own(self._process.stdout))
        threading.Thread(target=self._read, name="core reader", daemon=True).start()

    def put(self, message: dict[str, Any]) -> bool:
        """Send a message; False if the core does not take messages any more."""
        return self._writer.put(message, optional="stop" not in message)

    def kill(self) -> None:
        """End it at once."""
        self.killed = True
        with contextlib.suppress(OSError):
            self._process.kill()

    def gone_for_s(self) -> float:
        """How long ago the process ended; 0.0 while it lives."""
        if self._process.poll() is None:
            return 0.0
        if self._ended_at is None:
            self._ended_at = time.monotonic()
        return time.monotonic() - self._ended_at

    def bury(self, timeout_s: float) -> int | None:
        """Wait for its end, forcing it; return its exit code, None if it would not even then."""
        self._writer.close(0.0)
        code: int | None = None
        try:
            code = self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(1.0)
        return code

    def last_words(self) -> str:
        """Return the last line it wrote to standard error, "" if there is none."""
        try:
            with self._errors.open("rb") as file:
                file.seek(max(0, self._errors.stat().st_size - 4096))
                lines = file.read().decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")[:LAST_WORDS]

    def _read(self) -> None:
        for message in self._lines:
            self._on_message(self, message)
        self._on_message(self, None)


def errors_file(profile: Path) -> Path:
    """Return the file that takes what the core writes to standard error."""
    return paths.logs(profile) / "core-errors.txt"


def _own(stream: IO[bytes] | None) -> int:
    """Take the descriptor out of a pipe of Popen."""
    if stream is None:
        raise OSError("no pipe")
    with stream:
        return os.dup(stream.fileno())


def _open_errors(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        big = path.exists() and path.stat().st_size > MAX_ERRORS_BYTES
        return path.open("wb" if big else "ab")
    except OSError as error:
        # A full disk or a read-only profile must not keep the core from running.
        log.info("%s cannot be written: %s", path, error)
        return open(os.devnull, "ab")  # noqa: PTH123 - the caller closes it

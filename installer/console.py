"""How the installer speaks and runs programs: a plain line for each step, a sentence on failure.

One rule: what a program printed is shown in full when it fails and not at all when it succeeds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class Failure(Exception):  # noqa: N818 - it is an end with a sentence for the user, not a defect
    """The set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Print one line at once, also when the output is a file."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print what is being done, and how long it took when it is done."""
    print(f"- {title} ...", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" done in {time.monotonic() - start:.0f} s", flush=True)


def run(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> tuple[int, str]:
    """Run a program to its end without input; return its exit code and everything it printed."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            check=False,
        )
    except OSError as error:
        return 127, f"{command[0]}: {error.strerror}\n"
    return done.returncode, done.stdout.decode("utf-8", "replace")


def show(output: str) -> None:
    """Print the output of a program that failed, whatever the console can write."""
    encoding = sys.stdout.encoding or "utf-8"
    print(output.rstrip().encode(encoding, "replace").decode(encoding), flush=True)

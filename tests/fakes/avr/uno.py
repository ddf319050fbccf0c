"""A whole Arduino Uno in simavr behind a pseudo terminal, running a program that others wrote.

One rule: what its pins do is the truth; nothing here knows what the program is.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fakes.avr import build

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
HEADER = Path("/usr/include/simavr/sim_avr.h")


@functools.cache
def why_not(program: str) -> str:
    """Return why a program cannot run here, or ""."""
    if not os.environ.get("GIFTWIRE_JUDGES"):
        return "needs the machine for itself: set GIFTWIRE_JUDGES=1 (tests/README.md)"
    if os.name != "posix" or not HEADER.exists() or not shutil.which("gcc"):
        return "needs simavr's library and gcc (libsimavr-dev)"
    if not build.program(program).exists():
        return f"{program} is not built: python -m tests.fakes.avr.build"
    return ""


@functools.cache
def runner() -> Path:
    """Compile the runner; cached by its content."""
    source = HERE / "runner.c"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    program = Path(tempfile.gettempdir()) / f"giftwire-uno-{os.getuid()}-{digest}"
    if not program.exists():
        fresh = program.with_suffix(f".{os.getpid()}")
        command = ["gcc", "-Wall", "-Wextra", "-Werror", "-O2", "-o", str(fresh), str(source)]
        subprocess.run([*command, "-lsimavr", "-lelf", "-lm"], check=True)
        fresh.replace(program)
    return program


@dataclass(frozen=True)
class Pin:
    """What a pin does; `level` is its PWM value, -1 if it has none now; `width_us` its last pulse."""

    output: bool = False
    high: bool = False
    level: int = -1
    rises: int = 0
    width_us: int = 0


class Uno:
    """One running board. `path` is its port; close it, or the process stays."""

    def __init__(self, program: str) -> None:
        import tty

        self.pins: dict[int, Pin] = {}
        self._news = threading.Condition()
        main, self._far = os.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)
        self._process = subprocess.Popen(
            [str(runner()), str(build.program(program))],
            stdin=main,
            stdout=main,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(main)
        self._listener = threading.Thread(target=self._listen, name="uno pins")
        self._listener.start()

    def __getitem__(self, pin: int) -> Pin:
        return self.pins.get(pin, Pin())

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of its pins; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def close(self) -> None:
        """Pull the cable, and with it the power; may be called again."""
        if self._process.poll() is not None:
            return
        self._process.kill()
        self._process.wait()
        self._listener.join()
        if self._process.stderr is not None:
            self._process.stderr.close()
        os.close(self._far)

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            number, output, high, level, rises, width_us = map(int, line.split()[1:])
            with self._news:
                self.pins[number] = Pin(bool(output), bool(high), level, rises, width_us)
                self._news.notify_all()

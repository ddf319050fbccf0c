"""The real Arduino sketch, compiled for this computer and running behind a pseudo terminal.

One rule: what its pins do is the truth; it shares no line with the driver it judges.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SKETCH = HERE.parents[2] / "resources" / "firmware" / "giftwire_line"

RELAY_PIN, ENABLE_PIN = 8, 4
LIGHT_PINS = (9, 10, 11)
STEPS_PER_ROUND = 1600


@functools.cache
def why_not() -> str:
    """Return why the sketch cannot run here, or ""."""
    if os.name != "posix":
        return "pseudo terminals need a POSIX system"
    return "" if shutil.which("g++") else "no C++ compiler (g++)"


@functools.cache
def compiled() -> Path:
    """Compile the sketch with every warning an error; cached by the content of its sources."""
    sources = [*sorted(SKETCH.iterdir()), HERE / "sketch_host.cpp", HERE / "Arduino.h"]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:16]
    program = Path(tempfile.gettempdir()) / f"giftwire-sketch-{os.getuid()}-{digest}"
    if not program.exists():
        fresh = program.with_suffix(f".{os.getpid()}")
        command = [
            "g++",
            "-std=c++11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-O1",
            "-include",
            "Arduino.h",
        ]
        command += ["-I", str(HERE), "-I", str(SKETCH), "-o", str(fresh), str(sources[-2])]
        subprocess.run(command, check=True)
        fresh.replace(program)
    return program


class Sketch:
    """One running board. `path` is its port; close it, or the process stays."""

    def __init__(self, link: Path, boot_ms: int = 0) -> None:
        self.path = str(link)
        self.log: list[str] = []
        self._pins: dict[int, int] = {}
        self._steps = 0
        self._news = threading.Condition()
        self._link = link
        self._boot_ms = boot_ms
        self._start()

    def _start(self) -> None:
        import pty
        import tty

        master, slave = pty.openpty()
        tty.setraw(slave)
        if self._link.is_symlink():
            self._link.unlink()
        self._link.symlink_to(os.ttyname(slave))
        self._process = subprocess.Popen(
            [str(compiled()), str(self._boot_ms)],
            stdin=master,
            stdout=master,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(master)
        os.close(slave)
        self._listener = threading.Thread(target=self._listen, name="sketch log", daemon=True)
        self._listener.start()
        self.wait_for(lambda: RELAY_PIN in self._pins and ENABLE_PIN in self._pins)

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            what, number, value = line.split()
            with self._news:
                self.log.append(line.strip())
                if what == "pin":
                    self._pins[int(number)] = int(value)
                elif what == "steps":
                    self._steps += int(number)
                elif what == "reset":
                    self._pins.clear()
                self._news.notify_all()

    @property
    def relay(self) -> bool:
        """Whether the relay's contact is closed (it switches on with LOW)."""
        return self._pins.get(RELAY_PIN) == 0

    @property
    def motor(self) -> bool:
        """Whether the motor has current (ENABLE is LOW)."""
        return self._pins.get(ENABLE_PIN) == 0

    @property
    def light(self) -> tuple[int, int, int]:
        """The red, green and blue the light shows."""
        red, green, blue = (max(0, self._pins.get(pin, 0)) for pin in LIGHT_PINS)
        return red, green, blue

    @property
    def resting(self) -> bool:
        """Whether every output is off."""
        return not self.relay and not self.motor and self.light == (0, 0, 0)

    @property
    def rounds(self) -> float:
        """The rounds turned so far, counted by step pulses when the motor is let go."""
        return self._steps / STEPS_PER_ROUND

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Wait until `true()`, looked at whenever a pin changes."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def press(self) -> None:
        """Press the STOP button on the board."""
        self._process.send_signal(signal.SIGUSR1)

    def unplug(self) -> None:
        """Take the cable out; the board loses its power."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        if self._process.stderr is not None:
            self._process.stderr.close()
        self._link.unlink(missing_ok=True)

    def plug(self, link: Path | None = None) -> None:
        """Put the cable in again, under another name if asked."""
        self._link = link or self._link
        self.path = str(self._link)
        self._pins = {}
        self._start()

    def close(self) -> None:
        """End the board."""
        if self._process.poll() is None:
            self.unplug()

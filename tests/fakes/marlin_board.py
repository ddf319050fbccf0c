"""A board with Marlin behind a pseudo terminal, as marlinfw.org's G-code pages tell.

One rule: written from those pages alone; a line that is read stands in the planner at once.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

from tests.fakes.far_end import FarEnd

if TYPE_CHECKING:
    from collections.abc import Callable

_MOVE = re.compile(r"G1 ([XYZ])(-?\d+\.\d+) F(\d+(?:\.\d+)?)$")
_STEPS_PER_MM = {"X": 80.0, "Y": 80.0, "Z": 400.0}


class MarlinBoard(FarEnd):
    """One board; `place` is where its motors are, in mm from where it was switched on."""

    def __init__(
        self, *, name: str = "Marlin 2.1.2 (Nov 2026)", counts: bool = True, told: bool = True
    ) -> None:
        self.lines: list[str] = []
        self.mute = 0
        self.limits = True
        self.powered = False
        self.planned_most_s = 0.0
        self._name = name
        self._counts = counts
        self._told = told
        self._zero = dict.fromkeys("XYZ", 0.0)
        self._done = dict.fromkeys("XYZ", 0.0)
        # Axis, way, begins, ends.
        self._moves: list[tuple[str, float, float, float]] = []
        self._timers: list[threading.Timer] = []
        super().__init__()

    @property
    def place(self) -> dict[str, float]:
        """Where the motors are now."""
        now, place = time.monotonic(), dict(self._done)
        for axis, way, begins, ends in self._moves:
            place[axis] += way * min(1.0, max(0.0, (now - begins) / (ends - begins)))
        return place

    @property
    def resting(self) -> bool:
        """Whether no motor turns."""
        return all(ends <= time.monotonic() for *_, ends in self._moves)

    def restart(self) -> None:
        """Press the board's own reset button."""
        self.tell(self._halt)
        self.say(b"start\r\nMarlin 2.1.2\r\necho: Last Updated: 2026\r\n")

    def close(self) -> None:
        """End, timers too."""
        super().close()
        for timer in self._timers:
            timer.cancel()
            timer.join(10)

    def take(self, data: bytes) -> bytes:
        """Carry out every whole line."""
        *lines, rest = data.split(b"\n")
        for raw in lines:
            line = raw.decode("ascii", "replace").strip()
            if line:
                self.lines.append(line)
                self._line(line)
        return rest

    def _halt(self) -> None:
        self._done, self._moves = self.place, []

    def _line(self, line: str) -> None:
        word = line.split(maxsplit=1)[0]
        if word == "M114" and self.mute:
            self.mute -= 1
            return
        quiet: dict[str, Callable[[], None]] = {
            "M410": self._halt,
            "M18": self._cut_current,
            "M211": lambda: self._limit(line),
            "G92": lambda: self._call_it_zero(line),
            "G90": lambda: None,
        }
        done = quiet.get(word)
        told: dict[str, Callable[[], bytes]] = {
            "G1": lambda: self._go(line),
            "M115": self._introduction,
            "M503": self._settings,
            "M114": self._where,
        }
        answer = b""
        if done is not None:
            done()
        elif word in told:
            answer = told[word]()
        else:
            answer = f'echo:Unknown command: "{line}"\r\n'.encode()
        self.say(answer + b"ok\r\n")

    def _cut_current(self) -> None:
        self.powered = False

    def _limit(self, line: str) -> None:
        self.limits = line.endswith("S1")

    def _call_it_zero(self, line: str) -> None:
        self._zero[line[4]] = self._end(line[4])

    def _introduction(self) -> bytes:
        name = f"FIRMWARE_NAME:{self._name} SOURCE_CODE_URL:x PROTOCOL_VERSION:1.0"
        return f"{name}\r\nCap:EMERGENCY_PARSER:1\r\n".encode()

    def _end(self, axis: str) -> float:
        return self._done[axis] + sum(way for one, way, *_ in self._moves if one == axis)

    def _settings(self) -> bytes:
        if not self._told:
            return b"echo:; Steps per unit:\r\n"
        return (
            b"echo:; Steps per unit:\r\necho:  M92 X80.00 Y80.00 Z400.00 E93.00\r\n"
            b"echo:  M203 X500.00 Y500.00 Z5.00 E25.00\r\n"
            b"echo:  M201 X500.00 Y500.00 Z100.00 E5000.00\r\n"
        )

    def _where(self) -> bytes:
        planned = " ".join(f"{one}:{self._end(one) - self._zero[one]:.2f}" for one in "XYZ")
        if not self._counts:
            return f"{planned} E:0.00\r\n".encode()
        place = self.place
        steps = " ".join(f"{one}:{round(place[one] * _STEPS_PER_MM[one])}" for one in "XYZ")
        return f"{planned} E:0.00 Count {steps}\r\n".encode()

    def _go(self, line: str) -> bytes:
        found = _MOVE.match(line)
        if not found:
            return b"echo:Unknown command\r\n"
        axis, feed = found[1], float(found[3])
        way = self._zero[axis] + float(found[2]) - self._end(axis)
        if abs(way) < 1e-6:
            return b""
        now = time.monotonic()
        begins = max([now, *(ends for *_, ends in self._moves)])
        ends = begins + abs(way) / feed * 60
        self.powered = True
        self.planned_most_s = max(self.planned_most_s, ends - now)
        self._moves.append((axis, way, begins, ends))
        timer = threading.Timer(ends - now + 0.001, self.tell, (lambda: None,))
        self._timers.append(timer)
        timer.start()
        return b""

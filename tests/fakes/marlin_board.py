"""A board with Marlin behind a pseudo terminal, as marlinfw.org's G-code pages tell.

One rule: written from those pages alone; a line that is read stands in the planner at once.
"""

from __future__ import annotations

import math
import re
import threading
import time
from typing import TYPE_CHECKING

from tests.fakes.far_end import FarEnd

if TYPE_CHECKING:
    from collections.abc import Callable

_MOVE = re.compile(r"G1((?: [XYZE]-?\d+\.\d+)+) F(\d+(?:\.\d+)?)$")
_WORD = re.compile(r" ([XYZE])(-?\d+\.\d+)")
_AXES = "XYZE"
_STEPS_PER_MM = {"X": 80.0, "Y": 80.0, "Z": 400.0, "E": 93.0}
# Axis, way, begins, ends.
Move = tuple[str, float, float, float]


class MarlinBoard(FarEnd):
    """One board; `place` is where its motors are, in mm from where it was switched on.

    `old` ones answer where they are only when all motors stand (Marlin 1.1, M114.cpp).
    """

    def __init__(
        self,
        *,
        name: str = "Marlin 2.1.2 (Nov 2026)",
        counts: bool = True,
        told: bool = True,
        old: bool = False,
        parser: bool = True,
        home_s: float = 0.0,
    ) -> None:
        self.lines: list[str] = []
        self.mute = 0
        self.cold_too = False
        self.limits = True
        self.powered = False
        self.planned_most_s = 0.0
        self._name = name
        self._counts = counts
        self._told = told
        self._old = old
        self._parser = parser
        self._home_s = home_s
        self._home: threading.Timer | None = None
        # What was said while it reads nothing, and until when that is.
        self._unread: list[str] = []
        self._deaf: threading.Timer | None = None
        self._zero = dict.fromkeys(_AXES, 0.0)
        self._done = dict.fromkeys(_AXES, 0.0)
        self._moves: list[Move] = []
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
        turning = any(ends > time.monotonic() for *_, ends in self._moves)
        return not turning and self._home is None

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
        """Carry out every whole line, in its turn."""
        *lines, rest = data.split(b"\n")
        for raw in lines:
            line = raw.decode("ascii", "replace").strip()
            if line:
                self.lines.append(line)
                if line == "M410" and self._parser:
                    self._halt()  # heard whatever it does
                self._unread.append(line)
        self._read()
        return rest

    def _read(self) -> None:
        while self._unread and self._home is None and self._deaf is None:
            self._line(self._unread.pop(0))

    def _halt(self) -> None:
        self._done, self._moves = self.place, []
        for waiting in (self._home, self._deaf):
            if waiting is not None:
                waiting.cancel()
        stopped, self._home, self._deaf = self._home or self._deaf, None, None
        if stopped is not None:
            self.say(b"ok\r\n")

    def _line(self, line: str) -> None:
        word = line.split(maxsplit=1)[0]
        if self.mute:
            self.mute -= 1
            self._carry_out(word, line)
            return
        answer = self._carry_out(word, line)
        if answer is not None:
            self.say(answer + b"ok\r\n")

    def _carry_out(self, word: str, line: str) -> bytes | None:
        """Do it; return what is said before "ok", None if that comes later."""
        quiet: dict[str, Callable[[], None]] = {
            "M410": self._halt,
            "M18": self._cut_current,
            "M211": lambda: self._limit(line),
            "M302": lambda: self._allow_cold(line),
            "G92": lambda: self._call_it_zero(line),
            "G90": lambda: None,
        }
        told: dict[str, Callable[[], bytes | None]] = {
            "G1": lambda: self._go(line),
            "G28": self._look_for_switches,
            "M115": self._introduction,
            "M503": self._settings,
            "M114": self._where,
        }
        if word in told:
            return told[word]()
        if word not in quiet:
            return f'echo:Unknown command: "{line}"\r\n'.encode()
        quiet[word]()
        return b""

    def _later(self, seconds: float, then: Callable[[], None]) -> threading.Timer:
        timer = threading.Timer(seconds, self.tell, (then,))
        self._timers.append(timer)
        timer.start()
        return timer

    def _look_for_switches(self) -> bytes | None:
        def found() -> None:
            self._home = None
            self.say(b"ok\r\n")
            self._read()

        self._home = self._later(self._home_s, found)
        return None

    def _allow_cold(self, line: str) -> None:
        self.cold_too = line.endswith("P1")

    def _cut_current(self) -> None:
        self.powered = False

    def _limit(self, line: str) -> None:
        self.limits = line.endswith("S1")

    def _call_it_zero(self, line: str) -> None:
        self._zero[line[4]] = self._end(line[4])

    def _introduction(self) -> bytes:
        name = f"FIRMWARE_NAME:{self._name} SOURCE_CODE_URL:x PROTOCOL_VERSION:1.0"
        return f"{name}\r\nCap:EMERGENCY_PARSER:{int(self._parser)}\r\n".encode()

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

    def _where(self) -> bytes | None:
        ends = max((ends for *_, ends in self._moves), default=0.0)
        if not self._old or ends <= time.monotonic():
            return self._places()

        def stands() -> None:
            self._deaf = None
            self.say(self._places() + b"ok\r\n")
            self._read()

        self._deaf = self._later(ends - time.monotonic(), stands)
        return None

    def _places(self) -> bytes:
        planned = " ".join(f"{one}:{self._end(one) - self._zero[one]:.2f}" for one in _AXES)
        if not self._counts:
            return f"{planned}\r\n".encode()
        place = self.place
        steps = " ".join(f"{one}:{round(place[one] * _STEPS_PER_MM[one])}" for one in "XYZ")
        return f"{planned} Count {steps}\r\n".encode()

    def _go(self, line: str) -> bytes:
        found = _MOVE.match(line)
        if not found:
            return b"echo:Unknown command\r\n"
        places = {axis: float(place) for axis, place in _WORD.findall(found[1])}
        ways = {axis: self._zero[axis] + place - self._end(axis) for axis, place in places.items()}
        if "E" in ways and not self.cold_too:
            del ways["E"]
            self.say(b"echo: cold extrusion prevented\r\n")
        length = math.hypot(*(way for axis, way in ways.items() if axis != "E"))
        length = length or abs(ways.get("E", 0.0))
        if length < 1e-6:
            return b""
        now = time.monotonic()
        begins = max([now, *(ends for *_, ends in self._moves)])
        ends = begins + length / float(found[2]) * 60
        self.powered = True
        self.planned_most_s = max(self.planned_most_s, ends - now)
        self._moves += [(axis, way, begins, ends) for axis, way in ways.items()]
        self._later(ends - now + 0.001, lambda: None)
        return b""

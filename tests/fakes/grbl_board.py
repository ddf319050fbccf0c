"""A board with Grbl 1.1 behind a pseudo terminal, as its interface.md and jogging.md tell.

One rule: written from those documents alone; a jog has no ramps here.
"""

from __future__ import annotations

import math
import re
import threading
import time
from dataclasses import dataclass

from tests.fakes.far_end import FarEnd

_REALTIME = (b"?", b"\x18", b"\x85")
_AXES = "XYZA"
_JOG = re.compile(r"\$J=G91G21((?:[XYZA]-?\d+\.\d+)+)F(\d+(?:\.\d+)?)$")
_WORD = re.compile(r"([XYZA])(-?\d+\.\d+)")
_LONGEST = 80
# Grbl waits so long after an alarm was told (report.c).
_ALARM_S = 0.5
SETTINGS = {
    10: 1,
    20: 0,
    100: 250.0,
    101: 80.0,
    102: 400.0,
    110: 600.0,
    111: 5000.0,
    112: 300.0,
    120: 100.0,
    121: 100.0,
    122: 10.0,
}


@dataclass
class Jog:
    """A straight way along one or several axes, from when to when; the feed is along the way."""

    ways: dict[int, float]
    feed: float
    begins: float

    @property
    def ends(self) -> float:
        """When it is over."""
        return self.begins + math.hypot(*self.ways.values()) / self.feed * 60

    def done(self, now: float) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, max(0.0, (now - self.begins) / max(self.ends - self.begins, 1e-9)))


class GrblBoard(FarEnd):
    """One board; `place` is where its motors are, in mm. Its end switches are `home_s` away."""

    def __init__(
        self,
        *,
        version: str = "1.1h",
        settings: dict[int, float] | None = None,
        axes: int = 3,
        home_s: float = 0.0,
    ) -> None:
        self.lines: list[str] = []
        self.alarm = 0
        self.mute = 0
        self.lost_cancels = 0
        self.deaf_to_stop = False
        # So many jogs go beyond where it may go.
        self.refuses = 0
        self._version = version
        self._settings = SETTINGS if settings is None else settings
        self._done = [0.0] * axes
        self._home_s = home_s
        self._home: threading.Timer | None = None
        self._jogs: list[Jog] = []
        self._timers: list[threading.Timer] = []
        super().__init__()

    @property
    def place(self) -> list[float]:
        """Where the motors are now."""
        now, place = time.monotonic(), list(self._done)
        for jog in self._jogs:
            for axis, way in jog.ways.items():
                place[axis] += way * jog.done(now)
        return place

    @property
    def resting(self) -> bool:
        """Whether no motor turns."""
        turning = any(jog.ends > time.monotonic() for jog in self._jogs)
        return not turning and self._home is None

    def hit_a_limit(self) -> None:
        """Press a limit switch."""
        self.tell(self._halt)
        self.alarm = 1
        self.say(b"ALARM:1\r\n[MSG:Reset to continue]\r\n")

    def restart(self) -> None:
        """Press the board's own reset button."""
        self.tell(self._halt)
        self._banner()

    def close(self) -> None:
        """End, timers too."""
        super().close()
        for timer in self._timers:
            timer.cancel()
            timer.join(10)

    def take(self, data: bytes) -> bytes:
        """Carry out single bytes at once, lines when they are whole."""
        rest = b""
        for number in range(len(data)):
            byte = data[number : number + 1]
            if byte in _REALTIME:
                self._realtime(byte)
                rest = b"" if byte == b"\x18" else rest
            elif byte == b"\n":
                self._line(rest.decode("ascii", "replace").strip())
                rest = b""
            else:
                rest += byte
        return rest

    def _banner(self) -> None:
        self.say(f"\r\nGrbl {self._version} ['$' for help]\r\n".encode())

    def _halt(self) -> None:
        self._done, self._jogs = self.place, []

    def _realtime(self, byte: bytes) -> None:
        if self._home is not None and byte != b"\x18":
            return  # it looks for its end switches and at nothing else (limits.c)
        if byte == b"?":
            self._report()
        elif byte == b"\x85":
            if self.lost_cancels:
                self.lost_cancels -= 1
            else:
                self._halt()
        elif not self.deaf_to_stop:
            moving = not self.resting
            was_home, self._home = self._home, None
            if was_home is not None:
                was_home.cancel()
            self._halt()
            if moving:
                self.alarm = 6 if was_home is not None else 3
                self.say(f"ALARM:{self.alarm}\r\n".encode())
                timer = threading.Timer(_ALARM_S, self._banner)
                self._timers.append(timer)
                timer.start()
            else:
                self._banner()

    def _report(self) -> None:
        jog = next((one for one in self._jogs if one.ends > time.monotonic()), None)
        state = "Alarm" if self.alarm else "Jog" if jog else "Idle"
        place = ",".join(f"{one:.3f}" for one in self.place)
        feed = jog.feed if jog else 0
        self.say(f"<{state}|MPos:{place}|FS:{feed:.0f},0>\r\n".encode())

    def _line(self, line: str) -> None:
        self.lines.append(line)
        answer = self._answer(line)
        if self.mute:
            self.mute -= 1
            return
        if answer:
            self.say(f"{answer}\r\n".encode())

    def _answer(self, line: str) -> str:
        if len(line) > _LONGEST:
            return "error:11"
        if line == "$X":
            self.alarm = 0
            return "[MSG:Caution: Unlocked]\r\nok"
        if line == "$$":
            return "".join(f"${n}={value:.3f}\r\n" for n, value in self._settings.items()) + "ok"
        if line == "$H":
            return self._look_for_switches()
        if self.alarm and line:
            return "error:9"
        return self._jog(line) if line else "ok"

    def _jog(self, line: str) -> str:
        found = _JOG.match(line)
        if not found:
            return "error:3" if line.startswith("$") else "error:20"
        ways = {_AXES.index(axis): float(way) for axis, way in _WORD.findall(found[1])}
        feed = float(found[2])
        if not feed:
            return "error:22"
        if self.refuses:
            self.refuses -= 1
            return "error:15"
        if max(ways) >= len(self._done):
            return "error:20"
        now = time.monotonic()
        begins = max([now, *(one.ends for one in self._jogs)])
        jog = Jog(ways, self._possible(ways, feed), begins)
        self._jogs.append(jog)
        timer = threading.Timer(jog.ends - now + 0.001, self.tell, (lambda: None,))
        self._timers.append(timer)
        timer.start()
        return "ok"

    def _possible(self, ways: dict[int, float], feed: float) -> float:
        """Return the feed at which no axis is faster than it can be."""
        length = math.hypot(*ways.values())
        most = [self._settings.get(110 + axis, math.inf) / abs(way) for axis, way in ways.items()]
        return min(feed, *(one * length for one in most))

    def _look_for_switches(self) -> str:
        """Say nothing until the switches are found."""
        if not self._settings.get(22):
            return "error:5"

        def found() -> None:
            self._home = None
            self._done = [0.0] * len(self._done)
            self.say(b"ok\r\n")

        self._home = threading.Timer(self._home_s, self.tell, (found,))
        self._timers.append(self._home)
        self._home.start()
        return ""

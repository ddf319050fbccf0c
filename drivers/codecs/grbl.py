"""Grbl 1.1: lines and single bytes for a motor, and what the board says.

One rule: pure; formats are those of Grbl's own documents (interface.md, jogging.md, settings.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.codecs.lines import Lines
from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Mapping

ASK_STATUS = b"?"
JOG_CANCEL = b"\x85"
# Standing at once, whatever it was doing; the place is lost then.
STOP = JOG_CANCEL + b"\x18"
UNLOCK = b"$X\n"
ASK_SETTINGS = b"$$\n"
BANNER = b"Grbl"
AXES = "XYZ"
STEPS_PER_MM, MOST_MM_PER_MIN, GAIN = 100, 110, 120
_BANNER = re.compile(r"Grbl(?:HAL)? (\d+\.\d+)(\w?) \[")
_SETTING = re.compile(r"\$(\d+)=(-?\d+(?:\.\d+)?)")
_LEAST_FEED = 0.1


@dataclass(frozen=True, slots=True)
class Ok:
    """The line was taken."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The line was not taken; the number is one of interface.md's."""

    code: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """It stopped by itself and does nothing until it is unlocked."""

    code: int


@dataclass(frozen=True, slots=True)
class Banner:
    """It has just started, or was reset."""

    version: float
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """What it does now: "Idle", "Jog", "Hold", "Alarm" and others; place in mm, mm a minute."""

    state: str
    place: tuple[float, ...] = ()
    feed: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """One of its settings."""

    number: int
    value: float


Said = Ok | Refused | Alarm | Banner | Status | Setting


@dataclass(frozen=True, slots=True)
class Settings:
    """What the board knows of its motors, by number."""

    values: Mapping[int, float] = field(default_factory=dict)

    def of(self, first: int, axis: str) -> float:
        """Return an axis's value of one kind; 0 if it is not told."""
        return self.values.get(first + AXES.index(axis), 0.0)


@dataclass(slots=True)
class Turn:
    """A rotation that runs: how far it goes in all, which way, from where."""

    way_mm: float
    reverse: bool
    began_mm: float

    def left_mm(self, place_mm: float) -> float:
        """Return how far it still is."""
        return max(0.0, self.way_mm - abs(place_mm - self.began_mm))


def jog(axis: str, way_mm: float, feed_mm_per_min: float) -> bytes:
    """Turn so far from where it stands or will stand; negative is backwards."""
    feed = max(_LEAST_FEED, feed_mm_per_min)
    return f"$J=G91G21{axis}{way_mm:.3f}F{feed:.1f}\n".encode()


def parse(line: str) -> Said | None:
    """Understand one line; None for all that does not matter."""
    if line == "ok":
        return Ok()
    if line.startswith(("error:", "ALARM:")):
        word, _, code = line.partition(":")
        number = int(code) if code.isdecimal() else 0
        return Refused(number) if word == "error" else Alarm(number)
    if line.startswith("<") and line.endswith(">"):
        return _status(line[1:-1])
    if found := _BANNER.match(line):
        return Banner(float(found[1]), f"Grbl {found[1]}{found[2]}")
    if found := _SETTING.match(line):
        return Setting(int(found[1]), float(found[2]))
    return None


def taken(heard: bytes, before: int = 0) -> bool | None:
    """Find "ok", passing over so many answers to what was asked before; raises a refusal."""
    answers = [said for said in _all(heard) if isinstance(said, Ok | Refused)]
    if len(answers) <= before:
        return None
    said = answers[before]
    if isinstance(said, Refused):
        raise DriverError(Cause.REFUSED, f"Grbl error {said.code}")
    return True


def status_in(heard: bytes) -> Status | None:
    """Find what it does now."""
    found = [said for said in _all(heard) if isinstance(said, Status)]
    return found[-1] if found else None


def stands_in(heard: bytes) -> Status | None:
    """Find that it stands and waits for us; raises if it stands and does not."""
    status = status_in(heard)
    if status is None or status.state in ("Jog", "Hold", "Run"):
        return None
    if status.state not in ("Idle", "Sleep"):
        raise DriverError(Cause.REFUSED, f"Grbl is in {status.state}")
    return status


def settings_in(heard: bytes) -> Settings | None:
    """Find all its settings, once they were all told."""
    said = _all(heard)
    told = {one.number: one.value for one in said if isinstance(one, Setting)}
    return Settings(told) if told and isinstance(said[-1], Ok) else None


def _all(heard: bytes) -> list[Said]:
    return [said for line in Lines().feed(heard) if (said := parse(line)) is not None]


def _status(text: str) -> Status | None:
    state, *fields = text.split("|")
    said = dict(one.split(":", 1) for one in fields if ":" in one)
    try:
        place = tuple(float(one) for one in said.get("MPos", "").split(",") if one)
        feed = float((said.get("FS") or said.get("F") or "0").split(",")[0])
    except ValueError:
        return None
    return Status(state.partition(":")[0], place, feed)

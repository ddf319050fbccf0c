"""Grbl 1.1: lines and single bytes for a motor, and what the board says.

One rule: pure; formats are those of Grbl's own documents (interface.md, jogging.md, settings.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.codecs.lines import Lines
from drivers.codecs.machine import Known
from drivers.contract import N_, Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Mapping

ASK_STATUS = b"?"
JOG_CANCEL = b"\x85"
# Standing at once, whatever it was doing; the place is lost then.
STOP = JOG_CANCEL + b"\x18"
UNLOCK = b"$X\n"
ASK_SETTINGS = b"$$\n"
BANNER = b"Grbl"
# Boards with more than three axes count on: $103, $113 and $123 are the fourth's.
AXES = "XYZA"
STEPS_PER_MM, MOST_MM_PER_MIN, GAIN = 100, 110, 120
HOME = b"$H\n"
HOME_EFFECT = "home"
_HOMING = 22
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

    def known(self, axis: str) -> Known:
        """Return what is told of an axis."""
        fastest = self.of(MOST_MM_PER_MIN, axis) / 60
        return Known(self.of(STEPS_PER_MM, axis), fastest, self.of(GAIN, axis))

    @property
    def homes(self) -> bool | None:
        """Whether it may look for end switches; None if it does not tell."""
        told = self.values.get(_HOMING)
        return None if told is None else told > 0


def jog(ways_mm: Mapping[str, float], feed_mm_per_min: float) -> bytes:
    """Turn so far from where it stands or will stand, by axis; negative is backwards."""
    feed = max(_LEAST_FEED, feed_mm_per_min)
    words = "".join(f"{axis}{ways_mm[axis]:.3f}" for axis in AXES if axis in ways_mm)
    return f"$J=G91G21{words}F{feed:.1f}\n".encode()


def places_of(status: Status) -> dict[str, float]:
    """Return where the motors are, by axis; nothing if it does not tell."""
    return dict(zip(AXES, status.place, strict=False))


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


def status_in(heard: bytes) -> Status | None:
    """Find what it does now."""
    found = [said for said in _all(heard) if isinstance(said, Status)]
    return found[-1] if found else None


def turns(status: Status) -> bool:
    """Say whether a motor turns, or slows down."""
    return status.state in ("Jog", "Hold", "Run")


def stands_in(heard: bytes) -> Status | None:
    """Find that it stands and waits for us; raises if it stands and does not."""
    status = status_in(heard)
    if status is None or turns(status):
        return None
    if status.state not in ("Idle", "Sleep"):
        raise DriverError(
            Cause.REFUSED,
            say=N_(
                "Grbl is in the state “{state}” and takes no commands. Clear it on the machine, "
                "or switch it off and on."
            ),
            state=status.state,
        )
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
        # Some tell the place from a zero of the user's: the way between two places is the same.
        told = said.get("MPos") or said.get("WPos") or ""
        place = tuple(float(one) for one in told.split(",") if one)
        feed = float((said.get("FS") or said.get("F") or "0").split(",")[0])
    except ValueError:
        return None
    return Status(state.partition(":")[0], place, feed)

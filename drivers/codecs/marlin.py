"""Marlin: lines for its motors, and what the board says.

One rule: pure; words are those of marlinfw.org's G-code pages. A board that has only a second of
way in its planner takes M410 at once, whether it has an emergency parser or not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.codecs.lines import Lines
from drivers.codecs.machine import Known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.codecs.turns import Piece

ASK_FIRMWARE = b"M115\n"
ASK_SETTINGS = b"M503\n"
ASK_PLACE = b"M114\n"
STAND = b"\nM410\n"
# Places are told, not ways. Soft limits are those of a printer's bed: a motor that turns on and on
# has none.
READY, LIMITS = b"M211 S0\nG90\n", b"M211 S1\n"
_LEAST_FEED = 0.1
_FIRMWARE = re.compile(r"FIRMWARE_NAME:\s*(.*?)\s*(?:\w+:|$)")
_OLD = re.compile(r"\b1\.1\.")
_PLACE = re.compile(r"\bX:\s*-?[\d.]+ Y:\s*-?[\d.]+ Z:\s*-?[\d.]+")
_PLANNED = re.compile(r"\b([XYZE]):\s*(-?\d+(?:\.\d+)?)")
_COUNT = re.compile(r"Count X:\s*(-?\d+)\s*Y:\s*(-?\d+)\s*Z:\s*(-?\d+)")
_SETTING = re.compile(r"(?:echo:)?\s*M(92|201|203)\b(.*)")
_WORD = re.compile(r"([XYZE])\s*(-?\d+(?:\.\d+)?)")
_EMERGENCY = b"EMERGENCY_PARSER:1"
AXES = "XYZE"
_HOMES = {"home": b"G28\n"} | {f"home {one}": f"G28 {one}\n".encode() for one in "XYZ"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the motors are, in steps (None: it does not count), and were told to be, in mm."""

    steps: Mapping[str, int] | None
    planned: Mapping[str, float] = field(default_factory=dict)


def off(axes: str) -> bytes:
    """Stop at once, forget what waits, and take the motors' current."""
    return f"\nM410\nM18 {' '.join(axes)}\n".encode()


def cold(on: str) -> bytes:
    """Let the motor of an extruder turn ("1") though nothing is hot, or no longer ("0")."""
    return f"M302 P{on}\n".encode()


def here_is_zero(axis: str) -> bytes:
    """Call the place where the motor stands 0."""
    return f"G92 {axis}0\n".encode()


def go(piece: Piece) -> bytes:
    """Turn to places; said twice, they turn once.

    An extruder goes along with the others, whose speed alone counts then.
    """
    others = [speed for axis, speed in piece.speeds.items() if axis != "E"]
    mm_per_s = math.hypot(*others) if others else piece.speeds["E"]
    places = " ".join(f"{one}{piece.places[one]:.3f}" for one in AXES if one in piece.places)
    return f"G1 {places} F{max(_LEAST_FEED, mm_per_s * 60):.1f}\n".encode()


def homes(axes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the searches for end switches, first that of all."""
    return ("home", *(name for name in _HOMES if name[5:] in axes))


def home(effect: str) -> bytes:
    """Look for the end switches."""
    return _HOMES[effect]


def is_ok(line: str) -> bool:
    """Say whether a line was taken; some tell how much room is left behind the word."""
    return line == "ok" or line.startswith("ok ")


def introduction(heard: bytes) -> bytes | None:
    """Find all it says of itself, once it said that it is done."""
    if firmware(heard) is None:
        return None
    after = heard[heard.index(b"FIRMWARE_NAME") :]
    return after if any(map(is_ok, Lines().feed(after))) else None


def has_emergency_parser(said: bytes) -> bool:
    """Say whether it hears M410 whatever it does."""
    return _EMERGENCY in said


def is_old(name: str) -> bool:
    """Say whether it tells where it is only when all motors stand (M114.cpp of 1.1)."""
    return bool(_OLD.search(name))


def firmware(heard: bytes) -> str | None:
    """Find the firmware's name."""
    for line in Lines().feed(heard):
        if found := _FIRMWARE.search(line):
            return found[1][:60] or "?"
    return None


def place(line: str) -> Place | None:
    """Understand the answer to where the motors are."""
    if not _PLACE.search(line):
        return None
    count = _COUNT.search(line)
    planned = {axis: float(mm) for axis, mm in _PLANNED.findall(line.partition("Count")[0])}
    steps = dict(zip("XYZ", map(int, count.groups()), strict=True)) if count else None
    return Place(steps, planned)


def place_in(heard: bytes) -> Place | None:
    """Find the newest answer to where the motors are."""
    found = [said for line in Lines().feed(heard) if (said := place(line)) is not None]
    return found[-1] if found else None


def known_in(heard: bytes) -> dict[str, Known] | None:
    """Find what it knows of its axes, once it told where it is, too."""
    values: dict[str, dict[str, float]] = {}
    for line in Lines().feed(heard):
        if place(line):
            return {axis: _known(values, axis) for axis in AXES}
        if found := _SETTING.match(line):
            told = {axis: float(value) for axis, value in _WORD.findall(found[2])}
            values[found[1]] = values.get(found[1], {}) | told
    return None


def _known(values: Mapping[str, Mapping[str, float]], axis: str) -> Known:
    per_mm, fastest, gain = (values.get(one, {}).get(axis, 0.0) for one in ("92", "203", "201"))
    return Known(per_mm, fastest, gain)


def has_restarted(line: str) -> bool:
    """Say whether it has just started."""
    return line == "start" or line.startswith(("Marlin ", "echo:Marlin "))


def has_halted(line: str) -> bool:
    """Say whether it stopped for good and wants its reset button pressed."""
    return line.startswith(("Error:", "!!")) and ("halted" in line.lower() or "kill" in line)

"""Marlin: lines for a motor, what the board says, and long ways cut into short ones.

One rule: pure; words are those of marlinfw.org's G-code pages. A board that has only a second of
way in its planner takes M410 at once, whether it has an emergency parser or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.codecs import ramps
from drivers.codecs.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

ASK_FIRMWARE = b"M115\n"
ASK_SETTINGS = b"M503\n"
ASK_PLACE = b"M114\n"
ABSOLUTE = b"G90\n"
# Soft limits are those of a printer's bed: a motor that turns on and on has none.
NO_LIMITS, LIMITS = b"M211 S0\n", b"M211 S1\n"
PIECE_S = 0.5
AHEAD_S = 1.0
_LEAST_FEED = 0.1
_FIRMWARE = re.compile(r"FIRMWARE_NAME:\s*(.*?)\s*(?:\w+:|$)")
_PLACE = re.compile(r"\bX:\s*-?[\d.]+ Y:\s*-?[\d.]+ Z:\s*-?[\d.]+")
_COUNT = re.compile(r"Count X:\s*(-?\d+)\s*Y:\s*(-?\d+)\s*Z:\s*(-?\d+)")
_SETTING = re.compile(r"(?:echo:)?\s*M(92|201|203)\b(.*)")
_WORD = re.compile(r"([XYZ])\s*(-?\d+(?:\.\d+)?)")
AXES = "XYZ"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the motors are, in steps; None where the board does not count them."""

    steps: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Motors:
    """What the board knows of one axis: 0 where it does not tell."""

    steps_per_mm: float = 0.0
    most_mm_per_s: float = 0.0
    gain: float = 0.0


def off(axis: str) -> bytes:
    """Stop at once, forget what waits, and take the motor's current."""
    return f"\nM410\nM18 {axis}\n".encode()


def here_is_zero(axis: str) -> bytes:
    """Call the place where the motor stands 0."""
    return f"G92 {axis}0\n".encode()


def go(axis: str, place_mm: float, mm_per_s: float) -> bytes:
    """Turn to a place; said twice, it turns once."""
    return f"G1 {axis}{place_mm:.3f} F{max(_LEAST_FEED, mm_per_s * 60):.1f}\n".encode()


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
    return Place(tuple(int(one) for one in count.groups()) if count else None)


def places_in(heard: bytes) -> list[Place]:
    """Find all answers to where the motors are."""
    return [said for line in Lines().feed(heard) if (said := place(line)) is not None]


def motors_in(heard: bytes, axis: str) -> Motors | None:
    """Find what it knows of an axis, once it told where it is, too."""
    values: dict[str, float] = {}
    for line in Lines().feed(heard):
        if place(line):
            return Motors(values.get("92", 0.0), values.get("203", 0.0), values.get("201", 0.0))
        if found := _SETTING.match(line):
            of_axes = dict(_WORD.findall(found[2]))
            if axis in of_axes:
                values[found[1]] = float(of_axes[axis])
    return None


def has_restarted(line: str) -> bool:
    """Say whether it has just started."""
    return line == "start" or line.startswith(("Marlin ", "echo:Marlin "))


def has_halted(line: str) -> bool:
    """Say whether it stopped for good and wants its reset button pressed."""
    return line.startswith(("Error:", "!!")) and ("halted" in line.lower() or "kill" in line)


class Way:
    """A way in pieces of half a second, of which the board never has more than a second."""

    def __init__(self, way_mm: float, mm_per_s: float, gain: float, *, reverse: bool) -> None:
        self.mm = way_mm
        self.mm_per_s = mm_per_s
        self.reverse = reverse
        self._gain = gain
        self._sent_mm = 0.0
        self._began = 0.0

    @classmethod
    def within(
        cls, seconds: float, most_mm: float, mm_per_s: float, gain: float, *, reverse: bool
    ) -> Way:
        """Return a way that takes at most so long, and is at most so far."""
        longest_mm = ramps.way_within(seconds, mm_per_s, gain)
        return cls(min(most_mm, longest_mm), mm_per_s, gain, reverse=reverse)

    @property
    def all_sent(self) -> bool:
        """Whether the board has all of it."""
        return self._sent_mm >= self.mm

    def signed(self, amount: float) -> float:
        """Give an amount the direction's sign."""
        return -amount if self.reverse else amount

    def due(self, now: float) -> Iterator[float]:
        """Yield the places the board needs to know by now; `now` in seconds, any clock."""
        if not self._sent_mm:
            self._began = now
        else:
            # Held up, it begins anew: what it has not been given it has not done.
            done_at = self._began + self._sent_mm / self.mm_per_s
            self._began += max(0.0, now - done_at)
        # A thousandth more, for numbers that are not quite what they should be.
        until_mm = (now - self._began + AHEAD_S) * self.mm_per_s * 1.001
        piece_mm = PIECE_S * self.mm_per_s
        while not self.all_sent and min(self.mm, self._sent_mm + piece_mm) <= until_mm:
            self._sent_mm = min(self.mm, self._sent_mm + piece_mm)
            yield self.signed(self._sent_mm)

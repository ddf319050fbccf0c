"""Rotations of motors that share one planner: what each still has to turn, leg by leg.

One rule: pure; millimetres and seconds. In a leg all its motors begin and end together, each as
fast as it was told to turn, so that they look independent though the board knows lines only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Motors that are done so soon after one another are done together.
_TOGETHER_S: Final = 0.02
_LEAST_MM: Final = 1e-6
# Of a stream: so long a piece, and so far ahead of what is done.
PIECE_S: Final = 0.5
AHEAD_S: Final = 1.0


@dataclass(slots=True)
class Turn:
    """A rotation that runs: how far in all, how fast, which way, and from where."""

    way_mm: float
    mm_per_s: float
    reverse: bool
    began_mm: float = 0.0

    def signed(self, amount: float) -> float:
        """Give an amount the direction's sign."""
        return -amount if self.reverse else amount

    def done_mm(self, place_mm: float) -> float:
        """Return how far it is."""
        return min(self.way_mm, max(0.0, self.signed(place_mm - self.began_mm)))

    def left_mm(self, place_mm: float) -> float:
        """Return how far it still is."""
        return self.way_mm - self.done_mm(place_mm)


@dataclass(frozen=True, slots=True)
class Leg:
    """A way of one or several motors in a straight line, by axis; negative is backwards."""

    ways: Mapping[str, float]
    seconds: float

    @property
    def mm_per_s(self) -> float:
        """How fast it is along the line."""
        return math.hypot(*self.ways.values()) / self.seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """Places to turn to in a straight line, by axis from where each turn began, and how fast."""

    places: Mapping[str, float]
    speeds: Mapping[str, float]
    seconds: float


def legs(left: Mapping[str, tuple[float, float]]) -> list[Leg]:
    """Cut what is left by axis (signed way, speed) into legs, each until the next motor is done."""
    made: list[Leg] = []
    rest = {axis: (way, abs(way) / speed) for axis, (way, speed) in left.items()}
    rest = {axis: one for axis, one in rest.items() if abs(one[0]) > _LEAST_MM}
    while rest:
        seconds = min(takes_s for _, takes_s in rest.values())
        ways, later = {}, {}
        for axis, (way, takes_s) in rest.items():
            if takes_s - seconds < _TOGETHER_S:
                ways[axis] = way
            else:
                ways[axis] = way * seconds / takes_s
                later[axis] = (way - ways[axis], takes_s - seconds)
        made.append(Leg(ways, seconds))
        rest = later
    return made


class Stream:
    """Turns in pieces of half a second, of which the board never has more than a second."""

    def __init__(self, turns: Mapping[str, Turn], done_mm: Mapping[str, float]) -> None:
        """`done_mm` is how far each is already, by axis; ways may grow while it runs."""
        self._turns = turns
        self._sent_mm = dict(done_mm)
        self._sent_s = 0.0
        self._began = 0.0

    @property
    def all_sent(self) -> bool:
        """Whether the board has all of it."""
        return not self._left()

    def due(self, now: float) -> Iterator[Piece]:
        """Yield the pieces the board needs by now; `now` in seconds, any clock."""
        if not self._sent_s:
            self._began = now
        else:
            # Held up, it begins anew: what it has not been given it has not done.
            self._began += max(0.0, now - self._began - self._sent_s)
        # A thousandth more, for numbers that are not quite what they should be.
        until_s = now - self._began + AHEAD_S * 1.001
        while left := self._left():
            seconds = min(PIECE_S, *left.values())
            if self._sent_s + seconds > until_s:
                return
            self._sent_s += seconds
            places = {axis: self._sent_to(axis, seconds) for axis in left}
            yield Piece(places, {axis: self._turns[axis].mm_per_s for axis in left}, seconds)

    def _left(self) -> dict[str, float]:
        """Return for how long each turn goes on that is not all sent."""
        turns = self._turns.items()
        left = {axis: (one.way_mm - self._sent_mm[axis]) / one.mm_per_s for axis, one in turns}
        return {axis: seconds for axis, seconds in left.items() if seconds > 0}

    def _sent_to(self, axis: str, seconds: float) -> float:
        turn = self._turns[axis]
        way = self._sent_mm[axis] + turn.mm_per_s * seconds
        # Exactly there at the end, not nearly.
        way = turn.way_mm if turn.way_mm - way < turn.mm_per_s * 1e-6 else way
        self._sent_mm[axis] = way
        return turn.signed(way)

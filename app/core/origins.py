"""Where runs come from, and those that wait for their turn.

One rule: rules that start one another share what is left to the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.core.compiled import Compiled
    from app.core.events import LiveEvent
    from app.core.parts import Facts

MAX_MOVES: Final = 10_000
MAX_LIVE: Final = 64
MAX_RUN_S: Final = 3_600.0
MAX_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run comes from: how deep rules started rules, and the moves left to all of them.

    `tag` parts its commands from those of another run for the same event; `tried` runs do not
    mind that their rule is off.
    """

    depth: int
    left: list[int]
    tag: str = ""
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run of a rule with the mode "queued" that waits for its turn."""

    compiled: Compiled
    event: LiveEvent
    facts: Facts
    since: float
    origin: Origin
    serial: int


def fresh(tag: str = "", *, tried: bool = False) -> Origin:
    """Return the origin of a run that an event starts."""
    return Origin(0, [MAX_MOVES], tag, tried)

"""Made-up streams: calm, busy, a flood of gifts, a storm of combos, 500 roses in a minute.

One rule: the same name, seed and gifts give the same events at the same times, whatever the clock.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.core.events import Chat, Follow, Join, Like, Share, StreamEnded, StreamStarted, Viewer
from app.core.giftlist import GiftList
from app.core.ledger import MessageKey
from app.core.streaks import GiftReport, Moment, Streaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.backtests import Script
    from app.core.events import LiveEvent
    from app.core.giftlist import GiftKind

# The stream begins at noon of a Wednesday, UTC.
STARTED_MS: Final = 1_767_787_200_000
_ROOM: Final = 7_000_000_001
_METHOD: Final = "script"
_PEOPLE: Final = 60
_WORDS: Final = ("hi", "!spin", "gg", "xin chào", "wow", "!light", "lol")


@dataclass(frozen=True, slots=True)
class Pace:
    """How a stream goes: its length, and how much happens a second on average."""

    length_s: float
    gifts: float = 0.0
    combos: float = 0.0
    likes: float = 0.0
    chats: float = 0.0
    joins: float = 0.0
    follows: float = 0.0


PACES: Final[dict[Script, Pace]] = {
    "calm": Pace(900, gifts=0.03, combos=0.01, likes=0.3, chats=0.1, joins=0.1, follows=0.01),
    "busy": Pace(900, gifts=0.8, combos=0.2, likes=4, chats=2, joins=2, follows=0.1),
    "flood": Pace(60, gifts=200, likes=20, chats=10, joins=10),
    "combos": Pace(120, combos=2, likes=2),
    "roses": Pace(60),
}


def script_events(name: Script, seed: int, gifts: GiftList) -> list[tuple[float, LiveEvent]]:
    """Return the events of a script with their seconds, in order."""
    play = _Play(random.Random(f"{name}/{seed}"), gifts, f"script-{name}-{seed}/")
    pace = PACES[name]
    play.begin()
    if name == "roses":
        play.roses(500, pace.length_s)
    play.crowd(pace)
    return play.ended(pace.length_s)


class _Play:
    """Collects events; gifts go through the very counting that real ones go through."""

    def __init__(self, dice: random.Random, gifts: GiftList, prefix: str) -> None:
        self._dice = dice
        self._prefix = prefix
        self._numbers = itertools.count(1)
        self._reports: list[tuple[float, GiftReport]] = []
        self._others: list[tuple[float, LiveEvent]] = []
        self._streaks = Streaks(GiftList(gifts.all()), room_id=_ROOM, prefix=prefix)
        self._kinds = [kind for kind in gifts.all() if kind.coins]
        self._rose = gifts.named("Rose") or self._kinds[0]
        # Most gifts cost next to nothing; a few cost as much as all the others.
        self._weights = [1.0 / kind.coins**0.8 for kind in self._kinds]
        self._people = [
            Viewer(1000 + n, f"viewer{n}", f"Viewer {n}", n % 3 == 0, n % 20 == 1, n % 10 < 1)
            for n in range(_PEOPLE)
        ]

    def begin(self) -> None:
        event = StreamStarted(id=f"{self._prefix}start", at_ms=STARTED_MS, room_id=_ROOM)
        self._others.append((0.0, event))

    def crowd(self, pace: Pace) -> None:
        """Scatter what happens over the whole length."""
        for at_s in self._times(pace.gifts, pace.length_s):
            self._single(at_s)
        for at_s in self._times(pace.combos, pace.length_s):
            self._combo(at_s, pace.length_s)
        self._likes(pace)
        for at_s in self._times(pace.chats, pace.length_s):
            text = self._dice.choice(_WORDS)
            self._other(at_s, Chat(**self._who(at_s), text=text))
        for at_s in self._times(pace.joins, pace.length_s):
            self._other(at_s, Join(**self._who(at_s)))
        for at_s in self._times(pace.follows, pace.length_s):
            follow = self._dice.random() < 0.7  # noqa: PLR2004 - more follow than share
            self._other(at_s, (Follow if follow else Share)(**self._who(at_s)))

    def roses(self, count: int, length_s: float) -> None:
        """Send roses one by one and in combos, evenly over the time."""
        for number in range(count):
            at_s = (number + 0.5) * length_s / count
            self._report(at_s, self._people[number % _PEOPLE], self._rose, 1)

    def ended(self, length_s: float) -> list[tuple[float, LiveEvent]]:
        """Count the gifts in the order of their times and return everything."""
        told = [
            (at_s, counted.gift)
            for at_s, report in sorted(self._reports, key=lambda one: one[0])
            if (counted := self._streaks.count(report, Moment(at_s, _ms(at_s)))) is not None
        ]
        end = StreamEnded(id=f"{self._prefix}end", at_ms=_ms(length_s))
        return sorted([*self._others, *told, (length_s, end)], key=lambda one: one[0])

    # ------------------------------------------------------------ pieces

    def _times(self, per_s: float, length_s: float) -> Iterator[float]:
        at_s = 0.0
        while per_s and (at_s := at_s + self._dice.expovariate(per_s)) < length_s:
            yield at_s

    def _single(self, at_s: float) -> None:
        kind = self._dice.choices(self._kinds, self._weights)[0]
        self._report(at_s, self._dice.choice(self._people), kind, 1)

    def _combo(self, at_s: float, length_s: float) -> None:
        viewer, group = self._dice.choice(self._people), next(self._numbers)
        steps = self._dice.randint(3, 40)
        for count in range(1, steps + 1):
            at_s = min(at_s + self._dice.uniform(0.1, 0.6), length_s)
            self._report(at_s, viewer, self._rose, count, group)
        self._report(min(at_s + 2.5, length_s), viewer, self._rose, steps, group, end=True)

    def _report(
        self,
        at_s: float,
        viewer: Viewer,
        kind: GiftKind,
        count: int,
        group: int = 0,
        *,
        end: bool = False,
    ) -> None:
        report = GiftReport(
            message=MessageKey(_METHOD, next(self._numbers)),
            viewer=viewer,
            gift_id=kind.id,
            group_id=group,
            count=count,
            end=end,
            combo=bool(group),
            name=kind.name,
            coins=kind.coins,
        )
        self._reports.append((at_s, report))

    def _likes(self, pace: Pace) -> None:
        total = 0
        for at_s in self._times(pace.likes, pace.length_s):
            count = self._dice.randint(1, 15)
            total += count
            self._other(at_s, Like(**self._who(at_s), count=count, total=total))

    def _who(self, at_s: float) -> dict[str, Any]:
        number = next(self._numbers)
        viewer = self._dice.choice(self._people)
        return {"id": f"{self._prefix}{number}", "at_ms": _ms(at_s), "viewer": viewer}

    def _other(self, at_s: float, event: LiveEvent) -> None:
        self._others.append((at_s, event))


def _ms(at_s: float) -> int:
    return STARTED_MS + round(at_s * 1000)

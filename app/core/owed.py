"""Gifts whose rule could not run, kept for the streamer to make good: the book of owed gifts.

One rule: a gift is owed to a rule once, and whatever becomes of it, never again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.events import Gift, Source
from app.core.outcome import Drop, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.core.outcome import Delivery, Outcome
    from app.core.rules import Rule

MAX_OWED: Final = 2_000
# A command that was dropped for one of these never reached its device.
_UNDONE: Final = frozenset({Drop.OFFLINE, Drop.QUEUE_FULL, Drop.NO_DEVICE})


@dataclass(frozen=True, slots=True)
class OwedGift:
    """A gift that a rule owes; `until_ms` is UTC epoch ms. `reason` is a Reason's or Drop's value.

    It is made good with `Engine.pay(rule_id, event, ...)`.
    """

    id: str
    event: Gift
    rule_id: str
    reason: str
    until_ms: int


class OwedBook:
    """Holds what is owed, the oldest first. Not for several threads at once."""

    def __init__(self, on_change: Callable[[], None] | None = None) -> None:
        """Take who is told that the book has changed."""
        self._on_change = on_change
        self._open: OrderedDict[str, OwedGift] = OrderedDict()
        self._closed: OrderedDict[str, None] = OrderedDict()

    def all(self) -> tuple[OwedGift, ...]:
        """Return what is owed, the oldest first."""
        return tuple(self._open.values())

    def get(self, owed_id: str) -> OwedGift | None:
        """Return one of them; None if it is not owed, or no more."""
        return self._open.get(owed_id)

    def load(self, owed: Iterable[OwedGift]) -> None:
        """Take what was kept over a restart in place of what there is."""
        self._open = OrderedDict((one.id, one) for one in owed)
        self._trim()
        self._tell()

    def add(self, owed: Iterable[OwedGift]) -> tuple[OwedGift, ...]:
        """Put gifts in the book; return those that were not in it before, paid or dropped."""
        new: list[OwedGift] = []
        for one in owed:
            if one.id not in self._open and one.id not in self._closed:
                self._open[one.id] = one
                new.append(one)
        if new:
            self._trim()
            self._tell()
        return tuple(new)

    def pay(self, owed_id: str) -> OwedGift | None:
        """Take one out because it was made good; None if it is not in the book."""
        return self._close(owed_id)

    def drop(self, owed_id: str) -> OwedGift | None:
        """Take one out because the streamer lets it go; None if it is not in the book."""
        return self._close(owed_id)

    def expire(self, now_ms: int) -> tuple[OwedGift, ...]:
        """Take out and return those whose time is over."""
        over = tuple(one for one in self._open.values() if one.until_ms <= now_ms)
        for one in over:
            self._shut(one.id)
        if over:
            self._tell()
        return over

    def next_ms(self) -> int | None:
        """Return when the next one expires; None if nothing is owed."""
        return min((one.until_ms for one in self._open.values()), default=None)

    def _close(self, owed_id: str) -> OwedGift | None:
        found = self._open.get(owed_id)
        if found is not None:
            self._shut(owed_id)
            self._tell()
        return found

    def _shut(self, owed_id: str) -> None:
        del self._open[owed_id]
        self._closed[owed_id] = None
        while len(self._closed) > MAX_OWED:
            self._closed.popitem(last=False)

    def _trim(self) -> None:
        while len(self._open) > MAX_OWED:
            self._shut(next(iter(self._open)))

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change()


def owed_by(outcome: Outcome, now_ms: int) -> tuple[OwedGift, ...]:
    """Return what the rules of an outcome owe: the engine notes it in their traces."""
    event = outcome.event
    if not isinstance(event, Gift):
        return ()
    owed: list[OwedGift] = []
    for trace in outcome.traces:
        for step in trace.steps:
            if step.reason is Reason.OWED:
                owed_s = float(dict(step.values)["owed_s"])
                why = trace.steps[-1].reason.value
                owed.append(_owed(event, trace.rule_id, why, now_ms, owed_s))
    return tuple(owed)


def owed_after(delivery: Delivery, event: object, rule: Rule, now_ms: int) -> OwedGift | None:
    """Return what a rule owes because a command for this gift never reached its device."""
    owed_s = rule.limits.owed_for_s
    if owed_s is None or delivery.drop not in _UNDONE or not isinstance(event, Gift):
        return None
    if event.source is not Source.LIVE:
        return None
    return _owed(event, rule.id, delivery.drop.value, now_ms, owed_s)


def _owed(event: Gift, rule_id: str, reason: str, now_ms: int, owed_s: float) -> OwedGift:
    until_ms = now_ms + round(owed_s * 1000)
    return OwedGift(f"{event.id}/{rule_id}", event, rule_id, reason, until_ms)

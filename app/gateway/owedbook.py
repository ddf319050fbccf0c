"""Gifts whose rule could not run: kept on the disk, paid by hand, or expired.

One rule: a gift is owed once, and only while nothing of it has moved.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.core.events import Gift, Source, Viewer
from app.core.outcome import Delivery, Drop, Outcome, Reason, Stage, Trace
from app.gateway.rule_views import OwedView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.rules import Rule
    from app.store.kept import Kept

MAX_OWED: Final = 500
# How many gifts are remembered whose commands may still be thrown away.
_MAX_OPEN: Final = 2000
_THROWN_AWAY: Final = frozenset({Stage.DROPPED, Stage.STOPPED})
_LATER: Final = frozenset(
    {Drop.OFFLINE, Drop.NO_DEVICE, Drop.QUEUE_FULL, Drop.STOPPED, Drop.TOO_OLD}
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One gift, or one combo's steps together, that one rule owes.

    `profile` is where that rule is; "" for those that were kept before profiles were told.
    """

    id: str
    event: Gift
    rule_id: str
    reason: str
    until_ms: int
    rule_name: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    """A gift whose commands are on their way, and what its rule said of owing it then."""

    event: Gift
    owed_s: float
    rule_name: str
    profile: str


class OwedBook:
    """What is owed. Loop's thread only."""

    def __init__(
        self,
        kept: Kept,
        rule: Callable[[str], Rule | None],
        wall_ms: Callable[[], int],
        profile: Callable[[], str] = str,
    ) -> None:
        """Take where it is kept, the rules by id, the clock, and the profile that runs."""
        self._kept = kept
        self._rule = rule
        self._wall_ms = wall_ms
        self._profile = profile
        self._all: OrderedDict[str, Owed] = OrderedDict()
        self._open: OrderedDict[tuple[str, str], _Open] = OrderedDict()
        self.changed = False

    async def restore(self) -> None:
        """Read what was owed when the last core ended."""
        found = [_from(key, values) for key, values in (await self._kept.all()).items()]
        for one in sorted((one for one in found if one), key=lambda one: one.event.at_ms):
            self._all[one.id] = one
        self.expire()
        self.changed = bool(self._all)

    def on_outcome(self, outcome: Outcome) -> None:
        """Note what could not run, and what may still turn out so."""
        gift = outcome.event
        if not isinstance(gift, Gift) or gift.source is not Source.LIVE:
            return
        for trace in outcome.traces:
            owing = self._owing(gift, trace.rule_id)
            if owing is None:
                continue
            if any(step.reason is Reason.OWED for step in trace.steps):
                self._add(owing, trace.rule_id, _why(trace))
            elif trace.ran and outcome.commands:
                self._open[gift.id, trace.rule_id] = owing
        while len(self._open) > _MAX_OPEN:
            self._open.popitem(last=False)

    def on_delivery(self, delivery: Delivery) -> None:
        """Note a command that was thrown away before anything of its gift had moved."""
        key = delivery.event_id, delivery.rule_id
        if key not in self._open:
            return
        if delivery.stage is Stage.SENT:
            del self._open[key]
        elif delivery.stage in _THROWN_AWAY and delivery.drop in _LATER:
            self._add(self._open.pop(key), delivery.rule_id, delivery.drop.value)

    def get(self, owed_id: str) -> Owed | None:
        """Return one that is still owed."""
        self.expire()
        return self._all.get(owed_id)

    def ids(self) -> tuple[str, ...]:
        """Return all that is owed, the oldest first."""
        self.expire()
        return tuple(self._all)

    def elsewhere(self, owed: Owed) -> str:
        """Return the profile whose rule owes this, if another one runs now; else ""."""
        return "" if owed.profile in ("", self._profile()) else owed.profile

    def profile_changed(self) -> None:
        """Say anew which gifts can be paid: another profile runs."""
        self.changed = self.changed or bool(self._all)

    def renamed(self, profile: str, to: str) -> None:
        """Follow a profile to its new name."""
        for one in [one for one in self._all.values() if one.profile == profile]:
            self._put(replace(one, profile=to))
        for key, waiting in self._open.items():
            if waiting.profile == profile:
                self._open[key] = replace(waiting, profile=to)

    def drop(self, owed_id: str) -> bool:
        """Forget one, because it was paid or put away; False if it is not there."""
        if self._all.pop(owed_id, None) is None:
            return False
        self._kept.drop(owed_id, durable=True)
        self.changed = True
        return True

    async def settled(self) -> bool:
        """Wait until what was added and dropped is on the disk; False if that takes too long."""
        return await self._kept.settled()

    def put_back(self, owed: Owed) -> None:
        """Owe again what was dropped to be paid, and was not."""
        meanwhile = self._all.get(owed.id)
        if meanwhile is not None:
            owed = replace(owed, event=_both(owed.event, meanwhile.event))
        self._put(owed)
        self._all = OrderedDict(sorted(self._all.items(), key=lambda one: one[1].event.at_ms))

    def expire(self) -> None:
        """Forget what was kept for long enough."""
        now_ms = self._wall_ms()
        for owed_id in [one.id for one in self._all.values() if one.until_ms <= now_ms]:
            self.drop(owed_id)

    def views(self) -> tuple[OwedView, ...]:
        """Return all that is owed, the oldest first."""
        return tuple(self._view(one) for one in self._all.values())

    def _view(self, owed: Owed) -> OwedView:
        gift = owed.event
        rule = None if self.elsewhere(owed) else self._rule(owed.rule_id)
        return OwedView(
            id=owed.id,
            event_id=gift.id,
            at_ms=gift.at_ms,
            who=gift.viewer.handle or gift.viewer.nickname,
            gift=gift.name,
            gift_id=gift.gift_id,
            coins=gift.coins,
            count=gift.count,
            rule_id=owed.rule_id,
            rule_name=(rule.name if rule else owed.rule_name) or owed.rule_id,
            profile=self.elsewhere(owed),
            reason=owed.reason,
            until_ms=owed.until_ms,
        )

    def _owing(self, gift: Gift, rule_id: str) -> _Open | None:
        """Return what a rule would owe; None if it keeps nothing.

        Asked while the rule is at hand: when a command is thrown away another profile may run.
        """
        rule = self._rule(rule_id)
        if rule is None or rule.limits.owed_for_s is None:
            return None
        return _Open(gift, rule.limits.owed_for_s, rule.name, self._profile())

    def _add(self, owing: _Open, rule_id: str, reason: str) -> None:
        gift = owing.event
        # The steps of a combo are one gift to whoever sent it.
        owed_id = f"{gift.streak or gift.id}/{rule_id}"
        before = self._all.get(owed_id)
        if before is not None:
            if before.event.id == gift.id:
                return
            gift = _both(before.event, gift)
        elif not gift.count:
            # The end of a combo adds nothing; for a rule that counts at the end it is the whole.
            gift = replace(gift, count=gift.total)
        until_ms = self._wall_ms() + int(owing.owed_s * 1000)
        self._put(Owed(owed_id, gift, rule_id, reason, until_ms, owing.rule_name, owing.profile))

    def _put(self, owed: Owed) -> None:
        self._all[owed.id] = owed
        self._kept.put(owed.id, asdict(owed), durable=True)
        while len(self._all) > MAX_OWED:
            self.drop(next(iter(self._all)))
        self.changed = True


def _both(one: Gift, other: Gift) -> Gift:
    """Return two steps of one combo as one gift: the later one, with what both add."""
    added = one.count + other.count
    return replace(other, count=added, total=max(other.total, added))


def _why(trace: Trace) -> str:
    failed = next((step for step in trace.steps if not step.passed), None)
    return failed.reason.value if failed is not None else ""


def _from(key: str, values: dict[str, Any]) -> Owed | None:
    try:
        event = dict(values["event"])
        viewer = Viewer(**event.pop("viewer"))
        source = Source(event.pop("source"))
        gift = Gift(**event, viewer=viewer, source=source)
        return Owed(
            key,
            gift,
            str(values["rule_id"]),
            str(values["reason"]),
            int(values["until_ms"]),
            str(values.get("rule_name", "")),
            str(values.get("profile", "")),
        )
    except (KeyError, TypeError, ValueError):
        # Written by a later version with more to a gift: not ours to guess.
        return None

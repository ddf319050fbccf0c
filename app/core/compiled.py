"""The rules made ready for events: each one compiled once, and found by what an event is about.

One rule: a rule that did not change is never compiled again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.limits import RuleLimits
from app.core.parts import Action, Trigger

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from app.core.events import LiveEvent
    from app.core.parts import Condition
    from app.core.rules import Rule, RuleSet

# Events of the same kind with the same keys come again and again; this many are remembered.
_REMEMBERED: Final = 4096
_NO_LIMITS: Final = RuleLimits()


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """One rule made ready. `plain`: it only drives devices, so a run is over at once."""

    id: str
    name: str
    rule: Rule
    group_on: bool
    at_end: bool
    rest_s: float
    time_to_live_s: float
    gate_when: str
    conditions: tuple[tuple[str, Condition], ...]
    actions: tuple[tuple[str, Action], ...]
    plain: bool
    limited: bool
    event: type
    keys: tuple[Hashable, ...] | None
    gift_ids: frozenset[int]


@dataclass(slots=True)
class Index:
    """The rules for one class of event: those to look at always, and those found by a key."""

    rules: tuple[Compiled, ...]
    always: list[tuple[int, Compiled]]
    keyed: dict[Hashable, list[tuple[int, Compiled]]]
    key_makers: tuple[type[Trigger], ...]
    remembered: dict[tuple[Hashable, ...], tuple[Compiled, ...]]

    def considered(self, event: LiveEvent) -> tuple[Compiled, ...]:
        """Return the rules this event may be for, in their order."""
        keys = tuple(key for maker in self.key_makers for key in maker.keys_of(event))
        known = self.remembered.get(keys)
        if known is not None:
            return known
        found = dict(self.always)
        for key in keys:
            found.update(self.keyed.get(key, ()))
        rules = tuple(found[place] for place in sorted(found))
        if len(self.remembered) >= _REMEMBERED:
            self.remembered.clear()
        self.remembered[keys] = rules
        return rules


@dataclass(frozen=True, slots=True)
class _Made:
    """A set of rules made ready, as it follows on the rules `before`."""

    rules: RuleSet
    before: dict[str, Compiled]
    by_id: dict[str, Compiled]
    by_event: dict[type, Index]
    known_gifts: frozenset[int]
    compilations: int


class CompiledRules:
    """All rules made ready. `compilations` counts how many were compiled since the beginning."""

    def __init__(self) -> None:
        self.by_id: dict[str, Compiled] = {}
        self.by_event: dict[type, Index] = {}
        self.known_gifts: frozenset[int] = frozenset()
        self.compilations = 0
        self._prepared: _Made | None = None

    def prepare(self, rules: RuleSet) -> None:
        """Do the work of `take` beforehand; for many rules, in another thread."""
        self._prepared = self._made(rules)

    def take(self, rules: RuleSet) -> None:
        """Take these rules instead; those that are the same objects stay as they are."""
        made, self._prepared = self._prepared, None
        if made is None or made.rules is not rules or made.before is not self.by_id:
            made = self._made(rules)
        self.by_event, self.by_id, self.known_gifts = made.by_event, made.by_id, made.known_gifts
        self.compilations += made.compilations

    def _made(self, rules: RuleSet) -> _Made:
        groups_off, known = rules.off_groups(), self.by_id
        fresh: dict[str, Compiled] = {}
        sorts: defaultdict[type, list[Compiled]] = defaultdict(list)
        compilations = 0
        for rule in rules.served():
            rule_id = rule.id
            group_on = not groups_off or rule.group not in groups_off
            ready = known.get(rule_id)
            if ready is None or ready.rule is not rule or ready.group_on is not group_on:
                ready = compile_rule(rule, group_on=group_on)
                compilations += 1
            fresh[rule_id] = ready
            sorts[ready.event].append(ready)
        gifts = self.known_gifts
        if compilations or len(fresh) != len(known):
            gifts = frozenset[int]().union(*(one.gift_ids for one in fresh.values()))
        by_event = {kind: self._indexed(kind, tuple(of)) for kind, of in sorts.items()}
        return _Made(rules, known, fresh, by_event, gifts, compilations)

    def _indexed(self, kind: type, rules: tuple[Compiled, ...]) -> Index:
        old = self.by_event.get(kind)
        return old if old is not None and old.rules == rules else indexed(rules)


def compile_rule(rule: Rule, *, group_on: bool = True) -> Compiled:
    """Make one rule ready; parts that are off are left out."""
    actions = tuple((f"do:{part.key}", part) for part in rule.do if part.on)
    when = rule.when
    return Compiled(
        id=rule.id,
        name=rule.name,
        rule=rule,
        group_on=group_on,
        at_end=rule.react == "total",
        rest_s=rule.limits.device_cooldown_s,
        time_to_live_s=rule.time_to_live_s,
        gate_when=f"when:{when.key}",
        conditions=tuple((f"only_if:{part.key}", part) for part in rule.only_if if part.on),
        actions=actions,
        plain=_only_drives(part for _, part in actions),
        limited=rule.limits != _NO_LIMITS,
        event=when.event,
        keys=when.keys(),
        gift_ids=when.gift_ids(),
    )


def _only_drives(actions: Iterable[Action]) -> bool:
    return all(type(action).moves is Action.moves for action in actions)


def indexed(rules: Sequence[Compiled]) -> Index:
    """Return the index of rules that are for the same class of event, in their order."""
    always: list[tuple[int, Compiled]] = []
    keyed: defaultdict[Hashable, list[tuple[int, Compiled]]] = defaultdict(list)
    makers: dict[type[Trigger], None] = {}
    for place, ready in enumerate(rules):
        if ready.keys is None:
            always.append((place, ready))
            continue
        makers[type(ready.rule.when)] = None
        for key in ready.keys:
            keyed[key].append((place, ready))
    return Index(tuple(rules), always, dict(keyed), tuple(makers), {})

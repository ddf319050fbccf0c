"""Warnings about the rules of a document, each at its place and with a cure where there is one.

One rule: a rule that did not change is not looked at again; 2,000 rules are checked while typing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import ValidationError

from app.core.check_rule import (
    SETTERS,
    Change,
    Known,
    RuleWarning,
    check_rule,
    free_names,
    part_key,
)
from app.core.expressions import Formula, FormulaError
from app.core.forms import Pick
from app.core.limits import RuleLimits
from app.core.outputs import OutputAction
from app.core.rules import Rule
from app.core.surroundings import Surroundings
from app.core.walk import models, put, spots
from drivers.contract import QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from app.core.parts import Trigger
    from app.core.rules import RuleDocument

__all__ = ["Change", "Checker", "RuleWarning", "Warning", "cured", "warnings"]

# The name in the plan of the pages; the class has another, which hides nothing of Python's.
Warning = RuleWarning  # noqa: A001

_NO_LIMITS: Final = RuleLimits()
_MOST_OTHERS: Final = 8
_REST_S: Final = (1.0, 30.0)
_USUAL_REST_S: Final = 2.0
# What stands below these fields is done only sometimes.
_MAYBE: Final = frozenset(("branches", "otherwise", "choices"))


class _Use(NamedTuple):
    """An output that a rule drives, for how long, and whether a busy one drops the command."""

    place: tuple[str, str]
    drops: bool
    seconds: float
    sure: bool


class _Looked(NamedTuple):
    """What was found about one rule, for as long as it is the same object."""

    rule: Rule
    local: tuple[RuleWarning, ...]
    sets: frozenset[str]
    refers: bool
    asks: bool
    uses: tuple[_Use, ...]
    keys: tuple[Hashable, ...]


class Checker:
    """Remembers what it found; give it each new document of the same rules."""

    def __init__(self) -> None:
        self._looked: dict[str, _Looked] = {}
        self._around = Surroundings()
        self._known = Known({}, None)

    def warnings(
        self, document: RuleDocument, around: Surroundings
    ) -> dict[str, tuple[RuleWarning, ...]]:
        """Return the warnings by rule id; rules without any are left out."""
        looked = self.look(document, around)
        off = document.rules.off_groups()
        between = _between(
            [found for found in looked.values() if found.rule.on and found.rule.group not in off]
        )
        return {
            rule_id: every
            for rule_id, found in looked.items()
            if (every := (*found.local, *between.get(rule_id, ())))
        }

    def look(self, document: RuleDocument, around: Surroundings) -> Mapping[str, _Looked]:
        """Look at each rule for itself; a long list piece by piece, before its `warnings`."""
        rules = document.rules.served()
        names = {rule.id: rule.name for rule in rules}
        same_around = around is self._around or around == self._around
        kept = self._looked if same_around else {}
        looked: dict[str, _Looked] = {}
        for rule in rules:
            before = kept.get(rule.id)
            found = before if before is not None and before.rule is rule else _look(rule, around)
            looked[rule.id] = found
        known = Known(names, _variables(looked.values(), around))
        # Another rule or variable came or went: only those that name some care.
        others = names.keys() != self._known.rules.keys()
        values = known.variables != self._known.variables
        for rule_id, found in looked.items():
            fresh = kept.get(rule_id) is not found
            if fresh or (others and found.refers) or (values and found.asks):
                local = tuple(check_rule(found.rule, around, known))
                looked[rule_id] = found._replace(local=local)
        self._looked, self._around, self._known = looked, around, known
        return looked


def warnings(document: RuleDocument, around: Surroundings) -> Mapping[str, tuple[RuleWarning, ...]]:
    """Return the warnings of a document by rule id, looked at for the first time."""
    return Checker().warnings(document, around)


def cured(rule: Rule, warning: RuleWarning) -> Rule | None:
    """Return the rule with the warning's cure in it; None if there is none or it does not fit."""
    if not warning.cure:
        return None
    raw: dict[str, Any] = rule.model_dump(mode="json")
    try:
        for change in warning.cure:
            put(raw, change.path, change.value)
        return Rule.model_validate(raw)
    except (ValidationError, LookupError, TypeError):
        return None


def _variables(looked: Iterable[_Looked], around: Surroundings) -> frozenset[str] | None:
    if around.variables is None:
        return None
    return around.variables.union(*(found.sets for found in looked))


def _look(rule: Rule, around: Surroundings) -> _Looked:
    sets: set[str] = set()
    refers = asks = False
    for spot in spots(rule):
        refers = refers or spot.pick == Pick.RULE
        if spot.pick == Pick.VARIABLE and part_key(spot.owner) in SETTERS:
            sets.add(str(spot.value))
        else:
            asks = asks or spot.pick == Pick.VARIABLE or bool(free_names(spot.value))
    uses = tuple(_uses(rule, around)) if around.devices is not None else ()
    return _Looked(rule, (), frozenset(sets), refers, asks, uses, _keys(rule.when))


def _keys(trigger: Trigger) -> tuple[Hashable, ...]:
    # Rules for the same thing meet under one of these; anything else only where it is equal.
    own = trigger.keys()
    return (trigger.model_dump_json(),) if own is None else own


def _uses(rule: Rule, around: Surroundings) -> Iterable[_Use]:
    waits = False
    for path, part in models(rule):
        waits = waits or part_key(part) == "wait"
        if not isinstance(part, OutputAction) or not part.on or part.key == "device_off":
            continue
        device = around.device(part.device, part.kinds)
        output = device.output(part.kinds, part.capability) if device is not None else None
        if device is None or output is None:
            continue
        policy = rule.limits.policy
        drops = policy is QueuePolicy.DROP or (policy is None and output.drops_when_busy)
        sure = not waits and not _MAYBE.intersection(path)
        yield _Use((device.id, output.id), drops, _seconds(part), sure)


def _seconds(part: OutputAction) -> float:
    formula = getattr(part, "seconds", None)
    if not isinstance(formula, Formula) or free_names(formula):
        return _USUAL_REST_S
    try:
        seconds = formula.value(dict.fromkeys(formula.names(), 1.0))
    except FormulaError:
        return _USUAL_REST_S
    return min(max(seconds, _REST_S[0]), _REST_S[1])


def _between(live: list[_Looked]) -> dict[str, list[RuleWarning]]:
    """Return what rules for the same thing do to one another; `live` in the order they run."""
    found: defaultdict[str, list[RuleWarning]] = defaultdict(list)
    meeting: defaultdict[tuple[Hashable, ...], list[_Looked]] = defaultdict(list)
    for one in live:
        told: set[str] = set()
        for key in one.keys:
            for use in one.uses:
                place = (type(one.rule.when), key, *use.place)
                others = meeting[place]
                for earlier in others[:_MOST_OTHERS]:
                    if earlier is not one and earlier.rule.id not in told:
                        told.add(earlier.rule.id)
                        found[one.rule.id].extend(_of_two(earlier, one, use))
                if not (others and others[-1] is one):
                    others.append(one)
    return found


def _of_two(earlier: _Looked, later: _Looked, use: _Use) -> Iterable[RuleWarning]:
    first, second = earlier.rule, later.rule
    sure = use.sure and any(one.sure for one in earlier.uses if one.place == use.place)
    values = (("other", first.name or first.id), ("other_id", first.id), ("device", use.place[0]))
    if (first.when, first.only_if, first.do) == (second.when, second.only_if, second.do):
        yield RuleWarning("same_as", ("when",), values)
    elif use.drops and sure and _covers(first, second):
        cure = (Change(("limits", "policy"), QueuePolicy.QUEUE.value),)
        yield RuleWarning("shadowed", ("limits", "policy"), values, cure)
    elif second.limits.policy is QueuePolicy.LATEST and sure and _covers(first, second):
        cure = (Change(("limits", "policy"), QueuePolicy.QUEUE.value),)
        yield RuleWarning("cuts_off", ("limits", "policy"), values, cure)
    elif first.limits == second.limits == _NO_LIMITS:
        rest_s = max(use.seconds, _REST_S[0])
        cure = (Change(("limits", "cooldown_s"), rest_s),)
        yield RuleWarning(
            "piles_up", ("limits", "cooldown_s"), (*values, ("seconds", rest_s)), cure
        )


def _covers(first: Rule, second: Rule) -> bool:
    """Say whether the first runs whenever the second does."""
    if first.limits.model_copy(update={"policy": None}) != _NO_LIMITS or first.mode != "parallel":
        return False
    if first.react != second.react:
        return False
    own, other = first.when.keys(), second.when.keys()
    wider = first.when == second.when or (
        own is not None
        and other is not None
        and type(first.when) is type(second.when)
        and set(other) <= set(own)
    )
    return wider and all(condition in second.only_if for condition in first.only_if if condition.on)

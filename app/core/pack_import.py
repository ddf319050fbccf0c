"""Takes a pack over: roles become own devices, ids are made fresh, limits get tighter only.

One rule: the result is one edit, everything in it is off unless the user said otherwise, and
nothing of the pack can name a rule, a secret or a device that was there before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from app.core.copies import fresh_id
from app.core.edits import PutGroup, PutRule, Several
from app.core.expressions import Formula, FormulaError
from app.core.forms import Pick
from app.core.groups import MAX_GROUPS, Group, slug, unused
from app.core.limits import RuleLimits
from app.core.outputs import OutputAction
from app.core.pack_guard import PackError, check_url, refused
from app.core.packs import Pack, PackVariable, written
from app.core.problems import problems_of
from app.core.renaming import RenamingError, fresh_names, renamed
from app.core.rules import MAX_RULES, Rule
from app.core.texts import TextTemplate
from app.core.walk import Path, put, spots, variables_in
from drivers.contract import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.core.rules import RuleDocument
    from app.core.surroundings import OutputSketch, Surroundings
    from app.core.walk import Spot

# What is left empty in a pack and asked of whoever takes it over.
ASKED: Final = (Pick.SECRET, Pick.URL, Pick.PEOPLE)
_UNBOUND: Final = Limits()
_BOUNDS: Final = (("seconds", "max_on_s", 1.0), ("rounds", "max_rounds", 1.0),
                  ("rpm", "max_rpm", 1.0), ("percent", "max_level", 100.0))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An own device, and which of its outputs; "" is the first that fits."""

    device: str
    capability: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that the pack leaves to the user: a secret's name, an address, a list of people."""

    rule_id: str
    path: Path
    pick: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decided before taking a pack over.

    `devices` maps roles; a role that is missing leaves its steps without a device. `answers` fill
    what `asks` named. `ceiling` narrows what the steps ask of the devices, `limits` those of each
    rule. `gather`: rules without a group come into one named after the pack. `share`: variables
    of the pack that the user has already are the same ones; else they get other names.
    """

    devices: Mapping[str, Place] = field(default_factory=dict)
    answers: Mapping[tuple[str, Path], Any] = field(default_factory=dict)
    on: bool = False
    ceiling: Limits = field(default_factory=Limits)
    limits: RuleLimits = field(default_factory=RuleLimits)
    language: str = "en"
    gather: bool = True
    share: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking a pack over comes to: one edit, its rules, variables to make if they are new.

    `renamed` are the variables of the pack that come under other names.
    """

    edit: Several
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...]
    variables: tuple[PackVariable, ...]
    renamed: Mapping[str, str]


def asks(pack: Pack) -> tuple[Ask, ...]:
    """Return what the pack leaves to the user, in the order of its rules."""
    return tuple(
        Ask(rule.id, spot.path, spot.pick)
        for rule in pack.rules
        for spot in spots(rule)
        if spot.pick == Pick.SECRET or (spot.pick in ASKED and not written(spot.value))
    )


def clashes(document: RuleDocument, pack: Pack, around: Surroundings) -> frozenset[str]:
    """Return the variables of a pack that the user has already."""
    used = {one.name for one in pack.variables} | variables_in(pack.rules)
    own = (around.variables or frozenset[str]()) | variables_in(document.rules.rules)
    return frozenset(used & own)


def other_names(
    document: RuleDocument, pack: Pack, choices: Choices, around: Surroundings
) -> dict[str, str]:
    """Return which variables of a pack come under another name, and under which."""
    both = () if choices.share else clashes(document, pack, around)
    if not both:
        return {}
    taken = {one.name for one in pack.variables} | variables_in(pack.rules)
    taken |= (around.variables or frozenset[str]()) | variables_in(document.rules.rules)
    return fresh_names(both, taken)


def plan_import(
    document: RuleDocument, pack: Pack, choices: Choices, around: Surroundings
) -> ImportPlan:
    """Return what taking over comes to; raises PackError if it does not fit here."""
    groups = _groups(document, pack, choices)
    if len(document.entries()) + len(pack.rules) > MAX_RULES:
        raise refused("pack_full")
    if len(document.group_entries()) + len(set(groups.values())) > MAX_GROUPS:
        raise refused("pack_full")
    ids: dict[str, str] = {}
    table = _table(pack, choices.language)
    for rule in pack.rules:
        name = table.get(rule.name, rule.name)
        ids[rule.id] = fresh_id(document, name or rule.id, ids.values())
    taken = _Taking(pack, choices, around, ids, table)
    names = other_names(document, pack, choices, around)
    rules = tuple(
        _named(taken.over(rule, groups[rule.group].id if rule.group in groups else ""), names)
        for rule in pack.rules
    )
    variables = tuple(
        one.model_copy(update={"name": names.get(one.name, one.name)}) for one in pack.variables
    )
    made = tuple(dict.fromkeys(groups.values()))
    edit = Several((*(PutGroup(group) for group in made), *(PutRule(rule) for rule in rules)))
    return ImportPlan(edit, rules, made, variables, names)


def _named(rule: Rule, names: Mapping[str, str]) -> Rule:
    try:
        return renamed(rule, names)
    except RenamingError as error:
        raise refused("cannot_rename", rule.name or rule.id, name=error.name) from error


def _table(pack: Pack, language: str) -> dict[str, str]:
    return pack.words.get("vi" if language == "vi" else "en", {})


def _groups(document: RuleDocument, pack: Pack, choices: Choices) -> dict[str, Group]:
    """Return the group that each group of the pack becomes; "" is the one for the rest."""
    table = _table(pack, choices.language)
    taken = {group.id for group in document.rules.groups}
    found: dict[str, Group] = {}
    wanted = list(pack.groups)
    if choices.gather and any(not rule.group for rule in pack.rules):
        wanted.insert(0, Group(id="pack", name=pack.name.said(choices.language)[:120]))
    for group in wanted:
        name = table.get(group.name, group.name)[:120]
        fresh = unused(slug(name, "group"), taken)
        taken.add(fresh)
        kept = Group(id=fresh, name=name, on=group.on, open=group.open)
        found[group.id if group in pack.groups else ""] = kept
    return found


class _Taking:
    """Takes rules of one pack over, one at a time."""

    def __init__(
        self,
        pack: Pack,
        choices: Choices,
        around: Surroundings,
        ids: Mapping[str, str],
        table: Mapping[str, str],
    ) -> None:
        self._pack = pack
        self._choices = choices
        self._around = around
        self._ids = ids
        self._table = table

    def over(self, rule: Rule, group: str) -> Rule:
        """Return the rule as it comes in; raises PackError."""
        raw = rule.model_dump(mode="json")
        for spot in spots(rule):
            for path, value in self._changes(rule, spot):
                put(raw, path, value)
        raw |= {
            "id": self._ids[rule.id],
            "name": self._table.get(rule.name, rule.name)[:120],
            "note": self._table.get(rule.note, rule.note)[:2_000],
            "group": group,
            "on": rule.on and self._choices.on,
            "limits": tighter(rule.limits, self._choices.limits).model_dump(mode="json"),
        }
        try:
            made = Rule.model_validate(raw)
        except ValidationError as error:
            raise PackError(problems_of(error)[0], rule.name or rule.id) from error
        return self._bounded(made, rule.name or rule.id)

    def _changes(self, rule: Rule, spot: Spot) -> Iterator[tuple[Path, Any]]:
        pick = spot.pick
        if pick == Pick.DEVICE:
            yield from self._device(rule, spot)
        elif pick == Pick.RULE:
            yield spot.path, self._ids.get(str(spot.value), "")
        elif pick in ASKED:
            yield from self._answered(rule, spot)
        elif isinstance(spot.value, TextTemplate) and spot.value.text in self._table:
            yield spot.path, self._table[spot.value.text]

    def _answered(self, rule: Rule, spot: Spot) -> Iterator[tuple[Path, Any]]:
        answer = self._choices.answers.get((rule.id, spot.path))
        if answer is not None:
            yield spot.path, answer
        elif spot.pick == Pick.SECRET:
            # A secret of the user's must not follow a stranger's address.
            yield spot.path, ""
        elif spot.pick == Pick.URL and written(spot.value):
            check_url(written(spot.value))

    def _device(self, rule: Rule, spot: Spot) -> Iterator[tuple[Path, Any]]:
        role = str(spot.value)
        if not role:
            return
        place = self._choices.devices.get(role)
        owner, base = spot.owner, spot.path[:-1]
        if place is not None and not self._fits(owner, place):
            raise refused("place_unknown", rule.name or rule.id, role=role)
        yield spot.path, place.device if place is not None else ""
        if "capability" in type(owner).model_fields:
            yield (*base, "capability"), place.capability if place is not None else ""

    def _fits(self, owner: object, place: Place) -> bool:
        if self._around.devices is None or not isinstance(owner, OutputAction):
            return True
        sketch = self._around.device(place.device, owner.kinds)
        if sketch is None:
            return False
        return not sketch.outputs or sketch.output(owner.kinds, place.capability) is not None

    def _bounded(self, rule: Rule, name: str) -> Rule:
        raw = rule.model_dump(mode="json")
        changed = False
        for spot in spots(rule):
            owner = spot.owner
            if not isinstance(owner, OutputAction):
                continue
            output = self._output(owner)
            for path, value in _held_below(spot, output, self._choices.ceiling):
                put(raw, path, value)
                changed = True
        if not changed:
            return rule
        try:
            return Rule.model_validate(raw)
        except ValidationError as error:
            raise refused("cannot_limit", name) from error

    def _output(self, owner: OutputAction) -> OutputSketch | None:
        sketch = self._around.device(owner.device, owner.kinds)
        return sketch.output(owner.kinds, owner.capability) if sketch is not None else None


def _held_below(
    spot: Spot, output: OutputSketch | None, ceiling: Limits
) -> Iterator[tuple[Path, Any]]:
    limits = ceiling.narrowed(output.limits) if output is not None else ceiling
    if spot.name == "rate_hz" and spot.value > limits.max_flash_hz:
        yield spot.path, limits.max_flash_hz
    for name, limit, factor in _BOUNDS:
        if spot.name != name or not isinstance(spot.value, Formula):
            continue
        most, own = getattr(limits, limit) * factor, getattr(ceiling, limit)
        asked = _constant(spot.value)
        if asked is not None and asked > most:
            yield spot.path, f"{most:.10g}"
        elif asked is None and own < getattr(_UNBOUND, limit):
            # The device's own limit holds in any case; the user's ceiling is written down.
            yield spot.path, f"min({spot.value.text}, {own * factor:.10g})"


def _constant(formula: Formula) -> float | None:
    if formula.names() or formula.free_names():
        return None
    try:
        return formula.value({})
    except FormulaError:
        return None


def tighter(limits: RuleLimits, by: RuleLimits) -> RuleLimits:
    """Return limits of which each is at least as strict as in both."""
    most: dict[str, Any] = {}
    for name in ("max_per_stream", "max_per_hour", "ceiling"):
        given = [one for one in (getattr(limits, name), getattr(by, name)) if one is not None]
        most[name] = min(given) if given else None
    for name in ("cooldown_s", "viewer_cooldown_s", "device_cooldown_s"):
        most[name] = max(getattr(limits, name), getattr(by, name))
    most["max_queued"] = min(limits.max_queued, by.max_queued)
    return limits.model_copy(update=most)

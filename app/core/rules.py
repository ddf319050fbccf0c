"""The rule document: what is saved, how it is read, checked, upgraded and written again.

One rule: a bad rule is set aside with its reason and kept in the file; the good ones run.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.core.expressions import refused
from app.core.groups import ID_PATTERN, MAX_GROUPS, Group, grouped
from app.core.limits import DAY_S, RuleLimits
from app.core.parts import MAX_NESTING, AnyAction, AnyCondition, AnyTrigger, nesting
from app.core.problems import Problem, problems_of
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from typing import Self

VERSION: Final = 2
MAX_RULES: Final = 10_000
MAX_BYTES: Final = 20_000_000
_MOST_DIGITS: Final = 40
# Conditions and steps may hold others 8 deep; each takes two layers, and their fields some more.
MAX_LAYERS: Final = 40

T = TypeVar("T")
M = TypeVar("M", "Rule", Group)

# From the version of the key to the next one; each has a golden file in tests/data/rules.
UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: grouped}

Mode = Literal["single", "restart", "queued", "parallel"]


class Rule(BaseModel):
    """One rule: WHEN something happens, ONLY IF all conditions hold, DO the steps, within LIMITS.

    `react` says how combos count: `each` runs with every addition, `total` once at the end.
    Commands older than `time_to_live_s` are dropped unsent. `group` is the id of one, or empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: str = Field(pattern=ID_PATTERN, title=N_("Id"))
    name: str = Field(default="", max_length=120, title=N_("Name"))
    note: str = Field(
        default="",
        max_length=2_000,
        title=N_("Note"),
        description=N_("For yourself: what it is for, what you tried."),
    )
    on: bool = Field(default=False, title=N_("On"))
    group: str = Field(default="", max_length=64, title=N_("Group"))
    when: AnyTrigger = Field(title=N_("When"))
    only_if: tuple[AnyCondition, ...] = Field(default=(), max_length=50, title=N_("Only if"))
    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Do"))
    limits: RuleLimits = Field(default=RuleLimits(), title=N_("Limits"))
    mode: Mode = Field(
        default="parallel",
        title=N_("If it still runs"),
        description=N_("Run beside it, start anew, wait until it is over, or do nothing."),
    )
    priority: int = Field(
        default=0,
        ge=-2,
        le=2,
        title=N_("Priority"),
        description=N_("What is more important goes first in a device's line."),
    )
    react: Literal["each", "total"] = Field(
        default="each",
        title=N_("Combos"),
        description=N_("Count every gift at once, or the whole combo when it ends."),
    )
    time_to_live_s: float = Field(
        default=30.0,
        ge=1,
        le=DAY_S,
        title=N_("Too old after"),
        description=N_("What waited longer than this is dropped."),
        json_schema_extra={"unit": "s"},
    )

    @field_validator("when", "only_if", "do", mode="before")
    @classmethod
    def _not_bottomless(cls, value: object) -> object:
        if layers(value) > MAX_LAYERS:
            raise refused("bottomless", N_("too many things are inside one another here"))
        return value

    @field_validator("only_if", "do", mode="before")
    @classmethod
    def _not_too_deep(cls, value: object) -> object:
        if isinstance(value, list | tuple) and any(nesting(v) > MAX_NESTING for v in value):
            raise refused(
                "nesting", N_("groups may hold groups {most} deep at most"), most=MAX_NESTING
            )
        return value


class RuleSet(BaseModel):
    """All rules in their order, and their groups; `served` is the order in which they are asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[2] = VERSION
    groups: tuple[Group, ...] = Field(default=(), max_length=MAX_GROUPS)
    rules: tuple[Rule, ...] = Field(default=(), max_length=MAX_RULES)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        groups = Counter(group.id for group in self.groups)
        for counted in (groups, Counter(rule.id for rule in self.rules)):
            for used_id, times in counted.items():
                if times > 1:
                    raise refused("id_twice", N_("the id {id} is used twice"), id=used_id)
        for rule in self.rules:
            if rule.group and rule.group not in groups:
                raise refused("group_unknown", N_("there is no group {id}"), id=rule.group)
        return self

    def served(self) -> tuple[Rule, ...]:
        """Return the rules as the list shows them: without a group first, then group by group."""
        if not self.groups:
            return self.rules
        folders: dict[str, list[Rule]] = {"": [], **{group.id: [] for group in self.groups}}
        for rule in self.rules:
            folders[rule.group].append(rule)
        return tuple(rule for folder in folders.values() for rule in folder)

    def off_groups(self) -> frozenset[str]:
        """Return the ids of the groups that are off."""
        return frozenset(group.id for group in self.groups if not group.on)

    def group_on(self, rule: Rule) -> bool:
        """Say whether the rule's group is on; a rule without one has nothing in its way."""
        return not rule.group or rule.group not in self.off_groups()

    def live(self, rule: Rule) -> bool:
        """Say whether a rule runs when its time comes: it and its group are on."""
        return rule.on and self.group_on(rule)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rule or group that could not be read: its place in the file's list, and what is wrong."""

    position: int
    raw: Any
    name: str
    problems: tuple[Problem, ...]
    kind: Literal["rule", "group"] = "rule"


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """What a rule file holds: the rules that run, and what is set aside for the user to mend.

    Changes are made by `app.core.edits`.
    """

    rules: RuleSet = field(default_factory=RuleSet)
    set_aside: tuple[SetAside, ...] = ()

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule with this id, if there is one."""
        return next((rule for rule in self.rules.rules if rule.id == rule_id), None)

    def group(self, group_id: str) -> Group | None:
        """Return the group with this id, if there is one."""
        return next((group for group in self.rules.groups if group.id == group_id), None)

    def entries(self) -> tuple[Rule | SetAside, ...]:
        """Return rules and rules set aside in the order of the file; edits count places in it."""
        if not self.set_aside:
            return self.rules.rules
        return tuple(_with(self.rules.rules, self.set_aside, "rule"))

    def group_entries(self) -> tuple[Group | SetAside, ...]:
        """Return groups and groups set aside in the order of the file."""
        return tuple(_with(self.rules.groups, self.set_aside, "group"))

    def turned(self, rule_id: str, *, on: bool) -> RuleDocument:
        """Return the document with one rule turned on or off; raises KeyError if there is none."""
        if self.rule(rule_id) is None:
            raise KeyError(rule_id)
        rules = tuple(
            rule.model_copy(update={"on": on}) if rule.id == rule_id else rule
            for rule in self.rules.rules
        )
        return RuleDocument(self.rules.model_copy(update={"rules": rules}), self.set_aside)


def layers(value: object) -> int:
    """Return how deep raw lists and braces stand in one another, without recursion."""
    layer, depth = [value], 0
    while layer:
        inner: list[object] = []
        for item in layer:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list | tuple):
                inner.extend(item)
        layer, depth = inner, depth + 1
    return depth


def _with(good: Sequence[T], aside: Sequence[SetAside], kind: str) -> list[T | SetAside]:
    entries: list[T | SetAside] = list(good)
    for kept in aside:
        if kept.kind == kind:
            entries.insert(kept.position, kept)
    return entries


class RulesError(ValueError):
    """The file as a whole cannot be used; `problem` says why. `newer`: by a newer program."""

    def __init__(self, problem: Problem, *, newer: bool = False) -> None:
        super().__init__(problem.sentence())
        self.problem = problem
        self.newer = newer


def load(text: str) -> RuleDocument:
    """Read a rule file of this or an older version; raises RulesError, nothing else."""
    data = parsed(text)
    if not isinstance(data, dict):
        raise RulesError(Problem((), "not_rules"))
    return from_content(upgraded(data))


def from_content(data: dict[str, Any]) -> RuleDocument:
    """Read the content of a rule file of this version; raises RulesError, nothing else."""
    unknown = set(data) - {"version", "groups", "rules"}
    if unknown:
        raise RulesError(Problem((min(unknown),), "extra_forbidden"))
    aside: list[SetAside] = []
    groups: dict[str, Group] = {}
    for position, raw in enumerate(_list_of(data, "groups", MAX_GROUPS)):
        group = _checked(Group, "group", position, raw, groups, aside)
        if group is not None:
            groups[group.id] = group
    rules: dict[str, Rule] = {}
    for position, raw in enumerate(_list_of(data, "rules", MAX_RULES)):
        rule = _checked(Rule, "rule", position, raw, rules, aside)
        if rule is None:
            continue
        if rule.group and rule.group not in groups:
            missing = Problem(("group",), "group_unknown", (("id", rule.group),))
            aside.append(SetAside(position, raw, rule.name, (missing,)))
            continue
        rules[rule.id] = rule
    # What was read is checked: the set need not look at each rule once more.
    made = RuleSet.model_construct(
        version=VERSION, groups=tuple(groups.values()), rules=tuple(rules.values())
    )
    return RuleDocument(made, tuple(aside))


def _list_of(data: dict[str, Any], name: str, most: int) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list):
        raise RulesError(Problem((name,), "list_type"))
    if len(found) > most:
        raise too_many(name, most)
    return found


def too_many(name: str, most: int) -> RulesError:
    """Return the error about more "rules" or "groups" than there can be."""
    return RulesError(Problem((), f"{name}_many", (("most", most),)))


def _checked(
    model: type[M],
    kind: Literal["rule", "group"],
    position: int,
    raw: object,
    taken: Container[str],
    aside: list[SetAside],
) -> M | None:
    try:
        made = model.model_validate(raw)
    except ValidationError as error:
        aside.append(SetAside(position, raw, _name_of(raw), problems_of(error), kind))
        return None
    if made.id in taken:
        twice = Problem(("id",), "id_twice", (("id", made.id),))
        aside.append(SetAside(position, raw, made.name, (twice,), kind))
        return None
    return made


def dump(document: RuleDocument | RuleSet) -> str:
    """Write a rule file; `load` gives the same document back, byte for byte when written again."""
    return json.dumps(to_content(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_content(document: RuleDocument | RuleSet) -> dict[str, Any]:
    """Return what a rule file holds; rules set aside go back to their places as they were."""
    if isinstance(document, RuleSet):
        document = RuleDocument(document)
    data = document.rules.model_dump(mode="json")
    for kept in document.set_aside:
        data[f"{kept.kind}s"].insert(kept.position, kept.raw)
    return data


def upgraded(
    data: dict[str, Any],
    upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] | None = None,
    version: int = VERSION,
) -> dict[str, Any]:
    """Return raw data brought to `version`, step by step; raises RulesError if it cannot."""
    steps = UPGRADES if upgrades is None else upgrades
    found = data.get("version")
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise RulesError(Problem(("version",), "version_missing"))
    if found > version:
        seen = (("found", found), ("known", version))
        raise RulesError(Problem(("version",), "version_newer", seen), newer=True)
    for number in range(found, version):
        try:
            data = steps[number](data)
        # An upgrade meets whatever people wrote by hand; a failure is about the file, not us.
        except Exception as error:
            seen_in = (("found", found), ("detail", f"{type(error).__name__}: {error}"[:200]))
            raise RulesError(Problem(("version",), "upgrade_failed", seen_in)) from error
        data = {**data, "version": number + 1}
    return data


def parsed(text: str) -> object:
    """Read JSON that a stranger may have written; raises RulesError, nothing else."""
    if len(text) > MAX_BYTES:
        raise RulesError(Problem((), "file_too_large"))
    try:
        data: object = json.loads(
            text, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite
        )
        # Halves of pairs can be read, but never be written again.
        if "\\ud" in text.casefold():
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        seen = (("line", error.lineno), ("column", error.colno))
        raise RulesError(Problem((), "json_invalid", seen)) from error
    except (ValueError, RecursionError) as error:
        raise RulesError(Problem((), "json_strange")) from error
    return data


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(digits[:_MOST_DIGITS])
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits[:_MOST_DIGITS])
    return value


def _name_of(raw: object) -> str:
    if not isinstance(raw, dict):
        return ""
    name = raw.get("name") or raw.get("id") or ""
    return name[:120] if isinstance(name, str) else ""

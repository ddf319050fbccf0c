"""The rule document: what is saved, how it is read, checked, upgraded and written again.

One rule: a bad rule is set aside with its reason and kept in the file; the good ones run.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.core.expressions import refused
from app.core.limits import DAY_S, RuleLimits
from app.core.parts import (
    FAMILY,
    MAX_NESTING,
    Action,
    AnyAction,
    AnyCondition,
    AnyTrigger,
    Condition,
    Part,
    Trigger,
    nesting,
    parts,
)
from app.core.problems import Problem, problems_of
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

VERSION: Final = 1
MAX_RULES: Final = 20_000
MAX_BYTES: Final = 20_000_000

# From the version of the key to the next one; each has a golden file in tests/data/rules.
UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}


class Rule(BaseModel):
    """One rule: WHEN something happens, ONLY IF all conditions hold, DO the steps, within LIMITS.

    `react` says how combos count: `each` runs with every addition, `total` once at the end.
    Commands older than `time_to_live_s` are dropped unsent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$", title=N_("Id"))
    name: str = Field(default="", max_length=120, title=N_("Name"))
    on: bool = Field(default=False, title=N_("On"))
    group: str = Field(default="", max_length=120, title=N_("Group"))
    when: AnyTrigger = Field(title=N_("When"))
    only_if: tuple[AnyCondition, ...] = Field(default=(), max_length=50, title=N_("Only if"))
    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Do"))
    limits: RuleLimits = Field(default=RuleLimits(), title=N_("Limits"))
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

    @field_validator("only_if", mode="before")
    @classmethod
    def _not_too_deep(cls, value: object) -> object:
        if isinstance(value, list | tuple) and any(nesting(v) > MAX_NESTING for v in value):
            raise refused(
                "nesting", N_("groups may hold groups {most} deep at most"), most=MAX_NESTING
            )
        return value


class RuleSet(BaseModel):
    """All rules in their order: the upper one is served first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = VERSION
    rules: tuple[Rule, ...] = Field(default=(), max_length=MAX_RULES)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for rule_id, times in Counter(rule.id for rule in self.rules).items():
            if times > 1:
                raise refused("id_twice", N_("the id {id} is used twice"), id=rule_id)
        return self


@dataclass(frozen=True, slots=True)
class SetAside:
    """A rule that could not be read: where it stood, as it was written, and what is wrong."""

    position: int
    raw: Any
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """What a rule file holds: the rules that run, and those set aside for the user to mend."""

    rules: RuleSet = field(default_factory=RuleSet)
    set_aside: tuple[SetAside, ...] = ()

    def turned(self, rule_id: str, *, on: bool) -> RuleDocument:
        """Return the document with one rule turned on or off; raises KeyError if there is none."""
        if all(rule.id != rule_id for rule in self.rules.rules):
            raise KeyError(rule_id)
        rules = tuple(
            rule.model_copy(update={"on": on}) if rule.id == rule_id else rule
            for rule in self.rules.rules
        )
        return RuleDocument(self.rules.model_copy(update={"rules": rules}), self.set_aside)


class RulesError(ValueError):
    """The file as a whole cannot be used; `problem` says why. `newer`: by a newer program."""

    def __init__(self, problem: Problem, *, newer: bool = False) -> None:
        super().__init__(problem.sentence())
        self.problem = problem
        self.newer = newer


def load(text: str) -> RuleDocument:
    """Read a rule file of this or an older version; raises RulesError, nothing else."""
    return from_content(upgraded(_parsed(text)))


def from_content(data: dict[str, Any]) -> RuleDocument:
    """Read the content of a rule file of this version; raises RulesError, nothing else."""
    unknown = set(data) - {"version", "rules"}
    if unknown:
        raise RulesError(Problem((min(unknown),), "extra_forbidden"))
    raw_rules = data.get("rules", [])
    if not isinstance(raw_rules, list):
        raise RulesError(Problem(("rules",), "list_type"))
    if len(raw_rules) > MAX_RULES:
        raise RulesError(Problem(("rules",), "too_long", (("max_length", MAX_RULES),)))
    good: list[Rule] = []
    aside: list[SetAside] = []
    ids: set[str] = set()
    for position, raw in enumerate(raw_rules):
        try:
            rule = Rule.model_validate(raw)
        except ValidationError as error:
            aside.append(SetAside(position, raw, _name_of(raw), problems_of(error)))
            continue
        if rule.id in ids:
            twice = Problem(("id",), "id_twice", (("id", rule.id),))
            aside.append(SetAside(position, raw, rule.name, (twice,)))
            continue
        ids.add(rule.id)
        good.append(rule)
    return RuleDocument(RuleSet(rules=tuple(good)), tuple(aside))


def dump(document: RuleDocument | RuleSet) -> str:
    """Write a rule file; `load` gives the same document back, byte for byte when written again."""
    return json.dumps(to_content(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_content(document: RuleDocument | RuleSet) -> dict[str, Any]:
    """Return what a rule file holds; rules set aside go back to their places as they were."""
    if isinstance(document, RuleSet):
        document = RuleDocument(document)
    data = document.rules.model_dump(mode="json")
    for kept in document.set_aside:
        data["rules"].insert(kept.position, kept.raw)
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


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MAX_BYTES:
        raise RulesError(Problem((), "file_too_large"))
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        seen = (("line", error.lineno), ("column", error.colno))
        raise RulesError(Problem((), "json_invalid", seen)) from error
    except (ValueError, RecursionError) as error:
        raise RulesError(Problem((), "json_strange")) from error
    if not isinstance(data, dict):
        raise RulesError(Problem((), "not_rules"))
    return data


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _name_of(raw: object) -> str:
    if not isinstance(raw, dict):
        return ""
    name = raw.get("name") or raw.get("id") or ""
    return name[:120] if isinstance(name, str) else ""


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a rule file, with every trigger, condition and action there is."""
    schema = RuleSet.model_json_schema()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Giftwire rules",
        **{key: value for key, value in schema.items() if key != "title"},
    }
    definitions = schema["$defs"]
    for base in (Trigger, Condition, Action):
        kinds = parts(base).found
        for key in sorted(kinds):
            definition = _part_schema(kinds[key])
            definitions.update(definition.pop("$defs", {}))
            definitions[f"{base.__name__}.{key}"] = definition
        definitions[base.__name__] = {
            "oneOf": [{"$ref": f"#/$defs/{base.__name__}.{key}"} for key in sorted(kinds)]
        }
    schema["$defs"] = dict(sorted(definitions.items()))
    pointed: dict[str, Any] = _pointed(schema)
    return pointed


def _pointed(schema: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Put the reference to its family where a part stands."""
    if isinstance(schema, list):
        return [_pointed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _pointed(value) for key, value in schema.items()}
    family = inner.pop(FAMILY, None)
    if family is not None:
        inner["$ref"] = f"#/$defs/{family}"
        del inner["type"]
    return inner


def _part_schema(kind: type[Part]) -> dict[str, Any]:
    schema = kind.model_json_schema()
    properties = {"key": {"const": kind.key}, **schema.get("properties", {})}
    required = ["key", *schema.get("required", [])]
    return {**schema, "title": kind.title, "properties": properties, "required": required}

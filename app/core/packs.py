"""A pack: rules, groups and variables in one readable file that other streamers can take over.

One rule: it names what it needs by roles, never anybody's devices, secrets or people.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.core.expressions import refused as bad_value
from app.core.forms import Pick
from app.core.groups import ID_PATTERN, MAX_GROUPS, Group
from app.core.outputs import OutputAction
from app.core.pack_guard import (
    PackError,
    check_text,
    check_url,
    cleaned,
    from_rules,
    no_twins,
    refused,
)
from app.core.problems import problems_of
from app.core.rules import VERSION, Rule, RulesError, upgraded
from app.core.texts import MAX_VALUE_LENGTH
from app.core.variables import MAX_NUMBER, is_variable_name
from app.core.walk import models, spots
from drivers.contract import N_, Hazard, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.walk import Spot

MAX_PACK_RULES: Final = 500
# Conditions and steps of all rules, with those inside others.
MAX_PACK_PARTS: Final = 10_000
_MAX_NEEDS: Final = 50
_MAX_NAME: Final = 120
_MAX_WORDS: Final = 2_000
_MARK: Final = "pack"


class Words(BaseModel):
    """A text in both languages; a plain text in a file stands for both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str = Field(default="", max_length=2_000)
    vi: str = Field(default="", max_length=2_000)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: object) -> object:
        return {"en": data} if isinstance(data, str) else data

    def said(self, language: str) -> str:
        """Return it in a language, or in the other where it is missing."""
        return (self.vi or self.en) if language == "vi" else (self.en or self.vi)


def _short(words: Words) -> Words:
    if max(len(words.en), len(words.vi)) > _MAX_NAME:
        raise bad_value(
            "string_too_long", N_("{max_length} characters at most"), max_length=_MAX_NAME
        )
    return words


Title = Annotated[Words, AfterValidator(_short)]


class Need(BaseModel):
    """What a pack needs: one output of one of these kinds, standing in the rules as a device.

    Without kinds any device will do. `hazard` is how dangerous its author expects it to be.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: str = Field(pattern=ID_PATTERN, max_length=60)
    kinds: tuple[Kind, ...] = Field(default=(), max_length=len(Kind))
    title: Title = Words()
    hazard: Hazard = Hazard.NONE


class PackVariable(BaseModel):
    """A variable with the value that it begins with."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    name: str = Field(max_length=60)
    value: float | str = Field(default=0.0, union_mode="left_to_right")
    lasting: bool = False
    title: Title = Words()

    @field_validator("name")
    @classmethod
    def _free(cls, name: str) -> str:
        if not is_variable_name(name):
            raise bad_value("string_pattern_mismatch", N_("this is not written as it should be"))
        return name

    @field_validator("value")
    @classmethod
    def _bounded(cls, value: float | str) -> float | str:
        fits = (
            len(value) <= MAX_VALUE_LENGTH if isinstance(value, str) else abs(value) <= MAX_NUMBER
        )
        if not fits:
            raise bad_value("finite_number", N_("write an ordinary number here"))
        return value


class Pack(BaseModel):
    """What a pack holds. `words` translates names and texts of its rules: {"vi": {en: vi}}.

    Devices in the rules are roles; `read_pack` has checked that.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    giftwire: Literal["pack"] = "pack"
    version: Literal[2] = VERSION
    name: Title
    author: str = Field(default="", max_length=120)
    note: Words = Words()
    needs: tuple[Need, ...] = Field(default=(), max_length=_MAX_NEEDS)
    variables: tuple[PackVariable, ...] = Field(default=(), max_length=200)
    groups: tuple[Group, ...] = Field(default=(), max_length=MAX_GROUPS)
    rules: tuple[Rule, ...] = Field(default=(), max_length=MAX_PACK_RULES)
    words: dict[Literal["vi", "en"], dict[str, str]] = Field(default_factory=dict)

    @field_validator("words")
    @classmethod
    def _few(cls, words: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        if any(len(table) > _MAX_WORDS for table in words.values()):
            raise bad_value("too_long", N_("{max_length} entries at most"), max_length=_MAX_WORDS)
        return words

    def need(self, role: str) -> Need | None:
        """Return what the pack says about a role."""
        return next((need for need in self.needs if need.role == role), None)


def read_pack(data: str | bytes) -> Pack:
    """Read a pack of this or an older version; raises PackError, and nothing else."""
    try:
        pack = _read(data)
        _check_ids(pack)
        check_parts(pack.rules)
        for rule in pack.rules:
            for spot in spots(rule):
                _check_spot(spot, pack, rule.name or rule.id)
    except PackError:
        raise
    except RulesError as error:
        raise from_rules(error) from error
    # Strangers write what no part of ours has ever seen; whatever breaks is about the file.
    except Exception as error:
        raise refused("pack_unreadable") from error
    return pack


def dump_pack(pack: Pack) -> str:
    """Write a pack; `read_pack` gives the same back."""
    data = pack.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _read(data: str | bytes) -> Pack:
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    check_text(text)
    raw = json.loads(
        text, object_pairs_hook=no_twins, parse_constant=_none_such, parse_float=_finite
    )
    if not isinstance(raw, dict) or raw.get("giftwire") != _MARK:
        raise refused("pack_none")
    # Halves of letters can be read, but never be saved.
    text.encode()
    json.dumps(raw, ensure_ascii=False).encode()
    raw = cleaned(raw)
    rules = raw.get("rules")
    if isinstance(rules, list) and len(rules) > MAX_PACK_RULES:
        raise refused("pack_many", most=MAX_PACK_RULES)
    if not rules:
        raise refused("pack_empty")
    return _validated(upgraded(raw))


def _validated(raw: dict[str, Any]) -> Pack:
    rules = raw.get("rules")
    if not isinstance(rules, list):
        raise refused("pack_none")
    made: list[Rule] = []
    for number, rule in enumerate(rules):
        name = str(rule.get("name") or rule.get("id"))[:60] if isinstance(rule, dict) else ""
        try:
            made.append(Rule.model_validate(rule))
        except ValidationError as error:
            raise PackError(problems_of(error)[0], name or str(number + 1)) from error
    try:
        return Pack.model_validate({**raw, "rules": tuple(made)})
    except ValidationError as error:
        problem = problems_of(error)[0]
        raise refused("pack_field", problem=problem.sentence()) from error


def check_parts(rules: Iterable[Rule]) -> None:
    """Refuse rules that together hold more than anybody reads; raises PackError."""
    parts = 0
    for rule in rules:
        parts += sum(1 for _ in models(rule))
        if parts > MAX_PACK_PARTS:
            raise refused("pack_parts", most=MAX_PACK_PARTS)


def _check_ids(pack: Pack) -> None:
    for ids in (
        [rule.id for rule in pack.rules],
        [group.id for group in pack.groups],
        [need.role for need in pack.needs],
        [variable.name for variable in pack.variables],
    ):
        for one in ids:
            if ids.count(one) > 1:
                raise refused("pack_twice", name=one)
    groups = {group.id for group in pack.groups}
    for rule in pack.rules:
        if rule.group and rule.group not in groups:
            raise refused("group_unknown", rule.name or rule.id, id=rule.group)


def _check_spot(spot: Spot, pack: Pack, rule: str) -> None:
    if spot.pick == Pick.DEVICE and spot.value:
        need = pack.need(str(spot.value))
        if need is None:
            raise refused("role_unknown", rule, role=str(spot.value))
        owner = spot.owner
        if (
            isinstance(owner, OutputAction)
            and need.kinds
            and not set(need.kinds) & set(owner.kinds)
        ):
            raise refused("role_cannot", rule, role=need.role)
    if spot.pick == Pick.URL and (url := written(spot.value)):
        try:
            check_url(url)
        except PackError as error:
            raise PackError(error.problem, rule) from None


def written(value: object) -> str:
    """Return a text or the text of a template as it stands in the file."""
    return str(getattr(value, "text", value) or "")


def _none_such(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits[:20])
    return value

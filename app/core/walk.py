"""Walks through everything a rule is made of: each field with its place and what is picked in it.

One rule: it goes by the hints in the parts' own fields, so a new part needs nothing here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from app.core.forms import Pick

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.core.rules import Rule

Path = tuple[str | int, ...]


class Spot(NamedTuple):
    """One field: where it is in the rule as JSON, what holds it, and what is picked in it.

    `pick` is the field's hint (`app.core.forms.Pick`), "" where there is none.
    """

    path: Path
    owner: BaseModel
    name: str
    pick: str
    value: Any


def spots(rule: Rule) -> Iterator[Spot]:
    """Walk the fields of the trigger, the conditions and the steps, those inside others too."""
    for path, owner in models(rule):
        for name, pick in fields_of(type(owner)).items():
            yield Spot((*path, name), owner, name, pick, getattr(owner, name))


def models(rule: Rule) -> list[tuple[Path, BaseModel]]:
    """List the trigger, the conditions and the steps, those inside others too."""
    found: list[tuple[Path, BaseModel]] = []
    for name, value in (("when", rule.when), ("only_if", rule.only_if), ("do", rule.do)):
        _gather((name,), value, found)
    return found


def _gather(path: Path, value: object, found: list[tuple[Path, BaseModel]]) -> None:
    if isinstance(value, BaseModel):
        found.append((path, value))
        for name in fields_of(type(value)):
            inner = getattr(value, name)
            if isinstance(inner, BaseModel | tuple):
                _gather((*path, name), inner, found)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            if isinstance(inner, BaseModel):
                _gather((*path, number), inner, found)


@cache
def fields_of(model: type[BaseModel]) -> dict[str, str]:
    """Return the fields of a model, each with its hint."""
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        hint = (extra.get("x-field") or extra.get("format")) if isinstance(extra, dict) else None
        found[name] = hint if isinstance(hint, str) else ""
    return found


def variables_in(rules: Iterable[Rule]) -> set[str]:
    """Return the variables that rules set or ask for."""
    used: set[str] = set()
    for rule in rules:
        for spot in spots(rule):
            free = getattr(spot.value, "free_names", None)
            used.update(free() if callable(free) else ())
            if spot.pick == Pick.VARIABLE and spot.value:
                used.add(str(spot.value))
    return used


def put(raw: Any, path: Path, value: object) -> None:  # noqa: ANN401 - whatever JSON holds
    """Set what stands at `path` in raw JSON; raises LookupError or TypeError if nothing does."""
    for step in path[:-1]:
        raw = raw[step]
    raw[path[-1]] = value

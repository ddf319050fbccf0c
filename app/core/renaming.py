"""Gives variables in rules other names, so that rules of strangers count for themselves.

One rule: either every place that names a variable gets its new name, or RenamingError is raised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from app.core.expressions import MAX_NAME, Formula
from app.core.forms import Pick
from app.core.rules import Rule
from app.core.texts import TextTemplate
from app.core.variables import is_variable_name
from app.core.walk import put, spots, variables_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from app.core.walk import Spot


class RenamingError(ValueError):
    """A text became too long or could not be rewritten; `name` is the variable as it was."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def fresh_names(names: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Return another name for each of `names`: "score" becomes "score_2", or what is free."""
    used = {*taken, *names}
    found: dict[str, str] = {}
    for name in sorted(names):
        number = 2
        while (fresh := _numbered(name, number)) in used or not is_variable_name(fresh):
            number += 1
        used.add(fresh)
        found[name] = fresh
    return found


def renamed(rule: Rule, names: Mapping[str, str]) -> Rule:
    """Return the rule with other names for variables; raises RenamingError."""
    used = variables_in((rule,)) & names.keys()
    if not used:
        return rule
    raw: dict[str, Any] = rule.model_dump(mode="json")
    for spot in spots(rule):
        value = _renamed(spot, names)
        if value is not None:
            put(raw, spot.path, value)
    name = min(used)
    try:
        made = Rule.model_validate(raw)
    except ValidationError as error:
        raise RenamingError(name) from error
    if variables_in((made,)) & names.keys():
        # Letters that formulas take for the same and our search does not.
        raise RenamingError(name)
    return made


def _renamed(spot: Spot, names: Mapping[str, str]) -> str | None:
    value = spot.value
    if isinstance(value, Formula | TextTemplate):
        return value.renamed(names) if value.free_names() & names.keys() else None
    return names.get(value) if spot.pick == Pick.VARIABLE and isinstance(value, str) else None


def _numbered(name: str, number: int) -> str:
    end = f"_{number}"
    return name[: MAX_NAME - len(end)] + end

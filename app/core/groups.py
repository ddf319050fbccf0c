"""Groups of rules: folders with a switch of their own; and the ids that rules and groups go by.

One rule: a rule whose group is off does not run, whatever its own switch says.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Container

MAX_GROUPS: Final = 1_000
ID_PATTERN: Final = r"^[a-z0-9][a-z0-9_-]{0,63}$"
# Room for a number behind it.
_STEM: Final = 56
_NAME_MAX: Final = 120


class Group(BaseModel):
    """A group of rules. `open` is how the list shows it; it changes nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=ID_PATTERN, title=N_("Id"))
    name: str = Field(default="", max_length=_NAME_MAX, title=N_("Name"))
    on: bool = Field(default=True, title=N_("On"))
    open: bool = Field(default=True, title=N_("Unfolded"))


def slug(name: str, fallback: str) -> str:
    """Return an id made of a name in any language: "Động cơ 1" gives "dong-co-1"."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    letters = "".join(sign if sign.isascii() else "" for sign in plain if sign.isprintable())
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_STEM].rstrip("-") or fallback


def unused(stem: str, taken: Container[str]) -> str:
    """Return `stem`, or `stem` with the first number behind it that makes it new."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def numbered(name: str, taken: Collection[str]) -> str:
    """Return a name for a copy: "Spin" gives "Spin 2", or the first number that nobody has."""
    stem = re.sub(r" \d+$", "", name)[:110]
    number = 2
    while f"{stem} {number}".strip() in taken:
        number += 1
    return f"{stem} {number}".strip()


def grouped(data: dict[str, Any]) -> dict[str, Any]:
    """Make version 2 of version 1: a rule's free text becomes a group, in order of appearance."""
    found = data.get("rules", [])
    if not isinstance(found, list):
        return data
    groups: dict[str, str] = {}
    rules: list[Any] = []
    for rule in found:
        name = rule.get("group", "") if isinstance(rule, dict) else ""
        if not isinstance(name, str) or not name or len(name) > _NAME_MAX:
            rules.append(rule)
            continue
        if name not in groups:
            groups[name] = unused(slug(name, "group"), groups.values())
        rules.append({**rule, "group": groups[name]})
    made = [{"id": group, "name": name} for name, group in groups.items()]
    return {**data, "groups": made, "rules": rules}

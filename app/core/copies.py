"""Copies of rules: ids that nobody has, duplicates, and rules as text for the clipboard.

One rule: a copy starts off, and what is pasted is checked as strictly as a file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from app.core.groups import numbered, slug, unused
from app.core.problems import Problem
from app.core.rules import VERSION, RulesError, from_content, parsed, upgraded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.core.rules import Rule, RuleDocument

_MOST: Final = 2_000


def fresh_id(document: RuleDocument, name: str, also: Iterable[str] = ()) -> str:
    """Return an id for a rule of this name that is in neither the document nor `also`."""
    taken = {rule.id for rule in document.rules.rules}
    taken.update(also)
    for kept in document.set_aside:
        if isinstance(kept.raw, dict):
            taken.add(str(kept.raw.get("id")))
    return unused(slug(name, "rule"), taken)


def copied(document: RuleDocument, rule: Rule) -> Rule:
    """Return a copy of a rule: an id and a name of its own, in the same group, off."""
    names = {one.name for one in document.rules.rules}
    name = numbered(rule.name, names) if rule.name else ""
    return rule.model_copy(update={"id": fresh_id(document, name), "name": name, "on": False})


def copy_text(rules: Sequence[Rule]) -> str:
    """Return rules as JSON text; `pasted` reads it, in this and in newer versions."""
    data = {"version": VERSION, "rules": [rule.model_dump(mode="json") for rule in rules]}
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def pasted(text: str) -> tuple[Rule, ...]:
    """Return the rules that a text holds, as they are, but without groups and off.

    The text may be what `copy_text` gave, a whole rule file, a list of rules, or one rule. Raises
    RulesError if one of them does not fit: half of what was copied is not what was meant.
    """
    document = from_content(_content(text))
    for kept in document.set_aside:
        if kept.kind == "rule":
            raise RulesError(kept.problems[0])
    if not document.rules.rules:
        raise RulesError(Problem((), "not_rules"))
    return tuple(
        rule.model_copy(update={"group": "", "on": False}) for rule in document.rules.rules
    )


def _content(text: str) -> dict[str, Any]:
    data = parsed(text.strip())
    if isinstance(data, list):
        data = {"version": VERSION, "rules": data}
    elif isinstance(data, dict) and "when" in data and "rules" not in data:
        data = {"version": VERSION, "rules": [data]}
    if not isinstance(data, dict) or "rules" not in data:
        raise RulesError(Problem((), "not_rules"))
    data = upgraded(data)
    rules = data.get("rules")
    if isinstance(rules, list):
        if len(rules) > _MOST:
            raise RulesError(Problem(("rules",), "too_long", (("max_length", _MOST),)))
        # A rule copied out of a group is still a rule; where it goes is for the list to say.
        bare = [{**rule, "group": ""} if isinstance(rule, dict) else rule for rule in rules]
        data = {"version": VERSION, "rules": bare}
    return data

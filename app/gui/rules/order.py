"""Where rules stand: the list's order from top to bottom, and the edits that change it. Pure.

Rule: the list shows rules outside groups first, then group by group; every change made here keeps
the document in that order, so that the upper rule of the list is the one served first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.edits import DropRule, MoveRule, PutRule, Several

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from app.core.edits import Edit
    from app.core.rules import Rule, RuleDocument


def sections(document: RuleDocument) -> dict[str, list[Rule]]:
    """Return the rules of each group in the list's order; "" holds those of no group."""
    found: dict[str, list[Rule]] = {"": []}
    found |= {group.id: [] for group in document.rules.groups}
    for rule in document.rules.rules:
        found[rule.group if rule.group in found else ""].append(rule)
    return found


def listed(document: RuleDocument) -> list[Rule]:
    """Return all rules from the top of the list to its end."""
    return [rule for rules in sections(document).values() for rule in rules]


def end_of(document: RuleDocument, group: str) -> int:
    """Return the position behind the last rule of a group and of all groups above it."""
    above: set[str] = set()
    for one in sections(document):
        above.add(one)
        if one == group:
            break
    groups = {one.id for one in document.rules.groups}
    places = [
        place
        for place, rule in enumerate(document.rules.rules)
        if (rule.group if rule.group in groups else "") in above
    ]
    return places[-1] + 1 if places else 0


def neighbour(document: RuleDocument, gone: Collection[str]) -> str:
    """Return the rule to show when these are gone: the next one, else the one before, else ""."""
    before = ""
    seen = False
    for rule in listed(document):
        if rule.id in gone:
            seen = True
        elif seen:
            return rule.id
        else:
            before = rule.id
    return before


def together(edits: Sequence[Edit]) -> Edit:
    """Return one edit of several."""
    return edits[0] if len(edits) == 1 else Several(tuple(edits))


def put_all(document: RuleDocument, rules: Iterable[Rule]) -> Edit:
    """Return the edit that puts changed rules in the places of those with their ids."""
    places = {rule.id: place for place, rule in enumerate(document.rules.rules)}
    return together([PutRule(rule, places[rule.id]) for rule in rules])


def drop_all(rule_ids: Iterable[str]) -> Edit:
    """Return the edit that removes rules."""
    return together([DropRule(rule_id) for rule_id in rule_ids])


def move_rules(
    document: RuleDocument, rule_ids: Iterable[str], before: str, group: str
) -> Edit | None:
    """Return the edit that moves rules into a group, above `before` or to the group's end.

    They keep their order among themselves. None: they stand there already.
    """
    wanted = set(rule_ids)
    if before in wanted:
        before = _next_left(document, before, wanted)
    moving = [rule for rule in listed(document) if rule.id in wanted]
    now = document
    edits: list[Edit] = []
    for rule in moving:
        order = [one.id for one in now.rules.rules]
        was = order.index(rule.id)
        order.remove(rule.id)
        if before:
            place = order.index(before)
        else:
            place = end_of(now, group)
            place -= place > was
        if rule.group != group:
            edit: Edit = PutRule(rule.model_copy(update={"group": group}), place)
        elif place != was:
            edit = MoveRule(rule.id, place)
        else:
            continue
        edits.append(edit)
        now = edit.apply(now)
    return together(edits) if edits else None


def _next_left(document: RuleDocument, rule_id: str, gone: Collection[str]) -> str:
    """Return the first rule below that stays, within the same group; "" for the group's end."""
    for rules in sections(document).values():
        ids = [rule.id for rule in rules]
        if rule_id in ids:
            return next((one for one in ids[ids.index(rule_id) :] if one not in gone), "")
    return ""


def insert_all(
    document: RuleDocument,
    wanted: Sequence[tuple[Callable[[RuleDocument, Rule], Rule], Rule, int]],
) -> tuple[Edit, list[str]]:
    """Return the edit that adds a rule made of each given one, and the new ids.

    Positions are those of the document before the first is in.
    """
    now, edits, ids = document, [], []
    for place, (make, rule, position) in enumerate(wanted):
        fresh = make(now, rule)
        edit = PutRule(fresh, position + place)
        now = edit.apply(now)
        edits.append(edit)
        ids.append(fresh.id)
    return Several(tuple(edits)), ids


def moved_ids(before: RuleDocument, after: RuleDocument) -> set[str]:
    """Return the rules that stand elsewhere than before."""
    was = [rule.id for rule in before.rules.rules]
    now = [rule.id for rule in after.rules.rules]
    return {one for one, other in zip(now, was, strict=False) if one != other}

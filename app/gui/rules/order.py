"""Where rules stand in the list, and the edits that put them elsewhere. Pure.

Rule: the list is `RuleSet.served` from top to bottom: the upper rule is the one served first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.drafts import Draft
from app.core.edits import DropRule, MoveRule, PutRule, Several
from app.core.groups import slug, unused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.core.edits import Edit
    from app.core.rules import Rule, RuleDocument


def members(document: RuleDocument, group: str) -> list[Rule]:
    """Return the rules of a group from the top; "" is those of no group."""
    return [rule for rule in document.rules.rules if rule.group == group]


def end_of(document: RuleDocument, group: str) -> int | None:
    """Return the place behind the last rule of a group; None if it has none, any place will do."""
    places = [
        place
        for place, entry in enumerate(document.entries())
        if getattr(entry, "group", None) == group
    ]
    return places[-1] + 1 if places else None


def neighbour(document: RuleDocument, gone: Collection[str]) -> str:
    """Return the rule to show when these are gone: the next one, else the one before, else ""."""
    before = ""
    seen = False
    for rule in document.rules.served():
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


def put_all(rules: Iterable[Rule]) -> Edit:
    """Return the edit that puts changed rules in the places of those with their ids."""
    return together([PutRule(rule) for rule in rules])


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
    anchor = _staying(document, before, wanted)
    behind = "" if anchor else _last(document, group, wanted)
    draft = Draft(document)
    edits: list[Edit] = []
    for rule in document.rules.served():
        if rule.id not in wanted:
            continue
        was = draft.place(rule.id)
        place = was
        if anchor:
            place = draft.place(anchor)
            place -= place > was
        elif behind:
            place = draft.place(behind) + 1
            place -= place > was
        behind = behind and rule.id
        edit: Edit
        if rule.group != group:
            edit = PutRule(rule.model_copy(update={"group": group}), place)
        elif place != was:
            edit = MoveRule(rule.id, place)
        else:
            continue
        edit.do(draft)
        edits.append(edit)
    return together(edits) if edits else None


def stepped(document: RuleDocument, rule_ids: Collection[str], step: int) -> tuple[str, str] | None:
    """Return (before, group) that moves rules one place up (-1) or down (1) in the list.

    Past the edge of a group they leave it, and enter the one above or below. None: at the end.
    """
    served = document.rules.served()
    groups = ["", *(group.id for group in document.rules.groups)]
    chosen = [rule for rule in served if rule.id in rule_ids]
    if not chosen:
        return None
    edge = chosen[0] if step < 0 else chosen[-1]
    inside = [rule.id for rule in members(document, edge.group)]
    place = inside.index(edge.id) + step
    if 0 <= place < len(inside):
        before = inside[place] if step < 0 else "".join(inside[place + 1 : place + 2])
        return before, edge.group
    other = groups.index(edge.group) + step
    if not 0 <= other < len(groups):
        return None
    first = members(document, groups[other])
    return (first[0].id if step > 0 and first else "", groups[other])


def _staying(document: RuleDocument, rule_id: str, gone: Collection[str]) -> str:
    """Return the rule, or the first below it in its group that stays; "" for the group's end."""
    rule = document.rule(rule_id) if rule_id else None
    if rule is None:
        return ""
    ids = [one.id for one in members(document, rule.group)]
    return next((one for one in ids[ids.index(rule_id) :] if one not in gone), "")


def _last(document: RuleDocument, group: str, gone: Collection[str]) -> str:
    ids = [one.id for one in members(document, group) if one.id not in gone]
    return ids[-1] if ids else ""


def insert_all(
    document: RuleDocument, wanted: Sequence[tuple[Rule, int | None]]
) -> tuple[Edit, list[str]]:
    """Return the edit that adds rules under ids nobody has, and those ids.

    The places count the document before the first is in, and do not go down.
    """
    taken = taken_ids(document)
    edits: list[Edit] = []
    ids: list[str] = []
    for number, (rule, place) in enumerate(wanted):
        fresh = unused(slug(rule.name, "rule"), taken)
        taken.add(fresh)
        ids.append(fresh)
        edits.append(
            PutRule(
                rule.model_copy(update={"id": fresh}), None if place is None else place + number
            )
        )
    return together(edits), ids


def taken_ids(document: RuleDocument) -> set[str]:
    """Return the ids of all rules, those set aside too."""
    taken = {rule.id for rule in document.rules.rules}
    taken |= {str(kept.raw.get("id")) for kept in document.set_aside if isinstance(kept.raw, dict)}
    return taken


def moved_ids(before: RuleDocument, after: RuleDocument) -> set[str]:
    """Return the rules that stand elsewhere than before."""
    was = [rule.id for rule in before.rules.served()]
    now = [rule.id for rule in after.rules.served()]
    return {one for one, other in zip(now, was, strict=False) if one != other}

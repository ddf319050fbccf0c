"""A rule document while edits change it.

One rule: only what an edit names is touched; every other rule stays the object it was.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, TypeVar

from app.core.groups import MAX_GROUPS, Group
from app.core.problems import Problem
from app.core.rules import (
    MAX_RULES,
    VERSION,
    Rule,
    RuleDocument,
    RulesError,
    RuleSet,
    SetAside,
    too_many,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Members = tuple[tuple[str, str], ...]
T = TypeVar("T", Rule, Group)
_NEAR: Final = 24


class Draft:
    """A document while edits change it. Places count what is set aside too, as the file does."""

    def __init__(self, document: RuleDocument) -> None:
        self._take(document)

    def _take(self, document: RuleDocument) -> None:
        self.entries: list[Rule | SetAside] = list(document.entries())
        self.groups: list[Group | SetAside] = list(document.group_entries())
        self.group_ids = {group.id for group in document.rules.groups}
        self._rules: dict[str, Rule] = {rule.id: rule for rule in document.rules.rules}
        self._places: dict[str, int] = {}
        self._odd = len(self.entries) - len(self._rules)

    def document(self) -> RuleDocument:
        """Return what it has become."""
        groups, odd_groups = _parted(self.groups)
        rules, odd_rules = _parted(self.entries)
        made = RuleSet.model_construct(version=VERSION, groups=groups, rules=rules)
        return RuleDocument(made, (*odd_groups, *odd_rules))

    def replace(self, document: RuleDocument) -> RuleDocument:
        """Take another document; return the one before."""
        before = self.document()
        self._take(document)
        return before

    def has(self, rule_id: str) -> bool:
        """Say whether there is such a rule."""
        return rule_id in self._rules

    def place(self, rule_id: str) -> int:
        """Return where a rule stands; raises RulesError if there is none."""
        if rule_id not in self._rules:
            raise unknown("rule_unknown", rule_id)
        # Near where it was last seen; after many came or went before it, all are looked up anew.
        seen = self._places.get(rule_id)
        if seen is not None:
            entry = self.entries[seen] if seen < len(self.entries) else None
            if isinstance(entry, Rule) and entry.id == rule_id:
                return seen
            for place in range(max(0, seen - _NEAR), min(len(self.entries), seen + _NEAR + 1)):
                entry = self.entries[place]
                if isinstance(entry, Rule) and entry.id == rule_id:
                    return place
        self._places = {
            entry.id: place for place, entry in enumerate(self.entries) if isinstance(entry, Rule)
        }
        return self._places[rule_id]

    def rule(self, rule_id: str) -> Rule:
        """Return a rule; raises RulesError if there is none."""
        rule = self._rules.get(rule_id)
        if rule is None:
            raise unknown("rule_unknown", rule_id)
        return rule

    def place_for(self, position: int | None, at: int | None, was: int | None = None) -> int:
        """Return the exact place for the rule that is to be the `position`-th good one.

        `at` is that place itself. `was`: where it stood until now; it stays there if that fits.
        """
        if position is not None and at is None and not self._odd:
            return fitting(position, len(self.entries))
        return _place_for(self.entries, position, at, was)

    def group_place_for(self, position: int | None, at: int | None, was: int | None = None) -> int:
        """Return the exact place for a group, as `place_for` does for a rule."""
        return _place_for(self.groups, position, at, was)

    def insert(self, entry: Rule | SetAside, place: int) -> None:
        """Put an entry at an exact place."""
        if len(self.entries) >= MAX_RULES:
            raise too_many("rules", MAX_RULES)
        self.entries.insert(place, entry)
        if isinstance(entry, Rule):
            self._rules[entry.id] = entry
        else:
            self._odd += 1

    def change(self, rule: Rule) -> None:
        """Put a rule where the one with its id stands."""
        self.entries[self.place(rule.id)] = rule
        self._rules[rule.id] = rule

    def take_out(self, place: int) -> Rule | SetAside:
        """Take the entry at a place out."""
        entry = self.entries.pop(place)
        if isinstance(entry, Rule):
            del self._rules[entry.id]
        else:
            self._odd -= 1
        return entry

    def group(self, group_id: str) -> tuple[int, Group]:
        """Return where a group stands, and the group; raises RulesError if there is none."""
        for place, group in enumerate(self.groups):
            if isinstance(group, Group) and group.id == group_id:
                return place, group
        raise unknown("group_unknown", group_id)

    def put_group(self, group: Group, place: int) -> None:
        """Put a group at an exact place."""
        if len(self.groups) >= MAX_GROUPS:
            raise too_many("groups", MAX_GROUPS)
        self.groups.insert(place, group)
        self.group_ids.add(group.id)

    def take_group(self, place: int) -> None:
        """Take the group at a place out."""
        group = self.groups.pop(place)
        if isinstance(group, Group):
            self.group_ids.discard(group.id)

    def members(self, group_id: str) -> tuple[str, ...]:
        """Return the ids of a group's rules."""
        return tuple(rule.id for rule in self._rules.values() if rule.group == group_id)

    def regroup(self, members: Members) -> Members:
        """Give rules to groups; return whose they were."""
        before: list[tuple[str, str]] = []
        for rule_id, group_id in members:
            rule = self.rule(rule_id)
            if group_id and group_id not in self.group_ids:
                raise unknown("group_unknown", group_id)
            before.append((rule_id, rule.group))
            if rule.group != group_id:
                self.change(rule.model_copy(update={"group": group_id}))
        return tuple(reversed(before))


def _parted(entries: Iterable[T | SetAside]) -> tuple[tuple[T, ...], tuple[SetAside, ...]]:
    good: list[T] = []
    aside: list[SetAside] = []
    for place, entry in enumerate(entries):
        if not isinstance(entry, SetAside):
            good.append(entry)
        elif entry.position == place:
            aside.append(entry)
        else:
            aside.append(dataclasses.replace(entry, position=place))
    return tuple(good), tuple(aside)


def _place_for(
    entries: Sequence[Rule | Group | SetAside],
    position: int | None,
    at: int | None,
    was: int | None,
) -> int:
    if at is not None or position is None:
        return fitting(at, len(entries))
    good = [place for place, entry in enumerate(entries) if not isinstance(entry, SetAside)]
    position = max(0, min(position, len(good)))
    after = good[position - 1] + 1 if position else 0
    before = good[position] if position < len(good) else len(entries)
    # Between two good ones some may be set aside; whoever stood among them is not moved.
    return was if was is not None and after <= was <= before else before


def fitting(position: int | None, end: int) -> int:
    """Return a place from the beginning to the end; None is the end."""
    return end if position is None else max(0, min(position, end))


def unknown(code: str, what: str) -> RulesError:
    """Return the error about an id that nobody has."""
    return RulesError(Problem((), code, (("id", what[:64]),)))

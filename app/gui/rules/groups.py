"""What can be done to groups. Rule: folding is how the list looks and no step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.edits import DropGroup, DropRule, MoveGroup, PutGroup, Several
from app.core.groups import Group, slug, unused
from app.gui.text import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.edits import Edit
    from app.gui.rules.desk import RuleDesk


class Groups:
    """The groups of a desk's rules; every change but folding goes through `desk.push`."""

    def __init__(self, desk: RuleDesk) -> None:
        self._desk = desk

    def all(self) -> tuple[Group, ...]:
        """Return all groups, top to bottom."""
        return self._desk.document.rules.groups

    def name(self, group: Group) -> str:
        """Return what a group is called in messages."""
        return group.name or tr("Group without a name")

    def add(self, name: str, rule_ids: Sequence[str] = ()) -> str:
        """Add a group below the others, with rules that move in; returns its id, "" if refused."""
        taken = {group.id for group in self.all()}
        group = Group(id=unused(slug(name, "group"), taken), name=name)
        edit = PutGroup(group, None, tuple(rule_ids))
        return group.id if self._desk.push(tr("New group {name}", name=name), edit) else ""

    def rename(self, group_id: str, name: str) -> None:
        """Give a group another name."""
        group = self._desk.group(group_id)
        if group is not None and group.name != name:
            changed = group.model_copy(update={"name": name})
            self._desk.push(tr("Renamed to {name}", name=name), PutGroup(changed))

    def turn(self, group_id: str, on: bool) -> None:
        """Turn a whole group on or off; its rules keep their own switches."""
        group = self._desk.group(group_id)
        if group is not None and group.on != on:
            words = tr("Group {name} on") if on else tr("Group {name} off")
            changed = group.model_copy(update={"on": on})
            self._desk.push(words.format(name=self.name(group)), PutGroup(changed))

    def fold(self, group_id: str, *, is_open: bool) -> None:
        """Unfold or fold a group in the list."""
        group = self._desk.group(group_id)
        if group is not None and group.open != is_open:
            changed = group.model_copy(update={"open": is_open})
            self._desk.carry_out(PutGroup(changed), "")

    def move(self, group_id: str, step: int) -> bool:
        """Move a group with its rules up (-1) or down (1) among the groups."""
        ids = [group.id for group in self.all()]
        place = ids.index(group_id) + step
        if not 0 <= place < len(ids):
            return False
        below = place if step < 0 else place + 1
        return self.put_before(group_id, "".join(ids[below : below + 1]))

    def put_before(self, group_id: str, before: str) -> bool:
        """Move a group with its rules above another one, "" for the end; False if it is there."""
        group = self._desk.group(group_id)
        # Places count groups that were set aside too.
        ids = [getattr(one, "id", "") for one in self._desk.document.group_entries()]
        if group is None or before == group_id:
            return False
        was = ids.index(group_id)
        ids.remove(group_id)
        place = ids.index(before) if before else len(ids)
        if place == was:
            return False
        text = tr("Group {name} moved", name=self.name(group))
        return self._desk.push(text, MoveGroup(group_id, place))

    def dissolve(self, group_id: str) -> None:
        """Remove a group and keep its rules, outside of it."""
        group = self._desk.group(group_id)
        if group is None:
            return
        text = tr("Group {name} ungrouped", name=self.name(group))
        if self._desk.push(text, DropGroup(group_id)):
            self._desk.removed.emit(text)

    def remove(self, group_id: str) -> None:
        """Remove a group and its rules."""
        group = self._desk.group(group_id)
        if group is None:
            return
        inside = [rule.id for rule in self._desk.document.rules.rules if rule.group == group_id]
        edits: list[Edit] = [DropRule(rule_id) for rule_id in inside]
        text = tr("Group {name} deleted", name=self.name(group))
        if inside:
            text += " " + trn("with %Ln rule(s)", len(inside))
        if self._desk.push(text, Several((*edits, DropGroup(group_id)))):
            self._desk.removed.emit(text)

"""The changes people make to the rules, each with the change that takes it back.

One rule: an edit and its inverse leave the document as it was, byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from app.core.aside_edits import DropAside, PutAside
from app.core.copies import copied, copy_text, fresh_id, pasted
from app.core.drafts import Draft, Members, unknown
from app.core.edit_base import Edit, applied, checked, list_of, position_of, text_of
from app.core.groups import Group
from app.core.problems import Problem
from app.core.rules import (
    MAX_RULES,
    Rule,
    RuleDocument,
    RulesError,
    from_content,
    to_content,
    upgraded,
)

__all__ = [
    "DropAside",
    "DropGroup",
    "DropRule",
    "Edit",
    "MoveGroup",
    "MoveRule",
    "PutAside",
    "PutGroup",
    "PutRule",
    "Regroup",
    "ReplaceAll",
    "Several",
    "applied",
    "copied",
    "copy_text",
    "fresh_id",
    "from_wire",
    "pasted",
    "to_wire",
]


@dataclass(frozen=True, slots=True)
class PutRule(Edit):
    """A new rule, or another one in the place of the one with its id.

    `position` counts the good rules; None: a new one goes to the end, a known one stays. `at` is
    the exact place among all entries of the file; inverses alone need it.
    """

    kind: ClassVar[str] = "put_rule"
    rule: Rule
    position: int | None = None
    at: int | None = None

    def do(self, draft: Draft) -> Edit:
        """Put it."""
        group = self.rule.group
        if group and group not in draft.group_ids:
            raise unknown("group_unknown", group)
        if not draft.has(self.rule.id):
            draft.insert(self.rule, draft.place_for(self.position, self.at))
            return DropRule(self.rule.id)
        place, before = draft.place(self.rule.id), draft.rule(self.rule.id)
        if self.at == place or (self.position, self.at) == (None, None):
            draft.change(self.rule)
            return PutRule(before)
        draft.take_out(place)
        draft.insert(self.rule, draft.place_for(self.position, self.at, was=place))
        return PutRule(before, at=place)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        rule = self.rule.model_dump(mode="json")
        return {"rule": rule, "position": self.position, "at": self.at}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        rule = checked(Rule, fields["rule"])
        return cls(rule, position_of(fields, "position"), position_of(fields, "at"))


@dataclass(frozen=True, slots=True)
class DropRule(Edit):
    """A rule goes."""

    kind: ClassVar[str] = "drop_rule"
    id: str

    def do(self, draft: Draft) -> Edit:
        """Take it out."""
        place, rule = draft.place(self.id), draft.rule(self.id)
        draft.take_out(place)
        return PutRule(rule, at=place)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"id": self.id}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        return cls(text_of(fields, "id"))


@dataclass(frozen=True, slots=True)
class MoveRule(Edit):
    """A rule goes to another place: `position` is where it stands afterwards; `at` as above."""

    kind: ClassVar[str] = "move_rule"
    id: str
    position: int | None = None
    at: int | None = None

    def do(self, draft: Draft) -> Edit:
        """Move it."""
        place, rule = draft.place(self.id), draft.rule(self.id)
        draft.take_out(place)
        draft.insert(rule, draft.place_for(self.position, self.at, was=place))
        return MoveRule(self.id, at=place)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"id": self.id, "position": self.position, "at": self.at}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        place = position_of(fields, "position"), position_of(fields, "at")
        return cls(text_of(fields, "id"), *place)


@dataclass(frozen=True, slots=True)
class Regroup(Edit):
    """Rules go to groups: pairs of rule id and group id, "" being none. They keep their places."""

    kind: ClassVar[str] = "regroup"
    members: Members

    def do(self, draft: Draft) -> Edit:
        """Give them to their groups."""
        return Regroup(draft.regroup(self.members))

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"members": [list(pair) for pair in self.members]}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        pairs = list_of(fields, "members", MAX_RULES)
        if not all(
            isinstance(pair, list | tuple)
            and len(pair) == 2  # noqa: PLR2004 - a pair
            and all(isinstance(name, str) for name in pair)
            for pair in pairs
        ):
            raise TypeError("members")
        return cls(tuple((pair[0], pair[1]) for pair in pairs))


@dataclass(frozen=True, slots=True)
class PutGroup(Edit):
    """A new group, or another one in the place of the one with its id.

    `members` are the ids of rules that join it. `position` and `at` as those of a rule.
    """

    kind: ClassVar[str] = "put_group"
    group: Group
    position: int | None = None
    members: tuple[str, ...] = ()
    at: int | None = None

    def do(self, draft: Draft) -> Edit:
        """Put it, then let its members join."""
        before = self._put(draft)
        if not self.members:
            return before
        joined = tuple((rule_id, self.group.id) for rule_id in self.members)
        return Several((Regroup(draft.regroup(joined)), before))

    def _put(self, draft: Draft) -> Edit:
        if self.group.id not in draft.group_ids:
            draft.put_group(self.group, draft.group_place_for(self.position, self.at))
            return DropGroup(self.group.id)
        place, before = draft.group(self.group.id)
        draft.take_group(place)
        to = place
        if (self.position, self.at) != (None, None):
            to = draft.group_place_for(self.position, self.at, was=place)
        draft.put_group(self.group, to)
        return PutGroup(before, at=place)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        fields = {"position": self.position, "members": list(self.members), "at": self.at}
        return {"group": self.group.model_dump(mode="json"), **fields}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        members = list_of(fields, "members", MAX_RULES) if "members" in fields else []
        if not all(isinstance(rule_id, str) for rule_id in members):
            raise TypeError("members")
        group, position = checked(Group, fields["group"]), position_of(fields, "position")
        return cls(group, position, tuple(members), position_of(fields, "at"))


@dataclass(frozen=True, slots=True)
class DropGroup(Edit):
    """A group goes; its rules stay, without a group. While it was off they are turned off."""

    kind: ClassVar[str] = "drop_group"
    id: str

    def do(self, draft: Draft) -> Edit:
        """Take it out."""
        place, group = draft.group(self.id)
        members = draft.members(self.id)
        turned_off: list[Edit] = []
        for rule_id in members:
            rule = draft.rule(rule_id)
            # Nothing may begin to run because a folder went.
            loose = rule.model_copy(update={"group": "", "on": rule.on and group.on})
            if loose.on != rule.on:
                turned_off.append(PutRule(rule))
            draft.change(loose)
        draft.take_group(place)
        back = PutGroup(group, None, members, at=place)
        return Several((back, *turned_off)) if turned_off else back

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"id": self.id}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        return cls(text_of(fields, "id"))


@dataclass(frozen=True, slots=True)
class MoveGroup(Edit):
    """A group goes to another place among the groups, its rules with it; `at` as above."""

    kind: ClassVar[str] = "move_group"
    id: str
    position: int | None = None
    at: int | None = None

    def do(self, draft: Draft) -> Edit:
        """Move it."""
        place, group = draft.group(self.id)
        draft.take_group(place)
        draft.put_group(group, draft.group_place_for(self.position, self.at, was=place))
        return MoveGroup(self.id, at=place)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"id": self.id, "position": self.position, "at": self.at}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        place = position_of(fields, "position"), position_of(fields, "at")
        return cls(text_of(fields, "id"), *place)


@dataclass(frozen=True, slots=True)
class ReplaceAll(Edit):
    """Another document in the place of the whole one."""

    kind: ClassVar[str] = "replace_all"
    document: RuleDocument

    def do(self, draft: Draft) -> Edit:
        """Replace it."""
        return ReplaceAll(draft.replace(self.document))

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"content": to_content(self.document)}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        content = fields["content"]
        if not isinstance(content, dict):
            raise RulesError(Problem((), "not_rules"))
        return cls(from_content(upgraded(content)))


@dataclass(frozen=True, slots=True)
class Several(Edit):
    """Edits one after the other that count as one: all of them, or none."""

    kind: ClassVar[str] = "several"
    edits: tuple[Edit, ...]

    def do(self, draft: Draft) -> Edit:
        """Do them in order."""
        back = [edit.do(draft) for edit in self.edits]
        return Several(tuple(reversed(back)))

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"edits": [to_wire(edit) for edit in self.edits]}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        return cls(tuple(from_wire(one) for one in list_of(fields, "edits", _MOST)))


_MOST: Final = 3 * MAX_RULES
_KINDS: Final[dict[str, type[Edit]]] = {
    kind.kind: kind
    for kind in (
        PutRule, DropRule, MoveRule, Regroup, PutGroup, DropGroup, MoveGroup, DropAside, PutAside,
        ReplaceAll, Several,
    )
}  # fmt: skip


def to_wire(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain JSON values, with its kind under "edit"."""
    return {"edit": edit.kind, **edit.wire()}


def from_wire(data: object) -> Edit:
    """Read what `to_wire` gave; raises RulesError, nothing else."""
    if not isinstance(data, dict):
        raise RulesError(Problem((), "edit_unknown"))
    kind = data.get("edit")
    found = _KINDS.get(kind) if isinstance(kind, str) else None
    if found is None:
        raise RulesError(Problem((), "edit_unknown"))
    try:
        if found is not Several:
            _must_be_writable(data)
        return found.read(data)
    except (KeyError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        if isinstance(error, RulesError):
            raise
        raise RulesError(Problem((), "edit_unknown")) from error


def _must_be_writable(data: dict[str, Any]) -> None:
    """Raise ValueError for what came through the wire, but could never be saved.

    A whole document is looked at piece by piece: others get the interpreter in between.
    """
    for value in data.values():
        whole = isinstance(value, dict) and value.keys() <= {"version", "groups", "rules"}
        for piece in value.values() if whole else (value,):
            for one in piece if isinstance(piece, list) else (piece,):
                json.dumps(one, ensure_ascii=False, allow_nan=False).encode()

"""Edits of what is set aside: it can be thrown away, and come back as it was written.

One rule: places are those of the file's list, where what is set aside counts too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from app.core.drafts import Draft, fitting
from app.core.edit_base import Edit, kind_of, list_of, position_of, text_of
from app.core.problems import MAX_PROBLEMS, Problem
from app.core.rules import RulesError, SetAside


@dataclass(frozen=True, slots=True)
class DropAside(Edit):
    """Something set aside goes; `position` is its place among the entries (or group entries)."""

    kind: ClassVar[str] = "drop_aside"
    position: int
    what: Literal["rule", "group"] = "rule"

    def do(self, draft: Draft) -> Edit:
        """Take it out."""
        entries = draft.entries if self.what == "rule" else draft.groups
        kept = entries[self.position] if 0 <= self.position < len(entries) else None
        if not isinstance(kept, SetAside):
            raise RulesError(Problem((), "aside_unknown"))
        if self.what == "rule":
            draft.take_out(self.position)
        else:
            draft.take_group(self.position)
        return PutAside(kept, self.position)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        return {"position": self.position, "what": self.what}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        return cls(position_of(fields, "position") or 0, kind_of(fields, "what"))


@dataclass(frozen=True, slots=True)
class PutAside(Edit):
    """Something set aside comes back as it was written."""

    kind: ClassVar[str] = "put_aside"
    kept: SetAside
    position: int

    def do(self, draft: Draft) -> Edit:
        """Put it."""
        if self.kept.kind == "rule":
            draft.insert(self.kept, fitting(self.position, len(draft.entries)))
        else:
            draft.groups.insert(fitting(self.position, len(draft.groups)), self.kept)
        return DropAside(self.position, self.kept.kind)

    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""
        kept = self.kept
        problems = [
            [list(one.path), one.code, [list(pair) for pair in one.values], one.text]
            for one in kept.problems
        ]
        told = {"raw": kept.raw, "name": kept.name, "what": kept.kind, "problems": problems}
        return {**told, "position": self.position}

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from its fields."""
        position = position_of(fields, "position") or 0
        problems = tuple(
            Problem(tuple(path), str(code), tuple((str(a), b) for a, b in values), str(text))
            for path, code, values, text in list_of(fields, "problems", MAX_PROBLEMS)
        )
        what = kind_of(fields, "what")
        return cls(
            SetAside(position, fields["raw"], text_of(fields, "name"), problems, what), position
        )

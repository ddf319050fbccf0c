"""What an edit is, and how its fields are read from plain JSON values.

One rule: an edit that does not fit raises RulesError and changes nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from pydantic import ValidationError

from app.core.drafts import Draft
from app.core.groups import Group
from app.core.problems import problems_of
from app.core.rules import Rule, RulesError

if TYPE_CHECKING:
    from app.core.rules import RuleDocument

M = TypeVar("M", Rule, Group)


class Edit(ABC):
    """One undoable change."""

    kind: ClassVar[str]

    @abstractmethod
    def do(self, draft: Draft) -> Edit:
        """Change the draft and return what takes it back; raises RulesError if it does not fit."""

    @abstractmethod
    def wire(self) -> dict[str, Any]:
        """Return its fields as plain JSON values."""

    @classmethod
    @abstractmethod
    def read(cls, fields: dict[str, Any]) -> Edit:
        """Build it from what `wire` returned; raises RulesError, KeyError or TypeError."""

    def apply(self, document: RuleDocument) -> RuleDocument:
        """Return the changed document; raises RulesError if the edit does not fit."""
        return applied(document, self)[0]

    def inverse(self, document: RuleDocument) -> Edit:
        """Return what takes it back, `document` being the one before it."""
        return applied(document, self)[1]


def applied(document: RuleDocument, edit: Edit) -> tuple[RuleDocument, Edit]:
    """Return the changed document and what takes the edit back; raises RulesError."""
    draft = Draft(document)
    inverse = edit.do(draft)
    return draft.document(), inverse


def checked(model: type[M], raw: object) -> M:
    """Check a raw rule or group; raises RulesError."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise RulesError(problems_of(error)[0]) from error


def position_of(fields: dict[str, Any], name: str) -> int | None:
    """Return a field that is a whole number or missing; raises TypeError otherwise."""
    position = fields.get(name)
    if isinstance(position, bool) or not isinstance(position, int | None):
        raise TypeError(name)
    return position


def text_of(fields: dict[str, Any], name: str) -> str:
    """Return a field that must be a text; raises KeyError or TypeError."""
    text = fields[name]
    if not isinstance(text, str):
        raise TypeError(name)
    return text


def kind_of(fields: dict[str, Any], name: str) -> Literal["rule", "group"]:
    """Return "rule" or "group"."""
    return "group" if text_of(fields, name) == "group" else "rule"


def list_of(fields: dict[str, Any], name: str, most: int) -> list[Any]:
    """Return a field that must be a list; raises KeyError or TypeError."""
    found = fields[name]
    if not isinstance(found, list) or len(found) > most:
        raise TypeError(name)
    return found

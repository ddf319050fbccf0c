"""One undoable change of the rules. Rule: what goes back is worked out before it goes forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtGui import QUndoCommand

from app.core.edits import PutRule, Several

if TYPE_CHECKING:
    from app.core.edits import Edit

STEPS: Final = 200
# Typing and spinning in one field are one step of the stack while the pauses are shorter.
MERGE_WITHIN_S: Final = 1.0


class Applies(Protocol):
    """Who carries an edit out on the mirror and sends it to the core."""

    def carry_out(self, edit: Edit, text: str) -> None:
        """Do it."""


class EditStep(QUndoCommand):
    """An edit with its words and its way back; steps of the same field within 1 s become one."""

    def __init__(
        self, owner: Applies, text: str, edit: Edit, back: Edit, merge_key: str, at_s: float
    ) -> None:
        super().__init__(text)
        self.edit, self.back = edit, back
        self._owner = owner
        self.merge_key = merge_key
        self.at_s = at_s

    def id(self) -> int:
        """Return what Qt asks before it offers two steps for merging; -1 never merges."""
        return 1 if self.merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditStep) or other.merge_key != self.merge_key:
            return False
        if other.at_s - self.at_s > MERGE_WITHIN_S:
            return False
        self.edit = after(self.edit, other.edit)
        self.back = after(other.back, self.back)
        self.at_s = other.at_s
        self.setText(other.text())
        return True

    def redo(self) -> None:
        self._owner.carry_out(self.edit, self.text())

    def undo(self) -> None:
        self._owner.carry_out(self.back, self.text())


def after(first: Edit, second: Edit) -> Edit:
    """Return one edit that does both in turn."""
    if (
        isinstance(first, PutRule)
        and isinstance(second, PutRule)
        and first.rule.id == second.rule.id
        and first.position == second.position
    ):
        return second
    parts = [*_parts(first), *_parts(second)]
    return Several(tuple(parts))


def _parts(edit: Edit) -> tuple[Edit, ...]:
    return edit.edits if isinstance(edit, Several) else (edit,)

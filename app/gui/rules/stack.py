"""Undoable changes of the rules. Rule: what goes back is worked out before it goes forward.

The stack behaves and is named as Qt's, but is Python throughout: Qt's crashes when the collector
takes it away together with commands that are Python objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.edits import PutRule, Several

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.edits import Edit

STEPS: Final = 200
# Typing and spinning in one field are one step of the stack while the pauses are shorter.
MERGE_WITHIN_S: Final = 1.0


@dataclass(slots=True)
class EditStep:
    """An edit with its words and its way back; steps of the same field within 1 s become one."""

    text: str
    edit: Edit
    back: Edit
    # Of the field that is edited; "" never merges.
    merge_key: str
    at_s: float

    def merged(self, later: EditStep) -> bool:
        """Take a later step of the same field in; False if the two stay apart."""
        if not self.merge_key or later.merge_key != self.merge_key:
            return False
        if later.at_s - self.at_s > MERGE_WITHIN_S:
            return False
        self.edit = after(self.edit, later.edit)
        self.back = after(later.back, self.back)
        self.at_s = later.at_s
        self.text = later.text
        return True


class UndoStack(QObject):
    """The last 200 steps, and where among them we are.

    `carry_out` does an edit. If that ends in `clear`, the step is forgotten with all others.
    """

    indexChanged = Signal(int)

    def __init__(self, carry_out: Callable[[Edit, str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._carry_out = carry_out
        self._steps: list[EditStep] = []
        self._index = 0

    def push(self, step: EditStep) -> None:
        """Do a step and keep it; those that were undone are forgotten."""
        steps = self._steps
        self._carry_out(step.edit, step.text)
        if steps is not self._steps:
            return
        del steps[self._index :]
        if not (steps and steps[-1].merged(step)):
            steps.append(step)
            del steps[:-STEPS]
        self._move(len(steps))

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        if self.canUndo():
            steps, step = self._steps, self._steps[self._index - 1]
            self._carry_out(step.back, step.text)
            if steps is self._steps:
                self._move(self._index - 1)

    def redo(self) -> None:
        """Do the last undone step again, if there is one."""
        if self.canRedo():
            steps, step = self._steps, self._steps[self._index]
            self._carry_out(step.edit, step.text)
            if steps is self._steps:
                self._move(self._index + 1)

    def clear(self) -> None:
        """Forget all steps."""
        self._steps = []
        self._move(0)

    def count(self) -> int:
        """Return how many steps there are, the undone included."""
        return len(self._steps)

    def index(self) -> int:
        """Return how many steps can be undone."""
        return self._index

    def canUndo(self) -> bool:
        """Say whether there is a step to take back."""
        return self._index > 0

    def canRedo(self) -> bool:
        """Say whether a step was undone that can be done again."""
        return self._index < len(self._steps)

    def undoText(self) -> str:
        """Return the words of the step that undo takes back, "" for none."""
        return self._steps[self._index - 1].text if self.canUndo() else ""

    def redoText(self) -> str:
        """Return the words of the step that redo does again, "" for none."""
        return self._steps[self._index].text if self.canRedo() else ""

    def _move(self, index: int) -> None:
        # Told even where the number is the same: the words of the step may be others.
        self._index = index
        self.indexChanged.emit(index)


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

"""What can be done with a step or condition. Rule: all of it by keyboard, nothing only by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.gui.rule_editor import kinds
from app.gui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.gui.rule_editor.part_row import PartRow

_NOT: Final = "not"


class RowMenu(QMenu):
    """The menu of one row; it goes when it closes."""

    def __init__(self, row: PartRow) -> None:
        super().__init__(row)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row = row
        movable = isinstance(row.place[-1], int)
        self._put(tr("Turn off") if row.is_on else tr("Turn on"), row.turn)
        self._put(tr("Change to…"), row.change_kind)
        outer = row.outer()
        if row.family == "Condition" and _NOT not in (row.key, outer.key if outer else ""):
            # Whoever wants "but not for moderators" looks here first.
            self._put(tr("Turn round: only if not"), self._turn_round)
        self.addSeparator()
        self._put(tr("Move up"), self._up, "Alt+Up", on=row.can_step(-1))
        self._put(tr("Move down"), self._down, "Alt+Down", on=row.can_step(1))
        if row.can_leave():
            self._put(tr("Move out of the group"), self._out)
        if row.above() is not None:
            self._put(tr("Move into the group above"), row.move_in)
        self._add_wrappers()
        self.addSeparator()
        self._put(tr("Duplicate"), row.duplicate, on=movable)
        self._put(tr("Copy"), row.copy)
        self._put(tr("Paste below"), row.paste_below, on=movable)
        self.addSeparator()
        self._put(tr("Remove"), row.remove)

    def _put(
        self, words: str, then: Callable[[], None], keys: str = "", *, on: bool = True
    ) -> QAction:
        action = self.addAction(words)
        if keys:
            # Shown only: the editor itself listens to the keys.
            action.setText(f"{words}\t{keys}")
        action.setEnabled(on)
        action.triggered.connect(then)
        return action

    def _add_wrappers(self) -> None:
        row = self.row
        into = self.addMenu(tr("Put into a group"))
        for kind, _ in kinds.wrappers(row.family):
            action = into.addAction(tr(kind.title))
            action.setData(kind.key)
        into.triggered.connect(self._on_wrap)
        into.setEnabled(bool(into.actions()))
        if row.nested.first_spec(row.family) is not None:
            self._put(tr("Ungroup"), row.unwrap)

    def _on_wrap(self, action: QAction) -> None:
        self.row.wrap(str(action.data()))

    def _turn_round(self) -> None:
        self.row.wrap(_NOT)

    def _up(self) -> None:
        self.row.step(-1)

    def _down(self) -> None:
        self.row.step(1)

    def _out(self) -> None:
        self.row.move_out()

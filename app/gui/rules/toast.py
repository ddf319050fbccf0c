"""A message that offers Undo for six seconds. Rule: it undoes what it tells of, nothing later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from app.gui.theme import theme
from app.gui.widgets.basic import Button
from app.gui.widgets.panels import Toast
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gui.rules.desk import RuleDesk


class UndoToast(Toast):
    """Tells what was removed; gone when the stack went on or went back."""

    def __init__(self, parent: QWidget, desk: RuleDesk, over: QWidget) -> None:
        """`over` is where it stands while that is in sight: not on the switches of the list."""
        super().__init__(parent)
        self._over = over
        self._desk = desk
        self._index = -1
        self.undo = Button(N_("Undo"), "link", "undo", shortcut="Ctrl+Z")
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.undo)
        self.undo.clicked.connect(self._on_undo)
        desk.stack.indexChanged.connect(self._on_index)

    def present(self, text: str) -> None:
        """Show what was removed."""
        self._index = self._desk.stack.index()
        super().present(text)

    def place_in(self, host: QWidget) -> QRect:
        if not self._over.isVisible():
            return super().place_in(host)
        return QRect(self._over.mapTo(host, QPoint(0, 0)), self._over.size())

    def room_beside(self) -> int:
        """Return the width of the button."""
        return self.undo.sizeHint().width() + theme.px(8)

    def _on_undo(self) -> None:
        self.hide()
        if self._desk.stack.index() == self._index:
            self._desk.undo()

    def _on_index(self, index: int) -> None:
        if index != self._index:
            self.hide()

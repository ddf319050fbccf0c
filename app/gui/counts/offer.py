"""A message with Undo for six seconds. Rule: what is undone is what the message tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

from app.gui.theme import theme
from app.gui.widgets.basic import Button
from app.gui.widgets.panels import Toast
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget


class Offer(Toast):
    """Tells what was removed and takes it back; `settle` does what was put off until it is gone."""

    _undo: Callable[[], None] | None = None
    _later: Callable[[], None] | None = None
    _before: QWidget | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.undo = Button(N_("Undo"), "link", "undo")
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.undo)
        self.undo.clicked.connect(self.take_back)

    def offer(
        self, text: str, undo: Callable[[], None], later: Callable[[], None] | None = None
    ) -> None:
        """Tell it and offer `undo`; `later` is done when the offer is over and was not taken."""
        self.settle()
        self._before = self.window().focusWidget()
        self._undo, self._later = undo, later
        self.present(text)

    def take_back(self) -> None:
        """Undo what is on offer, if anything is."""
        undo, self._undo, self._later = self._undo, None, None
        # The button goes: whoever had the focus gets it back.
        before, self._before = self._before, None
        if self.undo.hasFocus() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()
        if undo is not None:
            undo()

    def settle(self) -> None:
        """End the offer: what was put off is done now."""
        later, self._undo, self._later = self._later, None, None
        if later is not None:
            later()

    @property
    def open(self) -> bool:
        """Whether something can be taken back now."""
        return self._undo is not None

    def room_beside(self) -> int:
        """Return the width of the button."""
        return self.undo.sizeHint().width() + theme.px(8)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Hidden with its page it is still on offer when the page comes back within its time.
        if not event.spontaneous() and self.isHidden():
            self.settle()

"""What is read and typed before a device that can hurt does anything. Rule: typed, not pasted."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit

from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, Tile, column, row
from app.gui.widgets.controls import HoldButton
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.gateway.views import ConsentView

_HOLD_MS = 1000
_WIDE = 520


class TypedLine(QLineEdit):
    """A line that takes what is typed and nothing that is pasted or dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On X11 the middle button pastes what is selected elsewhere."""
        if event.button() != Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)


class ConsentDialog(QDialog):
    """The text, a line for the words, and a button to hold. `given` carries what was typed."""

    given = Signal(str)

    def __init__(self, parent: QWidget, name: str, consent: ConsentView) -> None:
        super().__init__(parent)
        self.setObjectName("consent")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(_WIDE))
        title = tr("{name} can hurt", name=name)
        self.setWindowTitle(title)
        heading = Label(kind="title", wrap=True)
        heading.show_text(title)
        layout = column(row(Tile("warn", "danger", 44, 24), heading, gap=12), 4, gap=8,
                        pad=(24, 20, 24, 20))  # fmt: skip
        for text in consent.text:
            paragraph = Label(kind="body", wrap=True)
            paragraph.show_text(text)
            layout.addWidget(paragraph)
        asked = Label(kind="strong", wrap=True)
        asked.show_text(tr("To agree, type: {phrase}", phrase=consent.phrase))
        self._phrase = consent.phrase
        self.line = TypedLine()
        self.line.setAccessibleName(asked.words())
        self.line.textChanged.connect(self._on_text)
        self.hold = HoldButton(N_("Hold for one second to agree"), "check", hold_ms=_HOLD_MS)
        self.hold.setEnabled(False)
        self.hold.held.connect(self._on_held)
        self.leave = Button(N_("Leave it off"), "primary")
        self.leave.clicked.connect(self.reject)
        for item in (asked, self.line):
            layout.addWidget(item)
        layout.addSpacing(8)
        layout.addLayout(row(None, self.hold, self.leave))
        self.setLayout(layout)
        self.line.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the text at this width; Qt guesses it from a narrower one."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter agrees to nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        both = (unicodedata.normalize("NFC", one).casefold() for one in (text, self._phrase))
        typed, asked = (" ".join(one.split()) for one in both)
        self.hold.setEnabled(typed.strip(" .!\"'“”") == asked)

    def _on_held(self) -> None:
        self.given.emit(self.line.text())
        self.accept()

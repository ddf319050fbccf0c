"""Fields: a list, a number, keys. Rule: the wheel never changes what has no focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QSizePolicy,
    QSpinBox,
)

from app.gui import icons
from app.gui.text import tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText


class ComboBox(QComboBox):
    """A drop-down list with our own arrow and a name for screen readers."""

    def __init__(self, name_source: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name_source
        self.setAccessibleName(tr(name_source))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)

    def minimumSizeHint(self) -> QSize:
        """Let narrow cards squeeze it; the list itself shows the whole text."""
        return QSize(theme.px(96), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page that scrolls."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the arrow; a stylesheet would need a picture file per colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(self.width() - 24, (self.height() - 16) / 2, 16, 16)
        icons.paint(painter, "down", place, "text2" if self.isEnabled() else "muted")


class KeysBox(QKeySequenceEdit):
    """Takes one combination by pressing it; `taken` tells it as portable text ("Ctrl+Alt+X")."""

    taken = Signal(str)

    def __init__(self, name_source: str) -> None:
        super().__init__()
        self._name = name_source
        self.setMaximumSequenceLength(1)
        self.setAccessibleName(tr(name_source))
        self.editingFinished.connect(self._on_finished)

    def show_keys(self, keys: str) -> None:
        """Show keys without sending `taken`."""
        self.setKeySequence(QKeySequence(keys, _PORTABLE))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        super().changeEvent(event)

    def _on_finished(self) -> None:
        self.taken.emit(self.keySequence().toString(_PORTABLE))


class NumberBox(QSpinBox):
    """A whole number with arrows that show while it is used."""

    def __init__(self, name_source: str, low: int, high: int, value: int) -> None:
        super().__init__()
        self._name = name_source
        self.setRange(low, high)
        self.setValue(value)
        self.setAccessibleName(tr(name_source))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setKeyboardTracking(False)
        # The usual one takes the focus with the wheel, and then the number as well.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel only with focus, so that scrolling a page changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the two arrows."""
        super().paintEvent(event)
        painter = QPainter(self)
        token = "text2" if self.isEnabled() else "muted"
        x, middle = self.width() - 20, self.height() / 2
        icons.paint(painter, "up", QRectF(x, middle - 13, 14, 14), token)
        icons.paint(painter, "down", QRectF(x, middle - 1, 14, 14), token)

"""The handle a row is dragged by, and the pill that tells whether a condition holds.

Rule: both only tell; who owns the row decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui import icons
from app.gui.text import as_tip, tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

# Pixels the mouse must go before a press becomes a drag.
_DRAG_PX = 6


class Handle(QWidget):
    """Six dots to drag a row by; Esc gives the drag up."""

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self._dragging = False
        self.setFixedSize(theme.px(18), theme.px(28))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_words(self) -> None:
        """Say in the tooltip how it is done without a mouse."""
        self.setToolTip(tr("Drag to move. Alt+Up and Alt+Down do the same."))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._from is None:
            return
        if not self._dragging and (at - self._from).manhattanLength() >= _DRAG_PX:
            self._dragging = True
            self.grabKeyboard()
        if self._dragging:
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging = self._end()
        if dragging:
            self.dropped.emit(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._end():
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _end(self) -> bool:
        dragging, self._dragging, self._from = self._dragging, False, None
        if dragging:
            self.releaseKeyboard()
        return dragging

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("control"))
        x, y = self.width() / 2 - 3, self.height() / 2 - 6
        for step in range(3):
            for side in range(2):
                painter.drawEllipse(QPointF(x + side * 6, y + step * 6), 1.4, 1.4)


class Pill(QWidget):
    """Whether a condition holds for the example: a sign, a colour and a word."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_verdict("", "")

    def show_verdict(self, state: str, why: str) -> None:
        """Show "pass", "fail" or nothing, and why."""
        self.state = state
        words = {"pass": tr("holds"), "fail": tr("does not hold")}.get(state, tr("not known"))
        self.setAccessibleName(f"{words}. {why}" if why else words)
        self.setToolTip(as_tip(why or words))
        wide = QFontMetrics(theme.font("caption_strong")).horizontalAdvance(self._words())
        # As high as the buttons beside it, so that their middles are in one line.
        self.setFixedSize(wide + 34, theme.px(36))
        self.setVisible(bool(state))
        self.update()

    def _words(self) -> str:
        return tr("yes") if self.state == "pass" else tr("no")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ok = self.state == "pass"
        ink = "ok" if ok else "warn"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{ink}_bg"))
        high = theme.px(22)
        whole = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.drawRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        place = QRectF(8, (self.height() - 12) / 2, 12, 12)
        icons.paint(painter, "check" if ok else "cross", place, ink)
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font("caption_strong"))
        painter.drawText(whole.adjusted(24, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, self._words())

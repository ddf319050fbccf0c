"""Banner, toast and empty state. Rule: each says what happened and offers the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, Tile, column, row, set_state
from app.gui.widgets.controls import paint_state
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_TOAST_MS = 6000


class StateWord(QWidget):
    """A state as shape and word in one ink; sits beside a device's name."""

    def __init__(self, kind: str = "caption") -> None:
        super().__init__()
        self._tone = "off"
        self._label = ElidedLabel(kind=kind)
        layout = row(self._label, gap=0, pad=(15, 0, 0, 0))
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_status(self, word: str, tone: str) -> None:
        """Show another state."""
        if (word, tone) == (self._label.text(), self._tone):
            return
        self._label.show_text(word)
        self._label.updateGeometry()
        self._label.tone("text2" if tone == "off" else tone)
        self._tone = tone
        self.setAccessibleName(word)
        self.update()

    def text(self) -> str:
        """Return the word shown."""
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(6, self.height() / 2)
        painter.scale(0.9, 0.9)
        paint_state(painter, QPointF(0, 0), self._tone)


class Banner(QFrame):
    """The line under the header: stopped, no engine, a notice; the most severe one wins."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.title = Label(kind="strong")
        self.words = Label(kind="small", wrap=True)
        self.action = Button(N_("Resume…"), "resume", "play")
        self.action.setObjectName("banner_action")
        layout = row(self.title, self.words, self.action, gap=12, pad=(16, 8, 8, 8))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def present(self, tone: str, title: str, words: str) -> None:
        """Show a title and a sentence; tone is danger or warn."""
        set_state(self, "banner", tone)
        self.title.show_text(title)
        self.title.setVisible(bool(title))
        self.words.show_text(words)
        self.setAccessibleName(f"{title} {words}")
        self.show()


class Toast(Card):
    """A short message over the page that leaves by itself, with one way to act on it."""

    def __init__(self, parent: QWidget) -> None:
        self.words = Label(kind="small", tone="text", wrap=True)
        super().__init__(row(self.words, pad=(16, 10, 16, 10)), "toast")
        self.setParent(parent)
        self._host = parent
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        if isinstance(parent, QStackedWidget):
            # A page that is built later lies above it.
            parent.currentChanged.connect(self.raise_)
        self.hide()

    def present(self, text: str) -> None:
        """Show a text for six seconds and tell it to screen readers."""
        self.words.show_text(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_TOAST_MS)
        announce(self, text)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self.place_in(self._host)
        width = min(theme.px(440), room.width() - 48)
        text = self.words.fontMetrics().horizontalAdvance(self.words.words())
        wanted = text + 40 + self.room_beside()
        self.setFixedWidth(min(width, wanted))
        self.setFixedHeight(self.layout_height())
        left = room.left() + (room.width() - self.width()) // 2
        self.move(left, room.top() + room.height() - self.height() - 24)

    def place_in(self, host: QWidget) -> QRect:
        """Return the part of its host at whose foot it stands."""
        return host.rect()

    def room_beside(self) -> int:
        """Return how wide what stands beside the text is."""
        return 0

    def layout_height(self) -> int:
        """Return the height the wrapped text needs at the present width."""
        layout = self.layout()
        return layout.totalHeightForWidth(self.width()) if layout is not None else 40


class EmptyState(QWidget):
    """What a page shows when there is nothing: a picture, a title, a sentence, the next step."""

    def __init__(self, icon: str, title: str = "", text: str = "") -> None:
        super().__init__()
        self.tile = Tile(icon, "accent", 64, 32)
        self.title = Label(title, "title", wrap=True)
        self.words = Label(text, "small", wrap=True)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(theme.px(440))
            label.setMinimumWidth(min(theme.px(360), 440))
        self.extra = column(gap=8)
        self.steps = row(None, None, gap=8)
        layout = column(
            None,
            row(None, self.tile, None),
            8,
            row(None, self.title, None),
            row(None, self.words, None),
            4,
            self.extra,
            self.steps,
            None,
            gap=8,
            pad=(32, 16, 32, 16),
        )
        self.setLayout(layout)

    def offer(self, *buttons: QWidget) -> None:
        """Put the next steps in a centred row."""
        for button in buttons:
            self.steps.insertWidget(self.steps.count() - 1, button)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something that happened elsewhere on screen."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))

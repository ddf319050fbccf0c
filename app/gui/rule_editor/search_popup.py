"""A list to search and choose from, opened below a button. Rule: the keyboard is enough.

Typing searches, arrows move, Enter chooses, Esc closes. With `several` Enter and a click tick, and
the choice is told once, when the list closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from app.gui.rule_editor.entries import LINE, Entries, Entry, EntryPainter, closeness, plain
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT
from app.gui.widgets.basic import Button, Label, column, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from app.gui.rule_editor.draft import Json

_WIDTH: Final = 400
_WIDE: Final = 460
_ROWS: Final = 9


class SearchPopup(QFrame):
    """The list. `chosen` carries the key of an entry; with `several`, the list of ticked keys.

    `typed` carries what was written when Enter found nothing, for those who take new names.
    """

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, parent: QWidget, name: str, *, several: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("search_popup")
        self.setProperty("card", "dialog")
        self.setAccessibleName(name)
        self.several = several
        self._before: set[Json] = set()
        self._below: QWidget | None = None
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(tr("Search"))
        self.field.installEventFilter(self)
        self.model = Entries()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryPainter(self.view))
        self.view.setAccessibleName(name)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._on_clicked)
        self.nothing = Label(N_("Nothing found"), "small")
        self.nothing.hide()
        self.top = column(gap=6)
        # The list stays open while several are ticked; Esc is not everybody's first idea.
        self.hint = Label(N_("Choose as many as you like."), "caption")
        self.done = Button(N_("Done"), "primary", "check")
        self.done.setObjectName("done")
        self.done.clicked.connect(self.hide)
        foot = holder(row(self.hint, None, self.done, gap=8, pad=(4, 2, 0, 0)))
        # Never shown before it has a place: it would be a window of its own for a moment.
        if not several:
            foot.hide()
        parts = (self.field, self.top, self.nothing, self.view, foot)
        self.setLayout(column(*parts, gap=6, pad=8))
        self.field.textChanged.connect(self._on_text)

    def open_below(self, widget: QWidget, entries: Sequence[Entry]) -> None:
        """Show entries below a widget, within its screen."""
        self.model.fill(entries)
        self._before = set(self.model.ticked)
        self.field.clear()
        self._below = widget
        wide = _WIDE if any(entry.about for entry in entries) else _WIDTH
        self.setFixedWidth(max(theme.px(wide), widget.width()))
        self._fit()
        self.move(self._place(widget))
        self._first()
        self.show()
        self.field.setFocus()

    def refill(self, entries: Sequence[Entry], ticked: set[Json]) -> None:
        """Show other entries while the list is open."""
        self.model.refill(entries, ticked, self.field.text())
        self._show_found()
        self.field.setFocus()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._on_key(event)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.several and self.model.ticked != self._before:
            self._before = set(self.model.ticked)
            self.chosen.emit(list(self.model.ticked))

    def _place(self, widget: QWidget) -> QPoint:
        """Put it below the widget, or above; never over the header with its STOP."""
        below = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        room = widget.screen().availableGeometry()
        header = widget.window().mapToGlobal(QPoint(0, HEIGHT["header"])).y()
        x = min(below.x(), room.right() - self.width())
        y = below.y()
        if y + self.height() > room.bottom():
            above = widget.mapToGlobal(QPoint(0, -2)).y() - self.height()
            y = above if above >= header else max(room.top(), room.bottom() - self.height())
        return QPoint(max(room.left(), x), y)

    def _on_text(self, text: str) -> None:
        self.model.search(text)
        self._show_found()

    def _show_found(self) -> None:
        self._fit()
        # The field stays where it is typed into; only a list that grew too long for that moves.
        bottom = self.screen().availableGeometry().bottom()
        if self._below is not None and self.geometry().bottom() > bottom:
            self.move(self._place(self._below))
        self._first()

    def _fit(self) -> None:
        """Be as high as what is found, up to a point."""
        shown = self.model.shown
        self.nothing.setVisible(not shown)
        self.view.setVisible(bool(shown))
        rows = sum(theme.px(entry.height()) for entry in shown)
        self.view.setFixedHeight(min(max(rows, theme.px(LINE)), theme.px(LINE * _ROWS)) + 4)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()

    def _first(self) -> None:
        """Be at the first entry, or while searching at the first of those that fit best."""
        text = " ".join(plain(self.field.text()).split())
        places = [n for n, entry in enumerate(self.model.shown) if entry.key is not None]
        if places:
            best = min(places, key=lambda n: closeness(self.model.shown[n], text) if text else 0)
            self.view.scrollToTop()
            self.view.setCurrentIndex(self.model.index(best))

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            for _ in range(_ROWS - 1):
                self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.view.currentIndex())
        else:
            return False
        return True

    def _step(self, direction: int) -> None:
        row = self.view.currentIndex().row() + direction
        while 0 <= row < len(self.model.shown):
            if self.model.shown[row].key is not None:
                self.view.setCurrentIndex(self.model.index(row))
                return
            row += direction

    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index)

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid() or not self.model.shown:
            if self.field.text().strip():
                text = self.field.text().strip()
                self.hide()
                self.typed.emit(text)
            return
        entry = self.model.shown[index.row()]
        if entry.key is None:
            return
        if self.several:
            self.model.tick(index.row())
            return
        self.hide()
        self.chosen.emit(entry.key)

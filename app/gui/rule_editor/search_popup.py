"""A list to search and choose from, opened below a button. Rule: the keyboard is enough.

Typing searches, arrows move, Enter chooses, Esc closes. With `several` Enter and a click tick, and
the choice is told once, when the list closes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.gui import icons
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT
from app.gui.widgets.basic import Button, Label, column, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from app.gui.rule_editor.draft import Json

Index = QModelIndex | QPersistentModelIndex
_ENTRY: Final = Qt.ItemDataRole.UserRole
_ROW: Final = 40
_HEAD: Final = 28
_WIDTH: Final = 400
# A note gets at least this much of a line, however long the title is.
_NOTE_SHARE: Final = 0.4
_ROWS: Final = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it stands for, words, and what else it is found by. No key: a heading."""

    key: Json
    title: str
    note: str = ""
    icon: str = ""
    role: str = "none"
    found_by: str = ""
    ticked: bool = False


def plain(text: str) -> str:
    """Return a text without marks and case, so that "hoa hong" finds "Hoa hồng"."""
    text = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(sign for sign in text if unicodedata.category(sign) != "Mn")


def matches(entry: Entry, words: Sequence[str]) -> bool:
    """Say whether an entry has all the words."""
    text = plain(f"{entry.title} {entry.note} {entry.found_by}")
    return all(word in text for word in words)


def without_empty_heads(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries without the headings that nothing stands below."""
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        after = entries[place + 1] if place + 1 < len(entries) else None
        if entry.key is not None or (after is not None and after.key is not None):
            kept.append(entry)
    return kept


class Entries(QAbstractListModel):
    """The entries that match; headings stay only above something."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Entry] = []
        self.shown: list[Entry] = []
        self.ticked: set[Json] = set()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Replace everything."""
        self._all = list(entries)
        self.ticked = {entry.key for entry in entries if entry.ticked}
        self.search("")

    def refill(self, entries: Sequence[Entry], ticked: set[Json], text: str) -> None:
        """Show other entries; what is ticked stays so, even where it is not in sight."""
        self._all = list(entries)
        self.ticked = set(ticked)
        self.search(text)

    def search(self, text: str) -> None:
        """Show what has all the words of the text."""
        words = plain(text).split()
        found = [e for e in self._all if e.key is None or matches(e, words)]
        kept = without_empty_heads(found)
        self.beginResetModel()
        self.shown = kept
        self.endResetModel()

    def tick(self, row: int) -> None:
        """Tick an entry, or take its tick away."""
        self.ticked ^= {self.shown[row].key}
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.shown[index.row()].key is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Json:
        if not index.isValid():
            return None
        entry = self.shown[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = tr("chosen") if entry.key in self.ticked else ""
            return ", ".join(part for part in (entry.title, entry.note, ticked) if part)
        return None


class _Painter(QStyledItemDelegate):
    """Draws an entry: icon, title, and its note in a second tone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(_ENTRY)
        return QSize(100, theme.px(_HEAD if entry is not None and entry.key is None else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        rect = QRectF(option.rect)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.key is None:
            painter.setFont(theme.font("over"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(10, 4, -8, 0), left, entry.title)
            painter.restore()
            return
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = state & QStyle.StateFlag.State_Selected
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        self._paint_entry(painter, rect, entry, index)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRectF, entry: Entry, index: Index) -> None:
        x = rect.left() + 12
        if entry.icon:
            ink = entry.role if entry.role != "none" else "text2"
            place = QRectF(x, rect.center().y() - 9, 18, 18)
            icons.paint(painter, entry.icon, place, ink)
            x += 28
        model = index.model()
        right = rect.right() - 12
        if isinstance(model, Entries) and entry.key in model.ticked:
            icons.paint(painter, "check", QRectF(right - 18, rect.center().y() - 9, 18, 18), "ok")
            right -= 26
        small = QFontMetrics(theme.font("caption"))
        title_wide = QFontMetrics(theme.font("body")).horizontalAdvance(entry.title)
        least = (right - x) * _NOTE_SHARE
        left_over = int(max(least, right - x - title_wide - 16))
        note = small.elidedText(entry.note, Qt.TextElideMode.ElideRight, left_over)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        room = small.horizontalAdvance(note)
        area = QRectF(right - room, rect.top(), room, rect.height())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, note)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        width = right - x - room - (12 if note else 0)
        title = QFontMetrics(theme.font("body")).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, int(width)
        )
        area = QRectF(x, rect.top(), width, rect.height())
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, title)


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
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(tr("Search"))
        self.field.installEventFilter(self)
        self.model = Entries()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(self.view))
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
        rows = sum(_ROW if entry.key is not None else _HEAD for entry in entries)
        high = theme.px(min(max(rows, _ROW), _ROW * _ROWS)) + 4
        self.view.setFixedHeight(high)
        self.setFixedWidth(max(theme.px(_WIDTH), widget.width()))
        self.adjustSize()
        self.move(self._place(widget))
        self._first()
        self.show()
        self.field.setFocus()

    def refill(self, entries: Sequence[Entry], ticked: set[Json]) -> None:
        """Show other entries while the list is open."""
        self.model.refill(entries, ticked, self.field.text())
        self._first()
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
        self.nothing.setVisible(not self.model.shown)
        self._first()

    def _first(self) -> None:
        for place, entry in enumerate(self.model.shown):
            if entry.key is not None:
                self.view.setCurrentIndex(self.model.index(place))
                self.view.scrollToTop()
                return

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

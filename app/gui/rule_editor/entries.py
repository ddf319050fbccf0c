"""The lines of a list to search in: what each says, which of them fit, and how they are painted.

Rule: what is not asked for is not in the list, headings without anything below them neither.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.gui import icons
from app.gui.text import as_tip, tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gui.rule_editor.draft import Json

Index = QModelIndex | QPersistentModelIndex
_ENTRY: Final = Qt.ItemDataRole.UserRole
LINE: Final = 40
_TALL: Final = 54
_HEAD: Final = 28
# A note gets at least this much of a line, however long the title is.
_NOTE_SHARE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it stands for, words, and what else it is found by. No key: a heading.

    `names` are what else it is called; one that is typed whole is meant. `about` stands below the
    title. `again`: it is in the list a second time, so a search skips it.
    """

    key: Json
    title: str
    note: str = ""
    icon: str = ""
    role: str = "none"
    found_by: str = ""
    names: tuple[str, ...] = ()
    ticked: bool = False
    about: str = ""
    again: bool = False

    def height(self) -> int:
        """Return how high its line is, before the text size counts."""
        if self.key is None:
            return _HEAD
        return _TALL if self.about else LINE


def plain(text: str) -> str:
    """Return a text without marks and case, so that "hoa hong" finds "Hoa hồng"."""
    text = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(sign for sign in text if unicodedata.category(sign) != "Mn")


def matches(entry: Entry, words: Sequence[str]) -> bool:
    """Say whether an entry has all the words."""
    told = (entry.title, entry.note, entry.about, entry.found_by, *entry.names)
    text = plain(" ".join(told))
    return all(word in text for word in words)


def closeness(entry: Entry, text: str) -> int:
    """Say how well the names of an entry answer a search, 0 best.

    One is what was typed, begins with it, has a word that does, or has it within; else 4.
    """
    return min(_closeness(plain(name), text) for name in (entry.title, *entry.names))


def _closeness(name: str, text: str) -> int:
    if name == text:
        return 0
    if name.startswith(text):
        return 1
    if f" {text}" in name:
        return 2
    return 3 if text in name else 4


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
        all_of_them = [e for e in self._all if not (words and e.again)]
        found = [e for e in all_of_them if e.key is None or matches(e, words)]
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
            told = (entry.title, entry.about, entry.note, ticked)
            return ", ".join(part for part in told if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(entry.about) or None
        return None


class EntryPainter(QStyledItemDelegate):
    """Draws an entry: icon, title, and its note in a second tone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry | None = index.data(_ENTRY)
        return QSize(100, theme.px(entry.height() if entry is not None else LINE))

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
        if entry.about:
            rect = QRectF(rect.left(), rect.top() + 6, rect.width(), (rect.height() - 12) / 2)
            below = QRectF(x, rect.bottom(), right - x, rect.height())
            self._paint_about(painter, below, entry.about)
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

    def _paint_about(self, painter: QPainter, room: QRectF, about: str) -> None:
        font = theme.font("caption")
        dots = Qt.TextElideMode.ElideRight
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            room, middle, QFontMetrics(font).elidedText(about, dots, int(room.width()))
        )

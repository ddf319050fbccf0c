"""Lines of figures as a table: now, and under it what it was. Rule: every cell can be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.gui.text import as_tip, tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from app.gui.backtest.lines import Cell, Line

Index = QModelIndex | QPersistentModelIndex
_NONE: Final = QModelIndex()
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MARKS: Final = {-1: "▼ ", 0: "", 1: "▲ "}
_PAD: Final = 10
# A name of an output or a rule gets at least this.
_NAME: Final = 120


class FigureModel(QAbstractTableModel):
    """Lines, the title in the first column. `columns` are English sources."""

    def __init__(self, title: str, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources = (title, *columns)
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.sources)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own contract
        if orientation is Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return tr(self.sources[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as above
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        place = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if place == 0 else line.cells[place - 1].now
        if role == Qt.ItemDataRole.ToolTipRole and place == 0:
            return as_tip("\n".join(filter(None, (line.title, line.under))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._whole(line) if place == 0 else self._spoken(line.cells[place - 1], place)
        return None

    def _whole(self, line: Line) -> str:
        cells = [self._spoken(one, place + 1) for place, one in enumerate(line.cells)]
        return ". ".join(filter(None, (line.title, *cells, line.under)))

    def _spoken(self, one: Cell, place: int) -> str:
        name = tr(self.sources[place])
        if one.before is None:
            return tr("{name}: {now}", name=name, now=one.now)
        return tr("{name}: {now}, before {before}", name=name, now=one.now, before=one.before)


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, FigureModel):
            return
        line, rect = model.lines[index.row()], QRect(option.rect)
        painter.save()
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selected"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        inside = rect.adjusted(_PAD, 3, -_PAD, -3)
        if index.column() == 0:
            _paint_pair(painter, inside, line.title, line.under, _LEFT, "text2")
        else:
            _paint_cell(painter, inside, line.cells[index.column() - 1])
        painter.restore()


def _paint_cell(painter: QPainter, rect: QRect, one: Cell) -> None:
    if one.before is None:
        _paint_pair(painter, rect, one.now, "", _RIGHT, "muted")
    elif one.change:
        was = _MARKS[one.change] + tr("was {before}", before=one.before)
        _paint_pair(painter, rect, one.now, was, _RIGHT, "accent_text")
    else:
        _paint_pair(painter, rect, one.now, tr("same"), _RIGHT, "muted")


def _paint_pair(
    painter: QPainter, rect: QRect, text: str, under: str, align: Qt.AlignmentFlag, ink: str
) -> None:
    above = QRect(rect)
    if under:
        above.setHeight(rect.height() * 11 // 20)
        below = rect.adjusted(0, above.height(), 0, 0)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.colour(ink))
        painter.drawText(below, align, _cut(painter, under, below.width()))
    painter.setFont(theme.font("small_strong", tabular=True))
    painter.setPen(theme.colour("text"))
    painter.drawText(above, align, _cut(painter, text, above.width()))


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


class _Header(QHeaderView):
    """Small wrapped titles; a stylesheet has no token for every column."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("muted"))
        align = _LEFT if logicalIndex == 0 else _RIGHT
        text = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        inside = rect.adjusted(_PAD, 2, -_PAD, -4)
        painter.drawText(inside, align | Qt.TextFlag.TextWordWrap, text)
        painter.restore()


class FigureTable(QTableView):
    """A table as high as its lines, up to `most` of them; more are scrolled inside."""

    def __init__(self, model: FigureModel, name_source: str, *, most: int = 12) -> None:
        super().__init__()
        self.figures = model
        self._name = name_source
        self._most = most
        self._widths: list[int] = []
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalHeader(_Header(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr(name_source))
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the lines, and the width of the figures."""
        two = any(one.under or one.cells[0].before is not None for one in self.figures.lines)
        height = theme.px(46 if two else 34)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setFixedHeight(theme.px(40))
        self._widths = [self._wanted(place) for place in range(1, self.figures.columnCount())]
        for place in range(1, self.figures.columnCount()):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
        self._share_out()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        shown = min(self.figures.rowCount(), self._most)
        self.setFixedHeight(theme.px(40) + height * shown + 2)
        self._begin()

    def _share_out(self) -> None:
        """Give figures their width, but leave the first column room for names."""
        room = self.viewport().width() - theme.px(_NAME)
        share = min(1.0, max(0, room) / max(1, sum(self._widths)))
        for place, width in enumerate(self._widths, start=1):
            self.horizontalHeader().resizeSection(place, int(width * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_out()
        super().resizeEvent(event)

    def _wanted(self, place: int) -> int:
        """Return the width of a column: its widest figure, or the longest word of its title."""
        strong = QFontMetrics(theme.font("small_strong", tabular=True))
        small = QFontMetrics(theme.font("caption", tabular=True))
        words = tr(self.figures.sources[place]).split()
        widths = [small.horizontalAdvance(text) for text in (" ".join(words[:2]), tr("same"))]
        for line in self.figures.lines[:500]:
            one = line.cells[place - 1]
            widths.append(strong.horizontalAdvance(one.now))
            if one.change:
                was = _MARKS[one.change] + tr("was {before}", before=one.before)
                widths.append(small.horizontalAdvance(was))
        # Figures of one width are a little wider than the font's own.
        return min(round(max(widths) * 1.12), theme.px(128)) + 2 * _PAD + 2

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._begin()

    def _begin(self) -> None:
        """Let whoever is here by keys see where they are."""
        if self.hasFocus() and not self.currentIndex().isValid() and self.figures.rowCount():
            self.selectRow(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange) and hasattr(
            self, "_most"
        ):
            self.setAccessibleName(tr(self._name))
            self.fit()

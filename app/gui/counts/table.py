"""A plain table: rows of one height, one row chosen. Rule: the model words cells, nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPen
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

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFocusEvent

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
TONE: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROW: Final = 40
_PAD: Final = 12
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Rows(QAbstractTableModel):
    """Holds views of the core by their keys; what changed is told cell by cell, never all anew."""

    columns: ClassVar[tuple[str, ...]] = ()
    right: ClassVar[frozenset[int]] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def key(self, row: Any) -> str:  # noqa: ANN401 - each table has its own rows
        """Return what tells a row from others."""
        raise NotImplementedError

    def words(self, row: Any, column: int) -> str:  # noqa: ANN401 - as above
        """Return what a cell says."""
        raise NotImplementedError

    def tone(self, row: Any, column: int) -> str:  # noqa: ANN401 - as above
        """Return the ink of a cell, a token."""
        return "text" if column == 0 else "text2"

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these; the chosen row stays chosen if its key is still there."""
        new = list(rows)
        before = [self.key(one) for one in self.rows]
        after = [self.key(one) for one in new]
        if before == after:
            changed = [n for n, row in enumerate(new) if row != self.rows[n]]
            self.rows = new
            if changed:
                last = self.index(changed[-1], len(self.columns) - 1)
                self.dataChanged.emit(self.index(changed[0], 0), last)
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        names = [before[index.row()] for index in kept]
        self.rows = new
        places = {key: place for place, key in enumerate(after)}
        self.changePersistentIndexList(
            kept,
            [
                self.index(places[name], index.column()) if name in places else QModelIndex()
                for index, name in zip(kept, names, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def word_again(self) -> None:
        """Word everything again: another language, or time went by."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's own
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self.words(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(self.columns[column])}: {self.words(row, column)}"
        if role == TONE:
            return self.tone(row, column)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:  # noqa: ANN401 - Qt's own
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self.right else _LEFT
        return None


class Cells(QStyledItemDelegate):
    """Paints cells with our inks; the chosen row is one band with a ring while it has the focus."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view = index.model(), option.widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        right = isinstance(model, Rows) and index.column() in model.right
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.colour("text" if chosen else str(index.data(TONE) or "text2")))
        room = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _RIGHT if right else _LEFT, text)
        if chosen and isinstance(view, QTableView) and view.hasFocus():
            self._ring(painter, view, index)
        painter.restore()

    def _ring(self, painter: QPainter, view: QTableView, index: Index) -> None:
        """Draw this cell's part of the ring around the row."""
        painter.setPen(QPen(theme.colour("focus"), 2))
        rect = view.visualRect(view.model().index(index.row(), index.column())).adjusted(
            0, 1, 0, -1
        )
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == 0:
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(rect.right() - 1, rect.top(), rect.right() - 1, rect.bottom())


class Table(QTableView):
    """Shows `Rows`. Arrows move the choice, Tab leaves."""

    def __init__(self, model: Rows, name_source: str, stretch: int) -> None:
        super().__init__()
        self._name = name_source
        self._widths: dict[int, int] = {}
        self._place = -1
        self.setModel(model)
        model.setParent(self)
        self.setItemDelegate(Cells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(tr(name_source))
        model.layoutAboutToBeChanged.connect(self._on_leaving)
        model.layoutChanged.connect(self._on_left)
        self._fit()

    def widths(self, widths: dict[int, int]) -> None:
        """Give columns their widths, in pixels at 100 % text size."""
        self._widths = widths
        self._fit()

    def chosen(self) -> Any:  # noqa: ANN401 - each table has its own rows
        """Return the chosen row's view, None if no row is chosen."""
        index = self.currentIndex()
        model = self.model()
        if not index.isValid() or not isinstance(model, Rows) or index.row() >= len(model.rows):
            return None
        return model.rows[index.row()] if self.selectionModel().isSelected(index) else None

    def choose(self, place: int) -> None:
        """Choose a row by its place."""
        self.selectRow(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.chosen() is None and self.model().rowCount():
            self.choose(0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._name))
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_widths"):
            self._fit()
        super().changeEvent(event)

    def _on_leaving(self) -> None:
        self._place = self.currentIndex().row() if self.chosen() is not None else -1

    def _on_left(self) -> None:
        """Choose the next row where the chosen one is gone, so that one can go on."""
        count = self.model().rowCount()
        if self._place >= 0 and count and self.chosen() is None:
            self.choose(min(self._place, count - 1))

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        for column, width in self._widths.items():
            self.setColumnWidth(column, theme.px(width))

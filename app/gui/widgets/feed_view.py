"""The activity list on screen: a table of one painted column. Rule: no widget per row, ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.gui import icons
from app.gui.models.feed import ENTRY_ROLE, Entry
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT, RADIUS
from app.gui.widgets.basic import paint_tile
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from app.gateway.views import FeedRow
    from app.gui.words import FeedLines

Index = QModelIndex | QPersistentModelIndex
# A touch of the wheel is not reading.
_TOUCH_PX: Final = 2
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class FeedDelegate(QStyledItemDelegate):
    """Paints one row: tile, who and what, result with its symbol, time and coins."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.px(HEIGHT["row"]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, QRectF(rect), state)
        self._paint_lines(painter, QRectF(rect), entry.worded())
        if offers_rule(entry.row):
            painter.setFont(theme.font("small_strong"))
            painter.setPen(theme.colour("accent_text"))
            room = make_rect(QRectF(rect), entry.worded())
            if room.width():
                _draw_elided(painter, room, tr("Make a rule"))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if not (chosen or focus or state & QStyle.StateFlag.State_MouseOver):
            return
        painter.setPen(QPen(theme.colour("focus"), 2) if focus else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(rect.adjusted(6, 3, -6, -3), RADIUS["md"], RADIUS["md"])

    def _paint_lines(self, painter: QPainter, rect: QRectF, lines: FeedLines) -> None:
        middle = rect.center().y()
        paint_tile(
            painter, QRectF(rect.left() + 16, middle - 20, 40, 40), lines.icon, lines.role, 22
        )
        left, right = rect.left() + 68, rect.right() - 16
        high, low = middle - theme.px(21), middle + theme.px(1)
        line = theme.px(20)
        small = theme.font("caption", tabular=True)
        metrics = QFontMetrics(small)
        side = (
            max(metrics.horizontalAdvance(lines.time), metrics.horizontalAdvance(lines.coins)) + 12
        )
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(right - side, high, side, line), _RIGHT, lines.time)
        painter.drawText(QRectF(right - side, low, side, line), _RIGHT, lines.coins)
        self._paint_first(painter, QRectF(left, high, right - side - left, line), lines)
        icons.paint(painter, lines.symbol, QRectF(left, low + (line - 16) / 2, 16, 16), lines.ink)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.colour("text2" if lines.ink == "ok" else lines.ink))
        room = QRectF(left + 22, low, right - side - left - 22, line)
        _draw_elided(painter, room, lines.result)

    def _paint_first(self, painter: QPainter, room: QRectF, lines: FeedLines) -> None:
        strong = theme.font("strong")
        painter.setFont(strong)
        painter.setPen(theme.colour("text"))
        metrics = QFontMetrics(strong)
        # A long name leaves room for what happened: that is the news.
        width = min(metrics.horizontalAdvance(lines.who), int(room.width() * 0.6))
        _draw_elided(painter, QRectF(room.left(), room.top(), width + 1, room.height()), lines.who)
        after = width + metrics.horizontalAdvance(" ") + 1
        painter.setFont(theme.font("body", tabular=True))
        _draw_elided(painter, room.adjusted(after, 0, 0, 0), lines.what)


def offers_rule(row: FeedRow) -> bool:
    """Say whether a rule could be made for what the row tells of, and there is none."""
    return row.kind == "gift" and row.result == "none"


def make_rect(rect: QRectF, lines: FeedLines) -> QRectF:
    """Return where a row offers to make a rule: behind its second line, empty without room."""
    text = QFontMetrics(theme.font("small", tabular=True)).horizontalAdvance(lines.result)
    wide = QFontMetrics(theme.font("small_strong")).horizontalAdvance(tr("Make a rule")) + 4.0
    left = rect.left() + 68 + 22 + text + 14
    fits = left + wide <= rect.right() - theme.px(96)
    return QRectF(left, rect.center().y() + theme.px(1), wide if fits else 0.0, theme.px(20))


def _draw_elided(painter: QPainter, room: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, int(room.width()) + 1
    )
    painter.drawText(room.adjusted(0, 0, 4, 0), _LEFT, shown)


class FeedView(QTableView):
    """The list. `opened` carries the entry of a chosen row; `left_top` tells of scrolling.

    `menu_asked` carries an entry and where its menu belongs on the screen, `make_asked` the row
    of a gift that a rule is to be made for.
    """

    opened = Signal(object)
    left_top = Signal(bool)
    menu_asked = Signal(object, QPoint)
    make_asked = Signal(object)
    # What a screen reader calls the list.
    name = N_("Activity")

    def __init__(self, rows: QAbstractItemModel) -> None:
        super().__init__()
        self.setObjectName("feed")
        self.setModel(rows)
        self.setItemDelegate(FeedDelegate(self))
        self.setAccessibleName(tr(self.name))
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rail = self.verticalHeader()
        rail.hide()
        rail.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rail.setMinimumSectionSize(1)
        rail.setDefaultSectionSize(theme.px(HEIGHT["row"]))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.clicked.connect(self._open)
        self._at_top = True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(theme.px(HEIGHT["row"]))
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self.name))
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the row; the arrows move as in every list."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Make a rule where a row offers one; anywhere else on it the row opens."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        entry = index.data(ENTRY_ROLE)
        offered = isinstance(entry, Entry) and offers_rule(entry.row)
        if offered and event.button() == Qt.MouseButton.LeftButton:
            room = make_rect(QRectF(self.visualRect(index)), entry.worded())
            if room.contains(event.position()) and self.currentIndex() == index:
                self.make_asked.emit(entry.row)
                return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row: by the right button, or by the key for menus."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry):
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_asked.emit(entry, event.globalPos() if by_mouse else below)

    def _open(self, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry):
            self.opened.emit(entry)

    def _on_scrolled(self, value: int) -> None:
        at_top = value <= _TOUCH_PX
        if at_top != self._at_top:
            self._at_top = at_top
            self.left_top.emit(not at_top)

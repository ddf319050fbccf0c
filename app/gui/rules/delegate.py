"""Paints one row of the list of rules. Rule: what is painted is what `lines` says, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.gui import icons
from app.gui.rules.model import ROW_ROLE, Row, RuleListModel
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import RADIUS
from app.gui.widgets.basic import paint_tile
from app.gui.widgets.controls import paint_switch

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFont

    from app.gui.rules.lines import Line

    Index = QModelIndex | QPersistentModelIndex

GAP: Final = 6
_PAD: Final = 10
_TEXT_X: Final = 78
_SWITCH: Final = QSize(44, 28)
_KEPT: Final = 4000
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class RuleDelegate(QStyledItemDelegate):
    """Handle, tile, name, sentence, counts or warning, switch; headings are lower."""

    def __init__(self, rules: RuleListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence_lines = 2
        self._model = rules
        self._sizes: tuple[QSize, ...] = ()
        self._broken: dict[tuple[str, int, int], list[str]] = {}

    def forget(self) -> None:
        """Break sentences and measure rows anew: font, language or lines are others."""
        self._broken.clear()
        self._sizes = ()

    def heights(self) -> tuple[int, int]:
        """Return the heights of a rule and of a heading in pixels, gaps included."""
        text = 20 + 20 * self.sentence_lines + 20
        return theme.px(text) + 2 * _PAD + GAP, max(theme.px(32), 36) + GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Asked of every row when the list is laid out: no signal, no role, no sum.
        if not self._sizes:
            rule, heading = self.heights()
            self._sizes = (QSize(120, rule), QSize(120, heading))
        kind = self._model.rows()[index.row()].kind
        return self._sizes[kind in ("group", "aside_head")]

    # ------------------------------------------------------------ where things are

    def switch_rect(self, row: QRect) -> QRect:
        """Return where the switch of a row is."""
        card = row.adjusted(0, 0, 0, -GAP)
        top = card.top() + (_PAD - 4 if card.height() > theme.px(50) else (card.height() - 28) // 2)
        return QRect(QPoint(card.right() - _SWITCH.width() - 6, top), _SWITCH)

    # ------------------------------------------------------------ painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = self._model.line(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(rect).adjusted(1, 1, -1, -GAP - 1)
        if row.kind in ("group", "aside_head"):
            self._paint_heading(painter, card, row, line, state)
        else:
            self._paint_card(painter, card, state)
            self._paint_rule(painter, card, line, state)
        if line.switch is not None:
            paint_switch(painter, QRectF(self.switch_rect(rect)), on=line.switch)
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRectF, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = "focus" if focus else "accent_text" if chosen else "line"
        ground = "selected" if chosen else "hover" if hover else "surface"
        painter.setPen(QPen(theme.colour(edge), 2 if focus else 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(card, RADIUS["lg"], RADIUS["lg"])

    def _paint_rule(
        self, painter: QPainter, card: QRectF, line: Line, state: QStyle.StateFlag
    ) -> None:
        top, high = card.top() + _PAD - 1, theme.px(20)
        if line.switch is not None:
            place = QRectF(card.left() + 7, top + 10, 16, 16)
            over = state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
            icons.paint(painter, "grip", place, "text2" if over else "muted")
        tile = QRectF(card.left() + 29, top, 36, 36)
        paint_tile(painter, tile, line.icon, "none" if line.dim else line.role, 20)
        left, right = card.left() + _TEXT_X - 1, card.right() - 12
        name_right = right - (_SWITCH.width() if line.switch is not None else 0)
        painter.setPen(theme.colour("text2" if line.dim else "text"))
        painter.setFont(theme.font("strong"))
        _elided(painter, QRectF(left, top, name_right - left, high), line.name)
        painter.setPen(theme.colour("muted" if line.dim else "text2"))
        small = theme.font("small", tabular=True)
        painter.setFont(small)
        y = top + high
        for text in self._lines(line.sentence, small, int(right - left)):
            painter.drawText(QRectF(left, y, right - left + 4, high), _LEFT, text)
            y += high
        y = top + high * (1 + self.sentence_lines)
        icons.paint(painter, line.symbol, QRectF(left, y + (high - 14) / 2, 14, 14), line.ink)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.colour(line.ink))
        _elided(painter, QRectF(left + 19, y, right - left - 19, high), line.meta)

    def _paint_heading(
        self, painter: QPainter, card: QRectF, row: Row, line: Line, state: QStyle.StateFlag
    ) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or focus or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.colour("focus"), 2) if focus else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(card, RADIUS["md"], RADIUS["md"])
        middle = card.center().y()
        arrow = QRectF(card.left() + 7, middle - 8, 16, 16)
        icons.paint(painter, "down" if row.open else "right", arrow, "text2")
        ink = line.ink if line.symbol else "muted"
        icons.paint(painter, line.icon, QRectF(card.left() + 29, middle - 9, 18, 18), ink)
        left = card.left() + 55
        right = card.right() - (_SWITCH.width() + 12 if line.switch is not None else 12)
        strong = theme.font("strong")
        painter.setFont(strong)
        painter.setPen(theme.colour("text2" if line.dim else "text"))
        caption = theme.font("caption", tabular=True)
        need = QFontMetrics(caption).horizontalAdvance(line.meta) + 10
        width = min(QFontMetrics(strong).horizontalAdvance(line.name) + 2.0, right - left)
        width = max(min(width, right - left - need), min(width, (right - left) * 0.45))
        _elided(painter, QRectF(left, card.top(), width, card.height()), line.name)
        painter.setFont(caption)
        painter.setPen(theme.colour("muted"))
        room = QRectF(left + width + 8, card.top(), right - left - width - 8, card.height())
        _elided(painter, room, line.meta)

    def _lines(self, text: str, font: QFont, width: int) -> list[str]:
        """Break a sentence into the lines there is room for; the last one ends in dots if cut."""
        key = (text, width, self.sentence_lines)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) > _KEPT:
                self._broken.clear()
            found = self._broken[key] = _broken(text, font, width, self.sentence_lines)
        return found

    # ------------------------------------------------------------ renaming in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setObjectName("rule_name")
        field.setMaxLength(120)
        field.setAccessibleName(tr("Name"))
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect
        row = index.data(ROW_ROLE)
        heading = isinstance(row, Row) and row.kind == "group"
        left = rect.left() + (46 if heading else _TEXT_X - 12)
        high = editor.sizeHint().height()
        top = rect.top() + ((rect.height() - GAP - high) // 2 if heading else 3)
        editor.setGeometry(left, top, self.switch_rect(rect).left() - left - 4, high)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


def _elided(painter: QPainter, room: QRectF, text: str) -> None:
    shown = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, int(room.width()) + 1
    )
    painter.drawText(room.adjusted(0, 0, 4, 0), _LEFT, shown)


def _broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    start = 0
    while start < len(text):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        start, length = line.textStart(), line.textLength()
        if len(found) == most - 1:
            rest = text[start:]
            found.append(
                QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width + 1)
            )
            break
        found.append(text[start : start + length].rstrip())
        start += length
    layout.endLayout()
    return found

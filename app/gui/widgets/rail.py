"""The rail at the left: mark, pages, and the switch for all rules. Rule: names stay when narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.gui import icons
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT, RADIUS, WIDTH
from app.gui.widgets.basic import Card, ElidedLabel, Label, Tile, column, row
from app.gui.widgets.controls import Switch
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from app.gui.models.state import State
    from app.gui.page import PageCard

Index = QModelIndex | QPersistentModelIndex
_KEY: Final = int(Qt.ItemDataRole.UserRole) + 1
_ICON: Final = _KEY + 1
_TITLE: Final = _KEY + 2
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class _NavDelegate(QStyledItemDelegate):
    narrow = False
    ring = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, theme.px(HEIGHT["nav"]) + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        place = QRectF(rect).adjusted(1, 2, -1, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_HasFocus and self.ring:
            painter.setPen(QPen(theme.colour("focus"), 2))
        elif chosen:
            painter.setPen(QPen(theme.colour("nav_line"), 1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        ground = "nav" if chosen else "hover" if over else "rail"
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, RADIUS["md"], RADIUS["md"])
        size = theme.px(20)
        x = place.center().x() - size / 2 if self.narrow else place.left() + 11
        spot = QRectF(x, place.center().y() - size / 2, size, size)
        icons.paint(painter, str(index.data(_ICON)), spot, "accent_text" if chosen else "text2")
        if not self.narrow:
            font = theme.font("strong" if chosen else "body")
            painter.setFont(font)
            painter.setPen(theme.colour("text" if chosen or over else "text2"))
            room = QRectF(x + size + 12, place.top(), place.right() - x - size - 16, place.height())
            painter.drawText(room, _LEFT, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()


class _NavList(QListWidget):
    """The pages as a list; the focus ring shows for the keyboard, not after a click."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.painter = _NavDelegate(self)
        self.setItemDelegate(self.painter)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        mouse = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        self.painter.ring = event.reason() not in (*mouse, Qt.FocusReason.OtherFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.painter.ring = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.painter.ring = True
        super().keyPressEvent(event)


class Rail(QFrame):
    """Pages by name; `chosen` carries the key, `rules_switched` the wish for all rules."""

    chosen = Signal(str)
    rules_switched = Signal(bool)

    def __init__(self, pages: tuple[PageCard, ...]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.mark = Tile("bolt", "brand", 36, 20)
        self.name = Label(kind="heading")
        self.name.show_text("Giftwire")
        self.list = _NavList()
        for page in pages:
            item = QListWidgetItem()
            item.setData(_KEY, page.key)
            item.setData(_ICON, page.icon)
            item.setData(_TITLE, page.title)
            self.list.addItem(item)
        self.switch = Switch(N_("Rules are running"))
        self.rules_title = ElidedLabel(kind="small_strong")
        self.rules_words = ElidedLabel(kind="caption")
        self._titles = column(self.rules_title, self.rules_words, gap=0)
        self._rules = Card(row(self._titles, self.switch, gap=6, pad=(12, 10, 6, 10)))
        head = row(self.mark, self.name, None, gap=12, pad=(4, 0, 0, 0))
        self._layout = column(head, 10, self.list, self._rules, gap=8, pad=(16, 22, 16, 16))
        self._layout.setStretch(2, 1)
        self.setLayout(self._layout)
        self.list.currentRowChanged.connect(self._on_row)
        self.switch.toggled.connect(self.rules_switched)
        self.set_narrow(narrow=False)
        self._retranslate()

    def choose(self, key: str) -> None:
        """Mark a page as the present one."""
        for place in range(self.list.count()):
            if self.list.item(place).data(_KEY) == key:
                self.list.setCurrentRow(place)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or icons with names."""
        self.list.painter.narrow = narrow
        self.setFixedWidth(WIDTH["rail_small"] if narrow else max(WIDTH["rail"], theme.px(200)))
        for widget in (self.name, self.rules_title, self.rules_words):
            widget.setVisible(not narrow)
        side = 12 if narrow else 16
        self._layout.setContentsMargins(side, 22, side, 16)
        inner = self._rules.layout()
        if inner is not None:
            inner.setContentsMargins(*((1, 8, 1, 8) if narrow else (12, 10, 6, 10)))
        self.list.viewport().update()

    def show_state(self, state: State) -> None:
        """Show whether rules run, are paused or are stopped."""
        running = state.rules_running and not state.stop.stopped
        self.switch.show_state(on=running)
        self.switch.setEnabled(state.connected and not state.stop.stopped)
        source = N_("Rules are running") if running else N_("Rules are paused")
        if state.stop.stopped:
            source = N_("Rules are stopped")
        if not state.connected:
            source = N_("Not known now")
        self.rules_title.show_text(tr(source))
        count = tr("{on} of {total} on", on=state.rules_on, total=len(state.rules))
        self.rules_words.show_text(count)
        self.switch.setAccessibleName(tr("Rules are running"))
        self.switch.setToolTip(f"{tr(source)}. {count} (Ctrl+P)")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(tr("Pages"))
        for place in range(self.list.count()):
            item = self.list.item(place)
            title = tr(str(item.data(_TITLE)))
            item.setText(title)
            item.setToolTip(f"{title} (Ctrl+{place + 1})")

    def _on_row(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(str(self.list.item(place).data(_KEY)))

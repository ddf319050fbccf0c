"""The list of rules on screen: choosing, switches, folding, keys. Rule: no widget per row, ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.gui.rules.delegate import RuleDelegate
from app.gui.rules.dragging import Dragging
from app.gui.text import tr
from app.gui.widgets.basic import set_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from app.gui.rules.model import Row, RuleListModel

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_LEFT: Final = Qt.MouseButton.LeftButton


class RuleListView(QListView):
    """Rules under their headings. `shown` carries kind and id of the row to be shown beside it."""

    shown = Signal(str, str)
    chosen = Signal()
    edit_asked = Signal()

    def __init__(self, rules: RuleListModel) -> None:
        super().__init__()
        self.setObjectName("rule_list")
        self.rules = rules
        self.setModel(rules)
        self.look = RuleDelegate(rules, self)
        self.setItemDelegate(self.look)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # For the choosing it brings: a press on one of several chosen rows keeps them all.
        self.setDragEnabled(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._on_range(0, 0)
        self.drag = Dragging(self)
        self._switch_at: tuple[str, str] | None = None
        self._kept: tuple[set[tuple[str, str]], tuple[str, str] | None, int] | None = None
        rules.modelAboutToBeReset.connect(self._on_about_to_reset)
        rules.modelReset.connect(self._on_reset)
        self._follow_selection()
        self.retranslate()

    def retranslate(self) -> None:
        """Follow the language."""
        self.setAccessibleName(tr("Rules"))
        self.look.forget()

    def set_sentence_lines(self, lines: int) -> None:
        """Give sentences this many lines: fewer in a low window."""
        if lines != self.look.sentence_lines:
            self.look.sentence_lines = lines
            self.look.forget()
            self.scheduleDelayedItemsLayout()

    # ------------------------------------------------------------ what is chosen

    def current_row(self) -> Row | None:
        """Return the row the keyboard is on."""
        return self.rules.row(self.currentIndex())

    def chosen_rows(self) -> list[Row]:
        """Return the chosen rows from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        rows = self.rules.rows()
        return [rows[place] for place in places]

    def chosen_rules(self) -> list[str]:
        """Return the ids of the chosen rules from the top."""
        return [row.id for row in self.chosen_rows() if row.kind == "rule"]

    def choose(self, rule_ids: Iterable[str], *, kind: str = "rule") -> None:
        """Choose rows and bring the last into view; those out of sight are left alone."""
        selection = QItemSelection()
        last = QModelIndex()
        for row_id in rule_ids:
            index = self.rules.place(kind, row_id)
            if index.isValid():
                selection.select(index, index)
                last = index
        if last.isValid():
            self.selectionModel().select(selection, _Flag.ClearAndSelect)
            self.selectionModel().setCurrentIndex(last, _Flag.NoUpdate)
            self.scrollTo(last)

    def rename(self) -> None:
        """Let the name of the current row be typed in place."""
        row = self.current_row()
        if row is not None and row.kind in ("rule", "group"):
            self.edit(self.currentIndex())

    def _follow_selection(self) -> None:
        model = self.selectionModel()
        model.currentChanged.connect(self._on_current)
        model.selectionChanged.connect(self._on_selection)

    def _on_current(self, index: Index) -> None:
        row = self.rules.row(index)
        if row is not None:
            self.shown.emit(row.kind, row.id)

    def _on_selection(self) -> None:
        self.chosen.emit()

    def _on_about_to_reset(self) -> None:
        row = self.current_row()
        chosen = {one.key for one in self.chosen_rows()}
        self._kept = (chosen, row.key if row else None, self.verticalScrollBar().value())

    def _on_reset(self) -> None:
        if self._kept is None:
            return
        chosen, current, scrolled = self._kept
        self._kept = None
        selection = QItemSelection()
        for kind, row_id in chosen:
            index = self.rules.place(kind, row_id)
            if index.isValid():
                selection.select(index, index)
        self.selectionModel().select(selection, _Flag.ClearAndSelect)
        if current is not None:
            index = self.rules.place(*current)
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        self.chosen.emit()

    # ------------------------------------------------------------ switches and folding

    def fold(self, row: Row, *, is_open: bool) -> None:
        """Unfold or fold the rows under a heading."""
        if row.kind == "aside_head" and is_open != row.open:
            self.rules.fold_aside()
        elif row.kind == "group" and not self.rules.wanted.active:
            self.rules.desk.groups.fold(row.id, is_open=is_open)

    def turn_chosen(self) -> None:
        """Turn what is chosen on, or off if all of it is on."""
        desk, row = self.rules.desk, self.current_row()
        ids = self.chosen_rules()
        if not ids and row is not None and row.kind == "group":
            group = self.rules.group(row)
            desk.groups.turn(row.id, on=not (group is not None and group.on))
            return
        rules = [rule for one in ids if (rule := desk.rule(one)) is not None]
        desk.turn(ids, on=not all(rule.on for rule in rules))

    def _on_range(self, low: int, high: int) -> None:
        """Show no handle where there is nothing to scroll; its place is kept."""
        set_state(self.verticalScrollBar(), "idle", "yes" if low == high else "no")

    def _on_switch(self, spot: QPoint) -> QModelIndex:
        """Return the row whose switch is at a spot, an invalid index for none."""
        index = self.indexAt(spot)
        row = self.rules.row(index)
        if row is None or row.kind not in ("rule", "group"):
            return QModelIndex()
        over = self.look.switch_rect(self.visualRect(index)).contains(spot)
        return index if over else QModelIndex()

    def _flip(self, index: Index) -> None:
        row = self.rules.row(index)
        if row is not None:
            checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            self.rules.turn(row, on=not checked)

    # ------------------------------------------------------------ Qt events

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint what changed. QListView would ask 2,000 rows for their heights, which stay."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        self._switch_at = None
        if event.button() == _LEFT:
            index = self._on_switch(spot)
            if index.isValid():
                row = self.rules.row(index)
                self._switch_at = row.key if row is not None else None
                return
            self.drag.press(spot)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second of two quick clicks for a click like any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self._switch_at is not None:
            return
        pressed = bool(event.buttons() & _LEFT)
        if pressed and self.drag.move(spot):
            return
        if not pressed and self.drag.active:
            # The button went up where nobody told us.
            self.drag.cancel()
        over = self._on_switch(spot).isValid()
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )
        if not pressed:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self._switch_at is not None:
            pressed, self._switch_at = self._switch_at, None
            index = self._on_switch(spot)
            row = self.rules.row(index)
            if row is not None and row.key == pressed:
                self._flip(index)
            return
        if self.drag.release(spot):
            return
        super().mouseReleaseEvent(event)
        row = self.rules.row(self.indexAt(spot))
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == _LEFT and plain and row is not None:
            self._on_plain_click(row)

    def _on_plain_click(self, row: Row) -> None:
        if row.kind in ("group", "aside_head"):
            self.fold(row, is_open=not row.open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        # Enter in the field of a name comes here too, once the field has had it.
        typing = self.state() == QAbstractItemView.State.EditingState
        if plain and row is not None and not typing and self._on_plain_key(key, row):
            return
        super().keyPressEvent(event)

    def _on_plain_key(self, key: int, row: Row) -> bool:
        heading = row.kind in ("group", "aside_head")
        if key == Qt.Key.Key_Space:
            self.turn_chosen()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if heading:
                self.fold(row, is_open=not row.open)
            else:
                self.edit_asked.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and heading:
            self.fold(row, is_open=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Left and row.kind == "rule":
            rule = self.rules.rule(row)
            self.choose([rule.group] if rule else [], kind="group")
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.drag.paint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.look.forget()
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

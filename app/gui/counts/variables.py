"""Variables and counters: seen as they change, edited in place, added and removed.

Rule: the core answers whether a name or value fits; nothing is shown that it does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from app.gateway.messages import DropVariable, GetUses, Reply, SetVariable
from app.gui.counts.panel import Entry, Panel, bind, read_value, written
from app.gui.counts.table import Cells, Index, Rows, Table
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from app.gateway.views import VariableView
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

_NAME, _VALUE, _KEPT, _USED = range(4)


class VariableRows(Rows):
    """Variables by name; the value may be edited."""

    columns: ClassVar[tuple[str, ...]] = (N_("Name"), N_("Value"), N_("Kept"), N_("Used by"))
    right: ClassVar[frozenset[int]] = frozenset({_VALUE})

    def __init__(self, panel: Variables) -> None:
        super().__init__()
        self._panel = panel

    def key(self, row: VariableView) -> str:
        return row.name

    def words(self, row: VariableView, column: int) -> str:
        if column == _NAME:
            return row.name
        if column == _VALUE:
            return written(row.value)
        if column == _KEPT:
            return tr("For good") if row.lasting else tr("This stream")
        return self._panel.used_by(row.name)

    def tone(self, row: VariableView, column: int) -> str:
        return "text" if column in (_NAME, _VALUE) else "text2"

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _VALUE else flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:  # noqa: ANN401 - Qt's own
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.words(self.rows[index.row()], index.column())
        return super().data(index, role)

    def setData(
        self,
        index: Index,
        value: object,
        role: int = int(Qt.ItemDataRole.EditRole),
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != _VALUE:
            return False
        row, text = self.rows[index.row()], str(value)
        if text != written(row.value):
            self._panel.change(row, read_value(text))
        return True


class _Values(Cells):
    """Edits a value in a line of our own look."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        line = QLineEdit(parent)
        name = index.model().index(index.row(), _NAME).data()
        line.setAccessibleName(tr("Value of {name}", name=name))
        line.setMaxLength(200)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class Variables(Panel):
    """The table of variables, and the line that adds one."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__(desk, offer)
        self._uses: dict[str, tuple[str, ...]] = {}
        self._adding = ""
        self.rows = VariableRows(self)
        self.table = Table(self.rows, N_("Variables"), _USED)
        self.table.setItemDelegate(_Values(self.table))
        self.table.widths({_NAME: 200, _VALUE: 160, _KEPT: 120})
        self.name = Entry(N_("Name of the new variable"), N_("Name, e.g. spins"), 200)
        self.name.setMaxLength(60)
        self.value = Entry(N_("Its first value"), N_("Value, e.g. 0"), 130)
        self.lasting = Switch(N_("Keep it for good"))
        self.add = Button(N_("Add"), "primary", "plus")
        self.edit = Button(N_("Change value"), "", "pencil")
        self.keep = Button(N_("Keep for good"))
        self.rule = Button(N_("Show rule"))
        self.remove = Button(N_("Remove"), "", "trash")
        self.empty = EmptyState(
            "level",
            N_("Nothing is counted yet"),
            N_("Rules can count: spins left, a best score, who was last. Add a variable here, "
               "or use “Add to a variable” in a rule."),
        )  # fmt: skip
        self._build()
        self._connect()
        self.show_state()

    def _build(self) -> None:
        adding = row(
            self.name,
            self.value,
            self.lasting,
            Label(N_("Keep for good"), "small"),
            None,
            self.add,
            gap=8,
            pad=(12, 10, 12, 10),
        )
        acting = row(self.edit, self.keep, self.rule, None, self.remove, gap=8, pad=(12, 8, 12, 10))
        self.card = Card(column(adding, self.table, self.empty, acting, gap=0))
        self.setLayout(column(self.card))

    def _connect(self) -> None:
        bridge = self.desk.bridge
        bridge.variables_changed.connect(self.show_state)
        bridge.link_changed.connect(self.show_state)
        bridge.revision_changed.connect(self.ask_uses)
        bridge.rules_changed.connect(self._on_rules)
        self.table.selectionModel().selectionChanged.connect(self._show_acts)
        self.rows.layoutChanged.connect(self._show_acts)
        self.rows.dataChanged.connect(self._show_acts)
        self.table.doubleClicked.connect(self.start_edit)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            bind(self.table, key, self.start_edit)
        bind(self.table, Qt.Key.Key_Delete, self._on_remove)
        self.name.returnPressed.connect(self._on_add)
        self.value.returnPressed.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(self.start_edit)
        self.keep.clicked.connect(self._on_keep)
        self.rule.clicked.connect(self._on_rule)
        self.remove.clicked.connect(self._on_remove)

    # ------------------------------------------------------------ what is shown

    def retranslate(self) -> None:
        self.name.retranslate()
        self.value.retranslate()
        self.rows.word_again()
        self._show_acts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_uses()

    def show_state(self) -> None:
        """Show the variables of the core."""
        state = self.desk.bridge.state
        self.rows.show_rows(sorted(state.variables, key=lambda one: one.name.casefold()))
        for part in (self.table, self.edit, self.keep, self.rule, self.remove):
            part.setVisible(bool(self.rows.rows))
        self.empty.setVisible(not self.rows.rows)
        self.add.setEnabled(state.connected)
        self._show_acts()

    def used_by(self, name: str) -> str:
        """Return the rules that name a variable."""
        return self.rule_names(self._uses.get(name, ()))

    def ask_uses(self) -> None:
        """Ask which rules use what, while anybody looks."""
        if self.isVisible() and self.desk.bridge.state.connected:
            self.desk.bridge.ask(GetUses(), self._on_uses)

    def _on_uses(self, reply: Reply) -> None:
        if reply.uses is not None:
            self._uses = reply.uses.variables
            self.rows.word_again()
            self._show_acts()

    def _on_rules(self) -> None:
        if self.isVisible():
            self.rows.word_again()

    def _show_acts(self) -> None:
        found = self.table.chosen()
        for button in (self.edit, self.keep, self.remove):
            button.setEnabled(found is not None and self.desk.bridge.state.connected)
        self.rule.setEnabled(found is not None and bool(self._uses.get(found.name)))
        lasting = found is not None and found.lasting
        self.keep.show_source(N_("Only this stream") if lasting else N_("Keep for good"))

    # ------------------------------------------------------------ what people do

    def change(self, row: VariableView, value: float | str) -> None:
        """Set a variable."""
        self.desk.bridge.ask(SetVariable(name=row.name, value=value), self.told)

    def start_edit(self, _index: QModelIndex | None = None) -> None:
        """Edit the value of the chosen variable in its place."""
        index = self.table.currentIndex()
        if self.table.chosen() is not None and self.desk.bridge.state.connected:
            place = self.rows.index(index.row(), _VALUE)
            self.table.setCurrentIndex(place)
            self.table.edit(place)

    def escape(self) -> bool:
        editing = self.table.state() == QAbstractItemView.State.EditingState
        if editing:
            self.table.setFocus()
        return editing

    def _on_add(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        if any(one.name == name for one in self.desk.bridge.state.variables):
            self.desk.tell(tr("There is a variable {name} already.", name=name))
            return
        value = read_value(self.value.text() or "0")
        self._adding = name
        request = SetVariable(name=name, value=value, lasting=self.lasting.isChecked())
        self.desk.bridge.ask(request, self._on_added)

    def _on_added(self, reply: Reply) -> None:
        if not reply.ok:
            self.told(reply)
            self.name.setFocus()
            return
        self.name.clear()
        self.value.clear()
        self.desk.tell(tr("{name} was added.", name=self._adding))
        self.name.setFocus()

    def _on_keep(self) -> None:
        found = self.table.chosen()
        if found is not None:
            request = SetVariable(name=found.name, value=found.value, lasting=not found.lasting)
            self.desk.bridge.ask(request, self.told)

    def _on_rule(self) -> None:
        found = self.table.chosen()
        ids = self._uses.get(found.name, ()) if found is not None else ()
        if ids:
            self.desk.go("rules", ids[0])

    def _on_remove(self) -> None:
        found = self.table.chosen()
        if found is None or not self.remove.isEnabled():
            return
        self.desk.bridge.ask(DropVariable(name=found.name), self.told)
        back = _Back(self, found)
        self.offer.offer(tr("{name} was removed.", name=found.name), back.take)


class _Back:
    """Puts a removed variable back as it was."""

    def __init__(self, panel: Variables, view: VariableView) -> None:
        self._panel = panel
        self._view = view

    def take(self) -> None:
        view = self._view
        request = SetVariable(name=view.name, value=view.value, lasting=view.lasting)
        self._panel.desk.bridge.ask(request, self._panel.told)

"""All gifts that are known: found by any name, number or price. Rule: the keyboard is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from app.gui.inbox.model import ALL, ALSO, COINS, COMBO, NAME, NUMBER, RULES, USED, GiftTable
from app.gui.inbox.use import AddMenu, used_by
from app.gui.text import number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, column, row
from app.gui.widgets.controls import Segments
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.inbox.model import GiftRow
    from app.gui.rules.desk import RuleDesk

_TIERS: Final = (
    (ALL, N_("All")),
    ("small", "1–9"),
    ("medium", "10–99"),
    ("big", "100–499"),
    ("huge", "500+"),
    (USED, N_("In rules")),
)
_ROW: Final = 40
_PAUSE_MS: Final = 120
_WIDTHS: Final = {NUMBER: 92, COINS: 92, COMBO: 96}
_STEPS: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Catalogue(QWidget):
    """The list with its search. `rule_asked` carries id and name, `left` leaves it."""

    rule_asked = Signal(int, str)
    left = Signal()

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self.table = GiftTable(self)
        self.field = QLineEdit()
        self.field.installEventFilter(self)
        self.tiers = Segments(_TIERS, N_("Price of one"))
        self.count = Label(kind="caption")
        self.view = _view(self.table)
        self.view.installEventFilter(self)
        self.back = Button(N_("Back to the rules"), "", "undo")
        self.show_rule = Button(N_("Show the rule"), "", "arrow")
        self.add = Button(N_("Add to a rule…"), "", "rules")
        self.make = Button(N_("Make a rule"), "primary", "plus")
        self.name = Label(kind="strong")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.seek)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        head = row(Label(N_("All gifts"), "title"), self.count, None, self.back, gap=12)
        sought = row(self.field, self.tiers, gap=8)
        sought.setStretch(0, 1)
        feet = row(self.name, None, self.show_rule, self.add, self.make, gap=8)
        layout = column(head, sought, self.view, feet, gap=10, pad=(24, 16, 24, 16))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_text)
        self.tiers.chosen.connect(self._on_tier)
        self.back.clicked.connect(self.left)
        self.make.clicked.connect(self._on_make)
        self.add.clicked.connect(self._on_add)
        self.show_rule.clicked.connect(self._on_show_rule)
        self.view.doubleClicked.connect(self._on_make)
        self.view.selectionModel().currentRowChanged.connect(self._show_chosen)
        self._desk.gifts.changed.connect(self.show_gifts)
        self._desk.changed.connect(self.show_gifts)
        self._desk.reset.connect(self.show_gifts)

    def open_anew(self) -> None:
        """Show what is known now, with nothing searched for."""
        self.field.clear()
        self.tiers.choose(ALL)
        self._desk.gifts.refresh()
        self._fill()
        self.seek()

    def start(self) -> None:
        """Put the keyboard into the search."""
        self.field.setFocus()

    def retranslate(self) -> None:
        """Word everything in the language in force."""
        self.field.setPlaceholderText(tr("Search by name in any language, number or price"))
        self.field.setAccessibleName(tr("Search gifts"))
        self.view.setAccessibleName(tr("All gifts"))
        if self.isVisible():
            self._fill()
        self._show_chosen()

    def show_gifts(self) -> None:
        """Show gifts, names or rules that are others now; costs nothing while nobody looks."""
        if self.isVisible():
            self._fill()

    def chosen(self) -> GiftRow | None:
        """Return the current gift."""
        place = self.view.currentIndex().row()
        return self.table.shown[place] if 0 <= place < len(self.table.shown) else None

    def choose(self, gift_id: int) -> None:
        """Make a gift the current one, the first if it does not show."""
        place = max(0, self.table.place(gift_id))
        flags = QItemSelectionModel.SelectionFlag
        index = self.table.index(place, NAME)
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)
        self._show_chosen()

    def _fill(self) -> None:
        chosen = self.chosen()
        self.table.fill(self._desk.gifts.all(), used_by(self._desk))
        self.choose(chosen.gift.id if chosen is not None else 0)
        self._show_count()

    def seek(self) -> None:
        """Show what the search and the tier ask for, the first of it chosen."""
        self._timer.stop()
        tier = next(key for key, one in self.tiers.buttons.items() if one.isChecked())
        self.table.seek(self.field.text(), tier)
        self.choose(0)
        self.view.scrollToTop()
        self._show_count()

    def _show_count(self) -> None:
        shown, total = len(self.table.shown), self.table.total
        if shown == total:
            self.count.show_text(trn("%Ln gift(s)", total))
        else:
            self.count.show_text(tr("{n} of {all}", n=number(shown), all=number(total)))

    def _show_chosen(self) -> None:
        found = self.chosen()
        for button in (self.make, self.add):
            button.setEnabled(found is not None)
        self.show_rule.setEnabled(found is not None and bool(found.rules))
        self.name.show_text(found.texts[NAME] if found is not None else tr("No such gift"))

    # ------------------------------------------------------------ what people do

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let arrows move the list while one types, and Enter make a rule of what is chosen."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.field and event.key() in _STEPS:
            self.seek_if_typing()
            self.view.setFocus()
            self.view.keyPressEvent(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.seek_if_typing()
            self._on_make()
            return True
        return False

    def seek_if_typing(self) -> None:
        """Do at once what waits for the typing to pause."""
        if self._timer.isActive():
            self.seek()

    def _on_text(self) -> None:
        self._timer.start()

    def _on_tier(self, _tier: str) -> None:
        self.seek()

    def _on_make(self) -> None:
        found = self.chosen()
        if found is not None:
            self.rule_asked.emit(found.gift.id, found.gift.name)

    def _on_add(self) -> None:
        found = self.chosen()
        if found is not None:
            menu = AddMenu(self, self._desk, found.gift.id, found.gift.name)
            menu.popup(self.add.mapToGlobal(self.add.rect().topLeft()))

    def _on_show_rule(self) -> None:
        found = self.chosen()
        if found is not None and found.rules:
            self.left.emit()
            self._desk.selected.emit(found.rules[0].id)


def _view(table: GiftTable) -> QTableView:
    view = QTableView()
    view.setObjectName("gifts")
    view.setModel(table)
    view.setShowGrid(False)
    view.setIconSize(QSize(20, 20))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    rows, heads = view.verticalHeader(), view.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(theme.px(_ROW))
    heads.setHighlightSections(False)
    heads.setSectionsClickable(False)
    for part in (NAME, ALSO, RULES):
        heads.setSectionResizeMode(part, QHeaderView.ResizeMode.Stretch)
    for part, width in _WIDTHS.items():
        heads.setSectionResizeMode(part, QHeaderView.ResizeMode.Fixed)
        heads.resizeSection(part, theme.px(width))
    return view

"""A list of conditions or steps, however deep it lies: show, add, drop into.

Rule: rows that show the same kind of part stay when the rule changes, so that the focus does too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.rule_editor import kinds
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.part_row import PartRow
from app.gui.rule_editor.search_popup import SearchPopup
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json, Place, Raw
    from app.gui.rule_editor.session import Session

ADD = {"Condition": N_("Add a condition"), "Action": N_("Add a step")}
EMPTY = {"Condition": N_("Always"), "Action": N_("Nothing yet")}
_PASTE = "\u0000paste"
_MOST_COPIED = 1_000_000
# What these are made of says enough; a list opens without a pause.
_MOST_LOOKED_AT = 200


@dataclass(slots=True)
class Kit:
    """What rows and lists share: the session, the world, and every list and row in sight."""

    session: Session
    around: Around
    lists: list[PartList] = field(default_factory=list)
    rows: dict[Place, PartRow] = field(default_factory=dict)

    def entries(self, family: str) -> list[Entry]:
        """Return every part of a family for the menu, first those that the rules at hand have."""
        rules = self.session.desk.document.rules.rules
        return kinds.entries(family, kinds.used_in(family, rules[:_MOST_LOOKED_AT]))


class PartList(QWidget):
    """Parts of one family at one place. `single`: at most one, held without a list."""

    def __init__(self, kit: Kit, place: Place, family: str, *, many: bool = True) -> None:
        super().__init__()
        self.kit, self.place, self.family, self.many = kit, place, family, many
        self.rows: list[PartRow] = []
        self._line: int | None = None
        self._popup: SearchPopup | None = None
        self.setObjectName("list_" + "_".join(str(step) for step in place))
        # Only a rule without any condition runs always; an empty group has a meaning of its own.
        nothing = EMPTY.get(family, "") if len(place) == 1 else N_("Nothing yet")
        self.empty = Label(nothing, "body", "text2")
        self.add = Button(ADD.get(family, N_("Add")), "link", "plus")
        self.add.setObjectName("add")
        self.add.clicked.connect(self._on_add)
        self.body = column(gap=8)
        self.setLayout(column(self.body, row(self.empty, self.add, None, gap=8), gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        kit.lists.append(self)

    # ------------------------------------------------------------ show

    def item_place(self, index: int) -> Place:
        """Return the place of an item."""
        return (*self.place, index) if self.many else self.place

    def show_raw(self, raw: Json) -> None:
        """Show what stands at the place."""
        items: list[Raw] = list(raw or ()) if self.many else [raw] if raw else []
        for index, item in enumerate(items):
            self._show_item(index, item)
        while len(self.rows) > len(items):
            self._drop_row(len(self.rows) - 1)
        self.empty.setVisible(not items)
        full = len(items) >= (1 if not self.many else 50)
        self.add.setVisible(not full)

    def _show_item(self, index: int, item: Raw) -> None:
        old = self.rows[index] if index < len(self.rows) else None
        if old is None or old.key != item.get("key"):
            new = PartRow(self.kit, self, self.item_place(index), item)
            if old is not None:
                self._drop_row(index)
            self.rows.insert(index, new)
            self.body.insertWidget(index, new)
        self.rows[index].show_raw(item)
        # A layout shows what is new a turn later, and leaves no room for it until then.
        self.rows[index].show()

    def _drop_row(self, index: int) -> None:
        gone = self.rows.pop(index)
        gone.leave()
        gone.hide()
        self.body.removeWidget(gone)
        gone.deleteLater()

    def leave(self) -> None:
        """Take the list and its rows out of the kit before they go."""
        for one in self.rows:
            one.leave()
        if self in self.kit.lists:
            self.kit.lists.remove(self)

    def show_problems(self) -> None:
        """Show what is wrong with drafts, below their fields."""
        for one in self.rows:
            one.show_problems()

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        for one in self.rows:
            one.refresh()

    # ------------------------------------------------------------ add, change, paste

    def choose_kind(self, below: QWidget, then: Json, first: Sequence[Entry] = ()) -> None:
        """Open the menu of all kinds below a widget; `then` gets the key."""
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = SearchPopup(self, tr(ADD.get(self.family, N_("Add"))))
        self._popup.chosen.connect(then)
        self._popup.open_below(below, [*first, *self.kit.entries(self.family)])

    def _on_add(self) -> None:
        pasted = Entry(_PASTE, tr("Paste what was copied"), icon="copy")
        self.choose_kind(self.add, self.add_key, [pasted] if self._copied() else ())

    def add_key(self, key: str) -> None:
        """Add a new part at the end, or what was copied."""
        if key == _PASTE:
            self.paste(len(self.rows))
            return
        kind = kinds.kind_of(self.family, {"key": key})
        if kind is not None:
            place = self.item_place(len(self.rows))
            self.kit.session.insert(place, kinds.new_raw(kind), tr(kind.title))

    def paste(self, index: int) -> None:
        """Put the parts of the clipboard before an item."""
        found = self._copied()
        if found:
            self.kit.session.paste(self.item_place(index), found)
        else:
            self.kit.session.desk.told.emit(tr("What was copied does not fit here."))

    def _copied(self) -> list[Raw]:
        """Return the parts in the clipboard that fit here."""
        text = QGuiApplication.clipboard().text()
        if len(text) > _MOST_COPIED:
            return []
        try:
            return kinds.parsed_parts(self.family, json.loads(text))
        except (ValueError, RecursionError):
            return []

    # ------------------------------------------------------------ drag

    def index_at(self, at: QPoint) -> int:
        """Return before which item something dropped at a global position would go."""
        y = self.mapFromGlobal(at).y()
        for index, one in enumerate(self.rows):
            middle = one.mapTo(self, QPoint(0, one.height() // 2)).y()
            if y < middle:
                return index
        return len(self.rows)

    def show_line(self, index: int | None) -> None:
        """Show where a dragged row would go; None takes the line away."""
        if index != self._line:
            self._line = index
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter = QPainter(self)
        if self._line < len(self.rows):
            y = self.rows[self._line].mapTo(self, QPoint(0, 0)).y() - 5
        elif self.rows:
            last = self.rows[-1]
            y = last.mapTo(self, QPoint(0, last.height())).y() + 3
        else:
            y = 0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(0, max(0, y), self.width(), 2), 1, 1)


def list_at(kit: Kit, at: QPoint, family: str, moving: Place) -> PartList | None:
    """Return the innermost list of a family below a global position, but none inside `moving`."""
    best: PartList | None = None
    for one in kit.lists:
        inside = one.place[: len(moving)] == moving
        if one.family != family or inside or not one.many or not one.isVisible():
            continue
        if one.rect().contains(one.mapFromGlobal(at)) and (
            best is None or len(one.place) > len(best.place)
        ):
            best = one
    return best

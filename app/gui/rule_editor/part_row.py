"""One condition or step: its fields, its menu, and what it holds.

Rule: a row knows its place and asks the session; it changes nothing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea

from app.gui.rule_editor import kinds
from app.gui.rule_editor.block import Block
from app.gui.rule_editor.handle import Handle, Pill
from app.gui.rule_editor.nested import Nested
from app.gui.rule_editor.notes import Notes
from app.gui.rule_editor.row_menu import RowMenu
from app.gui.rule_editor.specs import in_sentence, layout
from app.gui.text import language_code, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gui.rule_editor.draft import Json, Place, Raw
    from app.gui.rule_editor.part_list import Kit, PartList


class PartRow(Card):
    """A row of a list of parts."""

    def __init__(self, kit: Kit, owner: PartList, place: Place, raw: Raw) -> None:
        self.kit, self.owner, self.place = kit, owner, place
        self.family = owner.family
        self.key = str(raw.get("key", ""))
        self.raw = raw
        self.kind = kinds.kind_of(self.family, raw)
        self.handle = Handle()
        self.title = Label(kind="strong")
        self.off = Button(N_("Off. Turn on"), "link")
        self.pill = Pill()
        self.more = Button(N_("More"), "icon", "more")
        self.more.setObjectName("more")
        self.block = Block(kit.session, kit.around, place)
        self.nested = Nested(kit, place, kinds.held(self.kind) if self.kind else ())
        self.notes = Notes(kit)
        super().__init__(self._lines(), "inset")
        self.setObjectName("row_" + "_".join(str(step) for step in place))
        self.off.clicked.connect(self.turn)
        self.more.clicked.connect(self._on_more)
        self.handle.dragged.connect(self._on_dragged)
        self.handle.dropped.connect(self._on_dropped)
        self.handle.cancelled.connect(self._on_cancelled)
        kit.rows[place] = self

    def _lines(self) -> Json:
        head = row(self.title, self.off, None, gap=8)
        middle = column(head, self.block, self.notes, gap=6, pad=(0, 4, 0, 4))
        line = row(gap=8)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.handle, 0, top)
        line.addLayout(middle, 1)
        line.addWidget(self.pill, 0, top)
        line.addWidget(self.more, 0, top)
        # What it holds takes the whole width, else it would get too narrow a few groups deep.
        inside = row(theme.px(18), self.nested, gap=0)
        return column(line, inside, gap=4, pad=(8, 6, 6, 6))

    # ------------------------------------------------------------ show

    @property
    def is_on(self) -> bool:
        """Whether the part takes part."""
        return self.raw.get("on", True) is not False

    def name(self) -> str:
        """Return what the part is called."""
        return kinds.title_of(self.family, self.raw)

    def show_raw(self, raw: Raw) -> None:
        """Show what stands here now."""
        self.raw = raw
        name = self.name()
        if self.kind is None:
            self.title.show_text(tr("“{key}” is not known to this version", key=self.key))
        else:
            part = kinds.instance(self.kind, raw)
            arranged = layout(part, raw, language_code())
            self.block.arrange(arranged)
            self.block.show_values(raw)
            self.nested.show_raw(raw)
            self.title.show_text(name)
            self.title.setVisible(not in_sentence(arranged))
        self.off.setVisible(not self.is_on)
        self.block.setEnabled(self.is_on)
        self.nested.setEnabled(self.is_on)
        self.handle.show_words()
        words = tr("{part}, {n} of {total}", part=name, **self._numbers())
        self.setAccessibleName(words if self.is_on else f"{words}. {tr('Off')}")
        self.more.setAccessibleName(tr("More for {part}", part=words))

    def _numbers(self) -> dict[str, int]:
        step = self.place[-1]
        n = step + 1 if isinstance(step, int) else 1
        return {"n": n, "total": max(n, len(self.owner.rows))}

    def show_problems(self) -> None:
        """Show what is wrong with drafts, below their fields."""
        self.block.show_problems()
        self.nested.show_problems()

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        self.block.refresh()
        self.nested.refresh()

    def leave(self) -> None:
        """Take the row and what it holds out of the kit before it goes."""
        if self.kit.rows.get(self.place) is self:
            del self.kit.rows[self.place]
        self.nested.leave()

    def focus_first(self) -> None:
        """Focus the row's first field, or its menu."""
        if not (self.block.focus_first() or self.nested.focus_first()):
            self.more.setFocus()

    def focus_missing(self) -> None:
        """Focus the field in which something must be chosen."""
        if self.block.fields:
            self.block.focus_missing()
        elif not self.nested.focus_first():
            self.more.setFocus()

    # ------------------------------------------------------------ what may be done

    def turn(self) -> None:
        """Turn the part off, or on again."""
        self.kit.session.turn(self.place, self.name(), on=not self.is_on)

    def can_step(self, direction: int) -> bool:
        """Say whether the row can be moved one up or down, or out of its group."""
        step = self.place[-1]
        if isinstance(step, int) and 0 <= step + direction < len(self.owner.rows):
            return True
        return self.can_leave()

    def step(self, direction: int) -> None:
        """Move the row one up or down; beyond the end of a group it leaves the group."""
        step = self.place[-1]
        if isinstance(step, int) and 0 <= step + direction < len(self.owner.rows):
            target = (*self.place[:-1], step + (2 if direction > 0 else -1))
            self.kit.session.move(self.place, target, self.name())
        elif self.can_leave():
            self.move_out(direction)

    def outer(self) -> PartRow | None:
        """Return the row of the same family in whose group this one stands."""
        for end in range(len(self.place) - 1, 0, -1):
            found = self.kit.rows.get(self.place[:end])
            if found is not None and found.family == self.family:
                return found
        return None

    def can_leave(self) -> bool:
        """Say whether there is a list further out to move to."""
        outer = self.outer()
        return outer is not None and isinstance(outer.place[-1], int)

    def move_out(self, direction: int = 1) -> None:
        """Move the row out of its group: below the group, or above it."""
        outer = self.outer()
        step = outer.place[-1] if outer is not None else None
        if outer is not None and isinstance(step, int):
            target = (*outer.place[:-1], step + (1 if direction > 0 else 0))
            self.kit.session.move(self.place, target, self.name())

    def above(self) -> PartRow | None:
        """Return the group right above, into which the row can be moved."""
        step = self.place[-1]
        if not isinstance(step, int) or step == 0:
            return None
        found = self.owner.rows[step - 1]
        return found if found.nested.first_list(self.family) is not None else None

    def move_in(self) -> None:
        """Move the row into the group right above it, to its end."""
        group = self.above()
        into = group.nested.first_list(self.family) if group is not None else None
        if into is not None:
            self.kit.session.move(self.place, into.item_place(len(into.rows)), self.name())

    def wrap(self, key: str) -> None:
        """Put a group round the row."""
        for kind, spec in kinds.wrappers(self.family):
            if kind.key == key:
                group, title = kinds.new_raw(kind), tr(kind.title)
                self.kit.session.wrap(self.place, group, spec.name, title, many=spec.many)

    def unwrap(self) -> None:
        """Put what the row holds in its place."""
        spec = self.nested.first_spec(self.family)
        if spec is not None:
            self.kit.session.unwrap(self.place, spec.name, self.name())

    def duplicate(self) -> None:
        """Put a copy below."""
        self.kit.session.duplicate(self.place, self.name())

    def copy(self) -> None:
        """Put the part into the clipboard as JSON text."""
        QGuiApplication.clipboard().setText(self.kit.session.copy_text(self.place))
        self.kit.session.desk.told.emit(tr("{part} copied", part=self.name()))

    def paste_below(self) -> None:
        """Put what was copied below."""
        step = self.place[-1]
        if isinstance(step, int):
            self.owner.paste(step + 1)

    def remove(self) -> None:
        """Take the part out."""
        self.kit.session.remove(self.place, self.name())

    def change_kind(self) -> None:
        """Choose another kind of part for this place."""
        self.owner.choose_kind(self.more, self.become)

    def become(self, key: str) -> None:
        """Be another kind of part; values of the same name and kind are kept."""
        kind = kinds.kind_of(self.family, {"key": key})
        if kind is not None:
            self.kit.session.become(self.place, kind)

    def _on_more(self) -> None:
        menu = RowMenu(self)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # ------------------------------------------------------------ drag

    def _on_dragged(self, at: QPoint) -> None:
        from app.gui.rule_editor.part_list import list_at

        target = list_at(self.kit, at, self.family, self.place)
        for one in self.kit.lists:
            one.show_line(target.index_at(at) if one is target and target is not None else None)
        self._bring_into_view(at)

    def _on_dropped(self, at: QPoint) -> None:
        from app.gui.rule_editor.part_list import list_at

        target = list_at(self.kit, at, self.family, self.place)
        self._on_cancelled()
        if target is not None:
            place = target.item_place(target.index_at(at))
            self.kit.session.move(self.place, place, self.name())

    def _on_cancelled(self) -> None:
        for one in self.kit.lists:
            one.show_line(None)

    def _bring_into_view(self, at: QPoint) -> None:
        """Scroll when a row is dragged to the edge of what is seen."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inner = area.widget() if area is not None else None
        if area is not None and inner is not None:
            local = inner.mapFromGlobal(at)
            area.ensureVisible(local.x(), local.y(), 0, 40)

"""What a part holds: lists of parts, and branches with fields and lists of their own.

Rule: made from the schema; how deep it goes is the rule's own business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.gui.rule_editor.block import Block
from app.gui.rule_editor.draft import value_at
from app.gui.rule_editor.specs import holds, labelled
from app.gui.text import number, tr
from app.gui.widgets.basic import Button, Card, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.gui.rule_editor.draft import Place, Raw
    from app.gui.rule_editor.part_list import Kit, PartList
    from app.gui.rule_editor.specs import FieldSpec


class Nested(QWidget):
    """Everything of one object that holds parts."""

    def __init__(self, kit: Kit, place: Place, specs: Iterable[FieldSpec]) -> None:
        super().__init__()
        from app.gui.rule_editor.part_list import PartList

        self.kit, self.place = kit, place
        self.lists: list[tuple[FieldSpec, PartList]] = []
        self.branches: list[tuple[FieldSpec, Branches]] = []
        lines = column(gap=6)
        self.setLayout(lines)
        shown = [spec for spec in specs if holds(spec)]
        for spec in shown:
            inside = (*place, spec.name)
            if len(shown) > 1 or spec.kind != "parts":
                lines.addWidget(Label(spec.title, "small", "text2"))
            if spec.kind == "parts":
                one = PartList(kit, inside, spec.family, many=spec.many)
                self.lists.append((spec, one))
                lines.addWidget(one)
            else:
                several = Branches(kit, inside, spec)
                self.branches.append((spec, several))
                lines.addWidget(several)
        self.setVisible(bool(shown))

    def show_raw(self, raw: Raw) -> None:
        """Show what the object holds now."""
        for spec, one in self.lists:
            one.show_raw(raw.get(spec.name))
        for spec, several in self.branches:
            several.show_raw(raw.get(spec.name) or [])

    def show_problems(self) -> None:
        """Show what is wrong with drafts, below their fields."""
        for _, one in self.lists:
            one.show_problems()
        for _, several in self.branches:
            several.show_problems()

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        for _, one in self.lists:
            one.refresh()
        for _, several in self.branches:
            several.refresh()

    def leave(self) -> None:
        """Take all lists out of the kit before they go."""
        for _, one in self.lists:
            one.leave()
        for _, several in self.branches:
            several.leave()

    def first_spec(self, family: str) -> FieldSpec | None:
        """Return the field that holds a plain list of a family."""
        return next((spec for spec, one in self.lists if one.family == family), None)

    def first_list(self, family: str) -> PartList | None:
        """Return the first list of a family, in branches too."""
        for _, one in self.lists:
            if one.family == family and (one.many or not one.rows):
                return one
        for _, several in self.branches:
            for branch in several.items:
                found = branch.nested.first_list(family)
                if found is not None:
                    return found
        return None

    def focus_first(self) -> bool:
        """Focus the first thing inside; False if there is nothing."""
        for _, one in self.lists:
            if one.rows:
                one.rows[0].focus_first()
            else:
                one.add.setFocus()
            return True
        for _, several in self.branches:
            several.add.setFocus()
            return True
        return False


class Branch(Card):
    """One branch: its fields and its lists."""

    def __init__(self, kit: Kit, owner: Branches, place: Place, specs: Sequence[FieldSpec]) -> None:
        self.kit, self.place, self._owner = kit, place, owner
        self.title = Label(kind="small_strong")
        self.share = Label(kind="caption")
        self.up = Button(N_("Move up"), "icon", "up")
        self.down = Button(N_("Move down"), "icon", "down")
        self.gone = Button(N_("Remove"), "icon", "trash")
        self.block = Block(kit.session, kit.around, place)
        self.nested = Nested(kit, place, specs)
        head = row(self.title, self.share, None, self.up, self.down, self.gone, gap=4)
        super().__init__(column(head, self.block, self.nested, gap=4, pad=(12, 4, 4, 8)), "plain")
        self.setObjectName("branch_" + "_".join(str(step) for step in place))
        self._specs = specs
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.gone.clicked.connect(self._on_gone)

    def show_raw(self, raw: Raw, number_of: int, share: float | None) -> None:
        """Show what stands here now; `share` is its part of all weights."""
        index = int(self.place[-1])
        title = tr("{what} {n}", what=tr(self._owner.one), n=index + 1)
        self.title.show_text(title)
        self.setAccessibleName(title)
        self.share.setVisible(share is not None)
        if share is not None:
            self.share.show_text(tr("{percent} %", percent=number(share * 100, 1)))
        self.block.arrange(labelled(self._specs, raw))
        self.block.show_values(raw)
        self.nested.show_raw(raw)
        self.up.setEnabled(index > 0)
        self.down.setEnabled(index < number_of - 1)

    def _on_up(self) -> None:
        self._owner.step(int(self.place[-1]), -1)

    def _on_down(self) -> None:
        self._owner.step(int(self.place[-1]), 1)

    def _on_gone(self) -> None:
        self.kit.session.remove(self.place, self.title.words())


# What one item of a list of branches is called, by the kind of list.
_ONE = {"branches": N_("Case"), "lanes": N_("Side"), "weighted": N_("Choice")}
_ADD = {
    "branches": N_("Add a case"),
    "lanes": N_("Add a side"),
    "weighted": N_("Add a choice"),
}


class Branches(QWidget):
    """A list of branches."""

    def __init__(self, kit: Kit, place: Place, spec: FieldSpec) -> None:
        super().__init__()
        self.kit, self.place, self.spec = kit, place, spec
        self.one = _ONE.get(spec.kind, N_("Branch"))
        self.items: list[Branch] = []
        self.body = column(gap=6)
        self.add = Button(_ADD.get(spec.kind, N_("Add a branch")), "link", "plus")
        self.add.clicked.connect(self._on_add)
        self.setLayout(column(self.body, row(self.add, None), gap=6))

    def show_raw(self, items: Sequence[Raw]) -> None:
        """Show the branches there are now."""
        while len(self.items) > len(items):
            gone = self.items.pop()
            gone.nested.leave()
            gone.hide()
            self.body.removeWidget(gone)
            gone.deleteLater()
        while len(self.items) < len(items):
            branch = Branch(self.kit, self, (*self.place, len(self.items)), self.spec.items)
            self.items.append(branch)
            self.body.addWidget(branch)
        shares = _shares(items)
        for branch, raw, share in zip(self.items, items, shares, strict=True):
            branch.show_raw(raw, len(items), share)

    def show_problems(self) -> None:
        """Show what is wrong with drafts, below their fields."""
        for branch in self.items:
            branch.block.show_problems()
            branch.nested.show_problems()

    def refresh(self) -> None:
        """Take notice of other devices, gifts or rules."""
        for branch in self.items:
            branch.block.refresh()
            branch.nested.refresh()

    def leave(self) -> None:
        """Take all lists out of the kit before they go."""
        for branch in self.items:
            branch.nested.leave()

    def step(self, index: int, direction: int) -> None:
        """Move a branch one up or down."""
        target = (*self.place, index + (2 if direction > 0 else -1))
        self.kit.session.move((*self.place, index), target, tr(self.one))

    def _on_add(self) -> None:
        raw: Raw = {spec.name: spec.default for spec in self.spec.items}
        held = value_at(self.kit.session.raw, self.place) or []
        self.kit.session.insert((*self.place, len(held)), raw, tr(self.one))


def _shares(items: Sequence[Raw]) -> list[float | None]:
    """Return each branch's part of all weights; nothing where branches have none."""
    weights = [item.get("weight") for item in items]
    numbers = [float(w) for w in weights if isinstance(w, int | float)]
    total = sum(numbers)
    if len(numbers) != len(items) or total <= 0:
        return [None] * len(items)
    return [value / total for value in numbers]

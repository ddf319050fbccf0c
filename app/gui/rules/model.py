"""The list of rules as a Qt model: headings, rules and what was set aside, top to bottom.

Rule: one flat list of what is in sight; searching and folding make a new list, never hidden rows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.gui.rules import lines
from app.gui.rules.filters import Wanted
from app.gui.rules.reading import spare
from app.gui.rules.wording import Wording

if TYPE_CHECKING:
    from app.core.groups import Group
    from app.core.rules import Rule, SetAside
    from app.gui.rules.desk import RuleDesk
    from app.gui.rules.lines import Line

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROOT: Final = QModelIndex()
ASIDE: Final = "aside"
_FEW: Final = 20
_SLICE_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `kind` is group, rule, aside_head or aside. `key` is the same for the same thing."""

    kind: str
    id: str
    shown: int = 0
    on: int = 0
    of: int = 0
    open: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """What it is, whatever its numbers are now."""
        return self.kind, self.id


class RuleListModel(QAbstractListModel):
    """What the list shows of the desk's document. `refresh` makes it anew."""

    def __init__(self, desk: RuleDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.wording = Wording(desk.bridge.state)
        self.wanted = Wanted()
        self.shown = 0
        self._rows: list[Row] = []
        self._places: dict[tuple[str, str], int] = {}
        self._aside_open = True
        self._stages: dict[str, str] = {}
        # Words are made between two frames, so that the first key of a search finds them.
        self._unworded: list[Rule] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        desk.changed.connect(self._on_changed)
        desk.arranged.connect(self.refresh)
        desk.warned.connect(self._on_warned)
        desk.counted.connect(self.repaint)
        self.refresh()
        desk.reset.connect(self._on_reset)

    # ------------------------------------------------------------ what is in sight

    def want(self, wanted: Wanted) -> None:
        """Show only rules that fit."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.refresh()

    def refresh(self) -> None:
        """Work out anew what is in sight; the list resets only if rows came, went or moved."""
        rows = self._made()
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            self.repaint()
            return
        self.beginResetModel()
        self._rows = rows
        self._places = {row.key: place for place, row in enumerate(rows)}
        self.endResetModel()

    def repaint(self) -> None:
        """Word and paint all rows again: counts, devices or the language changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def reword(self) -> None:
        """Follow another language, other device names, and devices that come or go."""
        state = self.desk.bridge.state
        stages = {device.id: device.link.stage for device in state.devices.values()}
        anew = stages != self._stages
        self._stages = stages
        if self.wording.renew():
            self._on_reset()
            anew = True
        # Devices tell 30 times a second how far they are; rows say only whether they are there.
        if anew:
            self.repaint()

    def _on_reset(self) -> None:
        self.refresh()
        self._unworded = list(reversed(self.desk.document.rules.rules))
        self._idle.start()

    def _on_idle(self) -> None:
        ends = time.perf_counter() + _SLICE_S
        while self._unworded and time.perf_counter() < ends:
            self.wording.sought(self._unworded.pop())
        if not self._unworded:
            self._idle.stop()
            spare(len(self.desk.document.rules.rules))

    def fold_aside(self) -> None:
        """Open or close the group of what was set aside."""
        self._aside_open = not self._aside_open
        self.refresh()

    def _made(self) -> list[Row]:
        document = self.desk.document
        fits = self.wanted.test(self.desk, self.wording)
        by_group: dict[str, list[Rule]] = {"": []}
        by_group |= {group.id: [] for group in document.rules.groups}
        sums = dict.fromkeys(by_group, 0)
        live = dict.fromkeys(by_group, 0)
        for rule in document.rules.rules:
            sums[rule.group] += 1
            live[rule.group] += rule.on
            if fits(rule):
                by_group[rule.group].append(rule)
        self.shown = sum(map(len, by_group.values()))
        rows = [Row("rule", rule.id) for rule in by_group[""]]
        for group in document.rules.groups:
            fitting = by_group[group.id]
            if self.wanted.active and not fitting:
                continue
            is_open = group.open or self.wanted.active
            rows.append(
                Row("group", group.id, len(fitting), live[group.id], sums[group.id], is_open)
            )
            if is_open:
                rows.extend(Row("rule", rule.id) for rule in fitting)
        rows.extend(self._made_aside())
        return rows

    def _made_aside(self) -> list[Row]:
        aside = self.desk.document.set_aside
        if not aside or self.wanted.active:
            return []
        head = Row("aside_head", ASIDE, len(aside), 0, len(aside), self._aside_open)
        if not self._aside_open:
            return [head]
        return [head, *(Row("aside", str(place)) for place in range(len(aside)))]

    def _on_changed(self, ids: set[str]) -> None:
        rows = self._made()
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self.refresh()
            return
        self._rows = rows
        # A heading counts what is on below it.
        self._touch(ids | {group.id for group in self.desk.document.rules.groups})

    def _touch(self, ids: set[str]) -> None:
        """Have rows painted again: each if they are few, else all between the first and last."""
        both = ((kind, row_id) for row_id in ids for kind in ("rule", "group"))
        places = sorted(place for key in both if (place := self._places.get(key)) is not None)
        if len(places) > _FEW:
            self.dataChanged.emit(self.index(places[0]), self.index(places[-1]))
            return
        for place in places:
            self.dataChanged.emit(self.index(place), self.index(place))

    def _on_warned(self, ids: set[str]) -> None:
        if self.wanted.state == "warnings":
            self.refresh()
        else:
            self._touch(ids)

    # ------------------------------------------------------------ rows and what they are

    def row(self, index: Index) -> Row | None:
        """Return the row of an index, None for none."""
        return self._rows[index.row()] if index.isValid() else None

    def rows(self) -> list[Row]:
        """Return all rows in sight, top to bottom."""
        return self._rows

    def place(self, kind: str, row_id: str) -> QModelIndex:
        """Return where something is in sight; an invalid index if it is not."""
        place = self._places.get((kind, row_id))
        return QModelIndex() if place is None else self.index(place)

    def rule(self, row: Row | None) -> Rule | None:
        """Return the rule of a row."""
        return self.desk.rule(row.id) if row is not None and row.kind == "rule" else None

    def group(self, row: Row | None) -> Group | None:
        """Return the group that a row is the heading of."""
        return self.desk.group(row.id) if row is not None and row.kind == "group" else None

    def aside(self, row: Row | None) -> SetAside | None:
        """Return what was set aside in a row."""
        if row is None or row.kind != "aside":
            return None
        kept = self.desk.document.set_aside
        place = int(row.id)
        return kept[place] if place < len(kept) else None

    def line(self, row: Row) -> Line:
        """Return a row in words, as it is painted and spoken."""
        rule, group, aside = self.rule(row), self.group(row), self.aside(row)
        if rule is not None:
            return lines.of_rule(self.desk, self.wording, rule)
        if group is not None:
            return lines.of_group(group, row.shown, row.on, row.of)
        if aside is not None:
            return lines.of_aside(aside)
        return lines.of_aside_head(row.of)

    # ------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(row).spoken
        if role == Qt.ItemDataRole.EditRole:
            rule, group = self.rule(row), self.group(row)
            return rule.name if rule else group.name if group else None
        if role == Qt.ItemDataRole.CheckStateRole:
            switch = self.line(row).switch
            if switch is not None:
                return Qt.CheckState.Checked if switch else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.kind in ("rule", "group"):
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        if row.kind == "rule":
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if row is None or row.kind not in ("rule", "group"):
            return False
        if role == Qt.ItemDataRole.EditRole:
            name = str(value).strip()
            if row.kind == "rule":
                self.desk.rename(row.id, name)
            else:
                self.desk.groups.rename(row.id, name)
            return True
        if role == Qt.ItemDataRole.CheckStateRole:
            self.turn(row, on=Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        return False

    def turn(self, row: Row, *, on: bool) -> None:
        """Turn a rule or a group on or off."""
        if row.kind == "rule":
            self.desk.turn(row.id, on)
        elif row.kind == "group":
            self.desk.groups.turn(row.id, on)

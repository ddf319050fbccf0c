"""The activity list as a Qt model: newest first, capped, one insert a batch, rows grow in place.

Rule: rows leave only at the old end, so a row's place follows from its number.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from app.gui import words
from app.gui.text import as_tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.gateway.views import FeedRow

Index = QModelIndex | QPersistentModelIndex

CAP: Final = 2000
MERGE_ABOVE_PER_S: Final = 50
_MERGE_WINDOW_MS: Final = 5_000
_COUNTERS: Final = 60
_MERGED_KEPT_MS: Final = 60_000
ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1

_PROBLEMS: Final = frozenset(
    {
        "offline",
        "lost",
        "no_answer",
        "refused",
        "unsupported",
        "no_device",
        "interrupted",
        "expression_failed",
    }
)


def is_problem(row: FeedRow) -> bool:
    """Say whether somebody should look at this row."""
    return row.result == "failed" or (row.result == "skipped" and row.reason in _PROBLEMS)


class Entry:
    """One row of the list: what the core sent, its number, and its words once worded."""

    __slots__ = ("lines", "number", "parts", "row")

    def __init__(self, row: FeedRow, number: int) -> None:
        self.row = row
        self.number = number
        self.lines: words.FeedLines | None = None
        self.parts: dict[str, tuple[int, str]] | None = None

    def worded(self) -> words.FeedLines:
        """Return the row in words; worded once until the row or the language changes."""
        if self.lines is None:
            self.lines = words.feed_lines(self.row)
        return self.lines

    def shown(self, role: int) -> object:
        """Return what a model answers of this row; the tip has all of what a driver said."""
        if role == ENTRY_ROLE:
            return self
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.worded().spoken
        if role == Qt.ItemDataRole.ToolTipRole and self.row.said:
            return as_tip(self.worded().result)
        return None


class FeedModel(QAbstractTableModel):
    """The newest rows of the activity list. `take` is the only way in."""

    problems_changed = Signal(int)
    held_back = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._next = 0
        self._problems = 0
        self._per_second: Counter[int] = Counter()
        self._merged: deque[tuple[int, Entry]] = deque()
        self._paused = False
        self._held: dict[str, FeedRow] = {}

    @property
    def problems(self) -> int:
        """How many rows in the list are problems."""
        return self._problems

    @property
    def paused(self) -> bool:
        """Whether new rows are held back."""
        return self._paused

    def take(self, rows: Iterable[FeedRow]) -> None:
        """Add or update rows given oldest first: one insert at most, whatever their number."""
        fresh: dict[str, FeedRow] = {}
        touched: set[int] = set()
        problems = self._problems
        for row in rows:
            entry = self._by_key.get(row.key)
            if entry is not None:
                self._replace(entry, row)
                touched.add(entry.number)
            else:
                fresh.pop(row.key, None)
                fresh[row.key] = row
        self._notify(touched)
        if self._paused:
            self._held |= fresh
            self.held_back.emit(len(self._held))
        elif fresh:
            self._add(list(fresh.values()))
        if problems != self._problems:
            self.problems_changed.emit(self._problems)

    def reset(self, rows: Sequence[FeedRow]) -> None:
        """Start again with the rows of a snapshot, oldest first."""
        self.beginResetModel()
        self._entries.clear()
        self._by_key.clear()
        self._held.clear()
        self._per_second.clear()
        self._merged.clear()
        self._problems = 0
        self.endResetModel()
        self.problems_changed.emit(0)
        # A snapshot is the list itself, not news: it shows also while new rows are held back.
        paused, self._paused = self._paused, False
        self.take(rows)
        self._paused = paused
        self.held_back.emit(0)

    def pause(self, *, on: bool) -> None:
        """Hold new rows back, or let the held ones in."""
        if on == self._paused:
            return
        self._paused = on
        if not on:
            held, self._held = self._held, {}
            self.take(held.values())
        self.held_back.emit(len(self._held))

    def reword(self) -> None:
        """Word all rows again after a language change."""
        for entry in self._entries:
            entry.lines = None
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0))

    def entry(self, index: Index) -> Entry | None:
        """Return the entry of an index of this model."""
        return self._entries[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        return None if entry is None else entry.shown(role)

    def _add(self, rows: list[FeedRow]) -> None:
        entries = [entry for row in rows[-CAP:] if (entry := self._entry_for(row)) is not None]
        if entries:
            self.beginInsertRows(QModelIndex(), 0, len(entries) - 1)
            self._entries[:0] = reversed(entries)
            self.endInsertRows()
        self._trim()

    def _entry_for(self, row: FeedRow) -> Entry | None:
        """Return a new entry for the row, or None when it went into one that is shown already."""
        second = row.at_ms // 1000
        self._per_second[second] += 1
        if len(self._per_second) > _COUNTERS:
            del self._per_second[min(self._per_second)]
        busy = self._per_second[second] > MERGE_ABOVE_PER_S
        if busy and row.kind == "gift" and not is_problem(row):
            key = f"merged/{row.gift_id or row.gift}/{row.result}/{row.at_ms // _MERGE_WINDOW_MS}"
            merged = self._by_key.get(key)
            if merged is not None:
                self._by_key[row.key] = merged
                self._replace(merged, row)
                self._notify({merged.number})
                return None
            entry = self._new_entry(row)
            entry.parts = {row.key: (row.count, row.who)}
            self._by_key[key] = entry
            self._merged.append((row.at_ms, entry))
            self._settle(row.at_ms)
            return entry
        return self._new_entry(row)

    def _settle(self, now_ms: int) -> None:
        """Forget what old merged rows were made of; a night of gifts must not fill the memory."""
        while self._merged and self._merged[0][0] < now_ms - _MERGED_KEPT_MS:
            _, entry = self._merged.popleft()
            for key in entry.parts or ():
                self._by_key.pop(key, None)
            entry.parts = None

    def _new_entry(self, row: FeedRow) -> Entry:
        entry = Entry(row, self._next)
        self._next += 1
        self._by_key[row.key] = entry
        self._problems += is_problem(row)
        return entry

    def _replace(self, entry: Entry, row: FeedRow) -> None:
        self._problems += is_problem(row) - is_problem(entry.row)
        if entry.parts is not None:
            entry.parts[row.key] = (row.count, row.who)
            people = len({who for _, who in entry.parts.values()})
            count = sum(count for count, _ in entry.parts.values())
            row = row.model_copy(update={"count": count, "people": people})
        entry.row = row
        entry.lines = None

    def _notify(self, numbers: set[int]) -> None:
        if not self._entries or not numbers:
            return
        newest = self._entries[0].number
        places = [newest - number for number in numbers]
        shown = [place for place in places if 0 <= place < len(self._entries)]
        if shown:
            self.dataChanged.emit(self.index(min(shown), 0), self.index(max(shown), 0))

    def _trim(self) -> None:
        if len(self._entries) <= CAP:
            return
        self.beginRemoveRows(QModelIndex(), CAP, len(self._entries) - 1)
        gone = {id(entry) for entry in self._entries[CAP:]}
        self._problems -= sum(is_problem(entry.row) for entry in self._entries[CAP:])
        del self._entries[CAP:]
        self._by_key = {key: e for key, e in self._by_key.items() if id(e) not in gone}
        self.endRemoveRows()


class FeedFilter(QSortFilterProxyModel):
    """Shows all rows, gifts only, or problems only."""

    def __init__(self, source: FeedModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = "all"
        self._feed = source
        self.setSourceModel(source)

    def show_only(self, mode: str) -> None:
        """Choose all, gifts or problems."""
        if mode != self._mode:
            self.beginFilterChange()
            self._mode = mode
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._mode == "all":
            return True
        entry = self._feed.entry(self._feed.index(source_row, 0, source_parent))
        if entry is None:
            return False
        return entry.row.kind == "gift" if self._mode == "gifts" else is_problem(entry.row)

"""The gifts as rows of a table, searched and filtered. Rule: it shows, it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from app.gui import icons
from app.gui.rule_editor.around import tier_of
from app.gui.rule_editor.entries import plain
from app.gui.text import as_tip, number, tr, trn
from app.gui.words import gift_icon, gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.core.giftlist import GiftKind
    from app.core.rules import Rule

Index = QModelIndex | QPersistentModelIndex
Shown = str | QIcon | Qt.AlignmentFlag | None
ALL: Final = "all"
USED: Final = "used"
NAME, ALSO, NUMBER, COINS, COMBO, RULES = range(6)
_HEADS: Final = (
    N_("Gift"),
    N_("Also called"),
    N_("Number"),
    N_("Coins"),
    N_("Combines"),
    N_("Rules"),
)
_RIGHT: Final = frozenset({NUMBER, COINS})


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One gift in words; `sought` is what a search looks at."""

    gift: GiftKind
    texts: tuple[str, ...]
    icon: str
    role: str
    sought: str
    rules: tuple[Rule, ...]


class GiftTable(QAbstractTableModel):
    """All gifts that fit; `fill` anew when gifts, rules or the language changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[GiftRow] = []
        self.shown: list[GiftRow] = []
        self._text, self._tier = "", ALL

    def fill(self, gifts: Sequence[GiftKind], rules: Mapping[int, tuple[Rule, ...]]) -> None:
        """Take the gifts, and which rules name each."""
        self._all = [_row(gift, rules.get(gift.id, ())) for gift in gifts]
        self.seek(self._text, self._tier)

    def seek(self, text: str, tier: str) -> None:
        """Show what has all words of the text and is of a tier (ALL, USED, or its name)."""
        self._text, self._tier = text, tier
        words = plain(text).split()
        self.beginResetModel()
        self.shown = [
            row for row in self._all if _of(row, tier) and all(word in row.sought for word in words)
        ]
        self.endResetModel()

    def place(self, gift_id: int) -> int:
        """Return the row of a gift, -1 if it does not show."""
        return next((n for n, row in enumerate(self.shown) if row.gift.id == gift_id), -1)

    @property
    def total(self) -> int:
        """How many gifts there are in all."""
        return len(self._all)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Shown:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Shown:
        if not index.isValid():
            return None
        row, column = self.shown[index.row()], index.column()
        found: Shown = None
        if role == Qt.ItemDataRole.DisplayRole:
            found = row.texts[column]
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = as_tip(row.texts[column])
        elif role == Qt.ItemDataRole.DecorationRole and column == NAME:
            found = icons.icon(row.icon, row.role if row.role != "none" else "text2")
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            found = _align(column)
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            found = f"{tr(_HEADS[column])}: {row.texts[column]}" if column else _spoken(row)
        return found


def _row(gift: GiftKind, rules: tuple[Rule, ...]) -> GiftRow:
    name = gift_name(gift.name, gift.id)
    others = [one for one in dict.fromkeys((gift.name, *gift.others)) if one != name]
    combo = "" if gift.combo is None else tr("combines" if gift.combo else "does not combine")
    texts = (
        name,
        ", ".join(others),
        str(gift.id),
        number(gift.coins) if gift.coins else tr("not known"),
        combo,
        ", ".join(rule.name or tr("Rule without a name") for rule in rules),
    )
    sought = plain(" ".join((*texts[:3], str(gift.coins), texts[RULES])))
    return GiftRow(gift, texts, gift_icon(gift.name, gift.coins), tier_of(gift.coins)[1], sought,
                   rules)  # fmt: skip


def _of(row: GiftRow, tier: str) -> bool:
    if tier == USED:
        return bool(row.rules)
    return tier in (ALL, tier_of(row.gift.coins)[0])


def _spoken(row: GiftRow) -> str:
    coins = row.gift.coins
    parts = [row.texts[NAME], trn("%Ln coin(s)", coins) if coins else tr("price not known")]
    parts.append(tr("No. {id}", id=row.gift.id))
    if row.rules:
        parts.append(tr("used by {rules}", rules=row.texts[RULES]))
    return ", ".join(parts)


def _align(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter

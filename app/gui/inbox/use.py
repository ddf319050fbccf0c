"""Puts a gift into rules, and tells which ones have it. Rule: one undoable edit each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.gui.text import tr
from app.gui.words import gift_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from app.core.rules import Rule
    from app.gui.rules.desk import RuleDesk

# Longer menus nobody reads; gifts can be added in the editor of any rule.
_MOST = 40


def used_by(desk: RuleDesk) -> Mapping[int, tuple[Rule, ...]]:
    """Return the rules that name each gift, by its id."""
    found: dict[int, list[Rule]] = {}
    for rule in desk.document.rules.served():
        ids = set(rule.when.gift_ids())
        if not ids:
            named = [desk.gifts.find(0, name) for name in rule.when.gift_names()]
            ids = {kind.id for kind in named if kind is not None}
        for gift_id in ids:
            found.setdefault(gift_id, []).append(rule)
    return {gift_id: tuple(rules) for gift_id, rules in found.items()}


def takes_gifts(rule: Rule, gift_id: int) -> bool:
    """Say whether a rule waits for chosen gifts, and not for this one yet."""
    return "gifts" in type(rule.when).model_fields and gift_id not in rule.when.gift_ids()


def add_to_rule(desk: RuleDesk, rule: Rule, gift_id: int, name: str) -> bool:
    """Have a rule wait for this gift too; shows the rule."""
    raw: dict[str, Any] = rule.when.model_dump(mode="json")
    raw["gifts"] = [*raw["gifts"], {"id": gift_id, "name": name}]
    whole = rule.model_dump(mode="json") | {"when": raw}
    gift = gift_name(name, gift_id)
    text = tr("{gift} added to {rule}", gift=gift, rule=desk.name(rule))
    try:
        changed = type(rule).model_validate(whole)
    except ValueError:
        desk.told.emit(tr("{rule} takes no more gifts.", rule=desk.name(rule)))
        return False
    if not desk.put(changed, text):
        return False
    desk.selected.emit(rule.id)
    desk.removed.emit(text)
    return True


class AddMenu(QMenu):
    """The rules that a gift can be added to, by name; choosing one does it."""

    def __init__(self, parent: QWidget, desk: RuleDesk, gift_id: int, name: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._gift = desk, (gift_id, name)
        fitting = [one for one in desk.document.rules.served() if takes_gifts(one, gift_id)]
        for rule in fitting[:_MOST]:
            # A single "&" in a name would become a key.
            action = QAction(desk.name(rule).replace("&", "&&"), self)
            action.setData(rule.id)
            action.triggered.connect(self._on_chosen)
            self.addAction(action)
        if not fitting:
            nothing = QAction(tr("No rule waits for chosen gifts yet"), self)
            nothing.setEnabled(False)
            self.addAction(nothing)

    def _on_chosen(self) -> None:
        action = self.sender()
        rule = self._desk.rule(str(action.data())) if isinstance(action, QAction) else None
        if rule is not None:
            add_to_rule(self._desk, rule, *self._gift)

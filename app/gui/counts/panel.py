"""What the parts of the Counts page have in common. Rule: a part asks the core itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.variables import shown
from app.gui import words
from app.gui.text import number, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.messages import Reply
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

_DIGITS = 6
_WIDGET = Qt.ShortcutContext.WidgetShortcut


class Panel(QWidget):
    """One part: told when its page is shown, and when the language changed."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__()
        self.desk = desk
        self.offer = offer

    def retranslate(self) -> None:
        """Word everything again that was worded from data."""

    def escape(self) -> bool:
        """Close what is open; False when nothing was."""
        return False

    def told(self, reply: Reply) -> None:
        """Say why a request was refused."""
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def rule_names(self, rule_ids: tuple[str, ...]) -> str:
        """Return what rules are called, in one line."""
        names = {rule.id: rule.name for rule in self.desk.bridge.state.rules}
        return ", ".join(names.get(one) or tr("Rule without a name") for one in rule_ids)


class Entry(QLineEdit):
    """A line with a name for screen readers and an example of what to write."""

    def __init__(self, name_source: str, example_source: str = "", width: int = 0) -> None:
        super().__init__()
        self._name, self._example = name_source, example_source
        if width:
            self.setFixedWidth(width)
        self.retranslate()

    def retranslate(self) -> None:
        """Follow the language."""
        self.setAccessibleName(tr(self._name))
        self.setPlaceholderText(tr(self._example or self._name))


def bind(widget: QWidget, key: Qt.Key, slot: Callable[[], object]) -> None:
    """Let a key do something while the widget has the focus."""
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(_WIDGET)
    shortcut.activated.connect(slot)


def read_value(text: str) -> float | str:
    """Return what was written as a number if it is one, as people here write them, else as text."""
    found = read_number(text)
    return text.strip() if found is None else found


def read_number(text: str) -> float | None:
    """Read a number as the language writes it, or as formulas do; None if it is none."""
    plain = text.strip()
    value, known = QLocale().toDouble(plain)
    if not known:
        try:
            value = float(plain)
        except ValueError:
            return None
    return float(value) if math.isfinite(value) else None


def written(value: float | str) -> str:
    """Write a variable's value so that it can be read back."""
    if isinstance(value, str):
        return value
    text = number(value, _DIGITS)
    return text if read_number(text) == value else shown(value)

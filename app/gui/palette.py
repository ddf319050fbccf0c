"""The list of commands (Ctrl+K): type, press Enter. Rule: it only names what works now."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.gui import icons
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import column

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ROLE = int(Qt.ItemDataRole.UserRole) + 1
# Nobody reads on; typing one more letter is quicker.
_MOST = 60


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: its words, its icon, what it is, and what it is about."""

    title: str
    icon: str
    verb: str
    about: str = ""


class Runs(Protocol):
    """Who carries commands out."""

    def run_command(self, command: Command) -> None:
        """Do it."""


def folded(text: str) -> str:
    """Return the text without case and marks, so that "thiet bi" finds "Thiết bị"."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


class Palette(QDialog):
    """A field and the commands that fit it; Enter runs, Esc leaves."""

    def __init__(self, parent: QWidget, commands: list[Command]) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setWindowTitle(tr("Commands"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(480), theme.px(380))
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Find a command"))
        self.field.setPlaceholderText(tr("Type what you want to do"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setSpacing(2)
        self._commands = commands
        self._sought = [folded(command.title) for command in commands]
        self.setLayout(column(self.field, self.list, gap=12, pad=16))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._on_chosen)
        self._fill("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the typing goes on in the field."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.list.currentItem())
            return True
        step = steps.get(Qt.Key(key.key()))
        if step is None:
            return False
        count = max(1, self.list.count())
        self.list.setCurrentRow((self.list.currentRow() + step) % count)
        return True

    def _fill(self, text: str) -> None:
        self.list.clear()
        words = folded(text).split()
        fitting = (
            command
            for command, sought in zip(self._commands, self._sought, strict=True)
            if all(word in sought for word in words)
        )
        for command in islice(fitting, _MOST):
            ink = "danger_text" if command.verb == "stop" else "text2"
            icon = icons.icon(command.icon, ink, size=theme.px(18))
            item = QListWidgetItem(icon, command.title)
            item.setData(_ROLE, command)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command: Command = item.data(_ROLE)
        runs: Runs = self.parent()  # type: ignore[assignment]  # the window that opened us
        self.accept()
        runs.run_command(command)

"""The keys of STOP: in our windows always, in every program where the system lets us.

One rule: whatever the system answers, the keys work while our window has the focus.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.gui.widgets.controls import choose_stop_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gui.page import Desk

NAME: Final = "stop"


class StopKeys(QObject):
    """Follows the setting; `pressed` fires for either way. It belongs to its window."""

    pressed = Signal()

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._shortcut = QShortcut(window)
        self._shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self._shortcut.activated.connect(self.pressed)
        desk.hotkeys.pressed.connect(self._on_hotkey)
        desk.options_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Use the keys of the setting from now on."""
        keys = self._desk.options.values.stop_keys
        self._shortcut.setKey(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        choose_stop_keys(keys)
        self._desk.hotkeys.register(keys, NAME)

    def _on_hotkey(self, name: str) -> None:
        if name == NAME:
            self.pressed.emit()

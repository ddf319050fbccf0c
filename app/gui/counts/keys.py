"""Keys that rules wait for: taken from the whole system while one of their rules is on.

Rule: STOP's keys and our own shortcuts never do anything else; what cannot be had is said.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app import console
from app.gateway.messages import PressKeys
from app.gui.hotkeys import WORDS, Keys, Problem, read_keys
from app.gui.text import tr
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gateway.views import ControlView
    from app.gui.page import Desk

_PREFIX: Final = "rule:"
_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
OURS: Final = N_("Giftwire itself uses these keys. Choose others.")
TAKEN: Final = N_("Another program uses these keys: they work in this window only.")
KEPT: Final = N_(
    "This desktop keeps keys from us: they work in this window only. Use a button instead, and "
    'bind keys to "{command}" in the settings of the desktop.'
)
SYSTEM: Final = N_("The system keeps these keys for itself. Choose others.")
_WORDS: Final = {Problem.TAKEN: TAKEN, Problem.NOT_HERE: KEPT}
_CONTEXTS: Final = (
    Qt.ShortcutContext.WindowShortcut,
    Qt.ShortcutContext.ApplicationShortcut,
)


class RuleKeys(QObject):
    """Follows the rules that run; `changed` tells that a problem came or went."""

    changed = Signal()

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        # The window's own shortcut, where the system keeps the keys from us.
        self._here: dict[str, QShortcut] = {}
        self._wanted: set[str] = set()
        self._problems: dict[str, str] = {}
        self._started = False
        desk.hotkeys.pressed.connect(self._on_pressed)
        desk.bridge.controls_changed.connect(self.follow)
        desk.options_changed.connect(self.follow)

    def problem(self, keys: str) -> str:
        """Say why keys do not work in every program; "" if they do, or if no rule is on."""
        return self._problems.get(keys, "")

    def problems(self) -> dict[str, str]:
        """Return all problems, by keys."""
        return dict(self._problems)

    def follow(self) -> None:
        """Take the keys that live rules wait for, and give the others back."""
        controls = self._desk.bridge.state.controls
        wanted = {one.name for one in controls if one.kind == "hotkey" and one.live}
        before = self._problems
        for keys in self._wanted - wanted:
            self._give_back(keys)
        self._wanted = wanted
        self._problems = {keys: why for keys in sorted(wanted) if (why := self._take(keys))}
        if self._problems != before:
            self.changed.emit()
        fresh = [keys for keys in self._problems if keys not in before]
        if fresh and self._started:
            # Said where the rule was turned on; at the start Live tells it among what needs you.
            why = problem_words(self._problems[fresh[0]])
            self._desk.tell(tr("{keys}: {why}", keys=fresh[0], why=why))
        self._started = self._started or self._desk.bridge.state.known

    def _take(self, keys: str) -> str:
        refused = OURS if self._is_ours(keys) else SYSTEM if _is_the_systems(keys) else ""
        if refused:
            self._give_back(keys)
            return refused
        problem = self._desk.hotkeys.register(keys, _PREFIX + keys)
        if problem is None:
            self._drop_here(keys)
            return ""
        if problem is not Problem.BAD_KEYS and keys not in self._here:
            self._here[keys] = self._shortcut(keys)
        return _WORDS.get(problem, WORDS[problem])

    def _is_ours(self, keys: str) -> bool:
        """Say whether the window does something else with these keys already."""
        asked = read_keys(keys)
        own = {read_keys(self._desk.options.values.stop_keys)}
        mine = set(self._here.values())
        for shortcut in self._window.findChildren(QShortcut):
            if shortcut not in mine and shortcut.context() in _CONTEXTS:
                own.add(_keys_of(shortcut))
        return asked is not None and asked in own

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys, _PORTABLE), self._window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        # A key that stays down is one press, as it is for the whole system.
        shortcut.setAutoRepeat(False)
        shortcut.setProperty("keys", keys)
        shortcut.activated.connect(self._on_here)
        return shortcut

    def _give_back(self, keys: str) -> None:
        self._desk.hotkeys.unregister(_PREFIX + keys)
        self._drop_here(keys)

    def _drop_here(self, keys: str) -> None:
        shortcut = self._here.pop(keys, None)
        if shortcut is not None:
            shortcut.setEnabled(False)
            shortcut.setParent(None)
            shortcut.deleteLater()

    def _on_here(self) -> None:
        self._press(str(self.sender().property("keys")))

    def _on_pressed(self, name: str) -> None:
        if name.startswith(_PREFIX):
            self._press(name.removeprefix(_PREFIX))

    def _press(self, keys: str) -> None:
        self._desk.bridge.ask(PressKeys(keys=keys))


def _keys_of(shortcut: QShortcut) -> Keys | None:
    return read_keys(shortcut.key().toString(_PORTABLE))


def _is_the_systems(keys: str) -> bool:
    """Say whether the system never lets these keys through: Linux switches consoles with them."""
    held, _, last = keys.rpartition("+")
    console_key = held == "Ctrl+Alt" and last in {f"F{number}" for number in range(1, 13)}
    return console_key and sys.platform.startswith("linux")


def problem_words(source: str) -> str:
    """Word a problem in the language in force."""
    return (
        tr(source, command=f"{console.program()} ctl press NAME") if source == KEPT else tr(source)
    )


def problem_of(control: ControlView, desk: Desk) -> str:
    """Return why a control's keys do not work everywhere, in words; "" if they do."""
    return problem_with(control.name, desk)


def problem_with(keys: str, desk: Desk) -> str:
    """Return why keys that a rule waits for do not work everywhere, in words; "" if they do."""
    source = desk.rule_keys.problem(keys) if desk.rule_keys is not None else ""
    return problem_words(source) if source else ""

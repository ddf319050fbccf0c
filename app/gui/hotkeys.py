"""Keys that work in every program: while a game has the focus, STOP must still be one press away.

One rule: what cannot be had is said, never pretended; the keys then work in our windows only.
"""

from __future__ import annotations

import enum
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Problem(enum.StrEnum):
    """Why keys do not work in every program."""

    TAKEN = "taken"
    NOT_HERE = "not_here"
    BAD_KEYS = "bad_keys"


WORDS: Final[dict[Problem, str]] = {
    Problem.TAKEN: N_(
        "Another program uses these keys: they work in this window only. Choose others."
    ),
    Problem.NOT_HERE: N_(
        "This desktop keeps keys from us: they work in this window only. In its keyboard settings, "
        'bind keys to "{command}".'
    ),
    Problem.BAD_KEYS: N_("Use Ctrl or Alt with a letter, a digit or an F key."),
}


@dataclass(frozen=True, slots=True)
class Keys:
    """One combination: a key and what is held with it. On macOS Qt's Ctrl is the Command key."""

    key: Qt.Key
    ctrl: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False


class Grabber(Protocol):
    """Takes keys from the whole system; made for one kind of system."""

    def grab(self, keys: Keys) -> Problem | None:
        """Take these keys, or say why not."""

    def release(self, keys: Keys) -> None:
        """Give keys back that were grabbed."""

    def close(self) -> None:
        """Give everything back."""


def read_keys(text: str) -> Keys | None:
    """Return what "Ctrl+Alt+X" means; None unless it is one key that nobody types by accident."""
    sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1:
        return None
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs leave it out
    # One Enter is like the other.
    key = Qt.Key.Key_Return if pressed.key() == Qt.Key.Key_Enter else pressed.key()
    held = pressed.keyboardModifiers()
    alone = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24 or key in _ALONE
    known = alone or key in _WITH_OTHERS or _is_plain(key)
    if not known or not (alone or held & (_CTRL | _ALT | _META)):
        return None
    return Keys(
        key,
        ctrl=bool(held & _CTRL),
        alt=bool(held & _ALT),
        shift=bool(held & _SHIFT),
        meta=bool(held & _META),
    )


_ALONE: Final = frozenset({Qt.Key.Key_Pause, Qt.Key.Key_ScrollLock})
_WITH_OTHERS: Final = frozenset(
    {
        Qt.Key.Key_Space,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Print,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Insert,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)


def _is_plain(key: Qt.Key) -> bool:
    return Qt.Key.Key_0 <= key <= Qt.Key.Key_9 or Qt.Key.Key_A <= key <= Qt.Key.Key_Z


class GlobalHotkeys(QObject):
    """Named key combinations of the whole system; `pressed` tells the name, once for each press.

    Several names may share one combination. Nothing is asked of the system before `register`.
    """

    pressed = Signal(str)
    changed = Signal()

    def __init__(
        self, make: Callable[[Callable[[Keys], None]], Grabber | None] | None = None
    ) -> None:
        """`make` returns what grabs keys here and calls back with what was pressed, or None."""
        super().__init__()
        self._make = make or _for_this_system
        self._grabber: Grabber | None = None
        self._made = False
        self._keys: dict[str, Keys] = {}
        self._problems: dict[str, Problem] = {}

    def register(self, keys: str, name: str) -> Problem | None:
        """Let `keys` such as "Ctrl+Alt+X" tell `name` from now on, or return why they cannot.

        A name has one combination: its former one is given back.
        """
        wanted = read_keys(keys)
        if wanted is None:
            self._give_back(name)
            return self._note(name, Problem.BAD_KEYS)
        if self._keys.get(name) == wanted:
            return self._problems.get(name)
        self._give_back(name)
        problem = None if wanted in self._keys.values() else self._grab(wanted)
        if problem is None:
            self._keys[name] = wanted
        return self._note(name, problem)

    def unregister(self, name: str) -> None:
        """Give the keys of `name` back; does nothing if it has none."""
        self._give_back(name)
        self._note(name, None)

    def problem(self, name: str) -> Problem | None:
        """Return why the keys of `name` do not work in every program; None if they do."""
        return self._problems.get(name)

    def close(self) -> None:
        """Give all keys back."""
        self._keys.clear()
        self._problems.clear()
        grabber, self._grabber, self._made = self._grabber, None, False
        if grabber is not None:
            grabber.close()

    def _grab(self, keys: Keys) -> Problem | None:
        if not self._made:
            self._made = True
            self._grabber = self._make(self._on_pressed)
        return Problem.NOT_HERE if self._grabber is None else self._grabber.grab(keys)

    def _give_back(self, name: str) -> None:
        keys = self._keys.pop(name, None)
        if keys is not None and keys not in self._keys.values() and self._grabber is not None:
            self._grabber.release(keys)

    def _note(self, name: str, problem: Problem | None) -> Problem | None:
        before = self._problems.pop(name, None)
        if problem is not None:
            self._problems[name] = problem
        if problem is not before:
            log.info("keys of %s: %s", name, problem.value if problem else "work everywhere")
        self.changed.emit()
        return problem

    def _on_pressed(self, keys: Keys) -> None:
        for name in [name for name, own in self._keys.items() if own == keys]:
            self.pressed.emit(name)


def _for_this_system(on_pressed: Callable[[Keys], None]) -> Grabber | None:
    """Return what grabs keys here; None where no program may, as on Wayland."""
    platform = QGuiApplication.platformName()
    try:
        if platform == "xcb":
            from app.gui.hotkeys_x11 import X11Grabber

            return X11Grabber(on_pressed)
        if platform == "windows":
            from app.gui.hotkeys_windows import WindowsGrabber

            return WindowsGrabber(on_pressed)
        if platform == "cocoa":
            from app.gui.hotkeys_macos import MacGrabber

            return MacGrabber(on_pressed)
    except (OSError, AttributeError) as error:
        log.info("keys of the whole system cannot be had: %s", error)
    return None

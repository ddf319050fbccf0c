"""Keys of the whole Windows desktop: RegisterHotKey, heard as WM_HOTKEY in the thread's messages.

One rule: it hears in the thread that registered, which is the window's. Calls: winuser.h.
"""

from __future__ import annotations

import ctypes
import ctypes.wintypes
import itertools
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, Qt

from app.gui.hotkeys import Keys, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

# The library has no types.
Library: TypeAlias = Any

_WM_HOTKEY: Final = 0x0312
_ALT, _CONTROL, _SHIFT, _WIN, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_ALREADY_REGISTERED: Final = 1409
# Ids of a program are 0 to 0xBFFF.
_FIRST_ID: Final = 0x4757
_VIRTUAL_KEYS: Final[dict[Qt.Key, int]] = {
    Qt.Key.Key_Backspace: 0x08,
    Qt.Key.Key_Tab: 0x09,
    Qt.Key.Key_Return: 0x0D,
    Qt.Key.Key_Pause: 0x13,
    Qt.Key.Key_Escape: 0x1B,
    Qt.Key.Key_Space: 0x20,
    Qt.Key.Key_PageUp: 0x21,
    Qt.Key.Key_PageDown: 0x22,
    Qt.Key.Key_End: 0x23,
    Qt.Key.Key_Home: 0x24,
    Qt.Key.Key_Left: 0x25,
    Qt.Key.Key_Up: 0x26,
    Qt.Key.Key_Right: 0x27,
    Qt.Key.Key_Down: 0x28,
    Qt.Key.Key_Print: 0x2C,
    Qt.Key.Key_Insert: 0x2D,
    Qt.Key.Key_Delete: 0x2E,
    Qt.Key.Key_ScrollLock: 0x91,
}
_F1: Final = 0x70


def virtual_key(key: Qt.Key) -> int:
    """Return the virtual-key code; letters and digits are their ASCII capitals."""
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24:
        return _F1 + key.value - Qt.Key.Key_F1.value
    return _VIRTUAL_KEYS.get(key, key.value)


def modifiers(keys: Keys) -> int:
    """Return what is held, and that a key that stays down is told once."""
    held = ((keys.alt, _ALT), (keys.ctrl, _CONTROL), (keys.shift, _SHIFT), (keys.meta, _WIN))
    return _NO_REPEAT | sum(mask for on, mask in held if on)


class WindowsGrabber(QAbstractNativeEventFilter):
    """Registers keys for the window's thread."""

    def __init__(self, on_pressed: Callable[[Keys], None], user32: Library = None) -> None:
        """`user32` is the system's own; raises OSError or AttributeError where there is none."""
        super().__init__()
        self._on_pressed = on_pressed
        self._ctypes: Library = ctypes
        self._user32 = user32 or self._ctypes.WinDLL("user32", use_last_error=True)
        self._ids: dict[Keys, int] = {}
        self._numbers = itertools.count(_FIRST_ID)
        application = QCoreApplication.instance()
        if application is None:
            raise OSError("no application")
        self._application = application
        application.installNativeEventFilter(self)

    def grab(self, keys: Keys) -> Problem | None:
        """Take these keys, or say why not."""
        number = next(self._numbers)
        if self._user32.RegisterHotKey(None, number, modifiers(keys), virtual_key(keys.key)):
            self._ids[keys] = number
            return None
        taken = self._last_error() == _ALREADY_REGISTERED
        return Problem.TAKEN if taken else Problem.NOT_HERE

    def release(self, keys: Keys) -> None:
        """Give keys back that were grabbed."""
        number = self._ids.pop(keys, None)
        if number is not None:
            self._user32.UnregisterHotKey(None, number)

    def close(self) -> None:
        """Give everything back."""
        for keys in list(self._ids):
            self.release(keys)
        self._application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, _kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Hear WM_HOTKEY; everything goes on to Qt."""
        told = ctypes.wintypes.MSG.from_address(int(message))
        if told.message == _WM_HOTKEY:
            pressed = next((k for k, number in self._ids.items() if number == told.wParam), None)
            if pressed is not None:
                self._on_pressed(pressed)
        return False, 0

    def _last_error(self) -> int:
        # Only Windows has it; elsewhere a stand-in of the library tells.
        own = getattr(self._user32, "last_error", None)
        return int(own) if own is not None else int(self._ctypes.get_last_error())

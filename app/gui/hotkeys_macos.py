"""Keys of the whole macOS desktop: Carbon's RegisterEventHotKey, which asks for no permission.

One rule: what Carbon calls back must not outlive the grabber. Calls: CarbonEvents.h, Events.h.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from PySide6.QtCore import Qt

from app.gui.hotkeys import Keys, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

# The library has no types.
Library: TypeAlias = Any

_CARBON: Final = "/System/Library/Frameworks/Carbon.framework/Carbon"
_COMMAND, _SHIFT, _OPTION, _CONTROL = 0x0100, 0x0200, 0x0800, 0x1000
_KEYBOARD_CLASS: Final = int.from_bytes(b"keyb", "big")
_HOT_KEY_PRESSED: Final = 5
_DIRECT_OBJECT: Final = int.from_bytes(b"----", "big")
_HOT_KEY_ID: Final = int.from_bytes(b"hkid", "big")
_OURS: Final = int.from_bytes(b"Gftw", "big")
_EXISTS: Final = -9878
# Places on the keyboard, named as on an ANSI one: kVK_ANSI_A and the others of Events.h.
_LETTERS: Final = (
    *(0x00, 0x0B, 0x08, 0x02, 0x0E, 0x03, 0x05, 0x04, 0x22, 0x26, 0x28, 0x25, 0x2E),
    *(0x2D, 0x1F, 0x23, 0x0C, 0x0F, 0x01, 0x11, 0x20, 0x09, 0x0D, 0x07, 0x10, 0x06),
)
_DIGITS: Final = (0x1D, 0x12, 0x13, 0x14, 0x15, 0x17, 0x16, 0x1A, 0x1C, 0x19)
_F_KEYS: Final = (
    *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D, 0x67, 0x6F),
    *(0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
)
_OTHERS: Final[dict[Qt.Key, int]] = {
    Qt.Key.Key_Return: 0x24,
    Qt.Key.Key_Tab: 0x30,
    Qt.Key.Key_Space: 0x31,
    Qt.Key.Key_Backspace: 0x33,
    Qt.Key.Key_Escape: 0x35,
    Qt.Key.Key_Home: 0x73,
    Qt.Key.Key_PageUp: 0x74,
    Qt.Key.Key_Delete: 0x75,
    Qt.Key.Key_End: 0x77,
    Qt.Key.Key_PageDown: 0x79,
    Qt.Key.Key_Left: 0x7B,
    Qt.Key.Key_Right: 0x7C,
    Qt.Key.Key_Down: 0x7D,
    Qt.Key.Key_Up: 0x7E,
}


class _EventType(ctypes.Structure):
    _fields_: ClassVar = [("event_class", ctypes.c_uint32), ("event_kind", ctypes.c_uint32)]


class _HotKeyId(ctypes.Structure):
    _fields_: ClassVar = [("signature", ctypes.c_uint32), ("id", ctypes.c_uint32)]


_Heard = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def virtual_key(key: Qt.Key) -> int | None:
    """Return the virtual-key code, None for keys a Mac does not have."""
    for first, codes in (
        (Qt.Key.Key_A, _LETTERS),
        (Qt.Key.Key_0, _DIGITS),
        (Qt.Key.Key_F1, _F_KEYS),
    ):
        place = key.value - first.value
        if 0 <= place < len(codes):
            return codes[place]
    return _OTHERS.get(key)


def modifiers(keys: Keys) -> int:
    """Return what is held; Qt's Ctrl is Command here, and Qt's Meta is Control."""
    held = (
        (keys.ctrl, _COMMAND),
        (keys.shift, _SHIFT),
        (keys.alt, _OPTION),
        (keys.meta, _CONTROL),
    )
    return sum(mask for on, mask in held if on)


class MacGrabber:
    """Registers keys with the application's event target, which Qt's loop serves."""

    def __init__(self, on_pressed: Callable[[Keys], None], carbon: Library = None) -> None:
        """`carbon` is the system's own; raises OSError where there is none."""
        self._on_pressed = on_pressed
        self._carbon = carbon or _library()
        self._grabbed: dict[Keys, tuple[int, ctypes.c_void_p]] = {}
        self._numbers = itertools.count(1)
        self._target = self._carbon.GetApplicationEventTarget()
        self._heard = _Heard(self._hear)
        self._handler = ctypes.c_void_p()
        kind = _EventType(_KEYBOARD_CLASS, _HOT_KEY_PRESSED)
        failed = self._carbon.InstallEventHandler(
            self._target, self._heard, 1, ctypes.byref(kind), None, ctypes.byref(self._handler)
        )
        if failed:
            raise OSError(f"Carbon refused: {failed}")

    def grab(self, keys: Keys) -> Problem | None:
        """Take these keys, or say why not."""
        code = virtual_key(keys.key)
        if code is None:
            return Problem.BAD_KEYS
        number, made = next(self._numbers), ctypes.c_void_p()
        failed = self._carbon.RegisterEventHotKey(
            code, modifiers(keys), _HotKeyId(_OURS, number), self._target, 0, ctypes.byref(made)
        )
        if failed:
            return Problem.TAKEN if failed == _EXISTS else Problem.NOT_HERE
        self._grabbed[keys] = (number, made)
        return None

    def release(self, keys: Keys) -> None:
        """Give keys back that were grabbed."""
        _number, made = self._grabbed.pop(keys, (0, None))
        if made is not None:
            self._carbon.UnregisterEventHotKey(made)

    def close(self) -> None:
        """Give everything back."""
        for keys in list(self._grabbed):
            self.release(keys)
        self._carbon.RemoveEventHandler(self._handler)

    def _hear(self, _call: int | None, event: int | None, _data: int | None) -> int:
        told = _HotKeyId()
        failed = self._carbon.GetEventParameter(
            event, _DIRECT_OBJECT, _HOT_KEY_ID, None, ctypes.sizeof(told), None, ctypes.byref(told)
        )
        if not failed and told.signature == _OURS:
            for keys, (number, _made) in list(self._grabbed.items()):
                if number == told.id:
                    self._on_pressed(keys)
        return 0


def _library() -> Library:
    carbon = ctypes.CDLL(ctypes.util.find_library("Carbon") or _CARBON)
    pointer, number, status = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int32
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "GetApplicationEventTarget": (pointer, []),
        "InstallEventHandler": (
            status,
            [pointer, _Heard, ctypes.c_ulong, pointer, pointer, pointer],
        ),
        "RemoveEventHandler": (status, [pointer]),
        "RegisterEventHotKey": (status, [number, number, _HotKeyId, pointer, number, pointer]),
        "UnregisterEventHotKey": (status, [pointer]),
        "GetEventParameter": (
            status,
            [pointer, number, number, pointer, ctypes.c_ulong, pointer, pointer],
        ),
    }
    for call, (result, arguments) in signatures.items():
        function = getattr(carbon, call)
        function.restype, function.argtypes = result, arguments
    return carbon

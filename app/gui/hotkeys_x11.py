"""Keys of the whole X11 desktop, by passive grabs on a connection of our own.

One rule: an X error of a grab is an answer, not the end of the program. Wire and calls: Xlib.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import itertools
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from PySide6.QtCore import QObject, QSocketNotifier, Qt

from app.gui.hotkeys import Keys, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

# The library has no types.
Library: TypeAlias = Any
Pointer: TypeAlias = Any

_SHIFT, _LOCK, _CONTROL, _MOD1, _MOD4 = 1, 2, 4, 8, 64
_MODIFIERS_THAT_COUNT: Final = _SHIFT | _CONTROL | _MOD1 | _MOD4
_KEY_PRESS, _KEY_RELEASE, _MAPPING_NOTIFY = 2, 3, 34
_GRAB_ASYNC: Final = 1
_BAD_ACCESS: Final = 10
_NUM_LOCK, _SCROLL_LOCK = 0xFF7F, 0xFF14
# Keysyms of what has no letter of its own: X11/keysymdef.h.
_KEYSYMS: Final[dict[Qt.Key, int]] = {
    Qt.Key.Key_Space: 0x20,
    Qt.Key.Key_Backspace: 0xFF08,
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Pause: 0xFF13,
    Qt.Key.Key_ScrollLock: 0xFF14,
    Qt.Key.Key_Escape: 0xFF1B,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_Left: 0xFF51,
    Qt.Key.Key_Up: 0xFF52,
    Qt.Key.Key_Right: 0xFF53,
    Qt.Key.Key_Down: 0xFF54,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_End: 0xFF57,
    Qt.Key.Key_Print: 0xFF61,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Delete: 0xFFFF,
}
_F1: Final = 0xFFBE


class _KeyEvent(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("keycode", ctypes.c_uint),
        ("same_screen", ctypes.c_int),
    ]


class _Event(ctypes.Union):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("key", _KeyEvent),
        ("pad", ctypes.c_long * 24),
    ]


class _ErrorEvent(ctypes.Structure):
    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("resourceid", ctypes.c_ulong),
        ("serial", ctypes.c_ulong),
        ("error_code", ctypes.c_ubyte),
        ("request_code", ctypes.c_ubyte),
        ("minor_code", ctypes.c_ubyte),
    ]


class _ModifierKeymap(ctypes.Structure):
    _fields_: ClassVar = [
        ("max_keypermod", ctypes.c_int),
        ("modifiermap", ctypes.POINTER(ctypes.c_ubyte)),
    ]


_ErrorCall = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_ErrorEvent))


def keysym(key: Qt.Key) -> int:
    """Return the keysym of a key: digits and (small) letters are Latin-1."""
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24:
        return _F1 + key.value - Qt.Key.Key_F1.value
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return key.value + 0x20
    return _KEYSYMS.get(key, key.value)


def modifiers(keys: Keys) -> int:
    """Return what is held as X11 writes it; Alt is Mod1 and Meta Mod4 on every usual desktop."""
    held = ((keys.shift, _SHIFT), (keys.ctrl, _CONTROL), (keys.alt, _MOD1), (keys.meta, _MOD4))
    return sum(mask for on, mask in held if on)


class X11Grabber(QObject):
    """Grabs keys on the root window, with every state of Num Lock, Caps Lock and Scroll Lock."""

    def __init__(self, on_pressed: Callable[[Keys], None]) -> None:
        """Connect to the display of $DISPLAY; raises OSError if there is none."""
        super().__init__()
        self._on_pressed = on_pressed
        self._x = _library()
        self._display: Pointer = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("no X11 display")
        self._root = self._x.XDefaultRootWindow(self._display)
        # A key that stays down then repeats without releases, and is told once.
        self._x.XkbSetDetectableAutoRepeat(self._display, 1, None)
        self._grabbed: dict[Keys, int] = {}
        self._down: set[int] = set()
        self._errors: list[int] = []
        self._on_error = _ErrorCall(self._note_error)
        self._notifier = QSocketNotifier(
            self._x.XConnectionNumber(self._display), QSocketNotifier.Type.Read
        )
        self._notifier.activated.connect(self._read)

    def grab(self, keys: Keys) -> Problem | None:
        """Take these keys, or say why not; nothing is kept of a half success."""
        keycode = self._x.XKeysymToKeycode(self._display, keysym(keys.key))
        if not keycode:
            return Problem.BAD_KEYS
        errors = self._asking(lambda: self._ask_for(keys, keycode))
        if errors:
            self._asking(lambda: self._let_go(keys, keycode))
            return Problem.TAKEN if _BAD_ACCESS in errors else Problem.NOT_HERE
        self._grabbed[keys] = keycode
        self._read()
        return None

    def release(self, keys: Keys) -> None:
        """Give keys back that were grabbed."""
        keycode = self._grabbed.pop(keys, None)
        if keycode is not None:
            self._asking(lambda: self._let_go(keys, keycode))
            self._read()

    def close(self) -> None:
        """Give everything back and leave the display."""
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._grabbed.clear()
        display, self._display = self._display, None
        if display:
            # The server ends all grabs of a connection with it.
            self._x.XCloseDisplay(display)

    # ------------------------------------------------------------ asking

    def _ask_for(self, keys: Keys, keycode: int) -> None:
        for locks in self._locks():
            held = modifiers(keys) | locks
            self._x.XGrabKey(self._display, keycode, held, self._root, 0, _GRAB_ASYNC, _GRAB_ASYNC)

    def _let_go(self, keys: Keys, keycode: int) -> None:
        for locks in self._locks():
            self._x.XUngrabKey(self._display, keycode, modifiers(keys) | locks, self._root)

    def _asking(self, ask: Callable[[], None]) -> list[int]:
        """Ask and wait for the answer; return the error codes. Xlib's own answer is to exit."""
        self._errors = []
        before = self._x.XSetErrorHandler(self._on_error)
        try:
            ask()
            self._x.XSync(self._display, 0)
        finally:
            self._x.XSetErrorHandler(ctypes.cast(before, _ErrorCall) if before else None)
        return self._errors

    def _note_error(self, _display: int, event: Pointer) -> int:
        self._errors.append(event.contents.error_code)
        return 0

    def _locks(self) -> list[int]:
        """Return every combination of the locks that somebody may have left on."""
        masks = {_LOCK, self._mask_of(_NUM_LOCK), self._mask_of(_SCROLL_LOCK)}
        masks -= {0, _SHIFT, _CONTROL, _MOD1, _MOD4}
        subsets = itertools.chain.from_iterable(
            itertools.combinations(sorted(masks), size) for size in range(len(masks) + 1)
        )
        return [sum(some) for some in subsets]

    def _mask_of(self, symbol: int) -> int:
        keycode = self._x.XKeysymToKeycode(self._display, symbol)
        if not keycode:
            return 0
        keymap = self._x.XGetModifierMapping(self._display)
        try:
            width, codes = keymap.contents.max_keypermod, keymap.contents.modifiermap
            places = [place for place in range(8 * width) if codes[place] == keycode]
            return 1 << places[0] // width if places else 0
        finally:
            self._x.XFreeModifiermap(keymap)

    # ------------------------------------------------------------ hearing

    def _read(self) -> None:
        """Take every event there is; some may already have been read with an answer."""
        event = _Event()
        while self._display and self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            if event.type == _MAPPING_NOTIFY:
                self._x.XRefreshKeyboardMapping(ctypes.byref(event))
                self._grab_again()
            elif event.type == _KEY_RELEASE:
                self._down.discard(event.key.keycode)
            elif event.type == _KEY_PRESS and not event.key.send_event:
                self._press(event.key.keycode, event.key.state & _MODIFIERS_THAT_COUNT)

    def _press(self, keycode: int, held: int) -> None:
        if keycode in self._down:
            return
        self._down.add(keycode)
        for keys, own in list(self._grabbed.items()):
            if own == keycode and modifiers(keys) == held:
                self._on_pressed(keys)

    def _grab_again(self) -> None:
        """Follow a new keyboard layout: the same letter may be on another key now."""
        for keys, before in list(self._grabbed.items()):
            keycode = self._x.XKeysymToKeycode(self._display, keysym(keys.key))
            if keycode and keycode != before:
                self._asking(lambda keys=keys, old=before: self._let_go(keys, old))  # type: ignore[misc]  # mypy takes the defaults for arguments
                self._asking(lambda keys=keys, new=keycode: self._ask_for(keys, new))  # type: ignore[misc]  # as above
                self._grabbed[keys] = keycode


def _library() -> Library:
    name = ctypes.util.find_library("X11") or "libX11.so.6"
    x = ctypes.CDLL(name)
    pointer, number, unsigned, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong, ctypes.c_uint
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "XOpenDisplay": (pointer, [ctypes.c_char_p]),
        "XCloseDisplay": (number, [pointer]),
        "XDefaultRootWindow": (unsigned, [pointer]),
        "XConnectionNumber": (number, [pointer]),
        "XKeysymToKeycode": (ctypes.c_ubyte, [pointer, unsigned]),
        "XGrabKey": (number, [pointer, number, text, unsigned, number, number, number]),
        "XUngrabKey": (number, [pointer, number, text, unsigned]),
        "XSync": (number, [pointer, number]),
        "XPending": (number, [pointer]),
        "XNextEvent": (number, [pointer, pointer]),
        "XRefreshKeyboardMapping": (number, [pointer]),
        "XSetErrorHandler": (pointer, [_ErrorCall]),
        "XGetModifierMapping": (ctypes.POINTER(_ModifierKeymap), [pointer]),
        "XFreeModifiermap": (number, [ctypes.POINTER(_ModifierKeymap)]),
        "XkbSetDetectableAutoRepeat": (number, [pointer, number, pointer]),
    }
    for call, (result, arguments) in signatures.items():
        function = getattr(x, call)
        function.restype, function.argtypes = result, arguments
    return x

"""What Windows is asked for, and what is heard of its messages; user32 is played here."""

import ctypes
import ctypes.wintypes

import pytest
from PySide6.QtCore import Qt

from app.gui.hotkeys import GlobalHotkeys, Keys, Problem
from app.gui.hotkeys_windows import WindowsGrabber, virtual_key

STOP = Keys(Qt.Key.Key_X, ctrl=True, alt=True)


class User32:
    """Remembers who has which keys, as the system does."""

    def __init__(self, *taken):
        self.taken, self.registered, self.last_error = set(taken), {}, 0

    def RegisterHotKey(self, window, number, held, key):
        assert window is None
        if (held, key) in self.taken:
            self.last_error = 1409
            return 0
        self.registered[number] = (held, key)
        return 1

    def UnregisterHotKey(self, window, number):
        assert window is None
        del self.registered[number]
        return 1


def message(kind, number):
    told = ctypes.wintypes.MSG()
    told.message, told.wParam = kind, number
    return told


@pytest.fixture
def user32():
    return User32()


@pytest.fixture
def grabber(qapp, user32):
    heard = []
    made = WindowsGrabber(heard.append, user32)
    made.heard = heard
    yield made
    made.close()
    assert user32.registered == {}


def test_keys_are_registered_once_per_press_and_given_back(grabber, user32):
    assert grabber.grab(STOP) is None
    ((number, asked),) = user32.registered.items()
    # MOD_NOREPEAT, MOD_CONTROL, MOD_ALT and the letter.
    assert asked == (0x4000 | 2 | 1, ord("X"))
    told = message(0x0312, number)
    assert grabber.nativeEventFilter(b"windows_dispatcher_MSG", ctypes.addressof(told)) == (
        False,
        0,
    )
    assert grabber.heard == [STOP]
    for other in (message(0x0312, number + 1), message(0x0100, number)):
        grabber.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(other))
    assert grabber.heard == [STOP]
    grabber.release(STOP)
    assert user32.registered == {}


def test_keys_of_another_program_are_taken(grabber, user32):
    user32.taken = {(0x4000 | 2 | 1, ord("X"))}
    assert grabber.grab(STOP) is Problem.TAKEN
    user32.taken = set()
    assert grabber.grab(STOP) is None


def test_through_the_registry_a_press_tells_its_name(qapp, user32):
    made = []

    def make(on_pressed):
        made.append(WindowsGrabber(on_pressed, user32))
        return made[0]

    hotkeys, heard = GlobalHotkeys(make), []
    hotkeys.pressed.connect(heard.append)
    assert hotkeys.register("Ctrl+Alt+X", "stop") is None
    told = message(0x0312, next(iter(user32.registered)))
    made[0].nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
    assert heard == ["stop"]
    hotkeys.close()


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (Qt.Key.Key_A, 0x41),
        (Qt.Key.Key_0, 0x30),
        (Qt.Key.Key_F1, 0x70),
        (Qt.Key.Key_F24, 0x87),
        (Qt.Key.Key_Pause, 0x13),
        (Qt.Key.Key_Delete, 0x2E),
    ],
)
def test_keys_have_the_codes_of_windows(key, code):
    assert virtual_key(key) == code

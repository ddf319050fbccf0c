"""What macOS is asked for, and what is heard of its events; Carbon is played here."""

import pytest
from PySide6.QtCore import Qt

from app.gui.hotkeys import Keys, Problem
from app.gui.hotkeys_macos import MacGrabber, virtual_key

STOP = Keys(Qt.Key.Key_X, ctrl=True, alt=True)
TARGET = 77


class Carbon:
    """Remembers what was registered; `press` calls back as the system does."""

    def __init__(self):
        self.taken, self.registered, self.handlers = set(), {}, {}

    def GetApplicationEventTarget(self):
        return TARGET

    def InstallEventHandler(self, target, heard, count, kinds, _data, made):
        assert (target, count) == (TARGET, 1)
        assert bytes(kinds._obj)[:4][::-1] == b"keyb"
        made._obj.value = 5
        self.handlers[5] = heard
        return 0

    def RemoveEventHandler(self, handler):
        del self.handlers[handler.value]
        return 0

    def RegisterEventHotKey(self, code, held, own_id, target, options, made):
        assert (target, options) == (TARGET, 0)
        if (code, held) in self.taken:
            return -9878
        made._obj.value = 1000 + own_id.id
        self.registered[1000 + own_id.id] = (code, held, own_id)
        return 0

    def UnregisterEventHotKey(self, made):
        del self.registered[made.value]
        return 0

    def GetEventParameter(self, event, name, kind, _actual, size, _used, out):
        assert size == 8
        assert (name.to_bytes(4, "big"), kind.to_bytes(4, "big")) == (b"----", b"hkid")
        told = self.registered[event][2]
        out._obj.signature, out._obj.id = told.signature, told.id
        return 0

    def press(self, made):
        self.handlers[5](None, made, None)


@pytest.fixture
def carbon():
    return Carbon()


@pytest.fixture
def grabber(carbon):
    heard = []
    made = MacGrabber(heard.append, carbon)
    made.heard = heard
    yield made
    made.close()
    assert (carbon.registered, carbon.handlers) == ({}, {})


def test_keys_are_registered_heard_and_given_back(grabber, carbon):
    assert grabber.grab(STOP) is None
    ((made, (code, held, _)),) = carbon.registered.items()
    # kVK_ANSI_X with Command and Option.
    assert (code, held) == (0x07, 0x0100 | 0x0800)
    carbon.press(made)
    assert grabber.heard == [STOP]
    grabber.release(STOP)
    assert carbon.registered == {}


def test_keys_of_another_program_are_taken(grabber, carbon):
    carbon.taken = {(0x07, 0x0900)}
    assert grabber.grab(STOP) is Problem.TAKEN


def test_a_key_that_no_mac_has_is_refused(grabber, carbon):
    assert grabber.grab(Keys(Qt.Key.Key_ScrollLock)) is Problem.BAD_KEYS
    assert carbon.registered == {}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (Qt.Key.Key_A, 0x00),
        (Qt.Key.Key_Z, 0x06),
        (Qt.Key.Key_0, 0x1D),
        (Qt.Key.Key_9, 0x19),
        (Qt.Key.Key_F1, 0x7A),
        (Qt.Key.Key_F20, 0x5A),
        (Qt.Key.Key_Space, 0x31),
        (Qt.Key.Key_F21, None),
    ],
)
def test_keys_have_the_codes_of_a_mac(key, code):
    assert virtual_key(key) == code

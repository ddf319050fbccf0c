"""STOP's keys follow the setting, and work in the window whatever the system says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from app.gui.hotkeys import GlobalHotkeys, read_keys
from app.gui.stop_keys import NAME, StopKeys

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class System:
    """A system that gives every key it is asked for."""

    def __init__(self):
        self.ours, self.press = set(), None

    def made(self, on_pressed):
        self.press = on_pressed
        return self

    def grab(self, keys):
        self.ours.add(keys)

    def release(self, keys):
        self.ours.remove(keys)

    def close(self):
        self.ours.clear()


@pytest.fixture
def window(show):
    return show()


@pytest.fixture
def stops(window, bridge):
    heard = []
    bridge.stop_all = heard.append
    return heard


def test_the_keys_of_the_setting_stop_everything_in_the_window(window, stops):
    QTest.keyClick(window, Qt.Key.Key_X, HELD)
    assert stops == ["desk"]
    window.desk.choose(stop_keys="Ctrl+Alt+K")
    QTest.keyClick(window, Qt.Key.Key_X, HELD)
    assert stops == ["desk"]
    QTest.keyClick(window, Qt.Key.Key_K, HELD)
    assert stops == ["desk", "desk"]
    assert window.header.stop.accessibleName() == "STOP ALL. Ctrl+Alt+K"


def test_the_keys_of_the_setting_are_asked_of_the_system(window):
    system, heard = System(), []
    window.desk.hotkeys = GlobalHotkeys(system.made)
    keys = StopKeys(window, window.desk)
    keys.pressed.connect(lambda: heard.append("stop"))
    assert system.ours == {read_keys("Ctrl+Alt+X")}
    window.desk.choose(stop_keys="F9")
    assert system.ours == {read_keys("F9")}
    system.press(read_keys("F9"))
    assert heard == ["stop"]
    window.desk.hotkeys.register("F8", "a rule")
    system.press(read_keys("F8"))
    assert heard == ["stop"]
    window.desk.hotkeys.close()
    assert (system.ours, NAME) == (set(), "stop")


def test_the_words_of_the_button_are_those_of_the_system(window):
    window.desk.choose(stop_keys="Ctrl+Shift+F9")
    native = QKeySequence("Ctrl+Shift+F9").toString(QKeySequence.SequenceFormat.NativeText)
    assert native in window.header.stop.toolTip()

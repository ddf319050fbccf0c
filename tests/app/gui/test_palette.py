"""The list of commands: found by typing, run by Enter."""

import pytest
from PySide6.QtCore import Qt

from app.gui.palette import Palette, folded


@pytest.fixture
def window(show, bridge):
    bridge.stopped = []
    bridge.ask = lambda request, then=None: bridge.stopped.append(request)
    return show()


def opened(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return window.findChild(Palette)


def test_typing_finds_and_enter_runs(window, qtbot):
    with qtbot.waitActive(window):
        window.activateWindow()
    palette = opened(window, qtbot)
    qtbot.keyClicks(palette.field, "sett")
    assert [palette.list.item(n).text() for n in range(palette.list.count())] == ["Go to Settings"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.page.key == "settings"
    assert not palette.isVisible()


def test_arrows_move_and_a_device_is_opened(window, qtbot):
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "open")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentItem().text() == "Open LED strip"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.page.key == "devices"


def test_stop_is_among_the_commands(window, qtbot):
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "stop")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.desk.bridge.state.stop.stopped
    assert "resume" in [command.verb for command in window.commands()]


def test_nothing_found_does_nothing(window, qtbot):
    window.open_palette()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "zzzz")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.reject()


def test_words_are_found_without_marks():
    assert folded("Thiết bị Đèn") == "thiet bi den"

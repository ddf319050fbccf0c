"""The tray: four shapes, one truth, and a menu that stops everything."""

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from app.core.links import LinkStage, LinkState
from app.gateway.messages import Changed
from app.gateway.views import StopView
from app.gui.tray import SHAPES, Tray, tray_icon
from tests.app.gui import sample


@pytest.fixture
def tray(bridge):
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.offline())
    icon = Tray(bridge)
    yield icon
    icon.close()


def test_every_state_has_its_own_shape():
    outlines = {}
    for shape in SHAPES:
        image = tray_icon(shape).pixmap(32).toImage()
        outlines[shape] = tuple(
            image.pixelColor(x, y).alpha() > 127 for x in range(0, 32, 3) for y in range(0, 32, 3)
        )
    assert len(set(outlines.values())) == len(SHAPES)


def test_it_follows_the_state(tray, bridge):
    assert tray.shape == "running"
    bridge.take_changed(Changed(rules_running=False))
    bridge.flush()
    assert tray.shape == "paused"
    assert tray.pause.text() == "Continue rules"
    bridge.take_changed(Changed(stop=StopView(stopped=True)))
    assert tray.shape == "stopped"
    assert tray.line.text() == "Everything is stopped"
    assert not tray.pause.isEnabled()


def test_the_menu_asks_for_what_it_says(tray, qtbot):
    with qtbot.waitSignal(tray.stop_asked):
        tray.stop.trigger()
    with qtbot.waitSignal(tray.pause_asked) as pause:
        tray.pause.trigger()
    assert pause.args == [False]
    with qtbot.waitSignal(tray.opened):
        tray.open.trigger()
    with qtbot.waitSignal(tray.quit_asked):
        tray.quit.trigger()


def test_a_click_on_the_icon_opens_the_window(tray, qtbot):
    with qtbot.waitSignal(tray.opened):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)


def test_it_speaks_the_language(tray, language, qtbot):
    language.choose("vi")
    tray.show_state()
    assert tray.stop.text() == "DỪNG HẾT"
    assert tray.quit.text() == "Thoát và dừng thiết bị"

"""The window: STOP everywhere, the banner, the keyboard, names, sizes, languages."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from app.core.links import LinkReason, LinkStage, LinkState
from app.gateway.messages import Changed, Reply
from app.gateway.views import NoticeView, StopView
from app.gui.bridge import Bridge
from app.gui.dialogs import ResumeSheet
from app.gui.theme import theme
from tests.app.gui import sample

PAGES = ["live", "rules", "devices", "backtest", "counts", "history", "settings"]
SIZES = [(1280, 800), (1000, 640)]
LEFT = Qt.MouseButton.LeftButton


class Door:
    """The client's face, for what a click sends: it answers nothing and counts STOPs."""

    def __init__(self) -> None:
        self.stops = []

    async def ask(self, request):
        raise AssertionError(request)

    def stop_all(self, source="desk"):
        self.stops.append(source)


@pytest.fixture
def door(bridge: Bridge):
    bridge.open(Door())
    return bridge._door


@pytest.mark.parametrize("page", PAGES)
def test_stop_works_from_every_page_and_a_double_click_never_resumes(show, door, qtbot, page):
    window = show()
    window.go(page)
    qtbot.mouseClick(window.header.stop, LEFT)
    assert door.stops == ["desk"]
    assert window.banner.isVisible()
    assert not window.rail.switch.isChecked()
    qtbot.mouseDClick(window.header.stop, LEFT)
    qtbot.mouseClick(window.header.stop, LEFT)
    assert len(door.stops) >= 3
    assert window.desk.bridge.state.stop.stopped
    assert window.banner.isVisible()


def test_stop_says_that_it_was_sent_and_keeps_its_label(show, door, qtbot):
    window = show()
    assert window.header.stop.accessibleName() == "STOP ALL. Ctrl+Alt+X"
    qtbot.mouseClick(window.header.stop, LEFT)
    assert window.header.stop.accessibleName() == "STOP ALL. Sent, can repeat"


def test_stop_by_the_keyboard(show, door, qtbot):
    window = show()
    window.activateWindow()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Qt.Key.Key_X, keys)
    assert door.stops == ["desk"]


def test_stop_works_while_the_core_is_away(show, door, qtbot):
    window = show()
    window.desk.bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))
    assert window.header.stop.isEnabled()
    qtbot.mouseClick(window.header.stop, LEFT)
    assert door.stops == ["desk"]


def test_the_banner_tells_who_did_not_confirm(show):
    window = show(sample.stopped())
    assert window.banner.title.text() == "Everything is stopped."
    assert "Fog machine did not confirm: check it yourself." in window.banner.words.words()
    assert window.banner.action.text() == "Resume…"


def test_a_core_that_is_away_is_said_in_words(show):
    window = show()
    window.desk.bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))
    assert window.banner.isVisible()
    assert window.banner.title.text() == "The engine is starting again."
    window.desk.bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    assert not window.banner.isVisible()


def test_a_notice_is_shown_until_it_is_read(show, qtbot):
    window = show()
    notice = NoticeView(key="disk", level="warning", code="disk_full")
    window.desk.bridge.take_changed(Changed(notices=(notice,)))
    window.desk.bridge.flush()
    assert window.banner.title.text() == "The disk is full."
    qtbot.mouseClick(window.banner.action, LEFT)
    assert not window.banner.isVisible()


def test_resume_needs_a_deliberate_hold(show, door, qtbot, bridge):
    window = show(sample.stopped())
    resumed = []
    bridge.resume = lambda: resumed.append(True)
    window.open_resume()
    sheet = window.findChild(ResumeSheet)
    sheet.confirmed.connect(bridge.resume)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.keyClick(sheet.hold, Qt.Key.Key_Return)
    qtbot.mouseClick(sheet.hold, LEFT)
    assert not resumed
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.confirmed, timeout=5000):
        qtbot.mousePress(sheet.hold, LEFT)
    qtbot.mouseRelease(sheet.hold, LEFT)
    assert resumed
    assert not sheet.isVisible()


def test_the_resume_sheet_lists_what_will_run_again(show):
    window = show(sample.stopped())
    window.open_resume()
    sheet = window.findChild(ResumeSheet)
    shown = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert {"Spin for roses", "Motor 1"} <= shown
    assert "Coffee wave" not in shown
    sheet.reject()


def test_pages_by_the_keyboard(show, qtbot):
    window = show()
    for place, key in enumerate(PAGES):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
        assert window.page is not None
        assert window.page.key == key


def test_pages_by_the_rail(show, qtbot):
    window = show()
    spot = window.rail.list.visualItemRect(window.rail.list.item(2)).center()
    qtbot.mouseClick(window.rail.list.viewport(), LEFT, pos=spot)
    assert window.page.key == "devices"


def test_f6_goes_round_the_regions(show, qtbot):
    window = show()
    window.rail.list.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        regions = {"rail": window.rail, "header": window.header, "page": window.stack}
        seen.append(next(name for name, part in regions.items() if part.isAncestorOf(focus)))
    assert seen == ["header", "page", "rail"]


def test_the_chips_lead_where_it_is_put_right(show, qtbot):
    window = show()
    qtbot.mouseClick(window.header.devices, LEFT)
    assert window.page.key == "devices"
    window = show(sample.fresh())
    window.go("settings")
    qtbot.mouseClick(window.header.tiktok, LEFT)
    assert window.page.key == "live"


def unnamed(window):
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider)
    found = []
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_")
        if not isinstance(widget, kinds) or isinstance(widget, QScrollBar) or inner:
            continue
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        if not named and not widget.isHidden():
            found.append(f"{widget!r} in {widget.parent()!r}")
    return found


@pytest.mark.parametrize("make", [sample.snapshot, sample.fresh, sample.offline, sample.stopped])
def test_every_control_has_a_name(show, make):
    window = show(make())
    for page in PAGES:
        window.go(page)
    window.pages["live"].start_practise()
    page = window.pages["devices"]
    page.sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    page.sheet._on_found(Reply(id=2, discover=sample.discovered()))
    assert not unnamed(window)


def clipped(window):
    """Buttons that are cut by what they stand in, or too narrow for their text."""
    found = []
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or button.width() == 0:
            continue
        box = button.parentWidget()
        over = button.mapTo(box, QPoint(button.width(), 0)).x() > box.width() + 1
        short = button.width() < button.minimumSizeHint().width()
        if over or short:
            found.append((button.text() or button.accessibleName(), over, short))
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    wide = [area.widget() for area in areas if area.widget().width() > area.viewport().width()]
    return found + wide


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("percent", [100, 130])
def test_no_button_is_clipped(show, qtbot, language, size, code, page, percent):
    language.choose(code)
    theme.choose(text_percent=percent)
    window = show(size=size)
    window.go(page)
    qtbot.waitUntil(window.page.isVisible)
    QApplication.sendPostedEvents()
    assert not clipped(window)
    if page == "live":
        window.page.start_practise()
        QApplication.sendPostedEvents()
        assert not clipped(window)


def test_the_language_switches_everywhere_at_once(show, qtbot, language):
    window = show()
    for page in PAGES:
        window.go(page)
    window.go("live")
    language.choose("vi")
    qtbot.waitUntil(lambda: window.header.title.text() == "Trực tiếp")
    assert window.rail.list.item(1).text() == "Quy tắc"
    assert window.pages["live"].activity.title.text() == "Hoạt động"
    assert "tặng Hoa hồng" in window.pages["live"].activity.model.index(0, 0).data()
    window.go("devices")
    assert window.pages["devices"].cards["motor"].state.text() == "Đang quay"


def test_both_themes_paint(show, qtbot):
    window = show()
    shades = set()
    for choice in ("dark", "light"):
        theme.choose(choice=choice)
        image = window.grab().toImage()
        shades.add(image.pixelColor(image.width() - 4, image.height() - 4).name().upper())
        assert image.pixelColor(image.width() - 4, image.height() - 4) == theme.colour("canvas")
    assert len(shades) == 2


def test_a_narrow_window_keeps_icons_and_names(show):
    window = show(size=(1000, 640))
    assert window.rail.width() == 72
    assert window.rail.list.item(0).text() == "Live"
    assert window.rail.list.item(0).toolTip() == "Live (Ctrl+1)"


def test_a_hidden_window_asks_for_less(show, bridge):
    asked = []
    bridge.ask = lambda request, then=None: asked.append(request.type)
    window = show()
    asked.clear()
    window.hide()
    assert asked == ["watch"]
    window.show()
    assert asked == ["watch", "watch", "status"]


def test_closing_asks_the_application(show, qtbot):
    window = show()
    with qtbot.waitSignal(window.close_asked):
        window.close()
    assert window.isVisible()


def test_the_rules_switch_asks_and_waits_for_the_answer(show, bridge, qtbot):
    asked = []
    bridge.ask = lambda request, then=None: asked.append(request)
    window = show()
    qtbot.mouseClick(window.rail.switch, LEFT)
    assert [r.type for r in asked if r.type == "set_rules_running"] == ["set_rules_running"]
    bridge.take_changed(Changed(rules_running=False))
    bridge.flush()
    assert window.rail.rules_title.text() == "Rules are paused"
    bridge.take_changed(Changed(stop=StopView(stopped=True)))
    assert window.rail.rules_title.text() == "Rules are stopped"
    assert not window.rail.switch.isEnabled()


def test_a_message_goes_by_itself_and_is_not_a_dialog(show):
    window = show()
    window.tell("Motor 1 was added.")
    assert window.toast.isVisible()
    assert window.toast.words.words() == "Motor 1 was added."
    window.toast._timer.timeout.emit()
    assert not window.toast.isVisible()


def test_nothing_warns_while_pages_are_built(show, language):
    # qt_log_level_fail turns any Qt warning into a failure; this visits everything once.
    for make in (sample.snapshot, sample.fresh, sample.refused):
        window = show(make())
        for page in PAGES:
            window.go(page)
            window.grab()
    assert QEvent is not None


def test_an_alarm_stays_until_it_is_seen_and_comes_back_when_it_is_raised_again(
    show, bridge, qtbot
):
    window = show()

    def raised(at_ms):
        alarm = NoticeView(
            key="alarm.hot", level="error", code="rule_alarm", values={"text": "Hot"}, at_ms=at_ms
        )
        note = NoticeView(key="note", level="info", code="rule_note", values={"text": "Hi"})
        bridge.take_changed(Changed(notices=(note, alarm)))
        bridge.flush()

    raised(1)
    assert window.banner.isVisible()
    assert "Hot" in f"{window.banner.title.text()} {window.banner.words.words()}"
    qtbot.mouseClick(window.banner.action, LEFT)
    # A note is no banner: it was shown for a moment.
    assert not window.banner.isVisible()
    raised(1)
    assert not window.banner.isVisible()
    raised(2)
    assert window.banner.isVisible()

"""The Settings page: every choice works at once, is remembered, and reaches the core."""

import pytest
from PySide6.QtCore import Qt

from app.core.links import LinkStage, LinkState
from app.gateway.messages import Changed, Reply
from app.gui.options import OptionsFile
from app.gui.theme import theme
from tests.app.gui import sample

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def asked(bridge):
    sent = []

    def ask(request, then=None):
        sent.append((request, then))

    bridge.ask = ask
    return sent


@pytest.fixture
def page(show, asked):
    window = show()
    window.go("settings")
    asked.clear()
    return window.pages["settings"]


def test_the_theme_changes_at_once_and_is_kept(page, asked, qtbot, profile):
    qtbot.mouseClick(page.look.buttons["light"], LEFT)
    assert theme.name == "light"
    assert OptionsFile(profile).values.theme == "light"
    assert [(r.key, r.value) for r, _ in asked] == [("theme", "light")]


def test_the_language_changes_at_once_and_is_kept(page, asked, qtbot, profile):
    page.language.setCurrentIndex(page.language.findData("vi"))
    page.language.activated.emit(page.language.currentIndex())
    assert page.desk.language.code == "vi"
    assert OptionsFile(profile).values.language == "vi"
    qtbot.waitUntil(lambda: page.window().header.title.text() == "Cài đặt")


def test_text_size_motion_and_closing_are_kept(page, asked, qtbot, profile):
    page.text_size.setCurrentIndex(2)
    page.text_size.activated.emit(2)
    qtbot.mouseClick(page.tray, LEFT)
    page.motion.setChecked(False)
    values = OptionsFile(profile).values
    assert (values.text_percent, values.close_to_tray) == (130, False)
    assert theme.text_percent == 130
    assert {r.key for r, _ in asked} >= {"text_percent", "close_to_tray"}


def test_what_the_core_keeps_wins_at_start(show, bridge, asked, profile):
    window = show(sample.snapshot(settings={"theme": "light", "language": "vi"}))
    assert theme.name == "light"
    assert window.desk.language.code == "vi"
    assert OptionsFile(profile).values.theme == "light"
    bridge.take_changed(Changed(settings={"theme": "dark", "language": "en"}))
    bridge.flush()
    assert theme.name == "dark"


def test_a_choice_made_without_a_core_is_sent_when_it_comes(page, asked, bridge):
    bridge.take_link(LinkState(LinkStage.WAITING, 0.0))
    page.desk.choose(theme="light")
    assert not asked
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(settings={"theme": "light"}))
    assert ("theme", "light") in [(r.key, r.value) for r, _ in asked if r.type == "set_setting"]


def test_the_user_name_is_sent(page, asked, qtbot):
    page.user.setText("https://www.tiktok.com/@an.nguyen/live")
    qtbot.mouseClick(page.listen, LEFT)
    request, then = asked[0]
    assert (request.type, request.user) == ("listen", "an.nguyen")
    told = []
    page.desk.told.connect(told.append)
    then(Reply(id=1))
    then(Reply(id=1, ok=False, code="bad_user_name"))
    assert told[0] == "Listening to @an.nguyen."
    assert told[1].startswith("This is not a TikTok user name.")


def test_keys_for_stop_are_pressed_and_kept(page, asked, qtbot, profile):
    told = []
    page.desk.told.connect(told.append)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    page.keys.setFocus()
    qtbot.keyClick(page.keys, Qt.Key.Key_F9, held)
    page.keys.clearFocus()
    qtbot.waitUntil(lambda: page.desk.options.values.stop_keys == "Ctrl+Shift+F9")
    assert OptionsFile(profile).values.stop_keys == "Ctrl+Shift+F9"
    assert ("stop_keys", "Ctrl+Shift+F9") in [(r.key, r.value) for r, _ in asked]
    assert page.window().header.stop.accessibleName() == "STOP ALL. Ctrl+Shift+F9"
    # A letter alone would stop everything while somebody types.
    page.keys.taken.emit("X")
    assert told == ["Use Ctrl or Alt with a letter, a digit or an F key."]
    assert page.desk.options.values.stop_keys == "Ctrl+Shift+F9"
    assert page.keys.keySequence().toString() == "Ctrl+Shift+F9"


def test_keys_that_work_here_only_are_said_to(page):
    # The platform of the tests has no keys of the whole system.
    assert "ctl stop" in page._keys_row.words.text()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_breaks(page, asked, profile):
    told = []
    page.desk.told.connect(told.append)
    (profile / "window.json").unlink(missing_ok=True)
    (profile / "window.json").mkdir(parents=True)
    page.desk.choose(theme="light")
    assert theme.name == "light"
    assert told == ["This could not be saved. It works until you quit."]


def grow(page):
    page.outside.setMinimumHeight(page.outside.height() + 2000)


def test_what_was_led_to_stays_in_sight_while_a_slow_computer_builds_the_rest(page, qtbot):
    page.show_about("secrets")
    qtbot.wait(350)
    grow(page)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 2000)
    qtbot.waitUntil(lambda: not page.secrets.name.visibleRegion().isEmpty())


def test_who_scrolls_away_from_it_is_let_be(page, qtbot):
    page.show_about("secrets")
    bar = page.area.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    grow(page)
    qtbot.waitUntil(lambda: bar.maximum() > 2000)
    assert bar.value() == 0

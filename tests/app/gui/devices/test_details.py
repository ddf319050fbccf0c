"""One device from all sides: settings, limits, consent, budgets, delay, health and log."""

import unicodedata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.gateway.messages import Changed, Reply
from app.gateway.views import DeviceFormView, LimitsView
from app.gui.devices.consent import ConsentDialog
from app.gui.devices.wording import about_port, output_title
from app.gui.widgets.basic import Label
from tests.app.gui import sample, sample_devices

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(show, asked):
    window = show(sample_devices.snapshot())
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


def opened(page, asked, device, tab):
    page._on_chosen(tab, device)
    sent = [request.type for request, _ in asked]
    return page.details, sent


def words(widget):
    QApplication.processEvents()
    return [label.words() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]


def settings(page, asked, form=None):
    sheet, _ = opened(page, asked, "board", "settings")
    answers = {
        "get_drivers": Reply(id=1, drivers=sample.drivers()),
        "get_device_form": Reply(id=2, device_form=form or sample_devices.form()),
    }
    for request, then in list(asked):
        then(answers[request.type])
    asked.clear()
    return sheet


def test_settings_show_what_the_device_has_and_are_sent_whole(page, asked, qtbot):
    sheet = settings(page, asked)
    lines = sheet.setting_up.form.lines
    assert lines["channels"].field.line.text() == "8"
    lines["channels"].field.line.replace("4")
    qtbot.mouseClick(sheet.save, LEFT)
    request, then = asked[-1]
    assert (request.type, request.device_id) == ("configure_device", "board")
    assert request.settings["channels"] == 4
    assert request.settings["model"] == "waveshare"
    then(Reply(id=3))
    assert not sheet.isVisible()


def test_a_kept_secret_is_told_and_never_shown_or_sent(page, asked, qtbot):
    form = DeviceFormView(
        device_id="board",
        driver="mqtt_tasmota",
        name="Plug",
        settings={"topic": "desk"},
        secrets={"password": True},
    )
    sheet = settings(page, asked, form)
    line = sheet.setting_up.form.lines["password"].field
    assert line.line.text() == ""
    assert "Set." in line.line.placeholderText()
    sheet.save.click()
    assert "password" not in asked[-1][0].settings
    asked[-1][1](Reply(id=4, ok=False, code="failed"))
    line.drop.click()
    sheet.save.click()
    assert asked[-1][0].settings["password"] == ""


def test_settings_are_tried_with_the_secrets_of_the_device(page, asked, qtbot):
    sheet = settings(page, asked)
    qtbot.mouseClick(sheet.setting_up.trying, LEFT)
    assert (asked[-1][0].type, asked[-1][0].device_id) == ("try_device", "board")


def test_another_device_can_do_its_work(page, asked):
    sheet = settings(page, asked)
    place = sheet.fallback.findData("relay")
    sheet.fallback.setCurrentIndex(place)
    sheet.fallback.activated.emit(place)
    request = asked[-1][0]
    assert (request.type, request.fallback) == ("set_fallback", "relay")


def test_a_device_that_has_it_as_its_own_cannot_be_its_fallback(page, asked):
    page._on_chosen("settings", "weather")
    assert page.details.fallback.findData("gun") < 0
    assert page.details.fallback.findData("weather") < 0


def test_other_hardware_takes_its_place_and_its_name_stays(page, asked, qtbot):
    sheet = settings(page, asked)
    qtbot.mouseClick(sheet.replace, LEFT)
    adding = page.sheet
    assert adding.isVisible()
    assert adding.title.words() == "Replace Relay board"
    asked[0][1](Reply(id=1, drivers=sample.drivers()))
    adding.open_driver("lcus_relay")
    adding.setting_up.form.lines["port"].field.take("COM8")
    qtbot.mouseClick(adding.add, LEFT)
    request, then = asked[-1]
    assert (request.type, request.device_id) == ("replace_device", "board")
    assert request.driver == "lcus_relay"
    told = []
    page.desk.told.connect(told.append)
    then(Reply(id=2))
    assert told == ["Relay board has other hardware now."]


# ---------------------------------------------------------------- limits


def test_a_limit_is_sent_when_it_is_finished(page, asked):
    sheet, _ = opened(page, asked, "board", "limits")
    card = sheet.cards["relay1"]
    card.form.lines["max_on_s"].field.line.replace("3")
    request = asked[-1][0]
    assert (request.type, request.capability) == ("set_device_limits", "relay1")
    assert request.limits.max_on_s == 3
    assert request.limits.cooldown_s == 2
    assert request.limits.duty == 0.5


def test_a_limit_beyond_what_always_holds_is_not_sent(page, asked):
    sheet, _ = opened(page, asked, "board", "limits")
    line = sheet.cards["relay1"].form.lines["max_on_s"]
    assert line.help.words() == "Never longer than 10 s."
    line.field.line.replace("99")
    assert asked == []
    assert line.problem.words()


def test_one_of_many_outputs_is_chosen(page, asked):
    sheet, _ = opened(page, asked, "board", "limits")
    assert list(sheet.cards) == ["relay1"]
    place = sheet.which.findData("relay4")
    sheet.which.setCurrentIndex(place)
    sheet.which.activated.emit(place)
    assert list(sheet.cards) == ["relay4"]


def test_bars_tell_what_was_used_up_and_begin_anew(page, asked, qtbot):
    sheet, _ = opened(page, asked, "gun", "limits")
    card = sheet.cards["gun"]
    line, text, _, button = card.bars.lines["shots"]
    assert text.words() == "6 of 20 shots left"
    assert card.bars.lines["day"][0].isHidden()
    button.click()
    request = asked[-1][0]
    assert (request.type, request.what) == ("refill", "shots")
    assert not line.isHidden()


def test_a_budget_is_set(page, asked):
    sheet, _ = opened(page, asked, "gun", "limits")
    card = sheet.cards["gun"]
    card.using.setChecked(True)
    card.budget.lines["shots"].field.line.replace("30")
    request = asked[-1][0]
    assert (request.type, request.shots, request.on_s_per_day) == ("set_budget", 30, None)


def test_the_delay_is_measured_by_two_presses(page, asked, qtbot):
    sheet, _ = opened(page, asked, "gun", "limits")
    delay = sheet.cards["gun"].delay
    delay.measure.click()
    assert asked[-1][0].step == "begin"
    asked[-1][1](Reply(id=1))
    assert delay.measure.text() == "Now I see it"
    delay.measure.click()
    assert asked[-1][0].step == "seen"
    asked[-1][1](Reply(id=2, delay_ms=120.0))
    assert delay.text.words() == "Seen after 120 ms"
    assert delay.measure.text() == "Measure"


def test_a_delay_that_cannot_be_measured_now_says_why(page, asked):
    sheet, _ = opened(page, asked, "gun", "limits")
    told = []
    page.desk.told.connect(told.append)
    delay = sheet.cards["gun"].delay
    delay.measure.click()
    asked[-1][1](Reply(id=1, ok=False, code="stopped"))
    assert told == ["Everything is stopped. Press Resume first."]
    assert delay.measure.text() == "Measure"


# ---------------------------------------------------------------- consent


def consent(page, asked):
    page.cards["collar"].arming.agree.click()
    request, then = asked[-1]
    assert (request.type, request.language) == ("get_consent", "en")
    then(Reply(id=1, consent=sample_devices.consent()))
    return next(d for d in page.window().findChildren(ConsentDialog) if d.isVisible())


def test_what_hurts_cannot_be_tried_before_the_consent(page):
    card = page.cards["collar"]
    assert card.state.text() == "Needs you"
    assert "stays off until you have read and agreed" in card.arming.text.words()
    assert not card._blocks["shock"].control.isEnabled()
    assert not card._actions["nudge"].isEnabled()


def test_a_consent_is_typed_and_held(page, asked, qtbot):
    dialog = consent(page, asked)
    assert not dialog.hold.isEnabled()
    qtbot.keyClicks(dialog.line, "i know this can hurt")
    assert dialog.hold.isEnabled()
    dialog.hold.held.emit()
    request = asked[-1][0]
    assert (request.type, request.phrase) == ("give_consent", "i know this can hurt")


def test_a_consent_typed_with_parted_marks_is_the_same(page, asked):
    view = sample_devices.consent().model_copy(update={"phrase": "Tôi biết"})
    dialog = ConsentDialog(page.window(), "Collar", view)
    dialog.line.setText(unicodedata.normalize("NFD", "tôi biết"))
    assert dialog.hold.isEnabled()
    dialog.open()
    assert dialog.height() < 500
    dialog.reject()


def test_a_consent_cannot_be_pasted_and_enter_is_no_consent(page, asked, qtbot):
    dialog = consent(page, asked)
    QGuiApplication.clipboard().setText("I know this can hurt")
    qtbot.keyClick(dialog.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.line.text() == ""
    qtbot.keyClicks(dialog.line, "I know this can hurt")
    asked.clear()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert asked == []
    assert dialog.isVisible()
    dialog.reject()


def test_limits_of_what_hurts_wait_for_the_words(page, asked, bridge, qtbot):
    bridge.take_changed(Changed(devices=(sample_devices.collar("given"),)))
    bridge.flush()
    sheet, _ = opened(page, asked, "collar", "limits")
    card = sheet.cards["shock"]
    card.form.lines["max_level"].field.line.replace("10")
    request, then = asked[-1]
    assert request.phrase == ""
    then(Reply(id=1, ok=False, code="consent_needed"))
    asked[-1][1](Reply(id=2, consent=sample_devices.consent()))
    dialog = next(d for d in page.window().findChildren(ConsentDialog) if d.isVisible())
    qtbot.keyClicks(dialog.line, "I know this can hurt")
    dialog.hold.held.emit()
    request = asked[-1][0]
    assert request.type == "set_device_limits"
    assert request.limits == LimitsView(max_level=0.1, duty=0.1, cooldown_s=5.0)
    assert request.phrase == "I know this can hurt"


def test_a_consent_is_taken_back(page, asked, bridge):
    bridge.take_changed(Changed(devices=(sample_devices.collar("given"),)))
    bridge.flush()
    sheet, _ = opened(page, asked, "collar", "limits")
    sheet.agree.click()
    request = asked[-1][0]
    assert (request.type, request.phrase) == ("give_consent", "")
    bridge.take_changed(Changed(devices=(sample_devices.collar("needed"),)))
    bridge.flush()
    assert sheet.agree.text() == "Read and agree…"


# ---------------------------------------------------------------- health


def test_health_is_told_in_words_and_the_log_goes_on(page, asked):
    sheet, sent = opened(page, asked, "board", "health")
    assert sent == ["get_device_log"]
    shown = " ".join(words(sheet))
    assert "17 of the last 20 commands were confirmed." in shown
    assert "It confirms after 12 ms." in shown
    assert sheet.health.state.text() == "Does not always answer"
    asked[-1][1](Reply(id=1, device_log=sample_devices.log()))
    assert sheet.health.log.blockCount() == 5
    assert "→ 01 05 00 00 FF 00 8C 3A" in sheet.health.log.toPlainText()
    sheet.health._ask()
    assert asked[-1][0].after == 5
    asked[-1][1](Reply(id=2, device_log=sample_devices.log()))
    assert sheet.health.log.blockCount() == 5


def test_a_log_is_asked_for_only_while_it_is_in_sight(page, asked, qtbot):
    sheet, _ = opened(page, asked, "board", "health")
    health = sheet.health
    qtbot.waitUntil(lambda: len(asked) >= 2, timeout=5000)
    sheet.dismiss()
    assert not health._timer.isActive()


def test_the_sheet_closes_when_its_device_is_gone(page, asked, bridge):
    sheet, _ = opened(page, asked, "board", "health")
    bridge.take_changed(Changed(gone=("board",)))
    bridge.flush()
    assert not sheet.isVisible()


def test_every_part_is_worded_again_in_another_language(page, asked, language, qtbot):
    for tab, told in (("limits", "Chạy lâu nhất"), ("health", "DỮ LIỆU TRUYỀN")):
        language.choose("en")
        sheet, _ = opened(page, asked, "board", tab)
        language.choose("vi")
        qtbot.waitUntil(lambda told=told, sheet=sheet: told in words(sheet))


def test_the_menu_of_a_group_offers_what_it_has(page):
    group, board = page.cards["g1"]._actions, page.cards["board"]._actions
    assert group["edit"].isVisible()
    assert not group["settings"].isVisible()
    assert not board["edit"].isVisible()
    assert board["replace"].isVisible()


def test_a_device_is_nudged_from_its_menu(page, asked):
    page.cards["gun"]._actions["nudge"].trigger()
    assert (asked[-1][0].type, asked[-1][0].device_id) == ("nudge_device", "gun")


def test_many_outputs_are_folded_and_unfolded(page):
    card = page.cards["board"]
    assert sum(not block.isHidden() for block in card._blocks.values()) == 3
    QTest.mouseClick(card.more, LEFT)
    assert sum(not block.isHidden() for block in card._blocks.values()) == 8


def test_a_sensor_shows_its_readings(page):
    block = page.cards["weather"]._blocks["sensor"]
    assert block.value.words() == "Temperature 21.5 °C · Humidity 40 %"
    assert block.control is None


def test_an_output_that_waits_says_for_what(page):
    block = page.cards["board"]._blocks["relay2"]
    assert block.held.words() == "Waits: it must not run together with what runs now."


def test_an_output_with_a_number_is_worded_in_each_language(page, language, qtbot):
    title = page.cards["board"]._blocks["relay3"].title
    assert title.words() == "Relay 3"
    language.choose("vi")
    qtbot.waitUntil(lambda: title.words() == "Rơ-le 3")
    assert output_title("Motor X") == "Động cơ X"
    assert output_title("Pin A0") == "Chân A0"
    assert output_title("Motor of mine") == "Motor of mine"


def test_a_board_without_a_number_of_its_own_is_told_by_its_socket():
    told = about_port("/dev/ttyUSB0", "usb:1A86:7523@1-1")
    assert told == "/dev/ttyUSB0 · always plug it into this USB socket"
    assert about_port("COM3", "usb:2341:0043:85436") == "COM3"
    assert about_port("COM3", "COM3") == "COM3"


def test_who_does_the_work_of_a_device_that_is_away_is_said(page, bridge):
    away = sample_devices.confetti().model_copy(
        update={"link": sample.pump().link, "replaced_now": True, "fallback": "relay"}
    )
    bridge.take_changed(Changed(devices=(away,)))
    bridge.flush()
    assert "Fog machine does its work meanwhile." in page.cards["gun"].trouble.words()

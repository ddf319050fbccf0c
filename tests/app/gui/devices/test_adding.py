"""The sheet to add a device: what is found, families to search, forms, refusals at their field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.gateway.messages import FoundView, Reply
from app.gateway.views import TriedOutputView, TriedView
from app.gui.devices.families import DriverRow, two_lines
from app.gui.devices.found import one_a_port
from app.gui.theme import theme
from app.gui.widgets.basic import Label
from tests.app.gui import sample

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(show, asked):
    window = show()
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


@pytest.fixture
def sheet(page, asked, qtbot):
    qtbot.mouseClick(page.add, LEFT)
    assert [request.type for request, _ in asked] == ["get_drivers", "discover"]
    asked[0][1](Reply(id=1, drivers=sample.drivers()))
    asked[1][1](Reply(id=2, discover=sample.discovered()))
    asked.clear()
    return page.sheet


def rows(sheet):
    return [row.title for row in sheet.rows if not row.isHidden()]


def words(sheet):
    # A layout shows what is new a turn later.
    QApplication.processEvents()
    return [label.words() for label in sheet.findChildren(Label) if label.isVisibleTo(sheet)]


def line(sheet, name):
    return sheet.setting_up.form.lines[name]


def test_families_stand_under_what_connects_them(sheet):
    shown = words(sheet)
    assert shown.index("FOUND NOW") < shown.index("USB AND SERIAL") < shown.index("MQTT")
    assert {"USB serial CH340", "USB relay board (LCUS)", "Tasmota", "Pretend motor"} <= set(
        rows(sheet)
    )


@pytest.mark.parametrize(
    ("sought", "found"),
    [("lcus", "USB relay board (LCUS)"), ("TASMOTA", "Tasmota"), ("modbus", "Modbus relay board")],
)
def test_a_family_is_found_by_any_word(sheet, sought, found):
    sheet.search.setText(sought)
    assert found in rows(sheet)
    assert "Pretend motor" not in rows(sheet)
    assert "PRACTICE DEVICES" not in words(sheet)


def test_a_family_is_found_without_vietnamese_marks(show, language, page, asked):
    language.choose("vi")
    page.sheet.open_looking()
    page.sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    page.sheet.search.setText("ro le")
    assert any("LCUS" in title for title in rows(page.sheet))


def test_what_nobody_makes_is_said(sheet):
    sheet.search.setText("zebra")
    assert rows(sheet) == []
    assert "No family of devices is called that." in words(sheet)


def test_a_practice_device_is_added_with_its_name_and_machine(sheet, page, asked, qtbot):
    row = next(row for row in sheet.rows if row.title == "Pretend light")
    qtbot.mouseClick(row, LEFT)
    assert sheet.name.text() == "Pretend light"
    qtbot.mouseClick(sheet.add, LEFT)
    request, then = asked[-1]
    assert (request.type, request.driver, request.name) == (
        "add_device",
        "simulated",
        "Pretend light",
    )
    assert request.settings["machine"] == "light"
    told = []
    page.desk.told.connect(told.append)
    then(Reply(id=3, device_id="new"))
    assert told == ["Pretend light was added."]
    assert not sheet.isVisible()


def test_what_hangs_on_a_port_is_asked(sheet, asked, qtbot):
    qtbot.mouseClick(sheet.rows[0], LEFT)
    place = sheet.kinds.findData("lcus_relay")
    assert place >= 0
    sheet.kinds.setCurrentIndex(place)
    sheet.kinds.activated.emit(place)
    assert sheet.name.text() == "USB relay board (LCUS)"
    qtbot.mouseClick(sheet.add, LEFT)
    request = asked[-1][0]
    assert request.driver == "lcus_relay"
    assert request.settings["port"] == "1a86:7523:COM5"


def test_what_must_be_filled_in_is_said_before_anything_is_asked(sheet, asked, qtbot):
    sheet.open_driver("lcus_relay")
    qtbot.mouseClick(sheet.add, LEFT)
    assert asked == []
    assert line(sheet, "port").problem.words() == "Fill this in."


def test_a_number_beyond_its_bounds_is_told_with_them(sheet, asked, qtbot):
    sheet.open_driver("lcus_relay")
    line(sheet, "port").field.take("COM3")
    line(sheet, "channels").field.line.replace("99")
    qtbot.mouseClick(sheet.add, LEFT)
    assert asked == []
    assert line(sheet, "channels").problem.words().startswith("From 1 to ")


def test_a_refusal_stands_at_its_field(sheet, asked, qtbot):
    sheet.open_driver("enttec_pro")
    line(sheet, "port").field.take("COM3")
    qtbot.mouseClick(sheet.add, LEFT)
    values = {"field": "fixtures.0.start", "problem": "Choose a lower address."}
    asked[-1][1](Reply(id=4, ok=False, code="bad_settings", values=values))
    inside = line(sheet, "fixtures").field.cards[0].form.lines["start"]
    assert inside.problem.words() == "Choose a lower address."
    assert sheet.isVisible()


def test_lamps_are_added_and_taken_out(sheet, asked, qtbot):
    sheet.open_driver("enttec_pro")
    field = line(sheet, "fixtures").field
    line(sheet, "port").field.take("COM3")
    assert not field.cards[0].remove.isEnabled()
    qtbot.mouseClick(field.add, LEFT)
    field.cards[1].form.lines["start"].field.line.replace("10")
    qtbot.mouseClick(sheet.add, LEFT)
    assert [one["start"] for one in asked[-1][0].settings["fixtures"]] == [1, 10]
    qtbot.mouseClick(field.cards[0].remove, LEFT)
    assert [one["start"] for one in field.values()] == [10]


def test_where_a_device_is_stands_in_sight_whatever_its_way(sheet, asked, qtbot):
    sheet.open_driver("template")
    assert "Port" in words(sheet)
    assert "Address" not in words(sheet)
    ways = line(sheet, "way").field.combo
    ways.setCurrentIndex(1)
    ways.activated.emit(1)
    assert {"Address", "Port number"} <= set(words(sheet))
    assert "Port" not in words(sheet)
    qtbot.mouseClick(line(sheet, "outputs").field.add, LEFT)
    assert "Command that switches it off" in words(sheet)


def test_a_secret_that_was_not_written_is_not_sent(sheet, asked, qtbot):
    sheet.open_driver("mqtt_tasmota")
    line(sheet, "topic").field.line.replace("desk")
    qtbot.mouseClick(sheet.add, LEFT)
    assert "password" not in asked[-1][0].settings
    asked[-1][1](Reply(id=4, ok=False, code="failed"))
    sheet.setting_up.form.more.click()
    qtbot.keyClicks(line(sheet, "password").field.line, "s3cret")
    sheet.add.click()
    assert asked[-1][0].settings["password"] == "s3cret"


def test_a_try_says_what_answered_and_what_it_has(sheet, asked, qtbot):
    sheet.open_driver("lcus_relay")
    line(sheet, "port").field.take("COM3")
    qtbot.mouseClick(sheet.setting_up.trying, LEFT)
    request, then = asked[-1]
    assert (request.type, request.driver) == ("try_device", "lcus_relay")
    outputs = (TriedOutputView(id="relay1", kind="switch", title="Relay 1", hazard="mains"),)
    then(Reply(id=5, tried=TriedView(ok=True, address="COM3", outputs=outputs)))
    assert "It answers: COM3." in words(sheet)
    assert "It has: Relay 1 (mains power)" in words(sheet)


def test_a_try_that_fails_says_why(sheet, asked, qtbot):
    sheet.open_driver("lcus_relay")
    line(sheet, "port").field.take("COM3")
    qtbot.mouseClick(sheet.setting_up.trying, LEFT)
    asked[-1][1](Reply(id=5, tried=TriedView(ok=False, reason="not_found")))
    assert any(text.startswith("The device is not there.") for text in words(sheet))


@pytest.mark.parametrize("code", ["en", "vi"])
def test_a_driver_that_knows_more_says_it_in_the_chosen_language(sheet, asked, language, code):
    language.choose(code)
    sheet.open_driver("lcus_relay")
    line(sheet, "port").field.take("COM3")
    sheet.setting_up.trying.click()
    said = "There is no port {port}. Choose one from 1 to 65535."
    told = TriedView(ok=False, reason="bad_config", detail="x", said=said, values={"port": "0"})
    asked[-1][1](Reply(id=5, tried=told))
    wanted = {"en": said.format(port=0), "vi": "Không có cổng 0. Hãy chọn từ 1 đến 65535."}
    assert wanted[code] in words(sheet)


def test_every_family_has_a_form_in_both_languages(sheet, language):
    for code in ("en", "vi"):
        language.choose(code)
        for row in [row for row in sheet.rows if isinstance(row, DriverRow)]:
            sheet.open_driver(row.driver.key)
            assert set(sheet.setting_up.form.lines) == set(row.driver.form.get("properties", {}))


def test_the_way_back_leads_to_all_families(sheet, qtbot):
    sheet.open_driver("lcus_relay")
    qtbot.mouseClick(sheet.back, LEFT)
    assert "Tasmota" in rows(sheet)
    assert sheet.search.isVisible()


def test_nothing_plugged_in_is_said(sheet, asked):
    sheet.again.click()
    asked[-1][1](Reply(id=1, discover=sample.discovered().model_copy(update={"found": ()})))
    assert any(text.startswith("Nothing new was found.") for text in words(sheet))


def test_esc_closes_the_sheet(page, sheet, qtbot):
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("key", ["mqtt_tasmota", "template", "enttec_pro"])
def test_a_form_has_its_room_at_once(sheet, key):
    sheet.open_driver(key)
    heights = [line.height() for line in sheet.setting_up.form.lines.values() if line.isVisible()]
    assert heights
    assert min(heights) > 50


def test_a_port_that_may_be_several_things_is_shown_once():
    found = [
        FoundView(driver=driver, title="COM5", detail="COM5", settings={"port": port})
        for driver, port in (("firmata", "a"), ("giftwire_line", "a"), ("grbl", "a"), ("grbl", "b"))
    ]
    wled = FoundView(driver="wled", title="Desk", detail="", settings={"host": "x", "port": 80})
    shown = one_a_port([*found, wled, wled])
    assert [(one.driver, one.settings) for one in shown] == [
        ("giftwire_line", {"port": "a"}),
        ("grbl", {"port": "b"}),
        ("wled", wled.settings),
        ("wled", wled.settings),
    ]


def test_the_next_lamp_begins_where_the_last_ends(sheet):
    sheet.open_driver("enttec_pro")
    field = line(sheet, "fixtures").field
    field.show_value([{"type": "head", "start": 10}])
    field.add.click()
    assert [one["start"] for one in field.values()] == [10, 16]
    assert field.values()[1]["type"] == "head"
    assert field.cards[0].takes.words() == "channels 10 to 15"
    field.show_value([{"type": "own", "start": 509, "channels": "d r g b"}])
    field.add.click()
    assert field.values()[1]["start"] == 512


def test_a_family_says_all_it_has_to_say_in_two_lines(qapp):
    font = theme.font("caption")
    text = "Motors on a CNC shield or another board with Grbl 1.1."
    wide = QFontMetrics(font).horizontalAdvance(text)
    for width in range(wide * 7 // 10, wide + 10):
        lines = two_lines(text, font, width)
        assert " ".join(lines) == text
        assert len(lines) <= 2
    assert two_lines(text, font, wide // 4)[-1].endswith("…")
    assert two_lines("", font, 100) == []


def test_from_the_top_a_click_leads_to_each_group(sheet, qtbot):
    shown = [one.text() for one in sheet.jumps.values() if not one.isHidden()]
    assert shown == ["USB", "Bluetooth", "Network", "MQTT", "Practice"]
    qtbot.mouseClick(sheet.jumps["practice"], LEFT)
    assert sheet.focusWidget().property("group") == "practice"
    sheet.search.setText("zebra")
    assert sheet.jumps["usb"].parentWidget().isHidden()


def test_a_newcomer_has_a_practice_motor_with_one_click(show, asked, qtbot):
    window = show(sample.fresh())
    window.go("devices")
    page = window.pages["devices"]
    asked.clear()
    qtbot.mouseClick(page.practice, LEFT)
    ((request, _),) = asked
    assert (request.type, request.driver, request.settings) == (
        "add_device", "simulated", {"machine": "motor"},
    )  # fmt: skip

"""Wi-Fi devices: our own broker switched on plainly, logins to copy, what is going on, refusals."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.broker.model import RefusalWhy
from app.gateway.messages import Changed, FoundView, Reply
from app.gateway.views import (
    BrokerClientView,
    BrokerRefusalView,
    BrokerView,
    DeviceFormView,
    LinkView,
)
from app.gui.devices import broker_words
from app.gui.dialogs import NameDialog, Question
from app.gui.widgets.basic import Label
from tests.app.gui import sample, sample_broker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(show, asked):
    window = show(sample_broker.snapshot())
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


def change(page, **fields):
    """The core tells of a change."""
    page.desk.bridge.take_changed(Changed(**fields))
    page.desk.bridge.flush()


def words(sheet):
    QApplication.processEvents()
    return [label.words() for label in sheet.findChildren(Label) if label.isVisibleTo(sheet)]


def requests(asked):
    return [request.model_dump(exclude_unset=True) for request, _ in asked]


# ---------------------------------------------------------------- choosing a broker


@pytest.fixture
def form(page, asked):
    page.sheet.open_looking()
    page.sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    page.sheet.open_driver("mqtt_tasmota")
    asked.clear()
    return page.sheet.setting_up.form


def choose(form, place):
    combo = form.lines["host"].field.combo
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def test_a_new_device_uses_our_own_broker_and_is_asked_nothing_of_it(form):
    assert form.lines["host"].field.combo.currentText() == "Giftwire's own (nothing to install)"
    form.more.setChecked(True)
    shown = {name for name, line in form.lines.items() if line.isVisibleTo(form)}
    assert {"host", "topic"} <= shown
    assert not {"port", "user", "password", "tls"} & shown
    assert form.values()["host"] == ""


def test_a_known_broker_is_one_choice(form):
    choose(form, 1)
    assert form.lines["host"].field.combo.currentText() == "192.168.1.8 (as for Fan)"
    values = form.values()
    assert (values["host"], values["port"], values["user"]) == ("192.168.1.8", 1883, "stream")
    # The core knows it, and gives it to this broker only.
    assert "password" not in values
    assert not form.lines["user"].isVisibleTo(form)


def test_another_broker_needs_its_address(form):
    choose(form, 2)
    assert not form.check()
    assert form.lines["host"].problem.words() == "Fill this in."
    form.lines["host"].field.line.replace("10.0.0.9")
    form.lines["topic"].field.line.replace("plug")
    form.more.setChecked(True)
    assert form.check()
    assert form.values()["host"] == "10.0.0.9"
    assert form.lines["port"].isVisibleTo(form)
    choose(form, 0)
    assert form.values()["host"] == ""


def test_a_device_that_was_added_is_told_how_it_logs_in(page, form, asked, qtbot):
    form.lines["topic"].field.line.replace("fog")
    qtbot.mouseClick(page.sheet.add, LEFT)
    asked[-1][1](Reply(id=3, device_id="fog"))
    assert not page.sheet.isVisible()
    assert page.login_sheet.isVisible()
    assert requests(asked)[-1]["device_id"] == "fog"
    assert asked[-1][0].type == "get_login"


def test_a_device_at_another_broker_is_not(page, form, asked, qtbot):
    form.lines["topic"].field.line.replace("fog")
    choose(form, 1)
    qtbot.mouseClick(page.sheet.add, LEFT)
    asked[-1][1](Reply(id=3, device_id="fog"))
    assert not page.login_sheet.isVisible()


def test_what_told_a_broker_of_itself_fills_the_form(page, asked):
    found = FoundView(
        driver="mqtt_tasmota", title="Plug", detail="Sonoff", settings={"host": "", "topic": "x"}
    )
    page.sheet.open_looking()
    page.sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    told = sample.discovered().model_copy(update={"found": (found,)})
    page.sheet._on_found(Reply(id=2, discover=told))
    next(row for row in page.sheet.rows if row.title == "Plug").click()
    assert page.sheet.setting_up.values()["topic"] == "x"
    assert page.sheet.setting_up.values()["host"] == ""


# ---------------------------------------------------------------- how it logs in


@pytest.fixture
def login(page, asked):
    page.login_sheet.open_device("fog")
    page.login_sheet._since_ms = sample.NOW_MS
    asked[-1][1](Reply(id=1, login=sample_broker.login()))
    asked.clear()
    return page.login_sheet


def test_the_lines_are_those_of_the_devices_menu_and_each_is_copied(login, qtbot):
    found = [line.word.words() for line in login.lines]
    assert found == ["Host", "Port", "User", "Password", "Topic", "Full Topic"]
    qtbot.mouseClick(login.lines[3].copy, LEFT)
    assert QGuiApplication.clipboard().text() == "kmpx-7vw3-hq9d"
    assert "On the device's own web page: Configuration, then Configure MQTT." in words(login)


def test_it_waits_and_says_what_is_going_on(login, page):
    assert login.progress.words() == "Waiting for it to log in…"
    broker = sample_broker.broker()
    wrong = BrokerRefusalView(
        at_ms=sample.NOW_MS + 1, address="192.168.1.32", name="fog-machine", why="wrong_password"
    )
    change(page, broker=broker.model_copy(update={"refusals": (wrong,)}))
    assert login.progress.words().startswith("192.168.1.32: “fog-machine” has a wrong password.")
    here = BrokerClientView(account="fog-machine", address="192.168.1.32")
    change(page, broker=broker.model_copy(update={"clients": (here,)}))
    assert "check its topic" in login.progress.words()
    fog = page.desk.bridge.state.devices["fog"]
    change(page, devices=(fog.model_copy(update={"link": LinkView(stage="online")}),))
    assert login.progress.words() == "Fog machine is here and answers."


def test_while_the_broker_is_off_it_is_asked_for_first(show, asked, qtbot):
    window = show(sample_broker.off())
    window.go("devices")
    page = window.pages["devices"]
    page.login_sheet.open_device("fog")
    sheet = page.login_sheet
    asked[-1][1](Reply(id=1, login=sample_broker.login()))
    assert "Switch Giftwire's own broker on?" in words(sheet)
    assert "Password" not in words(sheet)
    asked.clear()
    qtbot.mouseClick(sheet.home, LEFT)
    assert requests(asked) == [{"on": True, "reach": "home"}]
    asked.clear()
    change(page, broker=sample_broker.broker())
    # Where to log in is known only now.
    assert asked[-1][0].type == "get_login"
    asked[-1][1](Reply(id=2, login=sample_broker.login()))
    assert "Password" in words(sheet)
    assert not sheet.asking.isVisible()


def test_for_this_computer_only_is_a_choice_and_can_be_widened(show, asked, qtbot):
    window = show(sample_broker.off())
    window.go("devices")
    page = window.pages["devices"]
    page.login_sheet.open_device("fog")
    asked.clear()
    qtbot.mouseClick(page.login_sheet.here, LEFT)
    assert requests(asked) == [{"on": True, "reach": "computer"}]
    here = sample_broker.broker().model_copy(update={"reach": "computer", "addresses": ()})
    change(page, broker=here)
    assert "Only this computer can reach the broker" in words(page.login_sheet)
    asked.clear()
    qtbot.mouseClick(page.login_sheet.home, LEFT)
    assert requests(asked)[-1]["reach"] == "home"


def test_a_new_password_is_asked_for(login, asked, qtbot):
    qtbot.mouseClick(login.fresh, LEFT)
    assert requests(asked) == [{"device_id": "fog", "account": "fog-machine", "fresh": True}]


# ---------------------------------------------------------------- the sheet of Wi-Fi devices


@pytest.fixture
def sheet(page, qtbot):
    qtbot.mouseClick(page.wifi, LEFT)
    assert page.broker_sheet.isVisible()
    return page.broker_sheet


def test_it_shows_who_is_there_who_was_refused_and_what_to_do(sheet):
    told = words(sheet)
    assert "Running on port 1883" in told
    assert {"192.168.1.20", "10.0.0.5", "Desk lamp", "Fog machine", "home-assistant"} <= set(told)
    assert any("482 messages from it, 61 to it" in one for one in told)
    assert any("“fog-machine” has a wrong password" in one for one in told)
    assert "Check the user name in the device's own menu." in told


def test_every_refusal_has_words():
    assert set(broker_words.REFUSALS) == {one.value for one in RefusalWhy}


def test_it_is_switched_on_for_who_was_chosen(show, asked, qtbot):
    window = show(sample_broker.off())
    window.go("devices", "wifi")
    sheet = window.pages["devices"].broker_sheet
    asked.clear()
    assert "Off" in words(sheet)
    sheet.switch.click()
    assert requests(asked) == [{"on": True}]
    # A refusal leaves it as it was, and says why.
    told = []
    window.desk.told.connect(told.append)
    asked[-1][1](Reply(id=1, ok=False, code="port_taken", values={"port": "1883"}))
    assert told == ["Another program uses this port. Close that program, or choose another port."]
    assert not sheet.switch.isChecked()


def test_who_can_log_in_is_changed_with_one_press(sheet, asked, qtbot):
    qtbot.mouseClick(sheet.reach.buttons["computer"], LEFT)
    assert requests(asked) == [{"reach": "computer"}]


def test_switching_it_off_under_somebody_is_asked_about(sheet, page, asked, qtbot):
    sheet.switch.click()
    assert asked == []
    page.window().findChild(Question).yes.click()
    assert requests(asked) == [{"on": False}]


def test_another_program_is_let_in_and_told_how(sheet, page, asked, qtbot):
    qtbot.mouseClick(sheet.let_in, LEFT)
    page.window().findChild(NameDialog).yes.click()
    assert requests(asked)[-1] == {"name": "Home Assistant"}
    login = sample_broker.login().model_copy(update={"account": "home-assistant", "quoted": False})
    asked[-1][1](Reply(id=1, login=login))
    assert page.login_sheet.isVisible()
    assert page.login_sheet.title.words() == "Connect home-assistant"


def test_a_program_is_let_in_no_more_after_a_question(sheet, page, asked):
    from app.gui.widgets.basic import Button

    drop = next(
        one for one in sheet.findChildren(Button) if one.accessibleName() == "Remove home-assistant"
    )
    drop.click()
    page.window().findChild(Question).yes.click()
    assert requests(asked) == [{"account": "home-assistant"}]


def test_a_broker_that_cannot_start_says_why(page, sheet):
    blocked = BrokerView(on=True, reach="home", port=1883, stage="blocked", reason="port_taken")
    change(page, broker=blocked)
    assert any("Another program uses this port." in one for one in words(sheet))


def test_it_is_worded_anew_in_vietnamese(sheet, language):
    language.choose("vi")
    assert "Đang chạy ở cổng 1883" in words(sheet)


def test_a_device_that_moves_to_our_broker_is_told_how_it_logs_in(page, asked):
    page._on_chosen("settings", "fog")
    sheet = page.details
    sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    away = {"host": "192.168.1.8", "port": 1883, "user": "stream", "topic": "fog"}
    form = DeviceFormView(device_id="fog", driver="mqtt_tasmota", name="Fog", settings=away)
    sheet._on_form(Reply(id=2, device_form=form))
    # Known by now, though it was not when the page was made.
    combo = sheet.setting_up.form.lines["host"].field.combo
    assert combo.currentText() == "192.168.1.8 (as for Fan)"
    sheet.save.click()
    asked[-1][1](Reply(id=3))
    assert not page.login_sheet.isVisible()
    page._on_chosen("settings", "fog")
    sheet._on_form(Reply(id=4, device_form=form))
    choose(sheet.setting_up.form, 0)
    sheet.save.click()
    asked[-1][1](Reply(id=5))
    assert page.login_sheet.isVisible()
    assert asked[-1][0].type == "get_login"

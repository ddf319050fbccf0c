"""The Devices page: controls per kind, trouble in words, adding, renaming, forgetting."""

import pytest
from PySide6.QtCore import Qt

from app.gateway.messages import Changed
from app.gateway.views import CapabilityView
from app.gui.dialogs import NameDialog, Question
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
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


def control(page, device, output):
    return page.cards[device]._blocks[output].control


def test_a_motor_is_tested_with_rounds_and_speed(page, asked, qtbot):
    motor = control(page, "motor", "motor")
    motor.rounds.setValue(5)
    motor.rpm.setValue(60)
    qtbot.mouseClick(motor.test, LEFT)
    request = asked[0][0]
    assert (request.type, request.verb) == ("test_device", "rotate")
    assert request.args == {"rounds": 5.0, "rpm": 60.0}


def test_a_test_never_asks_for_more_than_the_device_may(page):
    motor = control(page, "motor", "motor")
    motor.rpm.setValue(5000)
    motor.rounds.setValue(5000)
    assert motor.rpm.value() == 100
    assert motor.rounds.value() == 100


def test_a_light_flashes_slowly_and_every_show_has_an_end(page, asked, qtbot):
    light = control(page, "light", "light")
    light.colour.setCurrentIndex(light.colour.findData("red"))
    qtbot.mouseClick(light.flash, LEFT)
    qtbot.mouseClick(light.steady, LEFT)
    qtbot.mouseClick(light.off, LEFT)
    flash, steady, off = (request for request, _ in asked)
    assert flash.args["rate_hz"] <= 3.0
    assert (flash.args["red"], flash.args["blue"]) == (255, 32)
    assert steady.duration_s == 3.0
    assert off.verb == "off"


def test_a_relay_runs_only_while_held(page, asked, qtbot):
    relay = control(page, "relay", "relay")
    qtbot.mousePress(relay.hold, LEFT)
    assert asked[-1][0].verb == "switch"
    assert asked[-1][0].duration_s == 5.0
    qtbot.mouseRelease(relay.hold, LEFT)
    assert asked[-1][0].verb == "off"
    assert len(asked) == 2


@pytest.mark.parametrize("way", ["hide", "stop", "gone"])
def test_a_held_relay_is_let_go_when_the_button_goes_away(page, asked, qtbot, bridge, way):
    relay = control(page, "relay", "relay")
    qtbot.mousePress(relay.hold, LEFT)
    if way == "hide":
        page.desk.go("live")
    elif way == "stop":
        relay.setEnabled(False)
    else:
        away = sample.relay().model_copy(update={"link": sample.pump().link})
        bridge.take_changed(Changed(devices=(away,)))
        bridge.flush()
    assert [request.verb for request, _ in asked][-1] == "off"


def test_an_offline_device_says_what_happened_and_how_to_go_on(page, asked, qtbot):
    card = page.cards["pump"]
    said = card.trouble.words()
    assert "The device is not there." in said
    assert "we connect by ourselves" in said
    assert "Next try in 5 s." in said
    assert "Since " in said
    qtbot.mouseClick(card.reconnect, LEFT)
    assert (asked[0][0].type, asked[0][0].device_id) == ("try_now", "pump")


def test_an_offline_device_shows_what_it_has_and_nothing_to_press(page):
    card = page.cards["pump"]
    (block,) = card._blocks.values()
    assert block.title.words() == "Relay"
    assert block.title.isVisible()
    assert not block.control.isVisible()
    (block,) = page.cards["motor"]._blocks.values()
    assert block.title.words() == ""
    assert block.control.isVisible()


@pytest.mark.parametrize("width", [1000, 1180, 1280, 1400])
@pytest.mark.parametrize("code", ["en", "vi"])
def test_stop_is_beside_test_at_every_width(show, language, code, width):
    language.choose(code)
    window = show()
    window.resize(width, 640)
    window.go("devices")
    page = window.pages["devices"]
    for device in ("motor", "light"):
        block = control(page, device, device)
        begin = block.test if device == "motor" else block.steady
        tops = [part.mapTo(window, part.rect().topLeft()).y() for part in (begin, block.off)]
        assert tops[0] == tops[1]


def test_controls_rest_while_everything_is_stopped(show, asked):
    window = show(sample.stopped())
    window.go("devices")
    page = window.pages["devices"]
    assert not control(page, "motor", "motor").isEnabled()
    card = page.cards["relay"]
    assert card.state.text() == "Check it"
    assert "Check it yourself." in card.trouble.words()


def test_renaming_asks_for_a_name_and_sends_it(page, asked, qtbot):
    page.cards["motor"].chosen.emit("rename", "motor")
    dialog = page.window().findChild(NameDialog)
    dialog.field.setText("")
    assert not dialog.yes.isEnabled()
    dialog.field.setText("  Wheel ")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    request = asked[0][0]
    assert (request.type, request.device_id, request.name) == ("rename_device", "motor", "Wheel")


def test_forgetting_asks_first_and_enter_keeps(page, asked, qtbot):
    page.cards["motor"].chosen.emit("forget", "motor")
    question = page.window().findChild(Question)
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert not asked
    page.cards["motor"].chosen.emit("forget", "motor")
    question = next(q for q in page.window().findChildren(Question) if q.isVisible())
    qtbot.mouseClick(question.yes, LEFT)
    assert (asked[0][0].type, asked[0][0].device_id) == ("forget_device", "motor")


def test_cards_come_and_go_and_the_column_count_follows_the_width(show, asked, bridge):
    window = show(size=(1280, 800))
    window.go("devices")
    page = window.pages["devices"]
    bridge.take_changed(Changed(gone=("pump", "relay")))
    bridge.flush()
    assert list(page.cards) == ["motor", "light"]
    assert page._columns == 2
    window.resize(960, 640)
    assert page._columns == 1


@pytest.mark.parametrize(
    "kind",
    ["motor", "light", "switch", "level", "pulse", "effect", "position", "sensor", "new_kind"],
)
def test_every_kind_of_output_has_a_card(show, asked, kind):
    output = CapabilityView(id="x", kind=kind, title="Output", effects=("storm",))
    device = sample.relay().model_copy(update={"capabilities": (output,)})
    window = show(sample.snapshot(devices=(device,)))
    window.go("devices")
    assert window.pages["devices"].cards["relay"].isVisible()


def test_an_effect_is_played_for_three_seconds(show, asked, qtbot):
    output = CapabilityView(id="x", kind="effect", title="Effect", effects=("storm", "confetti"))
    device = sample.relay().model_copy(update={"capabilities": (output,)})
    window = show(sample.snapshot(devices=(device,)))
    window.go("devices")
    asked.clear()
    qtbot.mouseClick(control(window.pages["devices"], "relay", "x").test, LEFT)
    assert asked[0][0].args == {"effect": "storm"}
    assert asked[0][0].duration_s == 3.0


def test_a_position_is_held_for_three_seconds(show, asked, qtbot):
    output = CapabilityView(id="x", kind="position", title="Servo")
    device = sample.relay().model_copy(update={"capabilities": (output,)})
    window = show(sample.snapshot(devices=(device,)))
    window.go("devices")
    asked.clear()
    block = control(window.pages["devices"], "relay", "x")
    block.level.setValue(80)
    qtbot.mouseClick(block.test, LEFT)
    assert (asked[0][0].verb, asked[0][0].args) == ("move_to", {"position": 0.8})
    assert asked[0][0].duration_s == 3.0


def test_esc_closes_the_sheet(page, asked, qtbot):
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    page.sheet.open_looking()
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert not page.sheet.isVisible()

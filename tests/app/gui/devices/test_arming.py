"""What keeps gifts from a device that can do harm: its card says so, and has the press."""

import pytest
from PySide6.QtCore import Qt

from app.gateway.messages import Changed
from app.gui.devices.wording import output_words
from app.gui.dialogs import NameDialog
from tests.app.gui import sample_devices

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(show, asked):
    window = show(sample_devices.snapshot())
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


@pytest.fixture
def told(bridge, page):
    def tell(*devices):
        bridge.take_changed(Changed(devices=devices))
        bridge.flush()

    return tell


def shown(card):
    line = card.arming
    buttons = (line.agree, line.hold, line.arm, line.let, line.disarm)
    return [one.text() for one in buttons if not one.isHidden()] if not line.isHidden() else []


def armed(asked):
    return [(one.device_id, one.armed) for one, _ in asked if one.type == "arm_device"]


def test_what_hurts_is_held_to_arm_and_its_test_waits_for_that(page, asked, told):
    card = page.cards["collar"]
    assert shown(card) == ["Read and agree…"]
    told(sample_devices.collar("given"))
    assert card.state.text() == "Not armed"
    assert shown(card) == ["Hold to arm"]
    assert not card._blocks["shock"].control.isEnabled()
    card.arming.hold.click()
    assert armed(asked) == []
    card.arming.hold.held.emit()
    assert armed(asked) == [("collar", True)]
    told(sample_devices.collar("given", armed=True))
    assert (card.state.text(), shown(card)) == ("Ready", ["Disarm"])
    assert card._blocks["shock"].control.isEnabled()
    card.arming.disarm.click()
    assert armed(asked)[-1] == ("collar", False)


def test_what_gets_hot_is_armed_by_a_click(page, asked, told, qtbot):
    card = page.cards["heater"]
    assert shown(card) == ["Arm"]
    assert not card._blocks["relay"].control.isEnabled()
    qtbot.mouseClick(card.arming.arm, LEFT)
    assert armed(asked) == [("heater", True)]
    told(sample_devices.heater(armed=True))
    assert shown(card) == ["Disarm"]


def test_what_moves_may_be_tried_by_hand_or_let_and_is_quiet_about_it_later(page, asked, told):
    card = page.cards["arm"]
    assert shown(card) == ["Let gifts use it"]
    assert card._blocks["position"].control.isEnabled()
    assert not card._actions["disarm"].isVisible()
    card.arming.let.click()
    assert armed(asked) == [("arm", True)]
    told(sample_devices.arm(armed=True))
    assert shown(card) == []
    assert card._actions["disarm"].isVisible()
    card._actions["disarm"].trigger()
    assert armed(asked)[-1] == ("arm", False)


def test_a_device_that_is_away_is_not_armed(page, told):
    away = sample_devices.sample.ONLINE.model_copy(update={"stage": "waiting"})
    told(sample_devices.heater().model_copy(update={"link": away}))
    assert shown(page.cards["heater"]) == []


def test_each_of_several_outputs_has_its_nudge(page, asked):
    card = page.cards["board"]
    nudges = {one.text(): one for one in card._nudges.actions()}
    assert list(nudges) == [f"Relay {n}" for n in range(1, 9)]
    assert not card._actions["nudge"].isVisible()
    nudges["Relay 3"].trigger()
    request = asked[-1][0]
    assert (request.type, request.device_id, request.capability) == (
        "nudge_device", "board", "relay3",
    )  # fmt: skip


def test_each_of_several_outputs_can_have_a_name_of_its_own(page, asked, told):
    card = page.cards["board"]
    assert not page.cards["gun"]._names.menuAction().isVisible()
    next(one for one in card._names.actions() if one.text() == "Relay 3").trigger()
    dialog = next(one for one in page.window().findChildren(NameDialog) if one.isVisible())
    dialog.named.emit("Bubbles")
    request = asked[-1][0]
    assert (request.type, request.name, request.capability) == (
        "rename_device", "Bubbles", "relay3",
    )  # fmt: skip
    dialog.reject()
    board = sample_devices.board()
    outputs = list(board.capabilities)
    outputs[2] = outputs[2].model_copy(update={"title": "Light", "named": True})
    told(board.model_copy(update={"capabilities": tuple(outputs)}))
    assert card._blocks["relay3"].title.text() == "Light"


def test_a_name_of_ones_own_is_in_no_language(language):
    light = sample_devices.output("light", title="Light")
    language.choose("vi")
    assert output_words(light) != "Light"
    assert output_words(light.model_copy(update={"named": True})) == "Light"


def test_an_only_output_is_nudged_without_asking_which(page, asked):
    card = page.cards["gun"]
    assert not card._nudges.menuAction().isVisible()
    card._actions["nudge"].trigger()
    assert (asked[-1][0].type, asked[-1][0].capability) == ("nudge_device", "")


def test_what_moves_says_where_it_rests(page):
    control = page.cards["arm"]._blocks["position"].control
    assert control.hint.words() == "Rests at 50 %."


def test_of_several_outputs_it_says_which_one_is_off(page, told):
    lamp = sample_devices.output("light", title="Light")
    fog = sample_devices.output("pulse", title="Fog 20", hazard="heat")
    arming = {"arming": "each_start", "armed": False}
    told(sample_devices.device("heater", "Stage", lamp, fog, **arming))
    card = page.cards["heater"]
    assert card.arming.text.words().startswith("Fog 20: It gets hot.")
    assert card._blocks["light"].control.isEnabled()
    assert not card._blocks["pulse"].control.isEnabled()


@pytest.mark.parametrize("size", [(1280, 800), (1000, 640)])
def test_what_is_wrong_has_its_room_at_once(page, told, size, qapp):
    page.window().resize(*size)
    link = sample_devices.sample.ONLINE.model_copy(
        update={"stage": "waiting", "reason": "no_answer", "retry_in_s": 4.9, "since_ms": 1}
    )
    connecting = link.model_copy(update={"stage": "connecting", "reason": "", "retry_in_s": None})
    # It was never open: nothing is known of its outputs.
    told(sample_devices.device("wheel", "Desk wheel", link=connecting))
    card = page.cards["wheel"]
    page.area.ensureWidgetVisible(card)
    for _ in range(6):
        qapp.processEvents()
    # Another device places all cards anew.
    told(sample_devices.device("other", "Other"))
    for _ in range(6):
        qapp.processEvents()
    told(sample_devices.device("wheel", "Desk wheel", link=link))
    qapp.processEvents()
    label = card.trouble
    assert label.height() >= label.heightForWidth(label.width())
    assert card.reconnect.height() >= card.reconnect.sizeHint().height()
    assert card.foot.geometry().bottom() < card.height()

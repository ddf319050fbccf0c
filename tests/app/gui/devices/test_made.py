"""What is made of devices: groups, scenes, pairs that never run together, a shared supply."""

import pytest
from PySide6.QtCore import Qt

from app.gateway.messages import Changed, Reply
from app.gateway.views import OutputRef, SceneStep
from app.gui.devices.scene_steps import VERBS, shown, specs_of_step, step_of
from app.gui.dialogs import SideSheet
from tests.app.gui import sample_devices

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(show, asked):
    window = show(sample_devices.snapshot())
    window.go("devices")
    asked.clear()
    return window.pages["devices"]


def choose(combo, device, output):
    combo.choose(OutputRef(device_id=device, capability=output))
    combo.activated.emit(combo.currentIndex())


def test_a_group_holds_outputs_of_one_kind(page, asked, qtbot):
    qtbot.mouseClick(page.group, LEFT)
    sheet = page.group_sheet
    sheet.kind.setCurrentIndex(sheet.kind.findData("switch"))
    sheet.kind.activated.emit(0)
    assert [line.words.words() for line in sheet.lines][:2] == [
        "Fog machine",
        "Relay board · Relay 1",
    ]
    qtbot.mouseClick(sheet.save, LEFT)
    assert sheet.problem.words() == "Give it a name."
    sheet.name.setText("Fog and one")
    qtbot.mouseClick(sheet.save, LEFT)
    assert sheet.problem.words() == "Choose what is in the group."
    for line in sheet.lines[:2]:
        line.switch.setChecked(True)
    qtbot.mouseClick(sheet.save, LEFT)
    request, then = asked[-1]
    assert request.type == "put_group"
    assert [(one.device_id, one.capability) for one in request.group.members] == [
        ("relay", "relay"),
        ("board", "relay1"),
    ]
    told = []
    page.desk.told.connect(told.append)
    then(Reply(id=1, device_id="g2"))
    assert told == ["Fog and one was saved."]
    assert not sheet.isVisible()


def test_a_group_is_changed_under_its_id(page, asked):
    page._on_chosen("edit", "g1")
    sheet = page.group_sheet
    assert sheet.name.text() == "All lamps"
    assert [line.switch.isChecked() for line in sheet.lines] == [True]
    sheet.save.click()
    assert asked[-1][0].group == sample_devices.GROUP


def test_a_scene_comes_back_as_it_was(page, asked):
    page._on_chosen("edit", "s1")
    sheet = page.scene_sheet
    assert len(sheet.cards) == 3
    sheet.save.click()
    scene = asked[-1][0].scene
    assert scene.id == "s1"
    lit, turned, clicked = scene.steps
    assert lit == sample_devices.SCENE.steps[0]
    assert clicked == sample_devices.SCENE.steps[2]
    assert (turned.verb, turned.args["rounds"], turned.duration_s) == ("rotate", 5.0, None)


def test_a_scene_is_made_step_by_step(page, asked, qtbot):
    qtbot.mouseClick(page.scene, LEFT)
    sheet = page.scene_sheet
    sheet.name.setText("Hello")
    choose(sheet.cards[0].combo, "arm", "position")
    sheet.cards[0].form.lines["position"].field.line.replace("80")
    qtbot.mouseClick(sheet.add, LEFT)
    choose(sheet.cards[1].combo, "gun", "gun")
    sheet.cards[1].form.lines["after_s"].field.line.replace("2")
    qtbot.mouseClick(sheet.save, LEFT)
    first, second = asked[-1][0].scene.steps
    assert (first.verb, first.args, first.duration_s) == ("move_to", {"position": 0.8}, 3.0)
    assert (second.verb, second.after_s, second.duration_s) == ("pulse", 2.0, None)


def test_a_step_that_does_not_fit_is_not_saved(page, asked, qtbot):
    page._on_chosen("edit", "s1")
    sheet = page.scene_sheet
    line = sheet.cards[0].form.lines["duration_s"]
    line.field.line.replace("9999")
    sheet.save.click()
    assert asked == []
    assert line.problem.words()


def test_a_step_of_a_device_that_is_gone_is_kept(page, asked, bridge):
    bridge.take_changed(Changed(gone=("motor",)))
    bridge.flush()
    page._on_chosen("edit", "s1")
    sheet = page.scene_sheet
    assert sheet.cards[1].combo.currentText() == "motor is missing"
    sheet.save.click()
    assert asked[-1][0].scene.steps[1] == sample_devices.SCENE.steps[1]


def test_a_scene_without_steps_is_refused_here(page, asked):
    page.show_about("scene")
    sheet = page.scene_sheet
    sheet.name.setText("Nothing")
    sheet.cards[0].remove.click()
    sheet.save.click()
    assert sheet.problem.words() == "Add a step first."
    assert asked == []


@pytest.mark.parametrize("kind", VERBS)
def test_every_kind_of_output_can_be_told_something(kind):
    output = sample_devices.output(kind, effects=("storm",))
    ref = OutputRef(device_id="d", capability=kind)
    for verb in VERBS[kind]:
        raw = {spec.name: spec.default for spec in specs_of_step(output)} | {"verb": verb}
        step = step_of(ref, output, raw)
        assert step.verb == verb
        assert step_of(ref, output, shown(step)) == step


def test_a_colour_is_the_same_there_and_back():
    output = sample_devices.output("light")
    step = SceneStep(
        device_id="d",
        capability="light",
        verb="set_color",
        args={"red": 1, "green": 32, "blue": 255, "level": 0.25},
        duration_s=2.0,
    )
    ref = OutputRef(device_id="d", capability="light")
    assert step_of(ref, output, shown(step)) == step


def test_a_scene_is_played_whole(page, asked, qtbot):
    qtbot.mouseClick(page.cards["s1"]._blocks["scene"].control.test, LEFT)
    request = asked[-1][0]
    assert (request.verb, request.args, request.duration_s) == ("play", {"effect": "Party"}, None)


# ---------------------------------------------------------------- together


def test_what_may_run_together_is_told_in_brief(page):
    assert page.together.locks.words() == "Fog machine never with Motor 1"
    assert page.together.power.words() == "Power: 42 of 60 W"


def test_pairs_and_power_are_sent_whole(page, asked, qtbot):
    page.together.edit.click()
    sheet = page.together_sheet
    qtbot.mouseClick(sheet.add, LEFT)
    sheet.lines[1].one.choose(OutputRef(device_id="board", capability="relay1"))
    sheet.lines[1].other.choose(OutputRef(device_id="board", capability="relay2"))
    sheet.draws[OutputRef(device_id="arm", capability="position")].lines[
        "watts"
    ].field.line.replace("5")
    qtbot.mouseClick(sheet.save, LEFT)
    request = asked[-1][0]
    assert request.type == "set_together"
    assert len(request.interlocks) == 2
    assert request.power_w == 60
    assert {one.device_id: one.watts for one in request.watts} == {
        "arm": 5.0,
        "motor": 24.0,
        "light": 18.0,
    }


def test_an_output_is_never_locked_with_itself(page, asked, qtbot):
    page.show_about("together")
    sheet = page.together_sheet
    ref = OutputRef(device_id="relay", capability="relay")
    sheet.lines[0].other.choose(ref)
    sheet.save.click()
    assert asked == []
    assert sheet.problem.words() == "Choose two different outputs."
    sheet.lines[0].remove.click()
    sheet.supply.lines["power_w"].field.line.replace("")
    assert not sheet._drawing.isVisibleTo(sheet)
    sheet.save.click()
    assert (asked[-1][0].interlocks, asked[-1][0].power_w) == ((), None)


def test_names_of_devices_are_never_translated(page, language):
    language.choose("vi")
    page.show_about("together")
    sheet = page.together_sheet
    ref = OutputRef(device_id="relay", capability="relay")
    assert sheet.draws[ref].lines["watts"].title.words() == "Fog machine"


def test_every_control_of_every_sheet_has_a_name(page, asked):
    from tests.app.gui.test_window import unnamed

    for about in ("add", "group", "scene", "together"):
        page.show_about(about)
        assert not unnamed(page.window())
    for tab in ("limits", "health", "settings"):
        page._on_chosen(tab, "board")
        assert not unnamed(page.window())
        assert sum(sheet.isVisible() for sheet in page.findChildren(SideSheet)) == 1

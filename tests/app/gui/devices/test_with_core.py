"""The Devices page on the whole program: added, set up, tried, grouped, played, replaced, gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.gui.dialogs import Question
from tests.app.gui.test_whole import program_of, until

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.e2e


def named(program, name):
    found = program.bridge.state.devices.values()
    return next((device for device in found if device.name == name), None)


def output(program, name):
    return named(program, name).capabilities[0]


def choose(combo, place):
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def devices_page(program):
    program.window.go("devices")
    return program.window.pages["devices"]


async def add(page, program, machine, name):
    page.add.click()
    sheet = page.sheet
    await until(lambda: "simulated" in sheet.drivers and not sheet._looking, "the families")
    sheet.open_driver("simulated")
    pane = sheet.setting_up
    combo = pane.form.lines["machine"].field.combo
    choose(combo, combo.findData(machine))
    QTest.mouseClick(pane.trying, LEFT)
    await until(lambda: pane.answer.words().startswith("It answers"), "an answer to the trial")
    sheet.name.setText(name)
    QTest.mouseClick(sheet.add, LEFT)
    await until(lambda: named(program, name) is not None, "the new device")
    await until(lambda: named(program, name).link.stage == "online", "the device online")
    return named(program, name)


async def test_a_device_is_added_limited_set_up_replaced_and_forgotten(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = devices_page(program)
        fan = await add(page, program, "fan", "Desk fan")
        page._on_chosen("limits", fan.id)
        card = next(iter(page.details.cards.values()))
        card.form.lines["max_on_s"].field.line.replace("5")
        await until(lambda: output(program, "Desk fan").own.max_on_s == 5, "the limit")
        card.budget.lines["on_s_per_day"].field.line.replace("600")
        await until(lambda: output(program, "Desk fan").budget.on_s_per_day == 600, "the budget")

        page._on_chosen("health", fan.id)
        next(iter(page.cards[fan.id]._blocks.values())).control.test.click()
        await until(lambda: named(program, "Desk fan").health.good > 0, "its health")

        page._on_chosen("settings", fan.id)
        await until(page.details.save.isEnabled, "its settings")
        page.details.setting_up.form.lines["ack_ms"].field.line.replace("5")
        QTest.mouseClick(page.details.save, LEFT)
        await until(page.details.isHidden, "the settings saved")

        page._on_chosen("replace", fan.id)
        await until(lambda: not page.sheet._looking and page.sheet.drivers, "the families again")
        page.sheet.open_driver("simulated")
        QTest.mouseClick(page.sheet.add, LEFT)
        await until(lambda: output(program, "Desk fan").kind == "motor", "a motor in its place")
        assert named(program, "Desk fan").id == fan.id

        page._on_chosen("forget", fan.id)
        question = next(q for q in program.window.findChildren(Question) if q.isVisible())
        question.yes.click()
        await until(lambda: named(program, "Desk fan") is None, "the device gone")


async def make_group(page, program, name):
    page._on_group()
    group = page.group_sheet
    choose(group.kind, group.kind.findData("light"))
    group.name.setText(name)
    for line in group.lines:
        line.switch.setChecked(True)
    QTest.mouseClick(group.save, LEFT)
    await until(lambda: named(program, name) is not None, "the group")


async def make_scene(page, program, name, device):
    page._on_scene()
    scene = page.scene_sheet
    scene.name.setText(name)
    card = scene.cards[0]
    choose(card.combo, card.combo.findText(device))
    card.form.lines["duration_s"].field.line.replace("30")
    QTest.mouseClick(scene.save, LEFT)
    await until(lambda: named(program, name) is not None, "the scene")
    await until(lambda: named(program, name).id in page.cards, "its card")
    return named(program, name)


async def test_groups_scenes_and_what_may_run_together_reach_the_core(qapp, profile, language):
    async with program_of(profile, language) as program:
        page = devices_page(program)
        await add(page, program, "light", "Desk lamp")
        await add(page, program, "fan", "Desk fan")
        await make_group(page, program, "Lamps")
        made = await make_scene(page, program, "Hello", "Desk fan")
        playing = page.cards[made.id]._blocks["scene"].control
        playing.test.click()
        await until(lambda: output(program, "Desk fan").active, "the fan turning")
        playing.off.click()
        await until(lambda: not output(program, "Desk fan").active, "the fan still")

        page._on_together()
        sheet = page.together_sheet
        sheet.add.click()
        pair = sheet.lines[0]
        pair.one.setCurrentIndex(pair.one.findText("Desk fan"))
        pair.other.setCurrentIndex(pair.other.findText("Desk lamp"))
        sheet.supply.lines["power_w"].field.line.replace("60")
        QTest.mouseClick(sheet.save, LEFT)
        await until(lambda: program.bridge.state.together.power_w == 60, "the supply")
        assert len(program.bridge.state.together.interlocks) == 1
        told = page.together.locks.words
        await until(lambda: told() == "Desk fan never with Desk lamp", "the card that tells it")


async def test_a_refused_setting_is_said_at_its_field_in_vietnamese(qapp, profile, language):
    async with program_of(profile, language) as program:
        language.choose("vi")
        page = devices_page(program)
        page.add.click()
        sheet = page.sheet
        await until(lambda: "enttec_pro" in sheet.drivers and not sheet._looking, "the families")
        sheet.open_driver("enttec_pro")
        lines = sheet.setting_up.form.lines
        lines["port"].field.take("COM3")
        lamp = lines["fixtures"].field.cards[0].form.lines
        lamp["start"].field.line.replace("512")
        QTest.mouseClick(sheet.add, LEFT)
        await until(lambda: any(line.problem.words() for line in lines.values())
                    or sheet.setting_up.answer.words(), "the refusal")  # fmt: skip
        told = [line.problem.words() for line in (*lines.values(), *lamp.values())]
        assert any("514" in text and "Kênh" in text.title() for text in told)

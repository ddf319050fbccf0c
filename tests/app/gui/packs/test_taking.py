"""Packs are looked into first, then taken over as one step: devices, limits, variables."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.pack_import import Place
from app.core.rules import dump
from app.gateway.messages import AddDevice, SetVariable
from app.gateway.views import GoalView, VariableView
from app.gui.packs.shelf import starter_packs
from app.gui.packs.wishes import LATER, PRACTICE, SKIP
from app.gui.widgets.panels import StateWord
from tests.app.gui import sample
from tests.app.gui.packs.conftest import opened, raw_pack
from tests.app.gui.rules.driving import CTRL, LEFT

FENCE = str.maketrans("", "", "\u2068\u2069")


def offers(box):
    return [box.itemData(n) for n in range(box.count())]


def choose(at, role, key):
    box = at.preview.choosing.roles[role]
    box.setCurrentIndex(offers(box).index(key))
    at.preview.show_what()


# ---------------------------------------------------------------- the shelf


def test_ten_packs_are_offered_with_what_they_need_and_whether_it_is_there(packs):
    at = packs()
    at.window.go("rules", "packs")
    shelf = at.rooms.shelf
    assert len(shelf.buttons) == len(starter_packs()) == 10
    said = [one.text() for one in shelf.area.widget().findChildren(StateWord)]
    assert "The motor that turns the wheel: you have Motor 1" in said
    assert "Needs no device" in said
    assert any(one.endswith("not there yet; a practice one can stand in") for one in said)
    assert shelf.buttons[0].accessibleName() == "Look inside: Bubbles and confetti"


def test_the_keyboard_leads_in_through_and_back(packs):
    at = packs()
    at.view.setFocus()
    at.key(Qt.Key.Key_O, CTRL)
    assert at.rooms.currentWidget() is at.rooms.shelf
    assert at.rooms.shelf.open_button.hasFocus()
    QTest.keyClick(at.rooms.shelf.open_button, Qt.Key.Key_Tab)
    at.rooms.shelf.buttons[6].setFocus()
    QTest.keyClick(at.rooms.shelf.buttons[6], Qt.Key.Key_Space)
    assert at.rooms.currentWidget() is at.preview
    assert at.preview.choosing.roles["wheel"].hasFocus()
    QTest.keyClick(at.window, Qt.Key.Key_Escape)
    assert at.rooms.currentWidget() is at.rooms.shelf
    QTest.keyClick(at.window, Qt.Key.Key_Escape)
    assert not at.rooms.away
    assert at.view.hasFocus()


def test_packs_are_offered_on_the_empty_page_too(packs):
    at = packs({"version": 2, "groups": [], "rules": []})
    at.qtbot.mouseClick(at.page.empty.packs, LEFT)
    assert at.rooms.currentWidget() is at.rooms.shelf


@pytest.mark.parametrize("place", range(10))
def test_every_starter_pack_can_be_taken_and_taken_back(packs, place):
    at = packs()
    before = dump(at.desk.document)
    at.window.go("rules", "packs")
    at.qtbot.mouseClick(at.rooms.shelf.buttons[place], LEFT)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert not at.rooms.away, at.preview.problem.words()
    pack = starter_packs()[place].pack
    taken = at.desk.document.rules.rules[6:]
    assert len(taken) == len(pack.rules)
    assert not any(rule.on for rule in taken)
    assert at.same()
    at.desk.undo()
    assert dump(at.desk.document) == before


# ---------------------------------------------------------------- looking inside


def test_a_preview_says_everything_and_changes_nothing(packs, file):
    at = packs(variables=(VariableView(name="spins", value=9),))
    before = dump(at.desk.document)
    opened(at, file)
    said = "\n".join(at.told_words()).translate(FENCE)
    assert at.preview.title.text() == "Spin and call"
    assert at.preview.about.text() == "2 rules · by Anna"
    assert at.preview.note.words() == "Fasten the wheel first."
    assert "When Rose arrives, rotate Motor 1 by 3 rounds per gift at up to 90 RPM" in said
    assert "Drives Motor 1, which can hurt people or things" in said
    assert "Sends requests to example.com" in said
    assert "You have a variable “spins” already. The pack's comes as “spins_2”." in said
    assert "add “1” to “spins_2”" in said
    assert said.count("starts off") == 2
    assert dump(at.desk.document) == before
    assert not [one for one in at.core.asked if isinstance(one, AddDevice | SetVariable)]
    assert at.preview.choosing.notes["spinner"].words().startswith("It moves.")
    # Nothing shows as a window of its own, not even for a moment.
    assert at.window.isActiveWindow()


def test_taking_is_one_step_with_undo_in_the_message(packs, file):
    at = packs()
    before = dump(at.desk.document)
    opened(at, file)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    rules = at.desk.document.rules.rules[6:]
    assert [rule.name for rule in rules] == ["Spin it", "Call out"]
    assert [rule.on for rule in rules] == [False, False]
    assert rules[0].do[0].device == "motor"
    assert at.desk.group(rules[0].group).name == "Spin and call"
    assert at.view.chosen_rules() == [rules[0].id]
    assert len(at.edits()) == 1
    toast = at.page.undo_toast
    assert toast.isVisible()
    assert toast.words.words() == "Spin and call: 2 rules added, still off."
    at.qtbot.mouseClick(toast.undo, LEFT)
    assert dump(at.desk.document) == before
    assert at.same()


def test_variables_are_made_where_there_are_none_of_that_name(packs, file):
    at = packs()
    opened(at, file)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    (asked,) = [one for one in at.core.asked if isinstance(one, SetVariable)]
    assert (asked.name, asked.value, asked.lasting) == ("spins", 3.0, True)


def test_a_variable_of_ones_own_is_left_alone(packs, file):
    at = packs(variables=(VariableView(name="spins", value=9),))
    opened(at, file)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    (asked,) = [one for one in at.core.asked if isinstance(one, SetVariable)]
    assert (asked.name, asked.value) == ("spins_2", 3.0)
    assert at.desk.document.rules.rules[7].do[1].name == "spins_2"


def test_a_variable_of_ones_own_is_shared_if_the_user_says_so(packs, file):
    at = packs(variables=(VariableView(name="spins", value=9),))
    opened(at, file)
    at.qtbot.mouseClick(at.preview.choosing.share, LEFT)
    at.preview.show_what()
    said = "\n".join(at.told_words()).translate(FENCE)
    assert "You have a variable “spins” already. Yours stays, and is shared." in said
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert not [one for one in at.core.asked if isinstance(one, SetVariable)]
    assert at.desk.document.rules.rules[7].do[1].name == "spins"


def test_without_variables_in_common_nothing_is_asked_about_them(packs, file):
    at = packs()
    opened(at, file)
    assert at.preview.choosing.share is None


def test_a_goal_does_not_get_a_variable_of_a_pack(packs, file):
    goal = GoalView(id="g", name="Spins", counts="variable", variable="spins", target=10)
    at = packs(goals=(goal,))
    opened(at, file)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert at.desk.document.rules.rules[7].do[1].name == "spins_2"


def test_rules_come_in_on_only_if_the_user_says_so(packs, file):
    at = packs()
    opened(at, file)
    at.qtbot.mouseClick(at.preview.choosing.on, LEFT)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert all(rule.on for rule in at.desk.document.rules.rules[6:])
    assert "2 rules added." in at.page.undo_toast.words.words()


# ---------------------------------------------------------------- roles


def test_a_role_offers_what_fits_practice_skipping_and_later(packs, file):
    at = packs()
    opened(at, file)
    box = at.preview.choosing.roles["spinner"]
    assert offers(box) == [Place("motor", "motor"), PRACTICE, SKIP, LATER]
    assert box.currentData() == Place("motor", "motor")
    assert box.accessibleName() == "Device for: The wheel"


def test_skipping_a_role_leaves_its_rules_out(packs, file):
    at = packs()
    opened(at, file)
    choose(at, "spinner", SKIP)
    assert at.preview.accept.text() == "Add 1 rule"
    assert "Spin it" not in at.told_words()
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert [rule.name for rule in at.desk.document.rules.rules[6:]] == ["Call out"]


def test_a_pack_of_which_nothing_is_left_cannot_be_taken(packs, file):
    at = packs()
    opened(at, file, raw_pack(rules=raw_pack()["rules"][:1]))
    choose(at, "spinner", SKIP)
    assert not at.preview.accept.isEnabled()
    assert at.preview.problem.words() == "No rule is left. Choose a device for one of them."


def test_what_is_chosen_later_leaves_the_step_open(packs, file):
    at = packs()
    opened(at, file)
    choose(at, "spinner", LATER)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert at.desk.document.rules.rules[6].do[0].device == ""


def test_a_practice_device_is_added_and_used(packs, file):
    at = packs()
    opened(at, file)
    choose(at, "spinner", PRACTICE)
    said = "\n".join(at.told_words()).translate(FENCE)
    assert "rotate a practice device by 3 rounds per gift" in said
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    (added,) = [one for one in at.core.asked if isinstance(one, AddDevice)]
    assert (added.driver, added.name, added.settings) == (
        "simulated", "The wheel", {"machine": "motor"},
    )  # fmt: skip
    assert at.desk.document.rules.rules[6].do[0].device == "new4"


def test_without_a_device_that_fits_a_practice_one_is_suggested(packs, file):
    at = packs(devices=(sample.light(),))
    opened(at, file)
    assert at.preview.choosing.roles["spinner"].currentData() == PRACTICE


def test_a_core_that_is_away_takes_nothing(packs, file):
    at = packs()
    before = dump(at.desk.document)
    opened(at, file)
    choose(at, "spinner", PRACTICE)
    at.core.hold()
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    at.core.lose()
    assert at.rooms.currentWidget() is at.preview
    assert dump(at.desk.document) == before
    assert "not connected" in at.told[-1]
    assert at.preview.accept.isEnabled()


# ---------------------------------------------------------------- limits and answers


def test_limits_only_get_tighter(packs, file):
    at = packs()
    opened(at, file)
    boxes = at.preview.choosing.limits
    rpm = boxes["rpm"]
    rpm.setFocus()
    rpm.selectAll()
    QTest.keyClicks(rpm, "500")
    QTest.keyClick(rpm, Qt.Key.Key_Return)
    assert rpm.value() == 90
    rpm.selectAll()
    QTest.keyClicks(rpm, "40")
    QTest.keyClick(rpm, Qt.Key.Key_Return)
    assert boxes["rounds"].text() == "as it is"
    boxes["rounds"].setValue(10)
    boxes["pause"].setValue(5)
    boxes["max_per_hour"].setValue(12)
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    spin, call = at.desk.document.rules.rules[6:]
    assert spin.do[0].rpm.text == "40"
    assert spin.do[0].rounds.text == "min(count * 3, 10)"
    assert [rule.limits.cooldown_s for rule in (spin, call)] == [5.0, 5.0]
    assert [rule.limits.max_per_hour for rule in (spin, call)] == [12, 12]


def test_the_sentences_follow_the_limits(packs, file):
    at = packs()
    opened(at, file)
    at.preview.choosing.limits["rpm"].setValue(20)
    at.qtbot.waitUntil(lambda: "at up to 20 RPM" in "\n".join(at.told_words()), timeout=5000)


def test_what_a_pack_leaves_open_is_asked(packs, file):
    at = packs()
    content = raw_pack()
    content["rules"][1]["do"][0]["url"] = ""
    opened(at, file, content)
    said = "\n".join(at.told_words())
    assert "Sends requests to an address that you give" in said
    lines = {line.accessibleName(): line for _, line in at.preview.choosing.answers}
    line = lines["Address to call, for Call out"]
    line.setText("https://my.example.org/x")
    line.editingFinished.emit()
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert at.desk.document.rules.rules[7].do[0].url == "https://my.example.org/x"


# ---------------------------------------------------------------- looks


def test_another_language_keeps_what_was_chosen(packs, file, language):
    at = packs()
    opened(at, file)
    choose(at, "spinner", SKIP)
    at.preview.choosing.limits["pause"].setValue(7)
    language.choose("vi")
    at.qtbot.waitUntil(lambda: at.preview.title.text() == "Xoay và gọi", timeout=5000)
    assert at.preview.choosing.roles["spinner"].currentData() == SKIP
    assert at.preview.choosing.wishes.limits["pause"] == 7
    assert at.preview.choosing.limits["pause"].value() == 7


@pytest.mark.parametrize("code", ["en", "vi"])
def test_nothing_is_cut_in_the_small_window(packs, file, language, code):
    at = packs(size=(1000, 640))
    language.choose(code)
    opened(at, file)
    for area in (at.preview.left_area, at.preview.right_area):
        assert area.widget().width() <= area.viewport().width()
        assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert at.preview.accept.mapTo(at.window, at.preview.accept.rect().bottomRight()).y() < 640

"""Steps that hold steps: branches, sides, choices with weights, groups in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.gui.rule_editor.row_menu import RowMenu
from tests.app.gui.rule_editor.desk_for_tests import rule
from tests.app.gui.rule_editor.hands import LEFT, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.rule_editor.nested import Branches

    Edit = Callable[..., RuleEditor]

FLASH = {"key": "flash", "device": "light", "times": "3"}
PULSE = {"key": "pulse", "device": "relay", "seconds": "0.5"}
BY_CHANCE = {
    "key": "random_pick",
    "choices": [{"weight": 3, "do": [FLASH]}, {"weight": 1, "do": [PULSE]}],
}


def branches(editor: RuleEditor, *place: str | int) -> Branches:
    return editor.kit.rows[place].nested.branches[0][1]


def test_weights_are_shown_in_per_cent_and_follow(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[BY_CHANCE]))
    choices = branches(editor, "do", 0)
    assert [one.share.words() for one in choices.items] == ["75 %", "25 %"]
    write(qtbot, choices.items[0].block.fields["weight"].line, "1")
    qtbot.waitUntil(lambda: choices.items[0].share.words() == "50 %")
    assert choices.items[1].share.words() == "50 %"


def test_a_branch_is_added_filled_moved_and_removed(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[{"key": "choose"}]))
    before = editor.desk.document
    cases = branches(editor, "do", 0)
    for _ in range(2):
        qtbot.mouseClick(cases.add, LEFT)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: len(cases.items) == 2)
    cases.items[0].nested.first_list("Condition").add_key("sender_is_follower")
    qtbot.waitUntil(lambda: ("do", 0, "branches", 0, "only_if", 0) in editor.kit.rows)
    cases.items[1].nested.first_list("Action").add_key("flash")
    qtbot.waitUntil(lambda: ("do", 0, "branches", 1, "do", 0) in editor.kit.rows)
    qtbot.mouseClick(cases.items[1].up, LEFT)
    qtbot.waitUntil(lambda: ("do", 0, "branches", 0, "do", 0) in editor.kit.rows)
    stored = editor.desk.rule("spin").do[0].branches
    assert [len(one.do) for one in stored] == [1, 0]
    assert [len(one.only_if) for one in stored] == [0, 1]
    qtbot.mouseClick(cases.items[1].gone, LEFT)
    qtbot.waitUntil(lambda: len(cases.items) == 1)
    while editor.desk.stack.canUndo():
        editor.desk.undo()
    assert editor.desk.document == before


def test_a_step_goes_from_one_branch_to_the_outside(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[BY_CHANCE]))
    editor.kit.rows["do", 0, "choices", 1, "do", 0].move_out()
    qtbot.waitUntil(lambda: len(editor.session.raw["do"]) == 2)
    assert editor.session.raw["do"][1]["key"] == "pulse"
    assert editor.session.raw["do"][0]["choices"][1]["do"] == []


def test_a_step_is_put_into_a_repetition(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH]))
    editor.kit.rows["do", 0].wrap("repeat")
    qtbot.waitUntil(lambda: editor.session.raw["do"][0]["key"] == "repeat")
    inner = editor.desk.rule("spin").do[0].inner()
    assert [step.key for step in inner] == ["flash"]


def test_groups_deeper_than_rules_may_go_are_refused_in_words(qtbot: QtBot, edit: Edit) -> None:
    deep: dict[str, object] = {"key": "sender_is_follower"}
    for _ in range(7):
        deep = {"key": "all", "of": [deep]}
    editor = edit(rule(only_if=[deep]))
    told: list[str] = []
    editor.desk.told.connect(told.append)
    editor.kit.rows["only_if", 0].wrap("any")
    assert len(told) == 1
    assert "deep" in told[0]
    assert editor.session.raw["only_if"][0]["key"] == "all"
    assert not editor.desk.stack.canUndo()


def test_a_condition_is_turned_round_from_its_menu(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(only_if=[{"key": "sender_is_moderator"}]))
    words = "Turn round: only if not"
    menu = RowMenu(editor.kit.rows["only_if", 0])
    next(one for one in menu.actions() if one.text() == words).trigger()
    qtbot.waitUntil(lambda: ("only_if", 0, "of") in editor.kit.rows)
    (condition,) = editor.session.raw["only_if"]
    assert (condition["key"], condition["of"]["key"]) == ("not", "sender_is_moderator")
    for place in (("only_if", 0), ("only_if", 0, "of")):
        assert words not in [one.text() for one in RowMenu(editor.kit.rows[place]).actions()]


def test_another_start_with_fields_of_the_same_name_brings_its_own_words(
    qtbot: QtBot, edit: Edit
) -> None:
    editor = edit(rule())
    before = editor.when.block.fields["gifts"].help()
    editor.when.become("combo_milestone")
    qtbot.waitUntil(lambda: "every" in editor.when.block.fields)
    assert editor.when.block.fields["gifts"].help() != before

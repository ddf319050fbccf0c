"""Steps and conditions under real hands: adding, moving, grouping, copying, taking out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.rule_editor.row_menu import RowMenu
from tests.app.gui.rule_editor.desk_for_tests import rule
from tests.app.gui.rule_editor.hands import LEFT, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.editor import RuleEditor

    Edit = Callable[..., RuleEditor]

FLASH = {"key": "flash", "device": "light", "times": "3"}
PULSE = {"key": "pulse", "device": "relay", "seconds": "0.5"}
FOLLOWER = {"key": "sender_is_follower"}
WORTH = {"key": "coins_at_least", "coins": 5}


def keys(editor: RuleEditor, *place: str | int) -> list[str]:
    raw = editor.session.raw
    for step in place:
        raw = raw[step]
    return [item["key"] for item in raw]


def settle() -> None:
    QApplication.processEvents()
    QApplication.processEvents()


def chain(editor: RuleEditor) -> list[QWidget]:
    """Return what Tab comes to, from the name on."""
    found: list[QWidget] = []
    at: QWidget = editor.name
    while at not in found:
        found.append(at)
        at = at.nextInFocusChain()
        while not (at.focusPolicy() & Qt.FocusPolicy.TabFocus and editor.inner.isAncestorOf(at)):
            at = at.nextInFocusChain()
    return found


def test_alt_and_arrows_move_the_step_that_has_the_focus(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH, PULSE]))
    field = editor.kit.rows["do", 1].block.fields["seconds"].line
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: keys(editor, "do") == ["pulse", "flash"])
    settle()
    assert editor.kit.rows["do", 0].isAncestorOf(QApplication.focusWidget())
    editor.desk.undo()
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash", "pulse"])


def test_a_step_is_dragged_by_its_handle(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH, PULSE]))
    settle()
    handle = editor.kit.rows["do", 1].handle
    target = handle.mapFromGlobal(editor.kit.rows["do", 0].mapToGlobal(QPoint(5, 2)))
    qtbot.mousePress(handle, LEFT, pos=QPoint(5, 5))
    QTest.mouseMove(handle, QPoint(5, -10))
    QTest.mouseMove(handle, target)
    assert editor.do.list._line == 0
    qtbot.mouseRelease(handle, LEFT, pos=target)
    qtbot.waitUntil(lambda: keys(editor, "do") == ["pulse", "flash"])
    assert editor.do.list._line is None


def test_a_condition_goes_into_a_group_and_out_again(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(only_if=[FOLLOWER, WORTH]))
    before = editor.desk.document
    editor.kit.rows["only_if", 0].wrap("any")
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["any", "coins_at_least"])
    settle()
    editor.kit.rows["only_if", 1].move_in()
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["any"])
    assert keys(editor, "only_if", 0, "of") == ["sender_is_follower", "coins_at_least"]
    settle()
    editor.kit.rows["only_if", 0, "of", 0].move_out()
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["any", "sender_is_follower"])
    settle()
    editor.kit.rows["only_if", 0].unwrap()
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["coins_at_least", "sender_is_follower"])
    while editor.desk.stack.canUndo():
        editor.desk.undo()
    assert editor.desk.document == before


def test_a_condition_is_turned_round_and_back(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(only_if=[FOLLOWER]))
    editor.kit.rows["only_if", 0].wrap("not")
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["not"])
    assert editor.session.raw["only_if"][0]["of"]["key"] == "sender_is_follower"
    settle()
    assert ("only_if", 0, "of") in editor.kit.rows
    editor.kit.rows["only_if", 0].unwrap()
    qtbot.waitUntil(lambda: keys(editor, "only_if") == ["sender_is_follower"])


def test_a_step_is_turned_off_duplicated_and_removed(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH, PULSE]))
    editor.kit.rows["do", 0].turn()
    qtbot.waitUntil(lambda: editor.session.raw["do"][0].get("on") is False)
    settle()
    assert not editor.kit.rows["do", 0].block.isEnabled()
    qtbot.mouseClick(editor.kit.rows["do", 0].off, LEFT)
    qtbot.waitUntil(lambda: "on" not in editor.session.raw["do"][0])
    settle()
    editor.kit.rows["do", 1].duplicate()
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash", "pulse", "pulse"])
    settle()
    editor.kit.rows["do", 0].remove()
    qtbot.waitUntil(lambda: keys(editor, "do") == ["pulse", "pulse"])


def test_a_step_is_copied_as_text_and_pasted(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH, PULSE]))
    editor.kit.rows["do", 0].copy()
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["key"] == "flash"
    editor.kit.rows["do", 1].paste_below()
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash", "pulse", "flash"])
    told: list[str] = []
    editor.desk.told.connect(told.append)
    QGuiApplication.clipboard().setText("no step at all")
    editor.kit.rows["do", 1].paste_below()
    assert told == ["What was copied does not fit here."]
    assert len(editor.session.raw["do"]) == 3


def test_a_step_is_added_by_searching_the_menu(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    editor.do.list.add.setFocus()
    qtbot.keyClick(editor.do.list.add, Qt.Key.Key_Space)
    popup = editor.do.list._popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClicks(popup.field, "flash")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys(editor, "do") == ["rotate", "flash"])
    settle()
    assert editor.kit.rows["do", 1].isAncestorOf(editor.focusWidget())


def test_a_kind_that_has_the_same_fields_keeps_their_values(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[{"key": "color", "device": "lamp", "color": "#ff0000"}]))
    editor.kit.rows["do", 0].become("flash")
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash"])
    assert editor.session.raw["do"][0]["device"] == "lamp"
    assert editor.session.raw["do"][0]["color"] == "#ff0000"


def test_tab_goes_as_it_is_read_also_over_what_was_added_later(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH, PULSE]))
    editor.only_if.list.add_key("coins_at_least")
    qtbot.waitUntil(lambda: ("only_if", 0) in editor.kit.rows)
    settle()
    order = chain(editor)
    condition = editor.kit.rows["only_if", 0]
    wanted = [
        editor.name,
        editor.when.kind,
        editor.when.block.fields["gifts"].button,
        condition.block.fields["coins"].line,
        condition.more,
        editor.only_if.list.add,
        editor.kit.rows["do", 0].block.fields["times"].line,
        editor.kit.rows["do", 0].more,
        editor.kit.rows["do", 1].block.fields["seconds"].line,
        editor.do.list.add,
        editor.limits.block.fields["ceiling"].line,
        editor.limits.more,
    ]
    assert [widget for widget in order if widget in wanted] == wanted


def test_a_copied_step_can_be_added_where_there_is_none_yet(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[]))
    QGuiApplication.clipboard().setText(json.dumps([FLASH, PULSE]))
    qtbot.mouseClick(editor.do.list.add, LEFT)
    popup = editor.do.list._popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash", "pulse"])


def test_a_draft_elsewhere_outlives_a_new_step(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH]))
    write(qtbot, editor.kit.rows["do", 0].block.fields["times"].line, "(")
    editor.do.list.add_key("pulse")
    qtbot.waitUntil(lambda: keys(editor, "do") == ["flash", "pulse"])
    settle()
    assert editor.kit.rows["do", 0].block.fields["times"].line.text() == "("
    assert editor.session.problems


def test_the_menu_of_a_step_offers_all_that_can_be_done(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(only_if=[FOLLOWER, {"key": "any", "of": [WORTH]}]))
    menu = RowMenu(editor.kit.rows["only_if", 1, "of", 0])
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words == [
        "Turn off",
        "Change to…",
        "Turn round: only if not",
        "Move up",
        "Move down",
        "Move out of the group",
        "Put into a group",
        "Duplicate",
        "Copy",
        "Paste below",
        "Remove",
    ]
    menu.deleteLater()
    menu = RowMenu(editor.kit.rows["only_if", 1])
    assert "Ungroup" in [action.text() for action in menu.actions()]
    menu.deleteLater()

"""The editor under real hands: typing, leaving, moving, undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from app.gui.rule_editor.block import Block
from app.gui.rules.checking import Checking
from tests.app.gui.rule_editor.desk_for_tests import ROSE, rule
from tests.app.gui.rule_editor.hands import LEFT, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.text import Language

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


def test_a_value_is_applied_when_the_field_is_left_and_not_key_by_key(
    qtbot: QtBot, edit: Edit
) -> None:
    editor = edit()
    line = editor.kit.rows["do", 0].block.fields["rpm"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "50")
    assert editor.desk.rule("spin").do[0].rpm.text == "100"
    assert not editor.desk.stack.canUndo()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert editor.desk.rule("spin").do[0].rpm.text == "50"
    assert editor.desk.stack.count() == 1
    editor.desk.undo()
    qtbot.waitUntil(lambda: line.text() == "100")


def test_the_sentence_follows_a_change_at_once(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    write(qtbot, editor.kit.rows["do", 0].block.fields["rounds"].line, "3")
    qtbot.waitUntil(lambda: "3 rounds" in editor.sentence.words())


def test_a_draft_that_does_not_fit_leaves_the_rule_as_it_was(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    block = editor.kit.rows["do", 0].block
    line = block.fields["rounds"].line
    write(qtbot, line, "coins * * 2")
    problems = block._problems["rounds"]
    qtbot.waitUntil(problems.isVisible)
    assert editor.desk.rule("spin").do[0].rounds.text == "count"
    assert not editor.desk.stack.canUndo()
    assert "Draft not applied" in problems.words.words()
    assert line.text() == "coins * * 2"
    assert line.property("invalid") == "true"
    write(qtbot, line, "coins * 2")
    qtbot.waitUntil(lambda: not problems.isVisible())
    assert editor.desk.rule("spin").do[0].rounds.text == "coins * 2"


def test_a_draft_can_be_given_up(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    block = editor.kit.rows["do", 0].block
    write(qtbot, block.fields["rounds"].line, "(")
    problems = block._problems["rounds"]
    qtbot.waitUntil(problems.isVisible)
    qtbot.mouseClick(problems.back, LEFT)
    qtbot.waitUntil(lambda: block.fields["rounds"].line.text() == "count")
    assert not problems.isVisible()


def test_too_much_offers_the_most_that_fits(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[FLASH]))
    block = editor.kit.rows["do", 0].block
    write(qtbot, block.fields["rate_hz"].line, "9")
    problems = block._problems["rate_hz"]
    qtbot.waitUntil(problems.isVisible)
    assert problems.use.text() == "Use 3"
    qtbot.mouseClick(problems.use, LEFT)
    qtbot.waitUntil(lambda: editor.desk.rule("spin").do[0].rate_hz == 3.0)


def test_two_fields_that_fit_only_together_are_applied_together(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(when={"key": "gift_any", "least": 1, "most": 5}))
    block = editor.when.block
    write(qtbot, block.fields["least"].line, "50")
    qtbot.waitUntil(block._problems["least"].isVisible)
    assert editor.desk.rule("spin").when.least == 1
    write(qtbot, block.fields["most"].line, "99")
    when = editor.desk.rule("spin").when
    assert (when.least, when.most) == (50, 99)
    assert editor.desk.stack.count() == 1


def test_drafts_are_kept_while_another_rule_is_looked_at(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(), rule(id="other"))
    write(qtbot, editor.kit.rows["do", 0].block.fields["rounds"].line, "(")
    editor.show_rule("other")
    assert editor.kit.rows["do", 0].block.fields["rounds"].line.text() == "count"
    editor.show_rule("spin")
    assert editor.kit.rows["do", 0].block.fields["rounds"].line.text() == "("


def test_choosing_another_rule_finishes_the_field_that_is_typed_in(
    qtbot: QtBot, edit: Edit
) -> None:
    editor = edit(rule(), rule(id="other"))
    line = editor.kit.rows["do", 0].block.fields["rpm"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "60")
    editor.show_rule("other")
    assert editor.desk.rule("spin").do[0].rpm.text == "60"
    assert editor.desk.rule("other").do[0].rpm.text == "100"


def test_arrow_keys_step_a_number_and_the_steps_are_one_undo(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(limits={"ceiling": 20}))
    line = editor.limits.block.fields["ceiling"].line
    line.setFocus()
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Up)
    assert editor.desk.rule("spin").limits.ceiling == 23
    assert editor.desk.stack.count() == 1


def test_the_kind_of_event_is_changed_and_back(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    qtbot.mouseClick(editor.when.kind, LEFT)
    popup = editor.when._popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClicks(popup.field, "follower")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.session.raw["when"]["key"] == "follow")
    qtbot.waitUntil(lambda: not editor.when.combo.isVisible())
    editor.desk.undo()
    qtbot.waitUntil(editor.when.combo.isVisible)
    assert editor.session.raw["when"]["gifts"] == [ROSE]


def test_what_is_missing_in_the_sentence_leads_to_its_field(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(
        rule(when={"key": "gift", "gifts": []}, do=[FLASH, {"key": "pulse", "device": ""}])
    )
    editor.sentence.missing_chosen.emit(1)
    assert QApplication.focusWidget() is editor.kit.rows["do", 1].block.fields["device"].button
    editor.sentence.missing_chosen.emit(0)
    assert QApplication.focusWidget() is editor.when.block.fields["gifts"].button


def test_gifts_are_found_by_their_name_in_the_language_and_ticked(
    qtbot: QtBot, edit: Edit, language: Language
) -> None:
    language.choose("vi")
    editor = edit(rule(when={"key": "gift", "gifts": []}))
    field = editor.when.block.fields["gifts"]
    qtbot.mouseClick(field.button, LEFT)
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.keyClicks(field.popup.field, "hoa hong")
    found = [entry.title for entry in field.popup.model.shown if entry.key is not None]
    assert found[:2] == ["Hoa hồng", "Hoa hồng trắng"]
    qtbot.keyClick(field.popup.field, Qt.Key.Key_Return)
    assert editor.session.raw["when"]["gifts"] == []
    field.popup.hide()
    qtbot.waitUntil(lambda: editor.session.raw["when"]["gifts"] == [ROSE])


def test_gifts_of_one_tier_are_shown_and_ticks_stay(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    field = editor.when.block.fields["gifts"]
    qtbot.mouseClick(field.button, LEFT)
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.mouseClick(field.tiers.buttons["huge"], LEFT)
    prices = [e for e in field.popup.model.shown if e.key is not None and not e.ticked]
    known = {gift.id: gift.coins for gift in editor.around.gifts()}
    assert prices
    assert all(known[entry.key[0]] >= 500 for entry in prices)
    assert field.popup.model.ticked == {(5655, "Rose")}
    field.popup.hide()


def test_a_gift_nobody_knows_is_taken_by_its_name(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    field = editor.when.block.fields["gifts"]
    qtbot.mouseClick(field.button, LEFT)
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.keyClicks(field.popup.field, "Brand New Thing")
    qtbot.keyClick(field.popup.field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: {"id": 0, "name": "Brand New Thing"} in editor.session.raw["when"]["gifts"]
    )


def test_the_help_shows_what_a_formula_comes_to(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    line = editor.kit.rows["do", 0].block.fields["rounds"].line
    write(qtbot, line, "count * 2")
    line.clearFocus()
    line.setFocus()
    qtbot.waitUntil(lambda: "Rose × 10 → 20 rounds" in editor.help.words())


def test_a_name_is_put_into_a_formula_from_the_list(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    field = editor.kit.rows["do", 0].block.fields["rounds"]
    write(qtbot, field.line, "2 * ")
    qtbot.mouseClick(field.names, LEFT)
    qtbot.waitUntil(field._popup.isVisible)
    qtbot.keyClicks(field._popup.field, "price of one")
    qtbot.keyClick(field._popup.field, Qt.Key.Key_Return)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "coins" in editor.session.raw["do"][0]["rounds"])


def test_name_note_and_switch_are_changed(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    write(qtbot, editor.name, "Big spin")
    write(qtbot, editor.note, "for Friday")
    qtbot.mouseClick(editor.on, LEFT)
    stored = editor.desk.rule("spin")
    assert (stored.name, stored.note, stored.on) == ("Big spin", "for Friday", False)
    assert editor.desk.stack.count() == 3


def test_limits_that_are_set_stay_in_sight(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(limits={"max_per_stream": 6}))
    assert "max_per_stream" in editor.limits.block.fields
    assert "viewer_cooldown_s" not in editor.limits.block.fields
    qtbot.mouseClick(editor.limits.more, LEFT)
    assert "viewer_cooldown_s" in editor.limits.rest.fields
    assert {"mode", "priority", "time_to_live_s"} <= set(editor.limits.rule.fields)
    write(qtbot, editor.limits.rest.fields["viewer_cooldown_s"].line, "1 min")
    qtbot.waitUntil(lambda: editor.desk.rule("spin").limits.viewer_cooldown_s == 60)


def test_everything_is_worded_again_in_another_language(
    qtbot: QtBot, edit: Edit, language: Language
) -> None:
    editor = edit(rule(only_if=[WORTH]))
    language.choose("vi")
    settle()
    assert editor.sentence.words().startswith("Khi nhận")
    assert editor.when.tag.words() == "KHI"
    assert editor.when.kind.text() == "Một món quà"


def test_no_rule_is_shown_when_the_shown_one_is_gone(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(), rule(id="other"))
    editor.desk.remove(["spin"])
    qtbot.waitUntil(editor.nothing.isVisible)
    editor.desk.undo()
    editor.show_rule("spin")
    assert editor.area.isVisible()


def test_it_fits_the_small_window_without_being_cut(qtbot: QtBot, edit: Edit) -> None:
    nested = {"key": "any", "of": [FOLLOWER, {"key": "not", "of": WORTH}]}
    editor = edit(rule(only_if=[nested], do=[FLASH, PULSE]), size=(520, 560))
    settle()
    assert editor.inner.width() <= editor.area.viewport().width()
    for row in editor.kit.rows.values():
        assert row.more.mapTo(editor.inner, QPoint(row.more.width(), 0)).x() <= editor.width()


def misplaced(editor: RuleEditor) -> list[object]:
    """Return what of the blocks in sight has not its room: narrower than it needs, or below them."""
    found: list[object] = []
    for block in editor.findChildren(Block):
        room = block.holder.rect()
        items = [block.flow.itemAt(place).widget() for place in range(block.flow.count())]
        for one in items if block.isVisible() else ():
            narrow = one.width() < one.sizeHint().width()
            if one.isVisible() and (narrow or not room.contains(one.geometry())):
                found.append((block.place, one, one.geometry(), room))
    return found


def test_everything_has_its_room_at_once_when_another_rule_is_shown(edit: Edit) -> None:
    turn = {"key": "rotate", "device": "motor", "rounds": "count * 2", "rpm": "100"}
    one, other = rule(id="one"), rule(id="other", do=[PULSE, turn, FLASH], only_if=[WORTH])
    for width in (520, 640, 700):
        editor = edit(one, other, size=(width, 600))
        assert misplaced(editor) == []
        editor.show_rule("other")
        assert misplaced(editor) == []
        editor.session.insert(("do", 0), turn, "Rotate")
        assert misplaced(editor) == []


def test_a_warning_stands_at_its_step_and_is_cured_by_a_press(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[{"key": "rotate", "device": "motor", "rounds": "1", "rpm": "9000"}]))
    checking = Checking(editor.desk)
    checking.check()
    notes = editor.kit.rows["do", 0].notes
    qtbot.waitUntil(notes.isVisible)
    assert "9,000 RPM is more than the device's limit" in notes.notes[0].words.words()
    qtbot.mouseClick(notes.notes[0].cure, LEFT)
    qtbot.waitUntil(lambda: editor.desk.rule("spin").do[0].rpm.text == "100")
    checking.check()
    qtbot.waitUntil(lambda: not notes.isVisible())
    editor.desk.undo()
    assert editor.desk.rule("spin").do[0].rpm.text == "9000"
    checking._timer.stop()


def test_what_is_not_set_up_opens_its_settings_by_a_press(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule(do=[{"key": "obs_scene", "scene": "Break"}]))
    editor.desk.bridge.state.settings = {"obs_port": 0}
    checking = Checking(editor.desk)
    checking.check()
    notes = editor.kit.rows["do", 0].notes
    qtbot.waitUntil(notes.isVisible)
    asked: list[str] = []
    editor.session.settings_asked.connect(asked.append)
    assert notes.notes[0].cure.words() == "Open Settings"
    qtbot.mouseClick(notes.notes[0].cure, LEFT)
    assert asked == ["obs"]
    checking._timer.stop()


def test_undo_in_a_field_undoes_the_rule_unless_something_is_being_typed(
    qtbot: QtBot, edit: Edit
) -> None:
    editor = edit()
    undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), editor)
    undo.activated.connect(editor.desk.undo)
    line = editor.kit.rows["do", 0].block.fields["rpm"].line
    write(qtbot, line, "50")
    line.selectAll()
    qtbot.keyClicks(line, "70")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.desk.rule("spin").do[0].rpm.text == "50"
    line.forget()
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.desk.rule("spin").do[0].rpm.text == "100"
    qtbot.waitUntil(lambda: line.text() == "100")


def test_escape_takes_back_what_is_being_typed_and_nothing_else(qtbot: QtBot, edit: Edit) -> None:
    editor = edit()
    closed: list[bool] = []
    escape = QShortcut(QKeySequence("Esc"), editor)
    escape.activated.connect(lambda: closed.append(True))
    line = editor.kit.rows["do", 0].block.fields["rpm"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "7")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), closed) == ("100", [])
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert closed == [True]

"""The list of rules: what mouse, keys and menus do to rules and groups, and undo."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from app.core.rules import dump
from app.gateway.messages import Changed
from app.gui.dialogs import NameDialog
from tests.app.gui import sample, sample_rules
from tests.app.gui.rules.driving import ALT, CTRL, LEFT, SHIFT, USUAL, spoken

# ---------------------------------------------------------------- on and off


def test_the_switch_turns_a_rule_off_and_the_choice_stays(rules):
    at = rules()
    at.click_switch("r4")
    assert not at.desk.rule("r4").on
    assert at.same()
    assert at.view.chosen_rules() == ["r1"]


def test_space_turns_what_is_chosen(rules):
    at = rules()
    at.click("r2")
    at.click("r3", modifiers=CTRL)
    at.key(Qt.Key.Key_Space)
    assert [at.desk.rule(one).on for one in ("r2", "r3")] == [False, False]
    at.key(Qt.Key.Key_Space)
    assert [at.desk.rule(one).on for one in ("r2", "r3")] == [True, True]
    assert at.same()


def test_a_group_has_a_switch_and_its_rules_keep_theirs(rules):
    at = rules()
    at.click_switch("evening", "group")
    assert not at.desk.group("evening").on
    assert at.desk.rule("r4").on
    assert "Its group is off" in spoken(at, "r4")
    at.click("evening", "group")
    at.key(Qt.Key.Key_Space)
    assert at.desk.group("evening").on
    assert at.same()


# ---------------------------------------------------------------- editing the list


def test_a_new_rule_is_off_at_the_end_of_its_group_and_its_name_is_typed(rules, qtbot):
    at = rules()
    at.click("r2")
    at.key(Qt.Key.Key_N, CTRL)
    fresh = at.desk.rule(at.view.chosen_rules()[0])
    assert not fresh.on
    assert fresh.group == "evening"
    assert at.names().index("New rule") == 5
    assert at.page.editor.name.hasFocus()
    assert "Turn it on when it is ready" in at.told[-1]


def test_f2_renames_in_place(rules, qtbot):
    at = rules()
    at.click("r4")
    at.key(Qt.Key.Key_F2)
    field = at.view.findChild(QLineEdit, "rule_name")
    field.selectAll()
    qtbot.keyClicks(field, "Boom")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.desk.rule("r4").name == "Boom", timeout=5000)
    assert at.view.hasFocus()
    assert at.same()


def test_a_duplicate_stands_below_is_off_and_has_a_name_of_its_own(rules):
    at = rules()
    at.click("r1")
    at.key(Qt.Key.Key_D, CTRL)
    assert at.names()[:2] == ["Spin for roses", "Spin for roses 2"]
    copy = at.desk.rule(at.view.chosen_rules()[0])
    assert not copy.on
    assert at.same()


def test_delete_is_at_once_and_undo_is_offered(rules, qtbot):
    at = rules()
    before = dump(at.desk.document)
    at.click("r2")
    at.click("r4", modifiers=SHIFT)
    at.key(Qt.Key.Key_Delete)
    assert at.ids() == ["r1", "r5", "r6"]
    assert at.page.undo_toast.isVisible()
    assert at.page.undo_toast.words.words() == "3 rules deleted"
    # Not over the switches of the list.
    assert at.page.undo_toast.x() > at.page.left.geometry().right()
    qtbot.mouseClick(at.page.undo_toast.undo, LEFT)
    assert dump(at.desk.document) == before
    assert at.same()
    assert not at.page.undo_toast.isVisible()


def test_the_offer_goes_when_something_else_is_done(rules):
    at = rules()
    at.click("r2")
    at.key(Qt.Key.Key_Delete)
    at.click_switch("r1")
    assert not at.page.undo_toast.isVisible()


def test_copy_and_paste_as_text(rules):
    at = rules()
    at.click("r2")
    at.key(Qt.Key.Key_C, CTRL)
    assert '"name": "Party lights"' in QGuiApplication.clipboard().text()
    at.click("r5")
    at.key(Qt.Key.Key_V, CTRL)
    assert at.names()[6:9] == ["Thank new followers", "Party lights", "Coffee wave"]
    pasted = at.desk.rule(at.view.chosen_rules()[0])
    assert (pasted.group, pasted.on) == ("thanks", False)
    assert at.same()


def test_cut_and_paste_moves(rules):
    at = rules()
    at.click("r1")
    at.key(Qt.Key.Key_X, CTRL)
    assert "r1" not in at.ids()
    at.click("r6")
    at.key(Qt.Key.Key_V, CTRL)
    assert at.names()[-1] == "Spin for roses"


def test_pasting_something_else_is_told_in_words(rules):
    at = rules()
    QGuiApplication.clipboard().setText("hello")
    at.view.setFocus()
    at.key(Qt.Key.Key_V, CTRL)
    assert at.told[-1].startswith("There are no rules in what was copied")
    assert not at.edits()


def test_two_quick_clicks_on_a_switch_are_two(rules, qtbot):
    at = rules()
    spot = at.view.look.switch_rect(at.rect("evening", "group")).center()
    qtbot.mouseClick(at.view.viewport(), LEFT, pos=spot)
    # What Qt sends for the second of two quick clicks.
    qtbot.mouseDClick(at.view.viewport(), LEFT, pos=spot)
    qtbot.mouseRelease(at.view.viewport(), LEFT, pos=spot)
    assert at.desk.group("evening").on
    assert at.desk.group("evening").open


# ---------------------------------------------------------------- moving


def test_alt_arrows_move_a_rule_and_through_the_groups(rules):
    at = rules()
    at.click("r3")
    at.key(Qt.Key.Key_Up, ALT)
    assert at.ids() == ["r1", "r3", "r2", "r4", "r5", "r6"]
    at.key(Qt.Key.Key_Up, ALT)
    assert at.desk.rule("r3").group == ""
    assert at.names()[:3] == ["Spin for roses", "Bubbles for hearts", "EVENING SHOW"]
    at.key(Qt.Key.Key_Down, ALT)
    assert at.names() == [*USUAL[:2], "Bubbles for hearts", "Party lights", *USUAL[4:]]
    assert at.view.chosen_rules() == ["r3"]
    assert at.same()


def test_the_place_is_told_to_those_who_cannot_see_it(rules):
    at = rules()
    assert at.desk.told_place("r4") == "Confetti shot is number 4 of 6, in group Evening show"


def test_alt_arrows_move_a_group(rules):
    at = rules()
    at.click("thanks", "group")
    at.key(Qt.Key.Key_Up, ALT)
    assert at.ids() == ["r1", "r5", "r6", "r2", "r3", "r4"]
    assert at.same()


def test_a_rule_is_dragged_to_another_place(rules):
    at = rules()
    at.drag("r1", at.rect("r4").topLeft() + QPoint(120, 10))
    assert at.ids() == ["r2", "r3", "r1", "r4", "r5", "r6"]
    assert at.desk.rule("r1").group == "evening"
    assert at.same()
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.names() == USUAL


def test_several_chosen_rules_are_dragged_together(rules):
    at = rules()
    at.click("r2")
    at.click("r4", modifiers=CTRL)
    at.drag("r2", at.rect("r6").bottomLeft() + QPoint(120, -20))
    assert at.ids() == ["r1", "r3", "r5", "r6", "r2", "r4"]
    assert at.view.chosen_rules() == ["r2", "r4"]


def test_a_rule_is_dropped_on_a_heading(rules):
    at = rules()
    at.click("thanks", "group")
    at.drag("r1", at.rect("thanks", "group").center())
    assert at.desk.rule("r1").group == "thanks"
    assert at.ids()[-1] == "r1"


def test_a_group_is_dragged_with_its_rules(rules):
    at = rules()
    at.drag("thanks", at.rect("evening", "group").center(), kind="group")
    assert at.ids() == ["r1", "r5", "r6", "r2", "r3", "r4"]
    at.drag("thanks", at.rect("r4").bottomLeft(), kind="group")
    assert at.names() == USUAL
    assert at.same()


def test_a_group_dropped_where_it_was_stays_and_stays_open(rules):
    at = rules()
    at.drag("evening", at.rect("evening", "group").bottomLeft() + QPoint(90, 12), kind="group")
    assert at.names() == USUAL
    assert not at.edits()


def test_a_button_that_went_up_elsewhere_drops_nothing(rules):
    at = rules()
    at.drag_to("r1", at.rect("r4").topLeft() + QPoint(120, 10))
    at.mouse(QEvent.Type.MouseMove, QPoint(120, 60), Qt.MouseButton.NoButton)
    assert not at.view.drag.active
    assert not at.edits()


def test_a_line_shows_where_it_would_go_and_esc_leaves_all(rules):
    at = rules()
    at.drag_to("r1", at.rect("r3").topLeft() + QPoint(120, 5))
    target = at.view.drag.target
    assert (target.before, target.group) == ("r3", "evening")
    at.key(Qt.Key.Key_Escape)
    assert not at.view.drag.active
    at.drop(at.rect("r3").topLeft() + QPoint(120, 5))
    assert at.names() == USUAL
    assert not at.edits()


def test_a_short_push_is_a_click(rules):
    at = rules()
    spot = at.pick_up("r3")
    at.drop(spot + QPoint(0, 4))
    assert not at.edits()
    assert at.view.chosen_rules() == ["r3"]


def test_near_the_edge_the_list_scrolls_by_itself(rules, qtbot):
    at = rules(sample_rules.many(60))
    at.drag_to("n0", QPoint(120, at.view.viewport().height() - 4))
    bar = at.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 60, timeout=5000)
    at.mouse(QEvent.Type.MouseMove, QPoint(120, 200))
    at.view.drag.cancel()


# ---------------------------------------------------------------- several at once


def test_several_chosen_rules_have_a_bar_of_their_own(rules, qtbot):
    at = rules()
    at.click("r2")
    assert not at.page.chosen.isVisible()
    at.click("r3", modifiers=CTRL)
    assert at.page.chosen.isVisible()
    assert at.page.chosen.words.text() == "2 rules chosen"
    qtbot.mouseClick(at.page.chosen.buttons["off"], LEFT)
    assert not at.desk.rule("r2").on
    at.choose(at.page.acts.into_menu(at.page), "Thanks")
    assert at.desk.rule("r3").group == "thanks"
    qtbot.mouseClick(at.page.chosen.buttons["delete"], LEFT)
    assert at.ids() == ["r1", "r4", "r5", "r6"]


def test_a_new_group_takes_what_is_chosen(rules, qtbot):
    at = rules()
    at.click("r1")
    at.page.acts.actions["group"].trigger()
    dialog = at.window.findChild(NameDialog)
    dialog.field.setText("Roses")
    qtbot.mouseClick(dialog.yes, LEFT)
    assert at.desk.rule("r1").group == "roses"
    assert at.names()[-2:] == ["ROSES", "Spin for roses"]
    assert at.same()


def test_a_group_is_dissolved_or_deleted_with_its_rules(rules):
    at = rules()
    at.click("evening", "group")
    at.page.acts.actions["dissolve"].trigger()
    assert at.desk.rule("r2").group == ""
    at.click("thanks", "group")
    at.key(Qt.Key.Key_Delete)
    assert at.ids() == ["r1", "r2", "r3", "r4"]
    assert at.page.undo_toast.words.words() == "Group Thanks deleted with 2 rules"
    at.key(Qt.Key.Key_Z, CTRL)
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.same()
    assert at.ids() == ["r1", "r2", "r3", "r4", "r5", "r6"]


# ---------------------------------------------------------------- undo


def test_undo_chooses_what_changed_and_tells(rules):
    at = rules()
    at.click_switch("r6")
    at.click("r1")
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.told[-1] == "Undid: Coffee wave on"
    assert at.view.chosen_rules() == ["r6"]
    at.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert at.told[-1] == "Done again: Coffee wave on"
    at.key(Qt.Key.Key_Z, CTRL)
    at.key(Qt.Key.Key_Y, CTRL)
    assert at.desk.rule("r6").on
    assert at.same()


def test_undo_unfolds_the_group_of_what_changed(rules):
    at = rules()
    at.click_switch("r4")
    at.click("evening", "group")
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.view.chosen_rules() == ["r4"]


def test_nothing_to_undo_is_told(rules):
    at = rules()
    at.view.setFocus()
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.told == ["Nothing to undo"]


def test_the_buttons_beside_the_name_undo_and_redo(rules, qtbot):
    at = rules()
    assert not at.page.undo.isEnabled()
    at.click_switch("r1")
    assert at.page.undo.accessibleDescription() == "Spin for roses off"
    qtbot.mouseClick(at.page.undo, LEFT)
    assert at.desk.rule("r1").on
    qtbot.mouseClick(at.page.redo, LEFT)
    assert not at.desk.rule("r1").on


# ---------------------------------------------------------------- devices


def test_a_row_is_painted_again_when_its_device_comes_back(rules, bridge):
    at = rules()
    painted = []
    at.model.dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    pump = sample.pump().model_copy(update={"link": sample.ONLINE})
    bridge.take_changed(Changed(devices=(pump,)))
    bridge.flush()
    assert "Waiting" not in spoken(at, "r3")
    assert painted
    painted.clear()
    bridge.take_changed(Changed(devices=(pump,)))
    bridge.flush()
    assert not painted

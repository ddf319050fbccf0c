"""The Rules page: what it shows and offers, how it is searched, the window around it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog

from app.core.links import LinkReason, LinkStage, LinkState
from app.gateway.messages import Changed
from app.gateway.views import ProfilesView
from app.gui.dialogs import NameDialog
from app.gui.theme import theme
from tests.app.gui import sample, sample_rules
from tests.app.gui.rules.driving import CTRL, LEFT, USUAL, spoken

# ---------------------------------------------------------------- what shows


def test_rules_show_in_their_order_under_their_groups(rules):
    at = rules()
    assert at.names() == USUAL
    assert at.ids() == ["r1", "r2", "r3", "r4", "r5", "r6"]


def test_a_row_speaks_its_name_state_sentence_and_counts(rules):
    at = rules()
    said = spoken(at, "r1").replace("\u2068", "").replace("\u2069", "")
    assert said.startswith("Spin for roses, on. When Rose arrives, rotate Motor 1")
    assert "Ran 48 times of 52 fitting events" in said
    assert "Coffee wave, off." in spoken(at, "r6")
    assert "3 rules · 3 on, unfolded" in spoken(at, "evening", "group")


def test_a_rule_that_waits_for_a_device_says_so(rules):
    at = rules()
    assert "Waiting: Bubble pump is offline" in spoken(at, "r3")


def test_the_row_is_a_check_box_to_screen_readers(rules):
    at = rules()
    checked = at.model.place("rule", "r1").data(Qt.ItemDataRole.CheckStateRole)
    assert checked == Qt.CheckState.Checked
    assert at.model.flags(at.model.place("rule", "r1")) & Qt.ItemFlag.ItemIsUserCheckable


def test_the_first_rule_is_chosen_and_edited(rules):
    at = rules()
    assert at.view.chosen_rules() == ["r1"]
    assert at.page.editor.session.rule.id == "r1"


def test_a_click_shows_another_rule_in_the_editor(rules):
    at = rules()
    at.click("r4")
    assert at.page.editor.session.rule.id == "r4"


def test_counts_that_change_are_painted_without_a_reset(rules, bridge):
    at = rules()
    resets = []
    at.model.modelReset.connect(lambda: resets.append(1))
    first = sample_rules.views(at.core.document)[0].model_copy(update={"ran": 49, "considered": 49})
    bridge.take_changed(Changed(rules=(first,)))
    bridge.flush()
    assert "Ran 49 times" in spoken(at, "r1")
    assert not resets


def test_a_warning_takes_the_place_of_the_counts(rules, qtbot):
    made = sample_rules.content(rules=[sample_rules.rule("r1", "Nothing", do=[])], groups=[])
    at = rules(made)
    qtbot.waitUntil(lambda: at.desk.warnings("r1") != (), timeout=5000)
    assert "This rule does nothing yet. Add a step." in spoken(at, "r1")


def test_what_could_not_be_read_is_a_group_of_its_own_with_reason_and_file(rules, qtbot):
    at = rules(sample_rules.content(aside=True))
    assert at.names()[-2:] == ["SET ASIDE", "Galaxy party"]
    at.click("0", "aside")
    assert at.page.right.currentWidget() is at.page.aside
    assert "levitate" in at.page.aside.why.words()
    assert '"levitate"' in at.page.aside.raw.toPlainText()
    assert at.page.aside.file.isVisible()
    qtbot.mouseClick(at.page.aside.delete, LEFT)
    assert "SET ASIDE" not in at.names()
    assert at.same()
    qtbot.mouseClick(at.page.undo_toast.undo, LEFT)
    assert at.names()[-1] == "Galaxy party"


def test_folding_a_group_hides_its_rules_and_is_no_step_of_undo(rules):
    at = rules()
    at.click("evening", "group")
    assert at.names() == [*USUAL[:2], *USUAL[5:]]
    assert not at.desk.stack.canUndo()
    at.key(Qt.Key.Key_Right)
    assert at.names() == USUAL
    at.key(Qt.Key.Key_Return)
    assert at.names() == [*USUAL[:2], *USUAL[5:]]


# ---------------------------------------------------------------- empty


def test_without_rules_three_are_offered_and_start_off(rules, qtbot):
    at = rules({"version": 2, "groups": [], "rules": []})
    empty = at.page.empty
    assert at.page.all.currentWidget() is empty
    assert len(empty.buttons) == 3
    qtbot.mouseClick(empty.buttons["roses"], LEFT)
    assert at.names() == ["Spin for roses"]
    assert not at.desk.document.rules.rules[0].on
    assert at.same()
    assert "Turn it on when it is ready" in at.told[-1]
    assert at.page.all.currentWidget() is not empty


def test_taking_back_the_first_rule_shows_the_offers_again(rules, qtbot):
    at = rules({"version": 2, "groups": [], "rules": []})
    qtbot.mouseClick(at.page.empty.buttons["big"], LEFT)
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.page.all.currentWidget() is at.page.empty


# ---------------------------------------------------------------- searching


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("confetti", ["Confetti shot"]),
        ("bubble pump", ["Bubbles for hearts"]),
        ("follower", ["Confetti shot", "Thank new followers"]),
        ("coffee motor", ["Coffee wave"]),
        ("ROSE", ["Spin for roses"]),
    ],
)
def test_a_search_finds_names_gifts_devices_and_the_sentence(rules, typed, found):
    at = rules()
    at.search(typed)
    assert [name for name in at.names() if name != name.upper()] == found


def test_a_search_in_vietnamese_needs_no_marks(rules, language):
    at = rules()
    language.choose("vi")
    at.search("hoa hong")
    assert at.names() == ["Spin for roses"]


def test_a_search_waits_until_the_typing_pauses(rules, qtbot):
    at = rules()
    resets = []
    at.model.modelReset.connect(lambda: resets.append(1))
    at.search("coffee")
    assert len(resets) == 1


def test_ctrl_f_and_slash_begin_a_search_and_esc_leaves_it(rules):
    at = rules()
    at.view.setFocus()
    at.key(Qt.Key.Key_F, CTRL)
    assert at.page.search.hasFocus()
    at.search("coffee")
    at.key(Qt.Key.Key_Escape, widget=at.page.search)
    assert at.names() == USUAL
    at.key(Qt.Key.Key_Escape, widget=at.page.search)
    assert at.view.hasFocus()
    at.key(Qt.Key.Key_Slash)
    assert at.page.search.hasFocus()


def test_no_rule_that_fits_says_so_and_offers_all(rules, qtbot):
    at = rules()
    at.search("zebra")
    assert at.page.none_fits.isVisible()
    qtbot.mouseClick(at.page.show_all, LEFT)
    assert at.names() == USUAL


def test_a_search_looks_into_folded_groups(rules):
    at = rules()
    at.click("evening", "group")
    at.search("confetti")
    assert at.names() == ["EVENING SHOW", "Confetti shot"]
    assert at.page.found.words.text() == "1 of 6 rules"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("Off",), ["Coffee wave"]),
        (("When", "A new follower"), ["Thank new followers"]),
        (("Device", "Bubble pump"), ["Bubbles for hearts"]),
    ],
)
def test_filters_leave_what_fits(rules, path, found):
    at = rules()
    menu = at.page.filter.menu_now()
    titles = [action.text() for action in menu.actions()]
    assert "With a warning" in titles
    at.choose(menu, *path)
    assert [name for name in at.names() if name != name.upper()] == found
    assert at.page.filter.isChecked()


def test_only_rules_with_a_warning(rules, qtbot):
    made = sample_rules.content()
    made["rules"].append(sample_rules.rule("r7", "Half done", do=[], group="thanks"))
    at = rules(made)
    qtbot.waitUntil(lambda: at.desk.warnings("r7") != (), timeout=5000)
    at.choose(at.page.filter.menu_now(), "With a warning")
    assert "Half done" in at.names()
    assert "Spin for roses" not in at.names()
    at.choose(at.page.filter.menu_now(), "Clear filters")
    assert at.names()[:3] == USUAL[:3]


# ---------------------------------------------------------------- the window around it


def test_f6_goes_through_list_and_editor(rules, qtbot):
    at = rules()
    at.window.rail.list.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(at.window, Qt.Key.Key_F6)
        focus = at.window.focusWidget()
        parts = {"rail": at.window.rail, "header": at.window.header}
        parts |= {"list": at.page.left, "editor": at.page.right}
        seen.append(next(name for name, part in parts.items() if part.isAncestorOf(focus)))
    assert seen == ["header", "list", "editor", "rail"]


def test_another_page_can_point_at_a_rule(rules):
    at = rules()
    at.window.go("rules", "r5")
    assert at.view.chosen_rules() == ["r5"]
    assert at.page.editor.session.rule.id == "r5"


def test_another_page_can_ask_for_a_rule_for_a_gift(rules):
    at = rules()
    at.window.go("rules", "gift:5655:Rose")
    made = at.page.editor.session.rule
    assert (made.name, made.on, made.when.gift_ids()) == ("Rule for Rose", False, {5655})


def test_a_screen_reader_finds_a_list_of_items_that_can_be_checked(rules):
    at = rules()
    listed = QAccessible.queryAccessibleInterface(at.view)
    assert listed.role() == QAccessible.Role.List
    first = listed.child(0)
    assert first.role() == QAccessible.Role.ListItem
    assert first.text(QAccessible.Text.Name).startswith("Spin for roses, on.")


@pytest.mark.parametrize("percent", [100, 130])
def test_larger_text_makes_higher_rows(rules, percent):
    theme.choose(text_percent=percent)
    at = rules()
    row, heading = at.view.look.heights()
    assert at.rect("r1").height() == row
    assert at.rect("evening", "group").height() == heading
    assert row >= 20 * 4 * percent / 100


def test_the_list_of_commands_finds_rules_and_what_can_be_done(rules):
    at = rules()
    titles = {command.title: command for command in at.window.commands()}
    assert "New rule" in titles
    at.window.run_command(titles["Open rule Confetti shot"])
    assert at.view.chosen_rules() == ["r4"]
    at.window.run_command(titles["Turn off Confetti shot"])
    assert not at.desk.rule("r4").on
    titles = {command.title: command for command in at.window.commands()}
    at.window.run_command(titles["Undo: Confetti shot off"])
    assert at.desk.rule("r4").on


@pytest.mark.parametrize("percent", [100, 115, 130])
@pytest.mark.parametrize("size", [(960, 600), (1000, 640), (1280, 800)])
def test_list_and_editor_share_the_width(rules, percent, size):
    theme.choose(text_percent=percent)
    at = rules(size=size)
    switch = at.page.editor.on
    corner = switch.mapTo(at.page, switch.rect().topRight())
    assert corner.x() < at.page.width()
    assert switch.mapTo(at.page.editor, switch.rect().topRight()).x() < at.page.editor.width()
    assert at.page.new.mapTo(at.page.left, at.page.new.rect().topRight()).x() < at.page.left.width()


@pytest.mark.parametrize("language_code", ["en", "vi"])
def test_at_the_smallest_size_nothing_is_cut_off(rules, language, language_code):
    language.choose(language_code)
    at = rules(size=(1000, 640))
    for widget in (at.page.new, at.page.filter, at.page.more, at.page.search, at.page.profile):
        assert widget.isVisible()
        assert widget.width() >= widget.minimumSizeHint().width()
        corner = widget.mapTo(at.page.left, widget.rect().bottomRight())
        assert at.page.left.rect().contains(corner)
    assert at.view.viewport().height() > 3 * at.view.look.heights()[0]


def test_a_language_changes_rows_and_menus_at_once(rules, language):
    at = rules()
    language.choose("vi")
    at.qtbot.waitUntil(lambda: "Khi nhận" in spoken(at, "r1"), timeout=5000)
    assert at.page.acts.actions["delete"].text() == "Xóa"


# ---------------------------------------------------------------- profiles


def test_the_profile_that_runs_shows_and_another_is_switched_to(rules):
    at = rules()
    assert at.page.profile.accessibleName() == "Profile: Evening"
    at.choose(at.page.profile.menu_now(), "Morning")
    assert at.core.asked[-1].type == "set_profile"
    assert at.core.asked[-1].name == "Morning"


def test_another_profile_brings_its_rules_and_forgets_the_steps(rules, bridge):
    at = rules()
    at.click_switch("r1")
    at.core.document = sample_rules.document(
        {"version": 2, "rules": [sample_rules.rule("m1", "Wake")]}
    )
    at.core.revision, at.core.profile = 7, "Morning"
    profiles = ProfilesView(current="Morning", names=("Evening", "Morning"))
    bridge.take_changed(Changed(rules_revision=7, profiles=profiles))
    bridge.flush()
    assert at.names() == ["Wake"]
    assert not at.desk.stack.canUndo()
    assert at.page.profile.accessibleName() == "Profile: Morning"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("New profile…", "add_profile"),
        ("Duplicate this profile…", "add_profile"),
        ("Rename this profile…", "rename_profile"),
    ],
)
def test_profiles_are_made_and_renamed(rules, qtbot, words, kind):
    at = rules()
    at.choose(at.page.profile.menu_now(), words)
    dialog = at.window.findChild(NameDialog)
    dialog.field.setText("Late")
    qtbot.mouseClick(dialog.yes, LEFT)
    assert kind in at.core.kinds()
    if kind == "add_profile":
        assert at.core.asked[-1].type == "set_profile"
        assert at.core.asked[-1].name == "Late"


def test_deleting_a_profile_asks_first(rules, qtbot):
    at = rules()
    at.choose(at.page.profile.menu_now(), "Delete a profile", "Sunday games")
    question = next(one for one in at.window.findChildren(QDialog) if one.isVisible())
    qtbot.mouseClick(question.yes, LEFT)
    assert at.core.asked[-1].type == "drop_profile"
    assert at.core.asked[-1].name == "Sunday games"


def test_a_core_that_is_away_is_said_while_changes_wait(rules, bridge):
    at = rules()
    bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))
    at.click_switch("r1")
    assert at.told[-1] == "The engine is away. Your changes are kept and sent when it is back."
    assert at.page.context() == "1 change waits for the engine"
    assert not at.edits()
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample.snapshot(rules_revision=1))
    assert at.same()
    assert not at.desk.rule("r1").on


def test_the_usual_profile_has_a_name_in_words_and_stays(rules, bridge):
    at = rules()
    profiles = ProfilesView(current="Main", names=("Main", "Late"))
    bridge.take_changed(Changed(profiles=profiles))
    bridge.flush()
    assert at.page.profile.accessibleName() == "Profile: Usual rules"
    menu = at.page.profile.menu_now()
    can = {action.text(): action.isEnabled() for action in menu.actions()}
    assert can["Usual rules"]
    assert not can["Rename this profile…"]
    at.choose(menu, "Late")
    assert at.core.asked[-1].name == "Late"
    titles = {command.title: command for command in at.window.commands()}
    assert "Switch to profile Late" in titles
    at.window.run_command(titles["Switch to profile Late"])
    assert at.core.kinds().count("set_profile") == 2

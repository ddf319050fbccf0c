"""The list that kinds of parts and gifts are chosen from: what comes first, what a search leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from app.core.rules import Rule
from app.gui.rule_editor import kinds
from app.gui.rule_editor.entries import Entry, closeness
from tests.app.gui.rule_editor.desk_for_tests import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.rule_editor.search_popup import SearchPopup

    Edit = Callable[..., RuleEditor]

LEFT = Qt.MouseButton.LeftButton
WAIT = {"key": "wait", "seconds": "1"}


def opened(qtbot: QtBot, editor: RuleEditor) -> SearchPopup:
    add = editor.do.list.add
    qtbot.mouseClick(add, LEFT)
    popup = editor.do.list._popup
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    return popup


def test_every_part_says_in_one_line_what_it_is_for(language: Any) -> None:
    for code in ("en", "vi"):
        language.choose(code)
        for family in kinds.FAMILIES:
            lines = [entry for entry in kinds.entries(family) if entry.key is not None]
            assert lines
            assert all(entry.about for entry in lines)


def test_what_most_people_look_for_stands_first_and_again_in_its_group() -> None:
    lines = kinds.entries("Action")
    assert lines[0].title == "MOST USED"
    often = [entry.key for entry in lines if entry.again and entry.key]
    assert "rotate" in often
    rest = [entry.key for entry in lines if not entry.again]
    assert set(often) < set(rest)
    # Nothing but that comes twice.
    assert len(rest) - rest.count(None) == len({*rest} - {None})


def test_what_the_own_rules_are_made_of_comes_before_what_others_use() -> None:
    own = [Rule.model_validate(rule(do=[WAIT, {"key": "sequence", "do": [WAIT]}]))]
    used = kinds.used_in("Action", own)
    assert used == ["wait", "sequence"]
    often = [entry.key for entry in kinds.entries("Action", used) if entry.again and entry.key]
    assert often[:2] == ["wait", "sequence"]
    assert len(often) == len(set(often))


def test_a_title_that_begins_with_what_is_written_fits_best() -> None:
    titles = ("Wait", "Wait for it", "A short wait", "Await", "Rest")
    close = [closeness(Entry("key", title), "wait") for title in titles]
    assert close == [0, 1, 2, 3, 4]


def test_a_name_in_another_language_that_is_typed_whole_is_meant() -> None:
    rose = Entry("rose", "Hoa hồng", names=("Rose",))
    other = Entry("other", "The Passion Rose", names=("The Passion Rose",))
    assert closeness(rose, "rose") < closeness(other, "rose")


def test_a_search_shows_each_part_once_and_enter_takes_the_best(qtbot: QtBot, edit: Edit) -> None:
    editor = edit(rule())
    popup = opened(qtbot, editor)
    qtbot.keyClicks(popup.field, "rotate")
    shown = [entry.key for entry in popup.model.shown if entry.key]
    assert shown.count("rotate") == 1
    assert not any(entry.again for entry in popup.model.shown)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert editor.session.raw["do"][-1]["key"] == "rotate"


def test_a_part_is_found_by_what_it_is_for(qtbot: QtBot, edit: Edit) -> None:
    popup = opened(qtbot, edit(rule()))
    qtbot.keyClicks(popup.field, "one for each coin")
    assert [entry.key for entry in popup.model.shown if entry.key] == ["rotate"]


def test_the_list_is_as_high_as_what_is_found_and_its_field_stays(qtbot: QtBot, edit: Edit) -> None:
    popup = opened(qtbot, edit(rule()))
    whole, place = popup.height(), popup.pos()
    qtbot.keyClicks(popup.field, "rotate")
    few = popup.height()
    assert few < whole
    assert popup.pos() == place
    qtbot.keyClicks(popup.field, " nothing like it")
    assert popup.height() < few
    assert popup.nothing.isVisible()
    popup.field.clear()
    assert popup.height() == whole
    assert not popup.nothing.isVisible()


def test_a_step_has_the_picture_of_what_it_drives() -> None:
    icons = {entry.key: entry.icon for entry in kinds.entries("Action")}
    assert (icons["rotate"], icons["flash"], icons["switch_on"]) == ("motor", "light", "relay")
    assert icons["wait"] == "motion"

"""Each condition tells whether it holds for the example: asked of the engine, answered in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.core.links import LinkStage, LinkState
from app.gateway.messages import DryRun
from app.gui.bridge import Bridge
from app.gui.rule_editor.editor import RuleEditor
from tests.app.gui import sample
from tests.app.gui.conftest import close
from tests.app.gui.rule_editor.answering import Answering, at_once
from tests.app.gui.rule_editor.desk_for_tests import desk_with, rule
from tests.app.gui.rule_editor.hands import LEFT, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    Ask = Callable[..., tuple[RuleEditor, Answering]]

FOLLOWER = {"key": "sender_is_follower"}
MODERATOR = {"key": "sender_is_moderator"}
WORTH = {"key": "coins_at_least", "coins": 500}


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Ask]:
    """Return a maker of editors whose questions the real engine answers."""
    editors: list[RuleEditor] = []

    def make(raw: dict[str, Any]) -> tuple[RuleEditor, Answering]:
        core = Answering()
        bridge = Bridge(at_once)
        bridge.open(core)
        editor = RuleEditor(desk_with(bridge, raw))
        editors.append(editor)
        editor.resize(700, 900)
        editor.show()
        editor.show_rule("spin")
        return editor, core

    yield make
    for editor in editors:
        close(editor)


def state(editor: RuleEditor, *place: str | int) -> str:
    return editor.kit.rows[place].pill.state


def test_every_condition_tells_for_itself_behind_a_failing_one_and_in_groups(
    qtbot: QtBot, ask: Ask
) -> None:
    group = {"key": "any", "of": [WORTH, {"key": "not", "of": MODERATOR}]}
    editor, core = ask(rule(only_if=[MODERATOR, FOLLOWER, group]))
    qtbot.waitUntil(lambda: state(editor, "only_if", 1) == "pass")
    assert state(editor, "only_if", 0) == "fail"
    assert state(editor, "only_if", 2) == "pass"
    assert state(editor, "only_if", 2, "of", 0) == "fail"
    assert state(editor, "only_if", 2, "of", 1) == "pass"
    assert state(editor, "only_if", 2, "of", 1, "of") == "fail"
    assert "not a moderator" in editor.kit.rows["only_if", 0].pill.toolTip()
    assert all(isinstance(one, DryRun) for one in core.asked if hasattr(one, "event"))


def test_a_changed_value_is_asked_about_again(qtbot: QtBot, ask: Ask) -> None:
    editor, _ = ask(rule(only_if=[WORTH]))
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "fail")
    write(qtbot, editor.kit.rows["only_if", 0].block.fields["coins"].line, "10")
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "pass")


def test_another_example_gives_other_answers(qtbot: QtBot, ask: Ask) -> None:
    editor, _ = ask(rule(only_if=[MODERATOR]))
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "fail")
    qtbot.mouseClick(editor.only_if.example, LEFT)
    popup = editor.only_if._popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClicks(popup.field, "moderator")
    qtbot.keyClick(popup.field, "\r")
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "pass")
    assert "from a moderator" in editor.only_if.example.words()


def test_the_last_event_can_be_the_example(qtbot: QtBot, ask: Ask) -> None:
    editor, core = ask(rule(only_if=[WORTH]))
    row = next(one for one in sample.snapshot().feed if one.kind == "gift")
    editor.desk.bridge.feed_taken.emit(
        [row.model_copy(update={"gift": "Rose", "gift_id": 5655, "coins": 1, "count": 700})]
    )
    editor.only_if.pills.choose("last")
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "pass")
    assert core.asked[-1].event.count == 700


def test_a_condition_that_is_off_is_not_asked_about(qtbot: QtBot, ask: Ask) -> None:
    editor, core = ask(rule(only_if=[{**WORTH, "on": False}, FOLLOWER]))
    qtbot.waitUntil(lambda: state(editor, "only_if", 1) == "pass")
    assert state(editor, "only_if", 0) == ""
    keys = {one.rule["only_if"][0]["key"] for one in core.asked if isinstance(one, DryRun)}
    assert keys == {"sender_is_follower"}


def test_nothing_is_told_while_the_core_is_away(qtbot: QtBot, ask: Ask) -> None:
    editor, _ = ask(rule(only_if=[FOLLOWER]))
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "pass")
    editor.desk.bridge.take_link(LinkState(LinkStage.WAITING, 0.0))
    qtbot.waitUntil(lambda: state(editor, "only_if", 0) == "")

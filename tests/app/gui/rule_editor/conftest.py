"""The editor in sight, with the rules a test wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.gui.rule_editor.editor import RuleEditor
from tests.app.gui.conftest import close
from tests.app.gui.rule_editor.desk_for_tests import desk_with, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from app.gui.bridge import Bridge


@pytest.fixture
def edit(qtbot: QtBot, bridge: Bridge) -> Iterator[Callable[..., RuleEditor]]:
    """Return a maker of editors that show the first of the given rules."""
    editors: list[RuleEditor] = []

    def make(*rules: dict[str, Any], size: tuple[int, int] = (700, 900)) -> RuleEditor:
        rules = rules or (rule(),)
        editor = RuleEditor(desk_with(bridge, *rules))
        editors.append(editor)
        editor.resize(*size)
        with qtbot.waitActive(editor):
            editor.show()
            editor.activateWindow()
        editor.show_rule(rules[0]["id"])
        return editor

    yield make
    for editor in editors:
        close(editor)

"""Every trigger, condition and action there is has a form that works, each field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from app.core.parts import Action, Condition, Trigger, parts
from app.core.rules import Rule
from app.gui.rule_editor import kinds
from app.gui.rule_editor.draft import raw_of, value_at
from app.gui.rule_editor.making import FIELDS
from app.gui.rule_editor.specs import Spot, Words, holds, layout, specs_of
from tests.app.gui.rule_editor.desk_for_tests import rule
from tests.app.gui.rule_editor.hands import change

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.editor import RuleEditor

    Edit = Callable[..., RuleEditor]

ALL = [
    (family, key)
    for family, base in (("Trigger", Trigger), ("Condition", Condition), ("Action", Action))
    for key in sorted(parts(base).found)
]


def place_of(family: str) -> tuple[str | int, ...]:
    return {"Trigger": ("when",), "Condition": ("only_if", 0), "Action": ("do", 0)}[family]


def rule_with(family: str, raw: dict[str, Any]) -> dict[str, Any]:
    if family == "Trigger":
        return rule(when=raw)
    return rule(only_if=[raw]) if family == "Condition" else rule(do=[raw])


@pytest.mark.parametrize(("family", "key"), ALL)
def test_a_part_can_be_read_as_a_form_with_each_field_once(family: str, key: str) -> None:
    kind = kinds.kind_of(family, {"key": key})
    assert kind is not None
    raw = kinds.new_raw(kind)
    for language in ("en", "vi"):
        arranged = layout(kinds.instance(kind, raw), raw, language)
        names = [item.spec.name for item in arranged if isinstance(item, Spot)]
        assert len(names) == len(set(names))
        wanted = {s.name for s in specs_of(kind) if not holds(s) and s.kind != "capability"}
        assert set(names) <= wanted
        assert arranged or kinds.held(kind), "nothing to be seen"
        assert not any("{" in item.text for item in arranged if isinstance(item, Words))


@pytest.mark.parametrize(("family", "key"), ALL)
def test_each_field_of_a_part_can_be_changed_and_undone(
    family: str, key: str, qtbot: QtBot, edit: Edit
) -> None:
    kind = kinds.kind_of(family, {"key": key})
    assert kind is not None
    place = place_of(family)
    editor = edit(rule_with(family, kinds.new_raw(kind)), rule(id="other", name="Other rule"))
    before = editor.desk.document
    block = editor.when.block if family == "Trigger" else editor.kit.rows[place].block
    for name in list(block.fields):
        if name not in block.fields:
            continue
        old = value_at(editor.session.raw, (*place, name))
        change(qtbot, block.fields[name])
        qtbot.waitUntil(lambda n=name, o=old: value_at(editor.session.raw, (*place, n)) != o)
        assert not editor.session.drafts, (name, editor.session.problems)
        assert block.fields[name].spec.kind in FIELDS or block.fields[name].spec.kind == "text"
    stored = editor.desk.rule("spin")
    assert isinstance(stored, Rule)
    assert Rule.model_validate(raw_of(stored)) == stored
    while editor.desk.stack.canUndo():
        editor.desk.undo()
    assert editor.desk.document == before


@pytest.mark.parametrize(("family", "key"), ALL)
def test_each_control_of_a_part_has_a_name(family: str, key: str, qtbot: QtBot, edit: Edit) -> None:
    kind = kinds.kind_of(family, {"key": key})
    assert kind is not None
    editor = edit(rule_with(family, kinds.new_raw(kind)), rule(id="other", name="Other rule"))
    QApplication.processEvents()
    for widget in editor.findChildren(QWidget):
        if isinstance(widget, QLineEdit | QComboBox | QPushButton) and widget.isVisible():
            inside = isinstance(widget.parentWidget(), QComboBox)
            spoken = widget.accessibleName() or getattr(widget, "text", str)()
            assert spoken or inside or widget.objectName().startswith("qt_"), widget

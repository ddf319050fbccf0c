"""Goes to what must be changed: the field in the editor, with the keyboard in it.

Rule: it only goes there; what is changed then is the user's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.gateway.messages import SetRulesRunning
from app.gui.rule_editor import test_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.gui.rule_editor.block import Block
    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.rule_editor.test_fixes import Fix


def carry_out(editor: RuleEditor, fix: Fix) -> None:
    """Do what a fix says, or put the keyboard where it can be done."""
    rule = editor.session.rule
    if rule is None:
        return
    if fix.deed == test_fixes.TURN_ON:
        editor.desk.turn(rule.id, on=True)
    elif fix.deed == test_fixes.GROUP_ON:
        editor.desk.groups.turn(rule.group, on=True)
    elif fix.deed == test_fixes.CONTINUE:
        editor.desk.bridge.ask(SetRulesRunning(on=True))
    else:
        _go(editor, fix)


def _go(editor: RuleEditor, fix: Fix) -> None:
    field = next((b.fields[fix.field] for b in _blocks(editor, fix) if fix.field in b.fields), None)
    if field is None:
        editor.focus_place(fix.place)
        return
    field.setFocus()
    editor.area.ensureWidgetVisible(field, 0, 60)


def _blocks(editor: RuleEditor, fix: Fix) -> Iterator[Block]:
    """Return the blocks of fields at a place."""
    row = editor.kit.rows.get(fix.place)
    if row is not None:
        yield row.block
    if fix.place[:1] == ("limits",) or not fix.place:
        yield from (editor.limits.block, editor.limits.rest, editor.limits.rule)
    if not fix.place:
        yield editor.when.combo
    if fix.place == ("when",):
        yield editor.when.block

"""What a hand does to each kind of field: type, click, tab. Returns nothing; the rule must change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.gui.rule_editor.gift_field import GiftsField
from app.gui.rule_editor.pick_fields import NameField, PickField
from app.gui.rule_editor.plain_fields import (
    ChoiceField,
    DurationField,
    NumberField,
    SwitchField,
    TextField,
)
from app.gui.rule_editor.special_fields import (
    ColourField,
    KeysField,
    TimeField,
    WeekdaysField,
    WordsField,
)
from app.gui.rule_editor.written_fields import BodyField, FormulaField, TemplateField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.gui.rule_editor.field import Field

LEFT = Qt.MouseButton.LeftButton


def write(qtbot: QtBot, line: Any, text: str) -> None:
    """Replace what a line holds, as people do, and leave it with Enter."""
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def another_number(field: NumberField) -> str:
    spec = field.spec
    now = field.read(field.line.text())
    for value in (7, 30, 2, 1, 0.5, spec.low, spec.high, 0):
        fits = value is not None and (spec.low is None or value >= spec.low)
        fits = fits and (spec.high is None or value <= spec.high)
        fits = fits and not (spec.low_open and value == spec.low)
        fits = fits and not (spec.whole and value != int(value))
        if fits and value != now:
            return f"{value:g}"
    raise AssertionError(spec)


def pick(qtbot: QtBot, field: PickField) -> None:
    qtbot.mouseClick(field.button, LEFT)
    popup = field.popup
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    if isinstance(field, NameField):
        qtbot.keyClicks(popup.field, "Fresh name")
        qtbot.keyClick(popup.field, Qt.Key.Key_Return)
        return
    now = field.raw.get(field.spec.name)
    for row, entry in enumerate(popup.model.shown):
        key = entry.key
        same = key == now or (isinstance(key, tuple) and key[0] == now) or entry.ticked
        if key is not None and not same:
            popup.view.setCurrentIndex(popup.model.index(row))
            break
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    if isinstance(field, GiftsField):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)
        popup.hide()


def change(qtbot: QtBot, field: Field) -> None:
    """Do to a field what changes its value."""
    match field:
        case SwitchField():
            qtbot.mouseClick(field.switch, LEFT)
        case ChoiceField():
            other = next(i for i in range(field.combo.count()) if i != field.combo.currentIndex())
            field.combo.setFocus()
            field.combo.setCurrentIndex(other)
            field.combo.activated.emit(other)
        case DurationField():
            write(qtbot, field.line, another_number(field))
        case NumberField():
            write(qtbot, field.line, another_number(field))
        case FormulaField():
            write(qtbot, field.line, "count + 2")
        case TemplateField():
            write(qtbot, field.line, "Thank you {user}")
        case BodyField():
            field.edit.setFocus()
            field.edit.clear()
            qtbot.keyClicks(field.edit, "two words")
            field.edit.clearFocus()
        case ColourField():
            qtbot.mouseClick(field.swatch, LEFT)
            assert field.popup is not None
            other = next(s for s in field.popup.swatches if s.colour != field.swatch.colour)
            qtbot.mouseClick(other, LEFT)
        case TimeField():
            write(qtbot, field.line, "19h45" if field.line.text() != "19:45" else "8")
        case WeekdaysField():
            qtbot.mouseClick(field.days[2], LEFT)
        case KeysField():
            field.edit.setFocus()
            ctrl_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            qtbot.keyClick(field.edit, Qt.Key.Key_F9, ctrl_alt)
            field.edit.editingFinished.emit()
        case WordsField():
            write(qtbot, field.line, "fresh")
        case PickField():
            pick(qtbot, field)
        case TextField():
            write(qtbot, field.line, SAMPLES.get(field.spec.kind, "word"))
        case _:
            raise AssertionError(type(field))
    QApplication.processEvents()


# Texts that a kind of text must look like.
SAMPLES = {"url": "https://example.org/x", "topic": "home/lamp", "pattern": "hel+o"}

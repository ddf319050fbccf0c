"""What a hand does to each kind of field: type, click, tab. Returns nothing; the rule must change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.gui.rule_editor.gift_field import GiftsField
from app.gui.rule_editor.pick_fields import NameField, PickField
from app.gui.rule_editor.plain_fields import (
    ChoiceField,
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


def slide_switch(qtbot: QtBot, field: SwitchField) -> None:
    qtbot.mouseClick(field.switch, LEFT)


def choose(qtbot: QtBot, field: ChoiceField) -> None:
    other = next(i for i in range(field.combo.count()) if i != field.combo.currentIndex())
    field.combo.setFocus()
    field.combo.setCurrentIndex(other)
    field.combo.activated.emit(other)


def number_in(qtbot: QtBot, field: NumberField) -> None:
    write(qtbot, field.line, another_number(field))


def formula_in(qtbot: QtBot, field: FormulaField) -> None:
    write(qtbot, field.line, "count + 2")


def template_in(qtbot: QtBot, field: TemplateField) -> None:
    write(qtbot, field.line, "Thank you {user}")


def body_in(qtbot: QtBot, field: BodyField) -> None:
    field.edit.setFocus()
    field.edit.clear()
    qtbot.keyClicks(field.edit, "two words")
    field.edit.clearFocus()


def colour(qtbot: QtBot, field: ColourField) -> None:
    qtbot.mouseClick(field.swatch, LEFT)
    assert field.popup is not None
    other = next(s for s in field.popup.swatches if s.colour != field.swatch.colour)
    qtbot.mouseClick(other, LEFT)


def time_in(qtbot: QtBot, field: TimeField) -> None:
    write(qtbot, field.line, "19h45" if field.line.text() != "19:45" else "8")


def weekday(qtbot: QtBot, field: WeekdaysField) -> None:
    qtbot.mouseClick(field.days[2], LEFT)


def keys(qtbot: QtBot, field: KeysField) -> None:
    field.line.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(field.line, Qt.Key.Key_F9, held)


def words_in(qtbot: QtBot, field: WordsField) -> None:
    write(qtbot, field.line, "fresh")


def text_in(qtbot: QtBot, field: TextField) -> None:
    write(qtbot, field.line, SAMPLES.get(field.spec.kind, "word"))


def change(qtbot: QtBot, field: Field) -> None:
    """Do to a field what changes its value."""
    for kind, does in HANDS:
        if isinstance(field, kind):
            does(qtbot, field)
            QApplication.processEvents()
            return
    raise AssertionError(type(field))


HANDS: Any = (
    (SwitchField, slide_switch),
    (ChoiceField, choose),
    (NumberField, number_in),
    (FormulaField, formula_in),
    (TemplateField, template_in),
    (BodyField, body_in),
    (ColourField, colour),
    (TimeField, time_in),
    (WeekdaysField, weekday),
    (KeysField, keys),
    (WordsField, words_in),
    (PickField, pick),
    (TextField, text_in),
)
# Texts that a kind of text must look like.
SAMPLES = {"url": "https://example.org/x", "topic": "home/lamp", "pattern": "hel+o"}

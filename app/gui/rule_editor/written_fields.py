"""Formulas and texts with placeholders. Rule: what a name means stands beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from app.core.expressions import Formula, FormulaError
from app.core.reasons import FAULTS
from app.core.texts import TextTemplate
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.field import Field, Line
from app.gui.rule_editor.search_popup import SearchPopup
from app.gui.rule_editor.wording import unit_word
from app.gui.text import number, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json
    from app.gui.rule_editor.specs import FieldSpec

_DIGITS: Final = 3
# Units of schemas that the core has nouns for: "12 rounds" instead of "12".
_NOUNS: Final[dict[str, str]] = {
    "rounds": "round",
    "times": "time",
    "s": "second",
    "percent": "percent",
    "rpm": "rpm",
    "coins": "coin",
}


class NamedField(Field):
    """A line into which names can be put from a list that says what they mean."""

    names_title = N_("Put a name in")

    def __init__(self, spec: FieldSpec, around: Around, line: Line) -> None:
        super().__init__(spec, around)
        self.line = line
        self.names = Button(self.names_title, "icon", "letters")
        self.names.clicked.connect(self._on_names)
        self.unit = Label(kind="small")
        self._popup: SearchPopup | None = None
        self.line.done.connect(self._on_done)
        self.put(self.line, self.unit, self.names)

    def name_parts(self) -> None:
        super().name_parts()
        unit = unit_word(self.spec.unit)
        self.unit.show_text(unit)
        self.unit.setVisible(bool(unit))
        self.names.setAccessibleName(tr(self.names_title) + f": {self.title()}")

    def show_value(self, value: Json) -> None:
        self.line.show_text("" if value is None else str(value))

    def entries(self) -> list[Entry]:
        """Return the names, each with its meaning and its value in the pretend event."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def insert(self, name: str) -> None:
        """Put a name where the cursor stands; the field is not finished by it."""
        self.line.setFocus()
        self.line.insert(name)

    def _on_names(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = SearchPopup(self, tr(self.names_title))
        self._popup.chosen.connect(self.insert)
        self._popup.open_below(self.line, self.entries())

    def _on_done(self, text: str) -> None:
        self.send(None if self.spec.nullable and not text.strip() else text)


class FormulaField(NamedField):
    """A number or a formula; the help shows what it comes to for the pretend event."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around, Line(least=4))
        self.line.stepped.connect(self._on_stepped)

    def entries(self) -> list[Entry]:
        values = self.around.numbers()
        return [
            Entry(name, f"{name} = {number(values.get(name, 0.0), _DIGITS)}", meaning)
            for name, meaning in self.around.formula_names().items()
        ]

    def help(self) -> str:
        parts = (super().help(), self.preview())
        return "  ".join(part for part in parts if part)

    def preview(self) -> str:
        """Say what it comes to: "Rose × 10 → 10 rounds"."""
        example = self.around.example_words()
        speaker = self.around.speaker()
        try:
            value = Formula(self.line.text()).value(self.around.numbers())
        except FormulaError as error:
            return tr(
                "{example} → {result}",
                example=example,
                result=speaker.template(FAULTS[error.fault]),
            )
        except ValueError:
            return ""
        noun = _NOUNS.get(self.spec.unit)
        result = speaker.counted(round(value, _DIGITS), noun) if noun else number(value, _DIGITS)
        return tr("{example} → {result}", example=example, result=result)

    def _on_stepped(self, direction: int) -> None:
        """Step a plain number; a formula is left alone."""
        try:
            value = float(self.line.text())
        except ValueError:
            return
        after = value + direction
        if after >= 0:
            self.line.replace(f"{after:.15g}")


class TemplateField(NamedField):
    """A text that may show who sent what; the help shows it filled in."""

    names_title = N_("Put something about the event in")

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around, Line(least=18))
        if spec.max_length:
            self.line.setMaxLength(spec.max_length)

    def entries(self) -> list[Entry]:
        return text_entries(self.around)

    def help(self) -> str:
        parts = (super().help(), self.preview())
        return "  ".join(part for part in parts if part)

    def preview(self) -> str:
        """Show the text as it will be for the pretend event."""
        text = self.line.text()
        if "{" not in text:
            return ""
        try:
            filled = TextTemplate(text).fill(self.around.texts())
        except ValueError:
            return ""
        return tr("For example: {text}", text=filled)


def text_entries(around: Around) -> list[Entry]:
    """Return what a text may show, each with its meaning and what it is for the example."""
    values = around.texts()
    return [
        Entry(f"{{{name}}}", meaning, f"{{{name}}} = {values.get(name, '')}")
        for name, meaning in around.text_names().items()
    ]


class BodyField(Field):
    """A text of several lines with placeholders; finished when it is left, or by Ctrl+Enter."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self._shown = ""
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedSize(theme.px(340), theme.px(76))
        self.edit.installEventFilter(self)
        self.names = Button(TemplateField.names_title, "icon", "letters")
        self.names.clicked.connect(self._on_names)
        self._popup: SearchPopup | None = None
        self.put(self.edit, self.names)

    def show_value(self, value: Json) -> None:
        text = "" if value is None else str(value)
        if self.edit.hasFocus() and self.edit.toPlainText() != self._shown:
            return
        self._shown = text
        if self.edit.toPlainText() != text:
            self.edit.setPlainText(text)

    def is_empty(self) -> bool:
        return not self.edit.toPlainText().strip()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.edit:
            self.finish()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.finish()
                return True
        return False

    def finish(self) -> None:
        """Send the text if it is another."""
        text = self.edit.toPlainText()
        if text != self._shown:
            self._shown = text
            self.send(text)

    def _on_names(self) -> None:
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = SearchPopup(self, tr(TemplateField.names_title))
        self._popup.chosen.connect(self.edit.insertPlainText)
        self._popup.open_below(self.edit, text_entries(self.around))

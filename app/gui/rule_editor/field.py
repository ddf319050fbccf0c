"""What every field of a form is. Rule: a value leaves a field when it is finished, never before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import row, set_state

if TYPE_CHECKING:
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json, Raw
    from app.gui.rule_editor.specs import FieldSpec

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_LEAST_CHARS = 3
_MOST_CHARS = 34


class Field(QWidget):
    """One field of a form.

    `finished` carries values by name as they stand in a file: when a choice is made, on Enter, and
    when the field is left. A value that does not fit is sent all the same; who checks the rule
    answers with `show_problem`. `step_key` of a spin step is the same for all steps in this field.
    """

    finished = Signal(dict)
    # Whether the field shows its title itself, so that none stands before it.
    says_title = False
    # Names of other fields that need not be asked while this one holds what it does.
    covers: frozenset[str] = frozenset()

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__()
        self.spec = spec
        self.around = around
        self.setObjectName(f"field_{spec.name}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box: QHBoxLayout = row(gap=6)
        self.setLayout(self.box)

    def put(self, *widgets: QWidget) -> None:
        """Put widgets into the field; the first takes the focus for it."""
        for widget in widgets:
            self.box.addWidget(widget)
        self.setFocusProxy(widgets[0])
        self.name_parts()

    def name_parts(self) -> None:
        """Give the widget that takes the focus the field's title as its name."""
        target = self.focusProxy()
        if target is not None:
            target.setAccessibleName(self.title())
            target.setAccessibleDescription(tr(self.spec.description))

    def title(self) -> str:
        """Return the field's title in the language in force."""
        return tr(self.spec.title)

    def show_part(self, raw: Raw) -> None:
        """Show what stands in a part; sends nothing."""
        self.show_value(raw.get(self.spec.name, self.spec.default))

    def show_value(self, value: Json) -> None:
        """Show one value; sends nothing."""
        raise NotImplementedError

    def send(self, value: Json) -> None:
        """Send one value under the field's own name."""
        self.finished.emit({self.spec.name: value})

    def show_problem(self, text: str) -> None:
        """Outline the field when what it holds does not fit; nothing takes the outline away."""
        target = self.focusProxy()
        if target is not None:
            set_state(target, "invalid", "true" if text else "false")

    def is_empty(self) -> bool:
        """Say whether something must still be chosen or written here."""
        return False

    def help(self) -> str:
        """Say what the field is for, and what comes out of it, for the line of help."""
        return tr(self.spec.description)

    def refresh(self) -> None:
        """Take notice of other devices, gifts, rules or another pretend event."""

    def retranslate(self) -> None:
        """Word everything again."""
        self.name_parts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Line(QLineEdit):
    """A line as wide as its text. `done` fires on Enter and on leaving when the text is another."""

    done = Signal(str)
    stepped = Signal(int)

    def __init__(self, *, least: int = _LEAST_CHARS, most: int = _MOST_CHARS) -> None:
        super().__init__()
        self._least, self._most = least, most
        self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_finished)
        self.textChanged.connect(self.fit)
        self.fit()

    def show_text(self, text: str) -> None:
        """Show a text without sending it; what is being typed stays."""
        if self._shown == text and self.text() == text:
            return
        if self.hasFocus() and self.text() != self._shown and self.text() != text:
            return
        self._shown = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def replace(self, text: str) -> None:
        """Take a text as if it had been typed and finished."""
        self.setText(text)
        self._on_finished()

    def finish(self) -> None:
        """Send what was typed, as leaving the field would."""
        self._on_finished()

    def forget(self) -> None:
        """Show again what was there before anything was typed."""
        self.setText(self._shown)

    def fit(self) -> None:
        """Be as wide as the text, within bounds."""
        metrics = self.fontMetrics()
        digit = metrics.horizontalAdvance("0")
        text = metrics.horizontalAdvance(self.text() or self.placeholderText())
        width = min(max(text, self._least * digit), self._most * digit) + theme.px(30)
        if width != self.width() or self.minimumWidth() != width:
            self.setFixedWidth(width)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the page unless something is being typed; keep Esc for what is typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            typing = self.text() != self._shown
            undo = any(event.matches(keys) for keys in _UNDO)
            if undo and not typing:
                event.ignore()
                return True
            if typing and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text() != self._shown:
            self.forget()
            event.accept()
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Up else -1)
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def _on_finished(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.done.emit(self._shown)

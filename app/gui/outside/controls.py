"""Controls made from a setting's own kind and limits. Rule: each tells a finished value only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget

from app.gui.text import number, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import NumberBox
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import SettingView
    from app.gui.rule_editor.draft import Json

_WIDE: Final = 240
_HUNDRED: Final = 100
_STEP: Final = 5


class Control(QWidget):
    """Shows a value of the core; `taken` carries another one that was chosen."""

    taken = Signal(object)

    def show_value(self, value: Json) -> None:
        """Show what holds, unless somebody is at it."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Word everything again that was worded from data."""


class PercentControl(Control):
    """0.0 to 1.0 as a slider in per cent; told when it is let go."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _HUNDRED)
        self.slider.setPageStep(2 * _STEP)
        self.slider.setSingleStep(_STEP)
        self.slider.setTracking(False)
        self.slider.setFixedWidth(theme.px(160))
        self.words = Label(kind="small", tone="text")
        self.words.setFixedWidth(theme.px(56))
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row(self.slider, self.words, gap=8))
        self.slider.sliderMoved.connect(self._show_words)
        self.slider.valueChanged.connect(self._on_value)
        self.retranslate()

    def show_value(self, value: Json) -> None:
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(round(float(value or 0) * _HUNDRED))
            self.slider.blockSignals(False)
            self._show_words(self.slider.value())

    def retranslate(self) -> None:
        self.slider.setAccessibleName(tr(self._title))
        self._show_words(self.slider.value())

    def _show_words(self, value: int) -> None:
        self.words.show_text(tr("{percent} %", percent=number(value)) if value else tr("off"))

    def _on_value(self, value: int) -> None:
        self._show_words(value)
        self.taken.emit(value / _HUNDRED)


class NumberControl(Control):
    """A whole number."""

    def __init__(self, title: str, low: int, high: int) -> None:
        super().__init__()
        self.box = NumberBox(title, low, high, low)
        self.box.setFixedWidth(theme.px(110))
        self.setLayout(row(self.box))
        self._held = low
        self.box.editingFinished.connect(self._on_finished)
        self.box.valueChanged.connect(self._on_changed)

    def show_value(self, value: Json) -> None:
        self._held = int(value or 0)
        if not self.box.hasFocus():
            self.box.setValue(self._held)

    def _on_changed(self) -> None:
        # By its arrows: with the focus the keyboard finishes it.
        if not self.box.hasFocus():
            return
        self._on_finished()

    def _on_finished(self) -> None:
        if self.box.value() != self._held:
            self._held = self.box.value()
            self.taken.emit(self._held)


class TextControl(Control):
    """A line of text; told when it is left or Enter is pressed."""

    def __init__(self, title: str, pattern: str, longest: int) -> None:
        super().__init__()
        self._title = title
        self._held = ""
        self.line = QLineEdit()
        self.line.setFixedWidth(theme.px(_WIDE))
        self.line.setMaxLength(longest or 200)
        if pattern:
            self.line.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self))
        self.setLayout(row(self.line))
        self.line.editingFinished.connect(self._on_finished)
        self.retranslate()

    def show_value(self, value: Json) -> None:
        self._held = str(value or "")
        if not self.line.hasFocus():
            self.line.setText(self._held)

    def retranslate(self) -> None:
        self.line.setAccessibleName(tr(self._title))

    def _on_finished(self) -> None:
        text = self.line.text().strip()
        if text != self._held:
            self._held = text
            self.taken.emit(text)


class SwitchControl(Control):
    """On or off."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.switch = Switch(title)
        self.setLayout(row(self.switch))
        self.switch.toggled.connect(self._on_toggled)

    def show_value(self, value: Json) -> None:
        self.switch.show_state(on=bool(value))

    def _on_toggled(self, on: bool) -> None:
        self.taken.emit(on)


class SecretControl(Control):
    """A password that goes in and is never shown: whether there is one is all that is told."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._is_set = False
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(1000)
        self.line.setFixedWidth(theme.px(_WIDE))
        self.drop = Button(N_("Remove"), "icon", "trash")
        self.setLayout(row(self.drop, self.line, gap=6))
        self.line.editingFinished.connect(self._on_finished)
        self.drop.clicked.connect(self._on_drop)
        self.retranslate()

    def show_value(self, value: Json) -> None:
        self._is_set = bool(value)
        self.retranslate()

    def retranslate(self) -> None:
        title, state = tr(self._title), tr("set") if self._is_set else tr("not set")
        self.line.setAccessibleName(f"{title}: {state}")
        self.line.setPlaceholderText(
            tr("Set. Write here to change it") if self._is_set else tr("Not set")
        )
        self.drop.setVisible(self._is_set)
        self.drop.setAccessibleName(tr("Remove {what}", what=title))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "drop"):
            self.retranslate()

    def _on_finished(self) -> None:
        text = self.line.text()
        if text:
            self.line.clear()
            self.taken.emit(text)

    def _on_drop(self) -> None:
        self.line.setFocus()
        self.taken.emit("")


def make_control(view: SettingView) -> Control:
    """Return the control for a setting, by its kind and limits."""
    if view.kind == "secret":
        return SecretControl(view.title)
    if view.kind == "switch":
        return SwitchControl(view.title)
    if view.kind == "number":
        return NumberControl(view.title, int(view.low), int(view.high))
    if view.kind == "share":
        return PercentControl(view.title)
    return TextControl(view.title, view.pattern, view.longest)

"""The plain fields: text, number, length of time, switch, choice. Rule: bounds are the schema's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, Signal

from app.gui.rule_editor.field import Field, Line
from app.gui.rule_editor.wording import choice_word, unit_word
from app.gui.text import number, tr
from app.gui.widgets.basic import Label
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json
    from app.gui.rule_editor.specs import FieldSpec

_DIGITS: Final = 6
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
# From here on a length of time is easier to read in minutes.
_LONG_S: Final = 120
_TIME_UNITS: Final[dict[str, float]] = {
    "ms": 0.001,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "giây": 1, "giay": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "phút": 60, "phut": 60,
    "h": 3600, "hour": 3600, "hours": 3600, "giờ": 3600, "gio": 3600,
    "d": 86400, "day": 86400, "days": 86400, "ngày": 86400, "ngay": 86400,
}  # fmt: skip
_PIECE: Final = re.compile(r"([\d.,]+)\s*([^\W\d]*)\s*")


class TextField(Field):
    """A line of text."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.line = Line(least=10)
        if spec.max_length:
            self.line.setMaxLength(spec.max_length)
        self.line.done.connect(self._on_done)
        self.put(self.line)
        self.name_parts()

    def name_parts(self) -> None:
        super().name_parts()
        self.line.setPlaceholderText(tr(self.spec.hint("x-placeholder", "")))
        self.line.fit()

    def show_value(self, value: Json) -> None:
        self.line.show_text("" if value is None else str(value))

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def _on_done(self, text: str) -> None:
        self.send(None if self.spec.nullable and not text.strip() else text)


class NumberField(Field):
    """A number with its unit. Up and Down step it; empty is "none" where the schema lets it be."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.line = Line()
        self.unit = Label(kind="small")
        self.line.done.connect(self._on_done)
        self.line.stepped.connect(self._on_stepped)
        self.put(self.line, self.unit)

    def name_parts(self) -> None:
        super().name_parts()
        unit = unit_word(self.spec.unit)
        self.unit.show_text(unit)
        self.unit.setVisible(bool(unit))
        if unit:
            self.line.setAccessibleName(f"{self.title()} ({unit})")
        if self.spec.nullable:
            hint = self.spec.hint("x-placeholder", "")
            self.line.setPlaceholderText(tr(hint) if hint else tr("none"))
            self.line.fit()

    def show_value(self, value: Json) -> None:
        self.line.show_text(self.written(value))

    def written(self, value: Json) -> str:
        """Write a value the way the language does; a draft that is no number stays as typed."""
        if value is None:
            return ""
        return number(float(value), _DIGITS) if isinstance(value, int | float) else str(value)

    def read(self, text: str) -> float | str | None:
        """Read a number written either way: 1.5 and 1,5; what is none comes back as it is."""
        if not text.strip():
            return None if self.spec.nullable else ""
        value = parsed(text)
        if value is None:
            return text
        return int(value) if value.is_integer() else value

    def _on_done(self, text: str) -> None:
        self.send(self.read(text))

    def _on_stepped(self, direction: int) -> None:
        value = self.read(self.line.text())
        if isinstance(value, str):
            return
        spec = self.spec
        step = float(spec.hint("x-step", 1 if spec.whole or not _small(spec) else 0.1))
        after = (spec.low or 0.0 if value is None else float(value)) + direction * step
        low, high = spec.low, spec.high
        if (low is not None and after < low) or (high is not None and after > high):
            return
        if spec.low_open and low is not None and after <= low:
            return
        self.line.replace(self.written(round(after, _DIGITS)))


def _small(spec: FieldSpec) -> bool:
    most_for_tenths = 10
    return spec.high is not None and spec.high <= most_for_tenths


def parsed(text: str) -> float | None:
    """Read a number as the language in force writes it, or as programs do."""
    text = text.strip().replace("\u00a0", "")
    for locale in (QLocale(), QLocale.c()):
        value, fits = locale.toDouble(text)
        if fits:
            return float(value)
    value, fits = QLocale.c().toDouble(text.replace(",", "."))
    return float(value) if fits else None


class DurationField(NumberField):
    """A length of time: "90", "1 min 30 s", "1:30" and "2 phút" all fit."""

    def name_parts(self) -> None:
        super().name_parts()
        self.unit.hide()
        self.line.setAccessibleName(self.title())

    def written(self, value: Json) -> str:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return "" if value is None else str(value)
        if value < _LONG_S or value != int(value):
            return tr("{n} s", n=number(float(value), 3))
        hours, rest = divmod(int(value), _HOUR_S)
        minutes, seconds = divmod(rest, _MINUTE_S)
        pieces = ((hours, N_("{n} h")), (minutes, N_("{n} min")), (seconds, N_("{n} s")))
        return " ".join(tr(word, n=n) for n, word in pieces if n)

    def read(self, text: str) -> float | str | None:
        if not text.strip():
            return None if self.spec.nullable else ""
        value = duration_s(text)
        if value is None:
            return text
        return int(value) if value.is_integer() else value


def duration_s(text: str) -> float | None:
    """Read a length of time in seconds; a bare number is seconds. None if it is none."""
    text = text.strip().casefold()
    if ":" in text:
        total = 0.0
        for piece in text.split(":"):
            value = parsed(piece)
            if value is None:
                return None
            total = total * 60 + value
        return total
    total, end = 0.0, 0
    for found in _PIECE.finditer(text):
        value, scale = parsed(found[1]), _TIME_UNITS.get(found[2] or "s")
        if found.start() != end or value is None or scale is None:
            return None
        total, end = total + value * scale, found.end()
    return round(total, _DIGITS) if end == len(text) and text else None


class SwitchWords(Label):
    """The words beside a switch; pressing them presses it."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class SwitchField(Field):
    """On or off, with its title to the right; the title switches it too."""

    says_title = True

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.switch = Switch(spec.title)
        self.words = SwitchWords(spec.title, "body", "text2")
        self.words.pressed.connect(self.switch.toggle)
        self.switch.toggled.connect(self.send)
        self.put(self.switch, self.words)

    def show_value(self, value: Json) -> None:
        self.switch.show_state(on=bool(value))


class ChoiceField(Field):
    """One of a few values, each with a word for people."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.combo = ComboBox(spec.title)
        self.combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self._fill()
        self.combo.activated.connect(self._on_activated)
        self.put(self.combo)

    def show_value(self, value: Json) -> None:
        place = self.combo.findData(value)
        self.combo.setCurrentIndex(place)

    def retranslate(self) -> None:
        super().retranslate()
        value = self.combo.currentData()
        self._fill()
        self.show_value(value)

    def _fill(self) -> None:
        self.combo.clear()
        if self.spec.nullable:
            self.combo.addItem(choice_word(self.spec, None), None)
        for value in self.spec.choices:
            self.combo.addItem(choice_word(self.spec, value), value)

    def _on_activated(self, place: int) -> None:
        self.send(self.combo.itemData(place))

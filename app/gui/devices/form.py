"""The form of a driver's settings, made from its schema. Rule: no driver is known by name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.devices.broker_field import BrokerField
from app.gui.devices.fields import (
    Finds,
    FoundField,
    ItemsField,
    PasswordField,
    PlainNumberField,
    WideField,
)
from app.gui.rule_editor.making import make_field
from app.gui.rule_editor.plain_fields import ChoiceField
from app.gui.rule_editor.specs import specs_in, wanted
from app.gui.text import number, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, column, holder, row
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.gui.rule_editor.draft import Json, Raw
    from app.gui.rule_editor.field import Field
    from app.gui.rule_editor.specs import FieldSpec

_WIDEST: Final = 340
# From so many fields on, those with usual values are folded away.
_SHORT: Final = 6
_SHOWN_FIRST: Final = 4
# A driver's hint: this one is never folded away, such as where a device is.
_FIRST: Final = "x-first"
_NUMBERS: Final = ("number", "duration", "percent")
_FINDING: Final[dict[str, type[FoundField | ItemsField | BrokerField]]] = {
    "found": FoundField,
    "broker": BrokerField,
    "items": ItemsField,
}
_WIDE: Final[dict[str, type[WideField | PasswordField | PlainNumberField]]] = {
    "text": WideField,
    "url": WideField,
    "topic": WideField,
    "pattern": WideField,
    "template": WideField,
    "body": WideField,
    "password": PasswordField,
    "number": PlainNumberField,
}


def make_setting(spec: FieldSpec, finds: Finds) -> Field:
    """Return the field for one setting: the rule editor's, save for what only drivers ask."""
    if spec.kind in _FINDING:
        return _FINDING[spec.kind](spec, finds)
    field = _WIDE[spec.kind](spec, finds) if spec.kind in _WIDE else make_field(spec, finds)
    if isinstance(field, ChoiceField):
        field.combo.setMaximumWidth(theme.px(_WIDEST))
    return field


class SettingLine(QWidget):
    """One setting: title, field, what it is for, and what is wrong with it."""

    def __init__(self, spec: FieldSpec, field: Field) -> None:
        super().__init__()
        self.spec, self.field = spec, field
        self.help = Label(spec.description, "caption", wrap=True)
        self.help.setVisible(bool(spec.description))
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self.problem.hide()
        self.title = Label(spec.title, "small_strong")
        layout = column(gap=3)
        layout.addWidget(self.title)
        self.title.setVisible(not field.says_title)
        if isinstance(field, ItemsField):
            layout.addWidget(self.help)
            layout.addWidget(field)
        else:
            layout.addLayout(row(field, None))
            layout.addWidget(self.help)
        layout.addWidget(self.problem)
        self.setLayout(layout)

    def call_it(self, name: str) -> None:
        """Show a name of the user's own, which is in no catalogue, as the title."""
        self.title.show_text(name)
        target = self.field.focusProxy()
        if target is not None:
            target.setAccessibleName(name)

    def show_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))
        self.field.show_problem(text)
        target = self.field.focusProxy()
        if target is not None:
            # An outline takes room.
            target.updateGeometry()


class SettingsForm(QWidget):
    """All settings of a driver. `changed` fires when a value is finished."""

    changed = Signal()

    def __init__(
        self, specs: tuple[FieldSpec, ...], finds: Finds, *, compact: bool = False
    ) -> None:
        """`compact`: short fields stand side by side, and none is folded away."""
        super().__init__()
        self.specs = specs
        self.lines: dict[str, SettingLine] = {}
        self._raw: Raw = {spec.name: spec.default for spec in specs}
        # What was written of secrets; one that was left alone is not sent.
        self._secrets: dict[str, str] = {}
        self._finds = finds
        self.more = Button(N_("More settings"), "link", "down")
        self.more.setCheckable(True)
        self._folded = column(gap=14)
        self._fold = holder(self._folded)
        layout = column(gap=14)
        beside = Flow(gap=14)
        shown = {spec.name for spec in specs} if compact else _first(specs)
        if compact:
            layout.addLayout(beside)
        for spec in specs:
            field = make_setting(spec, finds)
            field.finished.connect(self._on_finished)
            line = self.lines[spec.name] = SettingLine(spec, field)
            upright = layout if spec.name in shown else self._folded
            (beside if compact else upright).addWidget(line)
        layout.addLayout(row(self.more, None))
        layout.addWidget(self._fold)
        self.setLayout(layout)
        self.more.setVisible(len(shown) < len(specs))
        self.more.toggled.connect(self._on_more)
        self._fold.hide()
        self.show_values({})

    def show_values(self, raw: Mapping[str, Json], kept: Mapping[str, bool] | None = None) -> None:
        """Show values; what is not among them has its usual one. `kept` tells of secrets."""
        self._raw = {spec.name: raw.get(spec.name, spec.default) for spec in self.specs}
        self._secrets = {}
        for name, line in self.lines.items():
            if isinstance(line.field, PasswordField):
                line.field.show_kept(kept=bool((kept or {}).get(name)))
            line.field.show_part(self._raw)
            line.show_problem("")
        self._show_wanted()

    def values(self) -> Raw:
        """Return what belongs into the driver's settings; secrets left alone are left out."""
        found: Raw = {}
        for spec in self.specs:
            value = self._raw.get(spec.name)
            if spec.kind == "password":
                if spec.name in self._secrets:
                    found[spec.name] = self._secrets[spec.name]
            elif spec.kind == "items":
                field = self.lines[spec.name].field
                found[spec.name] = field.values() if isinstance(field, ItemsField) else value
            elif value is not None or spec.nullable:
                found[spec.name] = value
        return found

    def check(self) -> bool:
        """Show what does not fit, and go to the first of it; True if all fits."""
        wrong: list[SettingLine] = []
        for spec in self.specs:
            line = self.lines[spec.name]
            text = self._problem(line) if wanted(spec, self._raw) else ""
            inside = isinstance(line.field, ItemsField) and not line.field.check()
            line.show_problem(text)
            if text or inside:
                wrong.append(line)
        if wrong:
            self._reveal(wrong[0])
        return not wrong

    def show_problem_at(self, path: list[str], text: str) -> bool:
        """Show what the core says of one setting; False if it is none of these."""
        line = self.lines.get(path[0]) if path else None
        if line is None:
            return False
        inside = isinstance(line.field, ItemsField) and line.field.show_problem_at(path[1:], text)
        if not inside:
            line.show_problem(text)
        self._reveal(line)
        return True

    def refresh(self) -> None:
        """Take notice of what was found meanwhile."""
        for line in self.lines.values():
            line.field.refresh()

    def focus_first(self) -> None:
        """Focus the first setting."""
        for line in self.lines.values():
            line.field.setFocus()
            return

    def _on_finished(self, values: Raw) -> None:
        for name, value in values.items():
            if name in self.lines and self.lines[name].spec.kind == "password":
                self._secrets[name] = str(value)
            else:
                self._raw[name] = value
            if name in self.lines:
                self.lines[name].show_problem("")
        if len(values) > 1:
            # One choice may stand for several settings.
            for name in values.keys() & self.lines.keys():
                self.lines[name].field.show_part(self._raw)
        self._show_wanted()
        self.changed.emit()

    def _on_more(self, on: bool) -> None:
        self._fold.setVisible(on)
        self.more.show_source(N_("Fewer settings") if on else N_("More settings"),
                              "up" if on else "down")  # fmt: skip

    def _show_wanted(self) -> None:
        covered = {name for line in self.lines.values() for name in line.field.covers}
        for spec in self.specs:
            shown = wanted(spec, self._raw) and spec.name not in covered
            self.lines[spec.name].setVisible(shown)

    def _reveal(self, line: SettingLine) -> None:
        if line.parentWidget() is self._fold:
            self.more.setChecked(True)
        line.field.setFocus()

    def _problem(self, line: SettingLine) -> str:
        spec, field = line.spec, line.field
        value = self._raw.get(spec.name)
        needed = spec.required or bool(spec.hint("minLength")) or bool(spec.hint("minItems"))
        needed = needed or spec.kind == "broker"
        if needed and (field.is_empty() if spec.kind != "choice" else value is None):
            return tr("Fill this in.")
        if spec.kind in _NUMBERS and value is not None:
            return _number_problem(spec, value)
        return ""


def form_of(schema: Raw, finds: Finds) -> SettingsForm:
    """Return the form for a schema that the core sent."""
    return SettingsForm(specs_in(schema), finds)


def _first(specs: tuple[FieldSpec, ...]) -> set[str]:
    """Return the names of the settings that are shown without being asked for."""
    if len(specs) <= _SHORT:
        return {spec.name for spec in specs}
    first = (spec for spec in specs if spec.required or spec.kind == "items" or spec.hint(_FIRST))
    shown = {spec.name for spec in first}
    for spec in specs:
        if len(shown) >= _SHOWN_FIRST:
            break
        shown.add(spec.name)
    # A password stands beside what it belongs to.
    return shown | {
        spec.name
        for before, spec in pairwise(specs)
        if spec.kind == "password" and before.name in shown
    }


def _number_problem(spec: FieldSpec, value: Json) -> str:
    if isinstance(value, str):
        return tr("Write a number.") if value.strip() or not spec.nullable else ""
    low, high = spec.low, spec.high
    below = low is not None and (value < low or (spec.low_open and value <= low))
    if not below and (high is None or value <= high):
        return ""
    if low is not None and high is not None:
        return tr("From {low} to {high}.", low=number(low, 3), high=number(high, 3))
    if low is not None:
        return tr("At least {low}.", low=number(low, 3))
    return tr("At most {high}.", high=number(high or 0, 3))

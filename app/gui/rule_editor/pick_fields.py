"""Fields that pick one of the user's things. Rule: what is gone or offline is shown as that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.core.parts import Action, parts
from app.core.speech import ROLES
from app.gui.devices.wording import output_words
from app.gui.rule_editor.around import role_names
from app.gui.rule_editor.buttons import WordedButton
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.field import Field
from app.gui.rule_editor.search_popup import SearchPopup
from app.gui.text import as_tip, number, tr
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.rule_editor.around import Around
    from app.gui.rule_editor.draft import Json, Raw
    from app.gui.rule_editor.specs import FieldSpec

_MOST_CHARS = 30


class PickField(Field):
    """A button that shows what is picked and opens a list to search. Up and Down open it too."""

    several = False
    nothing = N_("Choose")

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.raw: Raw = {}
        self.button = WordedButton(icon="down")
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.button.clicked.connect(self.open_list)
        self.popup: SearchPopup | None = None
        self.put(self.button)

    def show_part(self, raw: Raw) -> None:
        self.raw = raw
        super().show_part(raw)

    def show_value(self, value: Json) -> None:
        words = self.words(value) if value else ""
        shown = words or tr(self.nothing)
        cut = shown if len(shown) <= _MOST_CHARS else f"{shown[: _MOST_CHARS - 1]}…"
        self.button.show_words(cut)
        self.button.setToolTip(as_tip(shown) if cut != shown else "")
        self.button.setAccessibleName(f"{self.title()}: {shown}")

    def name_parts(self) -> None:
        super().name_parts()
        if self.raw:
            self.show_part(self.raw)

    def retranslate(self) -> None:
        super().retranslate()
        if self.popup is not None:
            self.popup.deleteLater()
            self.popup = None

    def refresh(self) -> None:
        if self.raw:
            self.show_part(self.raw)

    def is_empty(self) -> bool:
        return not self.raw.get(self.spec.name)

    def words(self, value: Json) -> str:
        """Return what a picked value is called."""
        return str(value)

    def entries(self) -> list[Entry]:
        """Return what there is to pick from."""
        raise NotImplementedError

    def take(self, key: Json) -> None:
        """Take what was picked."""
        self.send(key)

    def take_typed(self, text: str) -> None:
        """Take what was written and is in no list; most fields have no use for it."""

    def open_list(self) -> None:
        """Open the list below the button."""
        if self.popup is None:
            self.popup = SearchPopup(self, self.title(), several=self.several)
            self.popup.chosen.connect(self.take)
            self.popup.typed.connect(self.take_typed)
            self.prepare(self.popup)
        self.popup.open_below(self.button, self.entries())

    def prepare(self, popup: SearchPopup) -> None:
        """Add what the list needs beside the search."""


class DeviceField(PickField):
    """One of the user's devices and its output, or a device by its kind."""

    nothing = N_("Choose a device")

    def show_value(self, value: Json) -> None:
        super().show_value(value)
        device = self._device(str(value or ""))
        known = device is not None or value in ROLES or not value
        away = device is not None and device.link.stage != "online"
        icon = "warn" if not known or away else "down"
        self.button.show_source("", icon)
        words = self.words(value) if value else tr(self.nothing)
        self.button.show_words(words)

    def words(self, value: Json) -> str:
        device = self._device(str(value))
        if device is None:
            gone = tr("{device} is missing", device=value)
            return role_names().get(str(value), gone)
        name = device.name
        output = next((c for c in device.capabilities if c.id == self.raw.get("capability")), None)
        if output is not None and len(device.capabilities) > 1:
            name = tr("{device} · {output}", device=name, output=output_words(output))
        if device.link.stage != "online":
            return tr("{device} (offline)", device=name)
        return name

    def entries(self) -> list[Entry]:
        fitting = [(d, outputs) for d in self.around.devices() if (outputs := self._outputs(d))]
        mine = [entry for device, outputs in fitting for entry in _of_device(device, outputs)]
        roles = [
            Entry((role, ""), words, tr("the first of its kind"), _ROLE_ICONS.get(role, "device"))
            for role, words in role_names().items()
        ]
        headed = [Entry(None, tr("YOUR DEVICES")), *mine] if mine else []
        return [*headed, Entry(None, tr("BY KIND")), *roles]

    def take(self, key: Json) -> None:
        device, capability = key
        values = {self.spec.name: device}
        if "capability" in self.raw:
            values["capability"] = capability
        self.finished.emit(values)

    def _device(self, device_id: str) -> DeviceView | None:
        return self.around.desk.bridge.state.devices.get(device_id)

    def _outputs(self, device: DeviceView) -> list[CapabilityView]:
        """Return the outputs that the step at hand can use; all where it does not matter."""
        kind = parts(Action).found.get(str(self.raw.get("key", "")))
        wanted = [str(one) for one in getattr(kind, "kinds", ())]
        return [c for c in device.capabilities if not wanted or c.kind in wanted]


_ROLE_ICONS = {"motor": "motor", "light": "light", "relay": "relay", "effect": "effect"}


def _of_device(device: DeviceView, outputs: Sequence[CapabilityView]) -> Iterator[Entry]:
    state = "" if device.link.stage == "online" else tr("offline")
    yield Entry((device.id, ""), device.name, state, device.icon, found_by=device.driver_title)
    if len(outputs) > 1:
        for output in outputs:
            words = tr("{device} · {output}", device=device.name, output=output_words(output))
            yield Entry((device.id, output.id), words, state, output.kind)


class RuleField(PickField):
    """Another rule."""

    nothing = N_("Choose a rule")

    def words(self, value: Json) -> str:
        rule = self.around.desk.rule(str(value))
        if rule is None:
            return tr("Rule {id} is missing", id=value)
        return rule.name or tr("Rule without a name")

    def entries(self) -> list[Entry]:
        return [
            Entry(rule.id, rule.name or tr("Rule without a name"), "" if rule.on else tr("off"))
            for rule in self.around.rules()
        ]


class NameField(PickField):
    """A name that rules use among themselves: a variable, a button. A new one may be written."""

    def entries(self) -> list[Entry]:
        return [Entry(name, name) for name in sorted(self._names())]

    def take_typed(self, text: str) -> None:
        self.send(text)

    def prepare(self, popup: SearchPopup) -> None:
        popup.nothing.show_source(N_("Nothing has that name yet. Press Enter to make it."))
        popup.field.setPlaceholderText(tr("Search, or write a new name"))

    def _names(self) -> set[str]:
        found: set[str] = set()
        for rule in self.around.rules():
            found |= set(self._in(rule.model_dump(mode="json"), str(self.raw.get("key", ""))))
        return found

    def _in(self, raw: Json, key: str) -> Iterator[str]:
        """Find the values of this field in the same kind of part, anywhere in a rule."""
        if isinstance(raw, dict):
            value = raw.get(self.spec.name)
            if raw.get("key") == key and isinstance(value, str) and value:
                yield value
        items = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
        for item in items:
            yield from self._in(item, key)


class VariableField(NameField):
    """A variable by its name, with its value now."""

    nothing = N_("Choose a variable")

    def take_typed(self, text: str) -> None:
        """Make a name of it that formulas can use."""
        name = "_".join(re.findall(r"\w+", text))
        self.send(f"v_{name}" if name[:1].isdigit() else name)

    def entries(self) -> list[Entry]:
        return [
            Entry(name, name, value if isinstance(value, str) else number(value, 3))
            for name, value in self.around.variables().items()
        ]


class OfDeviceField(NameField):
    """Something that the device of the same part tells: an effect, a reading."""

    def entries(self) -> list[Entry]:
        device = self.around.desk.bridge.state.devices.get(str(self.raw.get("device", "")))
        outputs = device.capabilities if device is not None else ()
        return [Entry(name, name) for name in dict.fromkeys(self.of_outputs(outputs))]

    def of_outputs(self, outputs: Sequence[CapabilityView]) -> Iterator[str]:
        """Return the names that outputs tell."""
        raise NotImplementedError


class EffectField(OfDeviceField):
    """An effect, as the device calls it."""

    nothing = N_("Its first effect")

    def of_outputs(self, outputs: Sequence[CapabilityView]) -> Iterator[str]:
        for output in outputs:
            yield from output.effects


class ReadingField(OfDeviceField):
    """A value that the device tells."""

    nothing = N_("Choose a reading")

    def of_outputs(self, outputs: Sequence[CapabilityView]) -> Iterator[str]:
        for output in outputs:
            yield from output.values

"""Which broker a device is behind: Giftwire's own, one that is known, or any other.

Rule: for our own nothing else is asked; of a known one everything is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.gui.rule_editor.field import Field, Line
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Label, column
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import DriverView, KnownBrokerView
    from app.gui.devices.fields import Finds
    from app.gui.rule_editor.draft import Json, Raw
    from app.gui.rule_editor.specs import FieldSpec

OWN: Final = N_("Giftwire's own (nothing to install)")
OTHER: Final = N_("Another broker")
_WIDE: Final = 340
_CHARS: Final = 32
_PARTS: Final = ("host", "port", "user", "tls", "any_certificate")
# What need not be asked of a broker that is known.
_KNOWN: Final = frozenset({"port", "user", "password", "tls", "any_certificate"})


def uses_own_broker(driver: DriverView, settings: Raw) -> bool:
    """Say whether a device with these settings logs in at our own broker."""
    host = driver.form.get("properties", {}).get("host", {})
    return bool(host.get("broker")) and not settings.get("host")


class BrokerField(Field):
    """A choice, and a line for the address of a broker nobody knows yet."""

    def __init__(self, spec: FieldSpec, finds: Finds) -> None:
        super().__init__(spec, finds)
        self.finds = finds
        self.combo = ComboBox(spec.title)
        self.combo.setMaximumWidth(theme.px(_WIDE))
        self.combo.activated.connect(self._on_chosen)
        self.line = Line(least=_CHARS, most=_CHARS)
        self.line.setMaxLength(spec.max_length or 253)
        self.line.done.connect(self._on_written)
        self.told = Label(kind="caption", wrap=True)
        self.box.addLayout(column(self.combo, self.line, self.told, gap=6))
        self.setFocusProxy(self.combo)
        self._known: tuple[KnownBrokerView, ...] = ()
        self._other = False
        self._raw: Raw = {}
        self.name_parts()
        self._fill()

    def name_parts(self) -> None:
        super().name_parts()
        self.line.setAccessibleName(tr("Name or address of the broker"))
        self.line.setPlaceholderText(tr("Name or address, such as 192.168.1.20"))

    def show_part(self, raw: Raw) -> None:
        self._raw = dict(raw)
        self._other = self._other and not raw.get(self.spec.name)
        self._fill()

    def show_value(self, value: Json) -> None:
        self.show_part({**self._raw, self.spec.name: value})

    def is_empty(self) -> bool:
        return self._other and not self.line.text().strip()

    def refresh(self) -> None:
        self._fill()

    def retranslate(self) -> None:
        super().retranslate()
        self._fill()

    def _fill(self) -> None:
        """Offer what there is, and show what holds."""
        self._known = self.finds.broker.known
        self.combo.clear()
        self.combo.addItem(tr(OWN), "own")
        for place, one in enumerate(self._known):
            names = ", ".join(one.names) or tr("what rules publish")
            self.combo.addItem(tr("{host} (as for {names})", host=one.host, names=names), place)
        self.combo.addItem(tr(OTHER), "other")
        chosen = self._chosen()
        self.covers = frozenset() if chosen == "other" else _KNOWN
        self.combo.setCurrentIndex(self.combo.findData(chosen))
        self.line.setVisible(chosen == "other")
        self.line.show_text(str(self._raw.get(self.spec.name) or ""))
        self.told.show_text(self._words(chosen))
        self.told.setVisible(bool(self.told.words()))

    def _chosen(self) -> str | int:
        host = self._raw.get(self.spec.name)
        if not host:
            return "other" if self._other else "own"
        for place, one in enumerate(self._known):
            if all(self._raw.get(name) == getattr(one, name) for name in _PARTS):
                return place
        return "other"

    def _words(self, chosen: str | int) -> str:
        if chosen == "other":
            return ""
        if chosen != "own":
            return tr("Its password is known already.")
        if not self.finds.broker.on:
            return tr("It is off. You switch it on in the next step.")
        return tr("You get a name and a password for the device in the next step.")

    def _on_chosen(self, place: int) -> None:
        chosen = self.combo.itemData(place)
        self._other = chosen == "other"
        if isinstance(chosen, int):
            one = self._known[chosen]
            self.finished.emit({name: getattr(one, name) for name in _PARTS})
            return
        # None: another one, that is still to be said.
        self.send(None if self._other else "")
        self.show_part({**self._raw, self.spec.name: None if self._other else ""})
        if self._other:
            self.line.setFocus()

    def _on_written(self, text: str) -> None:
        self.send(text.strip() or None)

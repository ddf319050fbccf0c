"""Fields that only forms of drivers have: wide lines, secrets, found things, lists of things.

Rule: a secret is written and never shown; what is not found may be written all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.core.speech import Speaker
from app.gateway.views import BrokerView
from app.gui.devices.wording import about_port
from app.gui.rule_editor.around import Around
from app.gui.rule_editor.entries import Entry
from app.gui.rule_editor.field import Field, Line
from app.gui.rule_editor.pick_fields import PickField
from app.gui.rule_editor.plain_fields import NumberField
from app.gui.text import language_code, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.messages import FoundView
    from app.gui.devices.form import SettingsForm
    from app.gui.rule_editor.draft import Json, Raw
    from app.gui.rule_editor.search_popup import SearchPopup
    from app.gui.rule_editor.specs import FieldSpec

_WIDE_CHARS = 32
_SECRET_PX = 280
_MOST_ITEMS = 100


class Finds(Around):
    """What fields of a driver's form may ask: what was found. `look_asked` asks to look again."""

    look_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        # No rules are near: of what is around them, these fields ask nothing.
        QObject.__init__(self, parent)
        self.driver = ""
        self.found: tuple[FoundView, ...] = ()
        self.broker = BrokerView()

    def speaker(self) -> Speaker:
        """Return who words colours in the language in force."""
        return Speaker(language=language_code())

    def for_field(self, name: str) -> list[FoundView]:
        """Return what was found that says what belongs into a field, this driver's own first."""
        # The port of a broker is nothing to plug a board into.
        fitting = [
            one for one in self.found if one.settings.get(name) and "host" not in one.settings
        ]
        fitting.sort(key=lambda one: one.driver != self.driver)
        known: dict[str, FoundView] = {}
        for one in fitting:
            known.setdefault(str(one.settings[name]), one)
        return list(known.values())


class WideField(Field):
    """A line of text as wide as the form lets it be."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self.line = Line(least=_WIDE_CHARS, most=_WIDE_CHARS)
        if spec.max_length:
            self.line.setMaxLength(spec.max_length)
        self.line.done.connect(self._on_done)
        self.put(self.line)

    def name_parts(self) -> None:
        super().name_parts()
        self.line.setPlaceholderText(tr(self.spec.hint("x-placeholder", "")))

    def show_value(self, value: Json) -> None:
        self.line.show_text("" if value is None else str(value))

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def _on_done(self, text: str) -> None:
        self.send(None if self.spec.nullable and not text.strip() else text.strip())


class PlainNumberField(NumberField):
    """A number of a device: a port or a speed is written without marks between its digits."""

    def written(self, value: Json) -> str:
        return str(value) if isinstance(value, int) else super().written(value)


class PasswordField(Field):
    """A password: written, never shown. Whether one is kept is told by `show_kept`."""

    def __init__(self, spec: FieldSpec, around: Around) -> None:
        super().__init__(spec, around)
        self._kept = False
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(spec.max_length or 1000)
        self.line.setFixedWidth(theme.px(_SECRET_PX))
        self.drop = Button(N_("Remove"), "icon", "trash")
        self.line.textEdited.connect(self.send)
        self.drop.clicked.connect(self._on_drop)
        self.put(self.line, self.drop)
        self.show_kept(kept=False)

    def show_kept(self, *, kept: bool) -> None:
        """Say whether one is kept."""
        self._kept = kept
        self.drop.setVisible(kept)
        self.name_parts()

    def show_value(self, value: Json) -> None:
        """Show nothing: what is kept stays where it is."""

    def is_empty(self) -> bool:
        return not self.line.text() and not self._kept

    def name_parts(self) -> None:
        super().name_parts()
        if hasattr(self, "drop"):
            kept = tr("Set. Write here to change it") if self._kept else tr("Not set")
            self.line.setPlaceholderText(kept)
            self.line.setAccessibleName(f"{self.title()}: {kept}")
            self.drop.setAccessibleName(tr("Remove {what}", what=self.title()))

    def _on_drop(self) -> None:
        self.line.clear()
        self.line.setFocus()
        self.show_kept(kept=False)
        self.send("")


class FoundField(PickField):
    """One of the things that were found, such as a port; anything else may be written."""

    nothing = N_("Choose")

    def __init__(self, spec: FieldSpec, around: Finds) -> None:
        super().__init__(spec, around)
        self.finds = around

    def words(self, value: Json) -> str:
        for one in self.finds.for_field(self.spec.name):
            if one.settings[self.spec.name] == value:
                return tr(one.title)
        return str(value)

    def entries(self) -> list[Entry]:
        name = self.spec.name
        return [
            Entry(
                one.settings[name],
                tr(one.title),
                about=about_port(tr(one.detail), one.settings[name]),
                icon="usb",
            )
            for one in self.finds.for_field(name)
        ]

    def take(self, key: Json) -> None:
        self.raw = {**self.raw, self.spec.name: key}
        self.show_value(key)
        self.send(key)

    def take_typed(self, text: str) -> None:
        self.take(text)

    def open_list(self) -> None:
        self.finds.look_asked.emit()
        super().open_list()

    def refresh(self) -> None:
        self.show_part(self.raw)
        if self.popup is not None and self.popup.isVisible():
            self.popup.refill(self.entries(), set())

    def prepare(self, popup: SearchPopup) -> None:
        popup.nothing.show_source(N_("Nothing of that kind was found. Enter takes it as written."))
        popup.field.setPlaceholderText(tr("Search, or write any name"))


class ItemsField(Field):
    """A list of things with fields of their own, such as the lamps of a line."""

    def __init__(self, spec: FieldSpec, around: Finds) -> None:
        super().__init__(spec, around)
        self.finds = around
        self.cards: list[ItemCard] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.list = column(gap=8)
        self.add = Button(N_("Add one"), "link", "plus")
        self.add.clicked.connect(self._on_add)
        self.box.addLayout(column(self.list, row(self.add, None), gap=6))
        self.setFocusProxy(self.add)
        self.name_parts()

    def name_parts(self) -> None:
        super().name_parts()
        self.add.setAccessibleName(tr("Add to {what}", what=self.title()))

    def show_value(self, value: Json) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for raw in value or ():
            self._put(raw)
        self._name()

    def show_problem(self, text: str) -> None:
        """Say nothing here: the line below the list does."""

    def is_empty(self) -> bool:
        return not self.cards

    def values(self) -> list[Raw]:
        """Return every thing of the list."""
        return [card.form.values() for card in self.cards]

    def check(self) -> bool:
        """Show what does not fit inside; True if all does."""
        fits = [card.form.check() for card in self.cards]
        return all(fits)

    def show_problem_at(self, path: list[str], text: str) -> bool:
        """Show what is wrong with a field of one thing; False if there is none such."""
        if not path or not path[0].isdecimal() or int(path[0]) >= len(self.cards):
            return False
        return self.cards[int(path[0])].form.show_problem_at(path[1:], text)

    def refresh(self) -> None:
        for card in self.cards:
            card.form.refresh()

    def retranslate(self) -> None:
        super().retranslate()
        self._name()

    def _put(self, raw: Raw) -> None:
        from app.gui.devices.form import SettingsForm

        form = SettingsForm(self.spec.items, self.finds)
        form.show_values(raw)
        card = ItemCard(form)
        card.gone.connect(self._on_gone)
        form.changed.connect(self._on_changed)
        self.cards.append(card)
        self.list.addWidget(card)
        card.show()

    def _name(self) -> None:
        one = tr(self.spec.hint("one", "")) or self.title()
        least = int(self.spec.hint("minItems", 0))
        most = self.spec.max_items or _MOST_ITEMS
        hint = self.spec.hint("next")
        for place, card in enumerate(self.cards, 1):
            raw = card.form.values()
            takes = str(_takes_of(hint, raw)) if hint else ""
            card.name(tr("{what} {n}", what=one, n=place), takes)
            card.remove.setEnabled(len(self.cards) > least)
        self.add.setEnabled(len(self.cards) < most)

    def _on_add(self) -> None:
        last = self.cards[-1].form.values() if self.cards else {}
        fresh = {spec.name: spec.default for spec in self.spec.items if not spec.required}
        alike = {k: v for k, v in last.items() if k in ("type", "kind")}
        self._put({**fresh, **alike, **self._next()})
        self._name()
        self.cards[-1].form.focus_first()
        self.send(self.values())

    def _next(self) -> Raw:
        """Return where the next one begins, if they stand one behind the other."""
        hint = self.spec.hint("next")
        if not hint:
            return {}
        ends = [end for card in self.cards if (end := _last_of(hint, card.form.values()))]
        high = next((one.high for one in self.spec.items if one.name == hint["field"]), None)
        free = max(ends, default=0) + 1
        return {hint["field"]: int(free if high is None else min(free, high))}

    def _on_gone(self, card: object) -> None:
        if isinstance(card, ItemCard):
            self.cards.remove(card)
            self.list.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._name()
            self.add.setFocus()
            self.send(self.values())

    def _on_changed(self) -> None:
        self._name()
        self.send(self.values())


def _last_of(hint: Raw, raw: Raw) -> int:
    """Return the last place that one thing of a list takes; 0 while that is not known."""
    first = raw.get(hint["field"])
    return int(first) + max(1, _count(hint, raw)) - 1 if isinstance(first, int | float) else 0


def _count(hint: Raw, raw: Raw) -> int:
    known = hint["takes"].get(raw.get(hint["by"]))
    return int(known) if known else len(str(raw.get(hint["words"]) or "").split())


def _takes_of(hint: Raw, raw: Raw) -> str:
    """Say which places one thing of a list takes."""
    last = _last_of(hint, raw)
    if not last:
        return ""
    first = int(raw[hint["field"]])
    if first == last:
        return tr("channel {n}", n=first)
    return tr("channels {first} to {last}", first=first, last=last)


class ItemCard(Card):
    """One thing of a list: its number, its fields, and the way to take it out."""

    gone = Signal(object)

    def __init__(self, form: SettingsForm) -> None:
        self.form = form
        self.title = Label(kind="small_strong")
        self.takes = Label(kind="caption")
        self.remove = Button(N_("Remove"), "icon", "trash")
        head = row(self.title, self.takes, None, self.remove, gap=8)
        super().__init__(column(head, form, gap=4, pad=(12, 2, 8, 12)), "inset")
        self.remove.clicked.connect(self._on_remove)

    def name(self, words: str, takes: str = "") -> None:
        """Say which one it is, and what it takes up."""
        self.title.show_text(words)
        self.takes.show_text(takes)
        self.setAccessibleName(words)
        self.remove.setAccessibleName(tr("Remove {what}", what=words))

    def _on_remove(self) -> None:
        self.gone.emit(self)

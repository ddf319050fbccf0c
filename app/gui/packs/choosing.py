"""What the user chooses of a pack: devices, limits, answers. Rule: each choice is told at once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QRectF, Signal
from PySide6.QtGui import QPainter, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.core.forms import Pick
from app.core.pack_import import Place
from app.gui import icons
from app.gui.packs.wishes import (
    LATER,
    PRACTICE,
    SKIP,
    Wishes,
    bounds,
    machine_for,
    tightened,
)
from app.gui.text import language_code, number, tr, trn
from app.gui.widgets.basic import Card, Label, Tile, column, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_, Hazard

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from app.core.pack_import import Ask
    from app.core.pack_preview import RoleLine
    from app.core.packs import Need, Pack
    from app.gui.models.state import State
    from app.gui.packs.opening import Opened
    from app.gui.packs.wishes import Answer, Bound

HAZARDS: Final[dict[Hazard, str]] = {
    Hazard.HEAT: N_("It gets hot. Keep it away from what burns."),
    Hazard.MOTION: N_("It moves. Keep fingers, hair and cables away."),
    Hazard.MAINS: N_("It may switch mains voltage. Use a relay made for it."),
    Hazard.BODY: N_("It touches a body. Whoever wears it must agree."),
    Hazard.PAIN: N_("It can hurt. Whoever wears it must agree, every time."),
}
_BOUNDS: Final[dict[str, tuple[str, str]]] = {
    "seconds": (N_("A device is on for at most"), N_("s")),
    "rounds": (N_("A motor turns at most"), N_("rounds")),
    "rpm": (N_("A motor is as fast as"), N_("RPM")),
    "percent": (N_("Brightness and level at most"), "%"),
    "pause": (N_("Each rule rests at least"), N_("s")),
    "max_per_hour": (N_("Each rule runs at most"), N_("× an hour")),
    "max_per_stream": (N_("Each rule runs at most"), N_("× a stream")),
}
_MOST_ASKED: Final = 40
_ASKED: Final[dict[str, tuple[str, str]]] = {
    Pick.URL: (N_("Address to call"), "https://"),
    Pick.SECRET: (N_("Name of the secret to use"), N_("May stay empty")),
    Pick.PEOPLE: (N_("People, by their TikTok names"), N_("anna, minh, …")),
}
_ICONS: Final = {"switch": "relay", "level": "level", "light": "light", "motor": "motor",
                 "pulse": "pulse", "effect": "effect"}  # fmt: skip


class BoundBox(QDoubleSpinBox):
    """A number that may only make a limit tighter; its loose end reads "as in the pack"."""

    def __init__(self, bound: Bound, name: str) -> None:
        self.bound = bound
        super().__init__()
        self.setDecimals(bound.digits)
        self.setRange(bound.low, bound.high)
        self.setSingleStep(0.5 if bound.digits else 1.0)
        self.setKeyboardTracking(False)
        self.setValue(bound.loose)
        self.setAccessibleName(name)
        self.setFixedWidth(112)
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def textFromValue(self, value: float) -> str:
        """Write the number, or that there is none where the pack has none."""
        if value == self.bound.loose and (self.bound.pack is None or not value):
            return tr("as it is")
        return number(value, self.bound.digits)

    def valueFromText(self, text: str) -> float:
        """Read a number of the chosen language."""
        value, fine = QLocale().toDouble(text.strip())
        return value if fine else self.bound.loose

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the two arrows."""
        super().paintEvent(event)
        painter = QPainter(self)
        x, middle = self.width() - 20, self.height() / 2
        icons.paint(painter, "up", QRectF(x, middle - 13, 14, 14), "text2")
        icons.paint(painter, "down", QRectF(x, middle - 1, 14, 14), "text2")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel only with focus, so that scrolling a page changes nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let words stand that mean no number, and numbers beyond the ends until Enter."""
        if text == tr("as it is"):
            return QValidator.State.Acceptable, text, place
        found: tuple[QValidator.State, str, int] = super().validate(text, place)
        if found[0] is QValidator.State.Invalid and QLocale().toDouble(text)[1]:
            return QValidator.State.Intermediate, text, place
        return found

    def fixup(self, text: str) -> str:
        """Take the end that is nearer for a number beyond it."""
        value, fine = QLocale().toDouble(text.strip())
        value = min(max(value, self.bound.low), self.bound.high) if fine else self.value()
        return self.textFromValue(value)


class Choosing(QWidget):
    """The choices for one pack. `changed` carries the Wishes as they are then."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.wishes = Wishes()
        self.roles: dict[str, ComboBox] = {}
        self.notes: dict[str, Label] = {}
        self.limits: dict[str, BoundBox] = {}
        self.answers: list[tuple[Ask, QLineEdit]] = []
        self.on: Switch | None = None
        self.share: Switch | None = None
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self._box.setContentsMargins(0, 0, 8, 16)
        self.setLayout(self._box)

    def show_pack(
        self, opened: Opened, lines: tuple[RoleLine, ...], asked: tuple[Ask, ...], wishes: Wishes,
        state: State, *, clash: bool = False,
    ) -> None:  # fmt: skip
        """Ask everything about a pack anew, beginning with these wishes.

        `clash`: the user has variables of the same name.
        """
        self._empty()
        self.wishes = wishes
        if lines:
            self._head(N_("WHAT IT NEEDS"))
        for line in lines:
            self._box.addWidget(self._role_card(line, state))
        if asked:
            self._head(N_("WHAT IT ASKS YOU"))
        for ask in asked[:_MOST_ASKED]:
            self._box.addWidget(self._answer_card(ask, opened.pack))
        if len(asked) > _MOST_ASKED:
            more = Label(kind="caption", wrap=True)
            left = len(asked) - _MOST_ASKED
            more.show_text(trn("%Ln more can be filled in later, in the rules.", left))
            self._box.addWidget(more)
        self._head(N_("YOUR LIMITS: ONLY TIGHTER"))
        self._box.addWidget(self._limit_card(opened.pack))
        if clash:
            self.share = self._switch_card(
                N_("Share your variables with it"),
                N_("Usually it counts for itself, under other names."),
            )
            self.share.show_state(on=wishes.share)
            self.share.toggled.connect(self._on_share)
        self.on = self._switch_card(
            N_("Turn the rules on at once"),
            N_("Usually they start off, so that you can try them first."),
        )
        self.on.show_state(on=wishes.on)
        self.on.toggled.connect(self._on_switch)
        self._box.addStretch(1)

    def _switch_card(self, title: str, note: str) -> Switch:
        switch = Switch(title)
        words = column(Label(title, "small", "text"), Label(note, "caption", wrap=True), gap=0)
        last = row(words, switch, gap=8, pad=(12, 8, 12, 8))
        last.setStretch(0, 1)
        self._box.addWidget(Card(last, "inset"))
        return switch

    def _empty(self) -> None:
        self.roles, self.notes, self.limits, self.answers = {}, {}, {}, []
        self.share = None
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _head(self, source: str) -> None:
        if self._box.count():
            self._box.addSpacing(4)
        self._box.addWidget(Label(source, "over"))

    # ------------------------------------------------------------ devices

    def _role_card(self, line: RoleLine, state: State) -> Card:
        need = line.need
        title, note = Label(kind="strong", wrap=True), Label(kind="caption", wrap=True)
        title.show_text(need.title.said(language_code()) or need.role)
        box = ComboBox(N_("Device for this"))
        box.setAccessibleName(tr("Device for: {what}", what=title.words()))
        for key, words in self._offers(line, state):
            box.addItem(words, key)
            if key == self.wishes.roles.get(need.role, LATER):
                box.setCurrentIndex(box.count() - 1)
        box.setProperty("role_of_pack", need.role)
        box.currentIndexChanged.connect(self._on_role)
        self.roles[need.role], self.notes[need.role] = box, note
        icon = _ICONS.get(need.kinds[0].value, "device") if need.kinds else "device"
        head = row(Tile(icon, "do", 32, 18), title, gap=10)
        head.setStretch(1, 1)
        card = Card(column(head, box, note, gap=6, pad=(12, 10, 12, 10)), "inset")
        # Not before it has a parent: shown alone it would be a window.
        self._show_note(need.role, need.hazard)
        return card

    def _offers(self, line: RoleLine, state: State) -> list[tuple[Answer, str]]:
        offers: list[tuple[Answer, str]] = []
        for device_id, name, output in line.fitting:
            device = state.devices.get(device_id)
            outputs = device.capabilities if device is not None else ()
            words = name
            if len(outputs) > 1:
                title = next((one.title for one in outputs if one.id == output), output)
                words = tr("{device} · {output}", device=name, output=tr(title))
            if device is not None and device.link.stage != "online":
                words = tr("{device} (offline)", device=words)
            offers.append((Place(device_id, output), words))
        machine = machine_for(line.need)
        if machine is not None:
            name = tr(machine[1])
            offers.append((PRACTICE, tr("Add: {name}", name=name)))
        offers.append((SKIP, tr("Skip the rules that need it")))
        offers.append((LATER, tr("Choose later, in the rules")))
        return offers

    def _show_note(self, role: str, hazard: Hazard) -> None:
        answer = self.wishes.roles.get(role, LATER)
        note = self.notes[role]
        if isinstance(answer, Place) or answer == LATER:
            words = tr(HAZARDS[hazard]) if hazard in HAZARDS else ""
            note.tone("warn" if words else "")
        elif answer == PRACTICE:
            words = tr("It moves on the screen only. You can choose a real one later.")
            note.tone("")
        else:
            words = tr("Rules that need it are left out.")
            note.tone("")
        note.show_text(words)
        note.setVisible(bool(words))

    def show_hazards(self, hazards: dict[str, Hazard]) -> None:
        """Show how dangerous the chosen outputs are."""
        for role, hazard in hazards.items():
            if role in self.notes:
                self._show_note(role, hazard)

    def _on_role(self) -> None:
        box = self.sender()
        if isinstance(box, ComboBox):
            role = str(box.property("role_of_pack"))
            roles = {**self.wishes.roles, role: box.currentData()}
            self._wish(dataclasses.replace(self.wishes, roles=roles))

    # ------------------------------------------------------------ answers and limits

    def _answer_card(self, ask: Ask, pack: Pack) -> Card:
        rule = next(one for one in pack.rules if one.id == ask.rule_id)
        title, hint = _ASKED.get(ask.pick, (N_("Answer"), ""))
        line = QLineEdit()
        line.setMaxLength(2_000)
        line.setPlaceholderText(tr(hint))
        value = self.wishes.answers.get((ask.rule_id, ask.path), "")
        line.setText(", ".join(value) if isinstance(value, list | tuple) else str(value))
        name = pack.words.get(language_code(), {}).get(rule.name, rule.name) or rule.id
        line.setAccessibleName(tr("{what}, for {rule}", what=tr(title), rule=name))
        line.editingFinished.connect(self._on_answer)
        self.answers.append((ask, line))
        where = Label(kind="caption")
        where.show_text(name)
        parts = column(Label(title, "small", "text"), where, line, gap=2, pad=(12, 8, 12, 10))
        return Card(parts, "inset")

    def _limit_card(self, pack: Pack) -> Card:
        lines = column(gap=6, pad=(12, 8, 12, 10))
        for bound in bounds(pack):
            title, unit = _BOUNDS[bound.key]
            words = Label(title, "small", "text", wrap=True)
            note = Label(kind="caption")
            if bound.pack is not None and bound.pack:
                note.show_text(tr("Pack: {n}", n=number(bound.pack, 1)))
            elif bound.key in ("seconds", "rounds", "rpm", "percent"):
                note.show_source(N_("Pack: depends on the gift"))
            if not note.words():
                note.hide()
            box = BoundBox(bound, f"{tr(title)} ({tr(unit)})")
            box.setValue(self.wishes.limits.get(bound.key, bound.loose))
            box.valueChanged.connect(self._on_limit)
            self.limits[bound.key] = box
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            line = row(box, Label(unit, "small"), None, note, gap=8)
            lines.addLayout(column(words, line, gap=2))
        return Card(lines, "inset")

    def _on_answer(self) -> None:
        answers = dict(self.wishes.answers)
        for ask, line in self.answers:
            text = line.text().strip()
            key = (ask.rule_id, ask.path)
            if not text:
                answers.pop(key, None)
            elif ask.pick == Pick.PEOPLE:
                answers[key] = [one.strip() for one in text.split(",") if one.strip()]
            else:
                answers[key] = text
        if answers != self.wishes.answers:
            self._wish(dataclasses.replace(self.wishes, answers=answers))

    def _on_limit(self) -> None:
        box = self.sender()
        if isinstance(box, BoundBox):
            self._wish(tightened(self.wishes, box.bound, box.value()))

    def _on_switch(self, on: bool) -> None:
        self._wish(dataclasses.replace(self.wishes, on=on))

    def _on_share(self, on: bool) -> None:
        self._wish(dataclasses.replace(self.wishes, share=on))

    def _wish(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.changed.emit(self.wishes)


def needs_words(need: Need) -> str:
    """Return what a pack calls one of its needs."""
    return need.title.said(language_code()) or need.role


def count_words(pack: Pack) -> str:
    """Say how many rules a pack has, and from whom it is."""
    count = trn("%Ln rule(s)", len(pack.rules))
    if not pack.author:
        return count
    return tr("{count} · by {author}", count=count, author=pack.author)

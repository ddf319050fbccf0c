"""What a pack will do, beside what the user chooses. Rule: nothing is taken before it was shown."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.pack_guard import PackError
from app.core.pack_import import Place, plan_import
from app.core.pack_preview import hazard_of, preview
from app.core.sentences import rule_text
from app.gui.packs.choosing import Choosing, count_words
from app.gui.packs.wishes import Wishes, around, first_wishes
from app.gui.text import language_code, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import (
    Button,
    Card,
    ElidedLabel,
    Label,
    Tile,
    column,
    holder,
    row,
    scroll,
)
from drivers.contract import N_, Hazard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.pack_import import ImportPlan
    from app.core.pack_preview import Preview, Reach
    from app.core.packs import Pack
    from app.core.surroundings import Surroundings
    from app.gui.packs.opening import Opened
    from app.gui.rules.desk import RuleDesk

_SHOWN: Final = 40
_PAUSE_MS: Final = 150
_NARROW: Final = 1160
_REACH_ICONS: Final = {
    "device": "devices", "hazard": "warn", "webhook": "globe", "webhook_asked": "globe",
    "sound": "play", "speech": "chat", "mqtt": "share", "obs": "window", "overlay": "window",
    "notify": "info", "log": "file", "alarm": "warn", "people": "user", "hears_mqtt": "join",
    "hears_call": "join", "hotkey": "keyboard", "other": "info",
}  # fmt: skip
_RISKY: Final = frozenset({"hazard", "webhook", "webhook_asked", "hears_call", "other"})


class PackPreview(QWidget):
    """One pack before it is taken over. `accepted` carries Opened and Wishes, `left` leaves it."""

    accepted = Signal(object, object)
    left = Signal()

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self.opened: Opened | None = None
        self._all = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.show_what)
        self.title, self.about = ElidedLabel(kind="title"), ElidedLabel(kind="caption")
        self.note = Label(kind="small", wrap=True)
        self.told = _box(10)
        self.choosing = Choosing()
        self.choosing.changed.connect(self._on_changed)
        self.back = Button(N_("Back"), "", "undo")
        self.accept = Button(N_("Add"), "primary", "check")
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self.back.clicked.connect(self.left)
        self.accept.clicked.connect(self._on_accept)
        # A long note is scrolled, too.
        left = holder(column(column(self.note, pad=(0, 0, 8, 0)), self.told, gap=8))
        self.left_area, self.right_area = scroll(left), scroll(self.choosing)
        both: QHBoxLayout = row(self.left_area, self.right_area, gap=16)
        both.setStretch(0, 1)
        feet = row(self.problem, self.back, self.accept, gap=8)
        feet.setStretch(0, 1)
        head = column(self.title, self.about, gap=0)
        layout = column(head, both, feet, gap=10, pad=(24, 16, 24, 16))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def fit(self, width: int) -> None:
        """Adapt to the width of the window."""
        self.right_area.setFixedWidth(theme.px(420 if width >= _NARROW else 372))

    def show_opened(self, opened: Opened) -> None:
        """Show another pack, with what is suggested for it."""
        self.opened = opened
        self._all = False
        self._ask(first_wishes(opened, self._desk.bridge.state))
        self.left_area.verticalScrollBar().setValue(0)
        self.right_area.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Word everything again, keeping what was chosen."""
        if self.opened is not None:
            self._ask(self.choosing.wishes)

    def start(self) -> None:
        """Put the keyboard where the first choice is."""
        first = next(iter(self.choosing.roles.values()), None) or self.accept
        first.setFocus()

    # ------------------------------------------------------------ showing

    def _ask(self, wishes: Wishes) -> None:
        opened = self.opened
        if opened is None:
            return
        pack, language = opened.pack, language_code()
        self.title.show_text(pack.name.said(language))
        self.about.show_text(count_words(pack))
        self.note.show_text(pack.note.said(language))
        self.note.setVisible(bool(self.note.words()))
        found = self._preview(pack, wishes)
        state = self._desk.bridge.state
        clash = bool(found.clashes)
        self.choosing.show_pack(opened, found.roles, found.asks, wishes, state, clash=clash)
        self.show_what()

    def _preview(self, pack: Pack, wishes: Wishes) -> Preview:
        speaker, near = self._desk.speaker(), around(self._desk.bridge.state, wishes)
        most = None if self._all else _SHOWN
        return preview(self._desk.document, pack, wishes.choices(), near, speaker, most)

    def show_what(self) -> None:
        """Tell what the pack will do with the choices as they are."""
        self._timer.stop()
        if self.opened is None:
            return
        wishes = self.choosing.wishes
        pack = wishes.pack(self.opened.pack)
        self._clear()
        problem, plan = "", None
        near = around(self._desk.bridge.state, wishes)
        try:
            plan = plan_import(self._desk.document, pack, wishes.choices(), near)
        except PackError as error:
            problem = error.sentence(language_code())
        if not pack.rules:
            problem = tr("No rule is left. Choose a device for one of them.")
        found = self._preview(pack, wishes)
        self._tell_reaches(found)
        self._tell_rules(pack, plan, found, near)
        self._tell_notes(found)
        self.told.addStretch(1)
        self.choosing.show_hazards(self._hazards(pack, wishes, near))
        self.problem.show_text(problem)
        self.accept.setText(trn("Add %Ln rule(s)", len(pack.rules)))
        self.accept.setEnabled(not problem)

    def _clear(self) -> None:
        while (item := self.told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _tell_rules(
        self, pack: Pack, plan: ImportPlan | None, found: Preview, near: Surroundings
    ) -> None:
        self.told.addWidget(Label(N_("WHAT IT DOES"), "over"))
        lines = [(line.name, line.sentence, line.on) for line in found.rules]
        if plan is not None:
            names = {one.id: one.name for one in near.devices or ()}
            rules = {one.id: one.name for one in plan.rules}
            speaker = dataclasses.replace(
                self._desk.speaker(),
                device_name=lambda one: names.get(one, ""),
                rule_name=lambda one: rules.get(one, ""),
            )
            shown = plan.rules if self._all else plan.rules[:_SHOWN]
            lines = [(one.name, rule_text(one, speaker, full=True), one.on) for one in shown]
        for name, sentence, on in lines:
            self.told.addWidget(_rule_card(name, sentence, on=on))
        if len(lines) < len(pack.rules):
            more = Button(kind="link")
            more.setText(trn("Show all %Ln rule(s)", len(pack.rules)))
            more.clicked.connect(self._on_all)
            self.told.addWidget(holder(row(more, None)))

    def _tell_reaches(self, found: Preview) -> None:
        self.told.addWidget(Label(N_("WHAT IT REACHES OUTSIDE THE RULES"), "over"))
        words = self.opened.pack.words if self.opened is not None else {}
        names = words.get(language_code(), {})
        for reach in found.reaches:
            self.told.addWidget(_reach_card(reach, names))
        if not found.reaches:
            self.told.addWidget(Label(N_("Nothing."), "small"))

    def _tell_notes(self, found: Preview) -> None:
        aside = self.opened.left_out if self.opened is not None else 0
        if not found.clashes and not aside:
            return
        self.told.addWidget(Label(N_("GOOD TO KNOW"), "over"))
        for name in found.clashes:
            other = found.renamed.get(name)
            if other is None:
                words = tr("You have a variable “{name}” already. Yours stays, and is shared.",
                           name=name)  # fmt: skip
            else:
                words = tr("You have a variable “{name}” already. The pack's comes as “{other}”.",
                           name=name, other=other)  # fmt: skip
            self.told.addWidget(_note_line(words))
        if aside:
            words = trn("%Ln rule(s) of the file could not be read and are left out.", aside)
            self.told.addWidget(_note_line(words))

    def _hazards(self, pack: Pack, wishes: Wishes, near: Surroundings) -> dict[str, Hazard]:
        places = {role: one for role, one in wishes.roles.items() if isinstance(one, Place)}
        return {need.role: hazard_of(need, places.get(need.role), near) for need in pack.needs}

    # ------------------------------------------------------------ what people do

    def _on_changed(self, _wishes: Wishes) -> None:
        self._timer.start()

    def _on_all(self) -> None:
        self._all = True
        self.show_what()

    def _on_accept(self) -> None:
        # What was chosen within the last moment is looked at too.
        self.show_what()
        if self.accept.isEnabled() and self.opened is not None:
            self.accepted.emit(self.opened, self.choosing.wishes)


def _box(gap: int) -> QVBoxLayout:
    return column(gap=gap, pad=(0, 0, 8, 8))


def _rule_card(name: str, sentence: str, *, on: bool) -> Card:
    title, words = Label(kind="strong", wrap=True), Label(kind="small", wrap=True)
    title.show_text(name or tr("Rule without a name"))
    words.show_text(sentence)
    state = Label(N_("starts on") if on else N_("starts off"), "caption", "ok" if on else "muted")
    head = row(title, state, gap=8)
    head.setStretch(0, 1)
    return Card(column(head, words, gap=0, pad=(14, 6, 14, 10)))


def _reach_card(reach: Reach, names: Mapping[str, str]) -> Card:
    said, rules = Label(kind="small", tone="text", wrap=True), Label(kind="caption", wrap=True)
    sentence = reach.sentence(language_code())
    said.show_text(sentence[:1].upper() + sentence[1:])
    rules.show_text(tr("In: {rules}", rules=", ".join(names.get(one, one) for one in reach.rules)))
    risky = reach.code in _RISKY
    tile = Tile(_REACH_ICONS.get(reach.code, "info"), "warn" if risky else "do", 32, 18)
    line = row(tile, column(said, rules, gap=0), gap=12, pad=(12, 6, 12, 8))
    line.setStretch(1, 1)
    return Card(line, "warn" if risky else "inset")


def _note_line(words: str) -> QWidget:
    label = Label(kind="small", tone="text", wrap=True)
    label.show_text(words)
    line = row(Tile("info", "accent", 24, 15), label, gap=8)
    line.setStretch(1, 1)
    return holder(line)

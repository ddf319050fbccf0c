"""Gives own rules away as a pack. Rule: what stays at home is said before the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QIODevice, QSaveFile, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from app.core.forms import Pick
from app.core.groups import slug
from app.core.pack_export import chosen, export
from app.core.pack_guard import PackError
from app.core.packs import Pack, Words, dump_pack
from app.core.rules import dump
from app.core.surroundings import Surroundings
from app.core.variables import Variable
from app.core.walk import spots
from app.gui.packs.choosing import needs_words
from app.gui.packs.wishes import roles_of
from app.gui.rules.checking import sketched
from app.gui.text import language_code, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, holder, row, scroll
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.rules import Rule
    from app.gui.rules.desk import RuleDesk

_ALL: Final = ""
_CHOSEN: Final = "+chosen"
_LEFT: Final[dict[str, str]] = {
    Pick.SECRET: N_("%Ln name(s) of a secret: whoever takes it chooses their own"),
    Pick.URL: N_("%Ln address(es) that are called: whoever takes it gives their own"),
    Pick.PEOPLE: N_("%Ln list(s) of people: they stay with you"),
}


class Giving(QWidget):
    """The form. `told` carries what was written or why not, `left` leaves it."""

    told = Signal(str)
    left = Signal()

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        self._rules: tuple[str, ...] = ()
        self._suggested = ""
        self.what = ComboBox(N_("What to give"))
        self.what.currentIndexChanged.connect(self._on_what)
        self.name, self.author = QLineEdit(), QLineEdit()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(84))
        for field in (self.name, self.author):
            field.setMaxLength(120)
        self.name.textChanged.connect(self._on_name)
        self.back = Button(N_("Back to the rules"), "", "undo")
        self.back.clicked.connect(self.left)
        self.save = Button(N_("Save as a pack…"), "primary", "file")
        self.save.clicked.connect(self.ask_file)
        self.plain = Button(N_("Copy of my rules file…"), "", "copy")
        self.plain.clicked.connect(self.ask_copy)
        self.stays = column(gap=4, pad=(14, 8, 14, 10))
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        form = column(
            Label(N_("What to give"), "small", "text"), self.what,
            Label(N_("Name"), "small", "text"), self.name,
            Label(N_("Your name, if you like"), "small", "text"), self.author,
            Label(N_("What others should know"), "small", "text"), self.note,
            gap=4,
        )  # fmt: skip
        copy_words = Label(
            N_("A copy holds everything, the names of your devices and secrets too. "
               "Keep it for yourself."), "caption", wrap=True,
        )  # fmt: skip
        body = column(
            form, 4, Label(N_("WHAT THE PACK HOLDS, AND WHAT STAYS WITH YOU"), "over"),
            Card(self.stays, "inset"), 4, row(self.plain, None), copy_words, None,
            gap=8, pad=(0, 0, 8, 8),
        )  # fmt: skip
        inner = holder(body)
        inner.setMaximumWidth(theme.px(760))
        head = row(Label(N_("Give rules away"), "title"), None)
        feet = row(self.problem, self.back, self.save, gap=8)
        feet.setStretch(0, 1)
        layout = column(head, scroll(inner), feet, gap=10, pad=(24, 16, 24, 16))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def retranslate(self) -> None:
        """Word everything in the language in force."""
        self.name.setAccessibleName(tr("Name"))
        self.author.setAccessibleName(tr("Your name, if you like"))
        self.note.setAccessibleName(tr("What others should know"))
        self.show_rules(self._rules)

    def show_rules(self, rule_ids: Sequence[str] = ()) -> None:
        """Offer everything there is; with several rules chosen, those."""
        self._rules = tuple(rule_ids)
        before = self.what.currentData()
        self.what.blockSignals(True)
        self.what.clear()
        rules = self._desk.document.rules
        self.what.addItem(tr("All rules ({n})", n=len(rules.rules)), _ALL)
        if self._rules:
            self.what.addItem(trn("%Ln rule(s) chosen", len(self._rules)), _CHOSEN)
        for group in rules.groups:
            self.what.addItem(tr("Group {name}", name=self._desk.groups.name(group)), group.id)
        wanted = before if before and self.what.findData(before) >= 0 else ""
        several = len(self._rules) > 1 and not wanted
        self.what.setCurrentIndex(self.what.findData(_CHOSEN if several else wanted))
        self.what.blockSignals(False)
        self._on_what()

    def start(self) -> None:
        """Put the keyboard on the first field."""
        self.what.setFocus()

    # ------------------------------------------------------------ what it comes to

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that would go into the pack."""
        what = str(self.what.currentData() or "")
        document = self._desk.document
        if what == _CHOSEN:
            return chosen(document, rule_ids=self._rules)
        return chosen(document, group_ids=[what] if what else ())

    def pack(self) -> Pack:
        """Return the pack as it would be written; raises PackError."""
        state = self._desk.bridge.state
        note, language = self.note.toPlainText()[:2_000], language_code()
        about = {
            "name": Words.model_validate({language: self.name.text().strip() or self._suggested}),
            "author": self.author.text().strip(),
            "note": Words.model_validate({language: note}),
        }
        return export(
            self._desk.document,
            self.rules(),
            about,
            Surroundings(sketched(state.devices.values())),
            [Variable(one.name, one.value, one.lasting) for one in state.variables],
        )

    def _on_what(self) -> None:
        what = str(self.what.currentData() or "")
        group = self._desk.group(what)
        current = self._desk.bridge.state.profiles.current
        suggested = self._desk.groups.name(group) if group else current or tr("My rules")
        if self.name.text() in ("", self._suggested):
            self._suggested = suggested[:120]
            self.name.setText(self._suggested)
        self._show_what()

    def _on_name(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()) and not self.problem.words())

    def _show_what(self) -> None:
        while (item := self.stays.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        why = ""
        try:
            lines = self._lines(self.pack())
        except PackError as error:
            why, lines = error.sentence(language_code()), [tr("Nothing.")]
        for words in lines:
            label = Label(kind="small", tone="text", wrap=True)
            label.show_text(words)
            self.stays.addWidget(label)
        self.problem.show_text(why)
        self._on_name()

    def _lines(self, pack: Pack) -> list[str]:
        rules, made = self.rules(), pack.rules
        lines = [trn("%Ln rule(s), as they are now", len(made))]
        names = {key: device.name for key, device in self._desk.bridge.state.devices.items()}
        roles: dict[str, set[str]] = {}
        for was, now in zip(rules, made, strict=True):
            for device, role in zip(roles_of(was), roles_of(now), strict=True):
                roles.setdefault(role, set()).add(names.get(device, device))
        for need in pack.needs:
            own = ", ".join(sorted(roles.get(need.role, ())))
            lines.append(
                tr("{device} goes in as “{what}”: others choose their own", device=own,
                   what=needs_words(need))
            )  # fmt: skip
        if pack.variables:
            names_of = ", ".join(one.name for one in pack.variables)
            lines.append(tr("Variables begin anew: {names}", names=names_of))
        picks = [spot.pick for rule in rules for spot in spots(rule) if spot.value]
        lines += [trn(text, picks.count(key)) for key, text in _LEFT.items() if key in picks]
        aside = sum(one.kind == "rule" for one in self._desk.document.set_aside)
        if aside and not self.what.currentData():
            lines.append(trn("%Ln rule(s) that could not be read stay with you", aside))
        return lines

    # ------------------------------------------------------------ files

    def ask_file(self) -> None:
        """Ask where the pack goes."""
        self._ask(tr("Save as a pack"), slug(self.name.text(), "pack"), "pack")

    def ask_copy(self) -> None:
        """Ask where a copy of the rules file goes."""
        self._ask(tr("Copy of my rules file"), "giftwire-rules", "copy")

    def _ask(self, title: str, name: str, verb: str) -> None:
        dialog = QFileDialog(self.window(), title)
        dialog.setObjectName("save_pack")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Packs and rules ({files})", files="*.json")])
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{name}.json")
        dialog.setProperty("verb", verb)
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, path: str) -> None:
        if not path:
            return
        is_pack = self.sender().property("verb") == "pack"
        try:
            text = dump_pack(self.pack()) if is_pack else dump(self._desk.document)
        except PackError as error:
            self.told.emit(error.sentence(language_code()))
            return
        if not _write(path, text):
            self.told.emit(tr("The file could not be written. Choose another folder."))
            return
        self.told.emit(tr("Saved: {file}", file=path))
        if is_pack:
            self.left.emit()


def _write(path: str, text: str) -> bool:
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    file.write(text.encode())
    return file.commit()

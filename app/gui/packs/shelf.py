"""The starter packs, and the way to open a file. Rule: what is missing for a pack is named."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.pack_guard import PackError
from app.core.surroundings import Surroundings
from app.gui.packs.choosing import count_words, needs_words
from app.gui.packs.opening import Opened, open_file, starter_files
from app.gui.packs.wishes import machine_for
from app.gui.rules.checking import sketched
from app.gui.text import language_code, tr
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row, scroll
from app.gui.widgets.panels import StateWord, announce
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.packs import Need
    from app.gui.models.state import State

_ICONS = {"switch": "relay", "level": "level", "light": "light", "motor": "motor",
          "pulse": "pulse", "effect": "effect"}  # fmt: skip


@cache
def starter_packs() -> tuple[Opened, ...]:
    """Return the packs that came with the program; one that cannot be read is left out."""
    found: list[Opened] = []
    for path in starter_files():
        try:
            found.append(open_file(path))
        except PackError:
            continue
    return tuple(found)


class Shelf(QWidget):
    """The list of packs. `chosen` carries an Opened, `file_chosen` a path, `left` leaves it."""

    chosen = Signal(object)
    file_chosen = Signal(object)
    cancelled = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[Button] = []
        self._state: State | None = None
        self.open_button = Button(N_("Open a file…"), "primary", "folder")
        self.open_button.clicked.connect(self.ask_file)
        self.back = Button(N_("Back to the rules"), "", "undo")
        self.back.clicked.connect(self.left)
        text = Label(
            N_(
                "Ready-made rules to try. Nothing is added before you have seen what it does. "
                "You can also drop a pack or a rules file anywhere on the window."
            ),
            "small",
            wrap=True,
        )
        title = row(Label(N_("Starter packs and import"), "title"), None, self.back,
                    self.open_button, gap=8)  # fmt: skip
        self._build_news()
        self._cards = column(gap=10, pad=(0, 0, 8, 8))
        self.area = scroll(holder(self._cards))
        layout = column(title, text, self.reading, self.trouble, self.area, gap=10,
                        pad=(24, 16, 24, 16))  # fmt: skip
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _build_news(self) -> None:
        self.cancel = Button(N_("Cancel"), "link")
        self.cancel.clicked.connect(self.cancelled)
        self.reading = Card(
            row(Label(N_("Reading the file…"), "small", "text"), None, self.cancel,
                pad=(14, 6, 8, 6)), "inset",
        )  # fmt: skip
        self.why = Label(kind="small", tone="text", wrap=True)
        line = row(Tile("warn", "danger", 32, 18), self.why, gap=12, pad=(12, 8, 12, 10))
        line.setStretch(1, 1)
        self.trouble = Card(line, "danger")
        self.reading.hide()
        self.trouble.hide()

    def show_packs(self, state: State) -> None:
        """Show the packs against the devices there are."""
        self._state = state
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        near = Surroundings(sketched(state.devices.values()))
        for opened in starter_packs():
            self._cards.addWidget(self._card(opened, near))
        self._cards.addStretch(1)

    def retranslate(self) -> None:
        """Word everything in the language in force."""
        if self._state is not None:
            self.show_packs(self._state)

    def show_reading(self, *, reading: bool) -> None:
        """Tell that a file is being read."""
        self.reading.setVisible(reading)
        if reading:
            self.trouble.hide()

    def show_trouble(self, why: str, name: str) -> None:
        """Tell why a file was refused; empty takes it away."""
        self.trouble.setVisible(bool(why))
        if why:
            words = tr("{name} was not opened. {why}", name=name, why=why)
            self.why.show_text(words)
            announce(self, words)

    def start(self) -> None:
        """Put the keyboard on the first thing to do."""
        self.open_button.setFocus()

    def ask_file(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self.window(), tr("Open a pack or a rules file"))
        dialog.setObjectName("open_pack")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Packs and rules ({files})", files="*.json"),
                               tr("All files ({files})", files="*")])  # fmt: skip
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, name: str) -> None:
        if name:
            self.file_chosen.emit(Path(name))

    def _card(self, opened: Opened, near: Surroundings) -> Card:
        pack, language = opened.pack, language_code()
        name = Label(kind="strong", wrap=True)
        name.show_text(pack.name.said(language))
        note, count = Label(kind="small", wrap=True), Label(kind="caption")
        note.show_text(pack.note.said(language))
        count.show_text(count_words(pack))
        look = Button(N_("Look inside"), "", "search")
        look.setAccessibleName(tr("Look inside: {name}", name=name.words()))
        look.setProperty("pack", len(self.buttons))
        look.clicked.connect(self._on_look)
        self.buttons.append(look)
        needs = column(gap=2)
        for need in pack.needs:
            needs.addWidget(_need_line(need, near))
        if not pack.needs:
            needs.addWidget(_line(tr("Needs no device"), "ok"))
        kinds = pack.needs[0].kinds if pack.needs else ()
        icon = _ICONS.get(kinds[0].value, "device") if kinds else "window"
        words = column(name, note, needs, count, gap=2)
        inside = row(Tile(icon, "do"), words, look, gap=12, pad=(14, 10, 14, 12))
        inside.setStretch(1, 1)
        return Card(inside)

    def _on_look(self) -> None:
        self.chosen.emit(starter_packs()[int(self.sender().property("pack"))])


def _need_line(need: Need, near: Surroundings) -> QWidget:
    what = needs_words(need)
    device = near.able(need.kinds)
    if device is not None:
        return _line(tr("{what}: you have {device}", what=what, device=device.name), "ok")
    if machine_for(need) is not None:
        return _line(tr("{what}: not there yet; a practice one can stand in", what=what), "warn")
    return _line(tr("{what}: not there yet", what=what), "warn")


def _line(words: str, tone: str) -> StateWord:
    line = StateWord("small")
    line.show_status(words, tone)
    return line

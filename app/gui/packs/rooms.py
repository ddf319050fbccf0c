"""What opens in the place of the rules: packs, giving away, gifts. Rule: Esc leads one back.

Each room is imported and built when it is first opened; most people never open most of them.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.gui.inbox.cards import Inbox
from app.gui.text import language_code, tr
from app.gui.widgets.basic import column, holder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.pack_guard import PackError
    from app.gui.inbox.catalogue import Catalogue
    from app.gui.packs.giving import Giving
    from app.gui.packs.opening import FileReader, Opened
    from app.gui.packs.preview import PackPreview
    from app.gui.packs.shelf import Shelf
    from app.gui.packs.taking import Taking
    from app.gui.packs.wishes import Wishes
    from app.gui.rules.desk import RuleDesk

_Room: TypeAlias = "Shelf | PackPreview | Giving | Catalogue"


class Rooms(QStackedWidget):
    """The rules, or one of the rooms over them.

    `told` is a sentence for the user, `taken` one that Undo is offered with. `about_asked` is
    what the page shall show: "gift:5655:Rose".
    """

    told = Signal(str)
    taken = Signal(str)
    about_asked = Signal(str)

    def __init__(self, desk: RuleDesk, rules: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self.inbox = Inbox(desk)
        self._before: QWidget | None = None
        self._room: _Room | None = None
        self._name = ""
        self._width = 0
        layout = column(self._inbox_box(), rules, gap=0)
        layout.setStretch(1, 1)
        self._rules = holder(layout)
        self.inbox.show_gifts()
        self.inbox.rule_asked.connect(self._on_rule_asked)
        self.addWidget(self._rules)

    # ------------------------------------------------------------ built on first use

    @cached_property
    def shelf(self) -> Shelf:
        """The starter packs."""
        from app.gui.packs.shelf import Shelf

        shelf = Shelf()
        shelf.chosen.connect(self._on_opened)
        shelf.file_chosen.connect(self.open_file)
        shelf.cancelled.connect(self._on_cancelled)
        shelf.left.connect(self.leave)
        self.addWidget(shelf)
        return shelf

    @cached_property
    def preview(self) -> PackPreview:
        """What a pack would do."""
        from app.gui.packs.preview import PackPreview

        preview = PackPreview(self._desk)
        preview.accepted.connect(self._on_accepted)
        preview.left.connect(self.open_packs)
        preview.fit(self._width)
        self.addWidget(preview)
        return preview

    @cached_property
    def giving(self) -> Giving:
        """The form that makes a pack of own rules."""
        from app.gui.packs.giving import Giving

        giving = Giving(self._desk)
        giving.told.connect(self.told)
        giving.left.connect(self.leave)
        self.addWidget(giving)
        return giving

    @cached_property
    def catalogue(self) -> Catalogue:
        """All gifts that are known."""
        from app.gui.inbox.catalogue import Catalogue

        catalogue = Catalogue(self._desk)
        catalogue.rule_asked.connect(self._on_rule_asked)
        catalogue.left.connect(self.leave)
        self.addWidget(catalogue)
        return catalogue

    @cached_property
    def reader(self) -> FileReader:
        """What reads a file of rules."""
        from app.gui.packs.opening import FileReader

        reader = FileReader(self)
        reader.opened.connect(self._on_opened)
        reader.refused.connect(self._on_refused)
        return reader

    @cached_property
    def taking(self) -> Taking:
        """What takes a pack in."""
        from app.gui.packs.taking import Taking

        taking = Taking(self._desk, self)
        taking.taken.connect(self._on_taken)
        taking.failed.connect(self._on_failed)
        return taking

    def _inbox_box(self) -> QWidget:
        """Hold the inbox with room around it that goes when it goes."""
        box = holder(column(self.inbox, pad=(24, 12, 24, 0)))
        box.hide()
        self.inbox.shown.connect(box.setVisible)
        return box

    @property
    def away(self) -> bool:
        """Whether something else than the rules shows."""
        return self._room is not None

    def show_about(self, about: str, rule_ids: Sequence[str] = ()) -> bool:
        """Open what "packs", "give", "gifts", "inbox" or "open:path" ask for; else False."""
        if about == "packs":
            self.open_packs()
        elif about == "give":
            self.open_giving(rule_ids)
        elif about == "gifts":
            self.open_gifts()
        elif about == "inbox":
            self.leave()
            self.inbox.unfold(is_open=True)
            self.inbox.fold.setFocus()
        elif about.startswith("open:"):
            self.open_file(Path(about.removeprefix("open:")))
        else:
            return False
        return True

    def regions(self) -> list[QWidget]:
        """Return what F6 goes through in the room that shows."""
        return [self.currentWidget() or self]

    # ------------------------------------------------------------ opening

    def open_packs(self) -> None:
        """Show the starter packs."""
        self.reader.leave()
        self.shelf.show_reading(reading=False)
        self.shelf.show_trouble("", "")
        self.shelf.show_packs(self._desk.bridge.state)
        self._go(self.shelf)
        self.shelf.start()

    def open_file(self, path: Path) -> None:
        """Read a file, then show what it would do."""
        if self._room is not self.shelf:
            self.open_packs()
        self._name = path.name
        self.shelf.show_reading(reading=True)
        self.reader.read(path)

    def open_giving(self, rule_ids: Sequence[str] = ()) -> None:
        """Show the form that makes a pack of own rules."""
        self.giving.show_rules(rule_ids)
        self._go(self.giving)
        self.giving.start()

    def open_gifts(self) -> None:
        """Show all gifts that are known."""
        self._go(self.catalogue)
        self.catalogue.open_anew()
        self.catalogue.start()

    def leave(self) -> None:
        """Show the rules again; the keyboard goes back to where it was."""
        if not self.away:
            return
        self.reader.leave()
        self._room = None
        self.setCurrentWidget(self._rules)
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        else:
            self._rules.setFocus()

    def escape(self) -> bool:
        """Go one step back; False when the rules show already."""
        if self._room is not None and self._room is vars(self).get("preview"):
            self.open_packs()
            return True
        if self.away:
            self.leave()
            return True
        return False

    def fit(self, width: int) -> None:
        """Adapt to the width of the window."""
        self._width = width
        if "preview" in vars(self):
            self.preview.fit(width)

    def retranslate(self) -> None:
        """Word again what shows."""
        self.inbox.retranslate()
        if self._room is not None:
            self._room.retranslate()

    # ------------------------------------------------------------ inside

    def _go(self, room: _Room) -> None:
        if not self.away:
            self._before = self.window().focusWidget()
        self._room = room
        self.setCurrentWidget(room)

    def _on_rule_asked(self, gift_id: int, name: str) -> None:
        self.about_asked.emit(f"gift:{gift_id}:{name}")

    def _on_cancelled(self) -> None:
        self.reader.leave()
        self.shelf.show_reading(reading=False)
        self.shelf.start()

    def _on_opened(self, opened: Opened) -> None:
        self.shelf.show_reading(reading=False)
        if not self._desk.known:
            self.told.emit(tr("The rules are not here yet. Try again in a moment."))
            return
        self.preview.show_opened(opened)
        self._go(self.preview)
        self.preview.start()

    def _on_refused(self, error: PackError) -> None:
        self.shelf.show_reading(reading=False)
        self.shelf.show_trouble(error.sentence(language_code()), self._name)
        self.shelf.start()

    def _on_accepted(self, opened: Opened, wishes: Wishes) -> None:
        self.preview.accept.setEnabled(False)
        self.taking.take(opened, wishes)

    def _on_taken(self, words: str) -> None:
        self.leave()
        self.taken.emit(words)

    def _on_failed(self, why: str) -> None:
        self.preview.show_what()
        if why:
            self.told.emit(why)

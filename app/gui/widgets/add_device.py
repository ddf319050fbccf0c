"""The sheet to add a device: pretend devices and what is plugged in. Rule: nothing is probed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.gui.dialogs import SideSheet
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gateway.messages import DiscoverResult, FoundView


class AddSheet(SideSheet):
    """Lists what could be added; `chosen` carries the found thing."""

    chosen = Signal(object)
    look_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, N_("Add a device"))
        self.setObjectName("add_device")
        self._result: DiscoverResult | None = None
        self._looking = False
        self.again: Button | None = None

    def open_looking(self) -> None:
        """Open and say that we are looking."""
        self._looking = True
        self._rebuild()
        self.present()
        self.look_asked.emit()

    def show_result(self, result: DiscoverResult | None) -> None:
        """Show what was found."""
        self._looking, self._result = False, result
        self._rebuild()

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self.isVisible():
            self._rebuild()

    def _rebuild(self) -> None:
        self.clear()
        if self._looking:
            self.body.addWidget(Label(N_("Looking…"), "small"))
            self.body.addStretch(1)
            return
        found = self._result.found if self._result else ()
        real = [item for item in found if not item.simulated]
        self._section(N_("PLUGGED IN"), real)
        if not real:
            self.body.addWidget(
                Label(
                    N_(
                        "No serial port was found. Plug the board in with a USB data cable, "
                        "then look again."
                    ),
                    "small",
                    wrap=True,
                )
            )
        self.again = Button(N_("Look again"), "", "refresh")
        self.again.clicked.connect(self.open_looking)
        self.body.addWidget(holder(row(self.again, None)))
        self._section(N_("PRACTICE DEVICES"), [item for item in found if item.simulated])
        if self._result and self._result.broken:
            self._section(N_("DRIVERS THAT DID NOT LOAD"), [])
            for name, error in self._result.broken.items():
                line = Label(kind="caption", wrap=True)
                line.show_text(f"{name}: {error}")
                self.body.addWidget(line)
        self.body.addStretch(1)

    def _section(self, title: str, items: list[FoundView]) -> None:
        self.body.addWidget(Label(title, "over"))
        for item in items:
            line = _Found(item)
            line.chosen.connect(self.chosen)
            self.body.addWidget(line)


class _Found(Card):
    chosen = Signal(object)

    def __init__(self, found: FoundView) -> None:
        self.found = found
        title, detail = Label(kind="strong", wrap=True), Label(kind="caption", wrap=True)
        title.show_text(tr(found.title))
        detail.show_text(tr(found.detail))
        detail.setVisible(bool(found.detail))
        self.add = Button(N_("Add"), "", "plus")
        tile = Tile(
            "wand" if found.simulated else "usb", "do" if found.simulated else "when", 40, 22
        )
        layout = row(tile, column(title, detail, gap=0), self.add, gap=12, pad=(12, 10, 12, 10))
        layout.setStretch(1, 1)
        super().__init__(layout, "inset")
        self.add.setAccessibleName(tr("Add {name}", name=tr(found.title)))
        self.add.clicked.connect(self._on_add)

    def _on_add(self) -> None:
        self.chosen.emit(self.found)

"""The header of every page: title, one line of context, chips, STOP. Rule: STOP never moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from app.gui import status
from app.gui.text import tr
from app.gui.tokens import HEIGHT
from app.gui.widgets.basic import ElidedLabel, column, holder, row
from app.gui.widgets.controls import Chip, StopButton, stop_keys
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.models.state import State


class Header(QFrame):
    """Title and context at the left, TikTok and Devices chips, STOP at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT["header"])
        self.title = ElidedLabel(kind="title")
        self.context = ElidedLabel(kind="caption")
        self.tiktok = Chip("TikTok")
        self.devices = Chip(N_("Devices"))
        self.stop = StopButton()
        titles = holder(column(None, self.title, self.context, None, gap=1))
        layout = row(titles, self.tiktok, self.devices, 8, self.stop, gap=10, pad=(24, 0, 24, 0))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def set_compact(self, *, compact: bool) -> None:
        """Drop the second word of chips that do not warn."""
        for chip in (self.tiktok, self.devices):
            chip.set_compact(compact=compact)

    def show_page(self, title: str, context: str) -> None:
        """Show the page's name and its line of context."""
        self.title.show_text(title)
        self.context.show_text(context)

    def show_state(self, state: State) -> None:
        """Show the links and whether STOP was sent."""
        self.tiktok.show_word(*status.stream_status(state))
        self.devices.show_word(*status.devices_status(state))
        sent = state.stop.stopped or state.stop_sent
        self.stop.show_hint(tr("Sent, can repeat") if sent else stop_keys())

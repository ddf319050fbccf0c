"""What other programs need for the local door: its token and the overlay's address, to be copied.

Rule: the token is never shown, only put on the clipboard when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.gateway.messages import GetDoor, Reply
from app.gui import words
from app.gui.text import tr
from app.gui.widgets.basic import Button, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.page import Desk

OVERLAY = "http://127.0.0.1:{port}/overlay"


class DoorLine(QWidget):
    """Two things to copy, and a new token."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.token = Button(N_("Copy the token"), "", "copy")
        self.overlay = Button(N_("Copy the overlay's address"), "", "copy")
        self.fresh = Button(N_("New token"), "", "refresh")
        self.setLayout(
            column(row(self.token, self.fresh, self.overlay, None, gap=8), pad=(0, 10, 0, 10))
        )
        self.token.clicked.connect(self._on_token)
        self.overlay.clicked.connect(self._on_overlay)
        self.fresh.clicked.connect(self._on_fresh)
        desk.bridge.settings_changed.connect(self.show_state)
        desk.bridge.link_changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Offer them only while the door is open."""
        state = self.desk.bridge.state
        can = state.connected and bool(state.settings.get("door_port"))
        for button in (self.token, self.overlay, self.fresh):
            button.setEnabled(can)

    def _on_token(self) -> None:
        self.desk.bridge.ask(GetDoor(), self._copy_token)

    def _on_fresh(self) -> None:
        self.desk.bridge.ask(GetDoor(fresh=True), self._copy_token)

    def _on_overlay(self) -> None:
        self.desk.bridge.ask(GetDoor(), self._copy_overlay)

    def _copy_token(self, reply: Reply) -> None:
        if self._told(reply) and reply.door is not None:
            QGuiApplication.clipboard().setText(reply.door.token)
            self.desk.tell(tr("The token is copied. Programs send it with every call."))

    def _copy_overlay(self, reply: Reply) -> None:
        if not self._told(reply) or reply.door is None:
            return
        if not reply.door.port:
            self.desk.tell(tr("The door is shut: its port is not free. Choose another one."))
            return
        QGuiApplication.clipboard().setText(OVERLAY.format(port=reply.door.port))
        self.desk.tell(tr("The address is copied. In OBS, add it as a browser source."))

    def _told(self, reply: Reply) -> bool:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
        return reply.ok

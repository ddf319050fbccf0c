"""How the devices are shown in Home Assistant. Rule: it asks only while somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.gateway.messages import GetHomeAssistant, Reply
from app.gui.text import tr, trn
from app.gui.widgets.basic import Label, column
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.gateway.views import HomeAssistantView
    from app.gui.page import Desk

_EVERY_MS: Final = 2000
SAYS: Final[dict[str, tuple[str, str]]] = {
    "off": (N_("Off: Home Assistant sees nothing of Giftwire."), ""),
    "clearing": (
        N_("Off. The broker is away: what it still shows goes when it is back."),
        "warn",
    ),
    "not_set_up": (N_("Set up the MQTT broker above first."), "warn"),
    "waiting": (N_("The broker does not answer. Giftwire goes on trying."), "warn"),
    "refused": (N_("The broker refuses. Check user and password."), "warn"),
}


class HomeAssistantLine(QWidget):
    """One sentence: how many devices are there, or why none are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: HomeAssistantView | None = None
        self.words = Label(kind="small", wrap=True)
        self.setLayout(column(self.words, pad=(0, 10, 0, 10)))
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.ask)
        desk.bridge.settings_changed.connect(self.ask)
        desk.bridge.link_changed.connect(self.ask)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def ask(self) -> None:
        """Ask how it is, while anybody looks."""
        if self.isVisible() and self._desk.bridge.state.connected:
            self._desk.bridge.ask(GetHomeAssistant(), self._take)

    def retranslate(self) -> None:
        """Word it again."""
        view = self._view
        if view is None:
            self.words.show_text(tr("One moment…"))
        elif view.stage == "online":
            self.words.show_text(trn("%Ln device(s) shown in Home Assistant.", view.devices))
            self.words.tone("ok")
        else:
            source, tone = SAYS[view.stage]
            self.words.show_text(tr(source))
            self.words.tone(tone)

    def _take(self, reply: Reply) -> None:
        if reply.home_assistant is not None:
            self._view = reply.home_assistant
            self.retranslate()

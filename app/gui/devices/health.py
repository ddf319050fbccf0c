"""How well a device answers, and what goes over its wire. Rule: asked for only while in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.gateway.messages import GetDeviceLog, Reply
from app.gui import status
from app.gui.text import clock, number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Label, column, row
from app.gui.widgets.panels import StateWord
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.gateway.views import DeviceView, LogLineView
    from app.gui.page import Desk

_ASK_MS: Final = 1000
_LINES: Final = 200
_ARROWS: Final = {"in": "←", "out": "→", "note": "·"}
_STATES: Final[dict[str, tuple[str, str]]] = {
    "": (N_("Nothing was asked of it yet"), "off"),
    "good": (N_("Answers well"), "ok"),
    "shaky": (N_("Does not always answer"), "warn"),
    "bad": (N_("Does not answer any more"), "danger"),
}


class HealthPanel(QWidget):
    """The verdict, what it is made of, and the newest lines."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.device_id = ""
        self._after = 0
        self.state = StateWord("strong")
        self.facts = Label(kind="small", wrap=True)
        self.where = Label(kind="caption", wrap=True)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(_LINES)
        self.log.setMinimumHeight(theme.px(220))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.log.setTabChangesFocus(True)
        self.copy = Button(N_("Copy"), "link", "copy")
        self.none = Label(
            N_("Nothing went over the wire since this was opened."), "small", wrap=True
        )
        self.hint = Label(
            N_("→ to the device, ← from it. Passwords and keys are left out."), "caption", wrap=True
        )
        head = row(Label(N_("ON THE WIRE"), "over"), None, self.copy)
        parts = (self.state, self.facts, self.where, head, self.hint, self.none, self.log)
        self.setLayout(column(*parts, None, gap=8))
        self.copy.clicked.connect(self._on_copy)
        self._timer = QTimer(self)
        self._timer.setInterval(_ASK_MS)
        self._timer.timeout.connect(self._ask)

    def show_device(self, device: DeviceView) -> None:
        """Show how a device is; another one begins with an empty log."""
        if device.id != self.device_id:
            self.device_id, self._after = device.id, 0
            self.log.clear()
            self._show_log()
        health = device.health
        source, tone = _STATES.get(health.state, _STATES[""])
        self.state.show_status(tr(source), tone)
        facts = " ".join(_facts(device))
        self.facts.show_text(facts)
        self.facts.setVisible(bool(facts))
        where = " · ".join(filter(None, (tr(device.driver_title), device.address, device.firmware)))
        self.where.show_text(where)
        self.log.setAccessibleName(tr("What goes over the wire of {name}", name=device.name))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _ask(self) -> None:
        if self.device_id and self.desk.bridge.state.connected:
            request = GetDeviceLog(device_id=self.device_id, after=self._after)
            self.desk.bridge.ask(request, self._on_log)

    def _on_log(self, reply: Reply) -> None:
        found = reply.device_log
        if found is None or found.device_id != self.device_id:
            return
        for line in found.lines:
            if line.number > self._after:
                self._after = line.number
                self.log.appendPlainText(_written(line))
        self._show_log()

    def _show_log(self) -> None:
        empty = self.log.document().isEmpty()
        self.none.setVisible(empty)
        self.log.setVisible(not empty)
        self.copy.setEnabled(not empty)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.log.toPlainText())
        self.desk.tell(tr("Copied."))


def _written(line: LogLineView) -> str:
    thousandths = f"{line.at_ms % 1000:03d}"
    return f"{clock(line.at_ms)}.{thousandths} {_ARROWS[line.way]} {line.text}"


def _facts(device: DeviceView) -> list[str]:
    health = device.health
    facts = []
    if health.good or health.failed:
        asked = health.good + health.failed
        facts.append(tr("{good} of the last {all} commands were confirmed.", good=health.good,
                        all=asked))  # fmt: skip
    if health.took_ms is not None:
        facts.append(tr("It confirms after {n} ms.", n=number(health.took_ms)))
    if health.lost:
        facts.append(
            trn("The connection was lost %Ln time(s) since Giftwire started.", health.lost)
        )
    if device.link.stage != "online":
        facts.append(status.link_sentence(device.link))
    return facts

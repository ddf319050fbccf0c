"""A device in brief, for the Live page. Rule: shows what the core reported, nothing it guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.gui import status
from app.gui.models.state import measure
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, ElidedLabel, Label, column, holder, row
from app.gui.widgets.panels import StateWord
from app.gui.widgets.picture import Motion, Picture, motion_of
from app.gui.widgets.spark import History, Spark
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import CapabilityView, DeviceView
    from app.gui.models.state import State


def main_capability(device: DeviceView) -> CapabilityView | None:
    """Return the output a tile shows: the one that runs, else the first."""
    active = next((c for c in device.capabilities if c.active), None)
    return active or next(iter(device.capabilities), None)


class DeviceTile(Card):
    """Picture, name, state and the last minute; offline it offers to reconnect."""

    reconnect_asked = Signal(str)

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self.picture = Picture(40)
        self.name = ElidedLabel(kind="small_strong")
        self.state = StateWord()
        self.spark = Spark(History(), height=30)
        self.value = Label(kind="small_strong")
        self.reconnect = Button(N_("Reconnect"), "link")
        self._line = holder(row(self.spark, self.value, gap=8))
        self._offer = holder(row(self.reconnect, None))
        head = row(self.picture, column(None, self.name, self.state, None, gap=0), gap=8)
        head.setStretch(1, 1)
        super().__init__(column(head, None, self._line, self._offer, gap=2, pad=(10, 10, 8, 8)))
        self.setFixedHeight(108)
        self.reconnect.clicked.connect(self._on_reconnect)

    def show_device(self, device: DeviceView, state: State) -> None:
        """Show the device as it is now."""
        away = device.link.stage != "online" or not state.connected
        word, tone = status.device_status(device, state)
        self.name.show_text(device.name)
        self.state.show_status(word, tone)
        self.look({"warn": "warn", "danger": "danger"}.get(tone, "plain"))
        waits = state.connected and device.link.stage in ("waiting", "blocked")
        self._offer.setVisible(waits)
        self._line.setVisible(not waits)
        self.reconnect.setAccessibleName(tr("Reconnect {name}", name=device.name))
        self.setAccessibleName(f"{device.name}: {word}")
        self.setToolTip(status.link_sentence(device.link) if waits else "")
        capability = main_capability(device)
        if capability is None:
            self.picture.show_motion(Motion(kind=device.icon, away=away))
            self.value.show_text("")
            return
        self.picture.show_motion(motion_of(capability, away=away))
        self.spark.follow(state.history(device.id, capability.id))
        self.spark.dim(dim=away)
        told = status.capability_value(capability, measure(capability))
        if capability.kind == "sensor":
            told = status.main_reading(capability.values)
        self.value.show_text("" if away else told)

    def _on_reconnect(self) -> None:
        self.reconnect_asked.emit(self.device_id)

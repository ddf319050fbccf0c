"""The Devices page: every device with its controls, and the way to add another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.gateway.messages import (
    ForgetDevice,
    RenameDevice,
    TestDevice,
    TryNow,
)
from app.gui.devices.adding import AddSheet
from app.gui.dialogs import NameDialog, Question
from app.gui.page import Desk, Page
from app.gui.text import tr, trn
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row, scroll
from app.gui.widgets.device_card import DeviceCard
from drivers.contract import N_

_TWO_COLUMNS = 980


class DevicesPage(Page):
    """Cards in one or two columns, and a place to add a device."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: dict[str, DeviceCard] = {}
        self._columns = 2
        self.add = Button(N_("Add a device"), "primary", "plus")
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._grid.setContentsMargins(24, 16, 16, 24)
        self._add_card = self._build_add()
        self.area = scroll(holder(self._grid))
        self.setLayout(column(self.area))
        self.sheet = AddSheet(self, desk)
        self.sheet.done.connect(desk.tell)
        self.add.clicked.connect(self._on_add)
        bridge = desk.bridge
        for signal in (bridge.devices_changed, bridge.stop_changed, bridge.link_changed):
            signal.connect(self._show)
        self._place()
        self._show()

    def context(self) -> str:
        state = self.desk.bridge.state
        if not state.devices:
            return tr("No device yet")
        return tr("{ready} of {total} ready", ready=state.ready, total=len(state.devices))

    def retranslate(self) -> None:
        self._show()
        self.sheet.retranslate()

    def show_about(self, about: str) -> None:
        if about == "add":
            self.sheet.open_looking()
        elif about in self.cards:
            self.area.ensureWidgetVisible(self.cards[about])
            self.cards[about].menu_button.setFocus()

    def fit(self, width: int, height: int) -> None:
        columns = 2 if width >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def escape(self) -> bool:
        if self.sheet.isVisible():
            self.sheet.dismiss()
            return True
        return False

    def _build_add(self) -> Card:
        tiles = row(None, Tile("usb", "none"), Tile("wand", "none"), None, gap=8)
        title = Label(N_("Add a device"), "heading")
        text = Label(
            N_("On USB, Bluetooth, the network or MQTT, or a practice device that moves on screen"),
            "small",
        )
        text.setWordWrap(True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return Card(
            column(None, tiles, title, text, 4, row(None, self.add, None), None, gap=6, pad=20),
            "dashed",
        )

    def _show(self) -> None:
        state = self.desk.bridge.state
        if list(self.cards) != list(state.devices):
            self._rebuild()
        for device_id, device in state.devices.items():
            self.cards[device_id].show_device(device, state)
        self.add.setEnabled(state.connected)
        self.context_changed.emit()

    def _rebuild(self) -> None:
        state = self.desk.bridge.state
        for device_id in [key for key in self.cards if key not in state.devices]:
            card = self.cards.pop(device_id)
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        ordered: dict[str, DeviceCard] = {}
        for device_id in state.devices:
            ordered[device_id] = self.cards.get(device_id) or self._new_card(device_id)
        self.cards = ordered
        self._place()

    def _new_card(self, device_id: str) -> DeviceCard:
        card = DeviceCard(device_id)
        card.asked.connect(self._on_asked)
        card.rename_asked.connect(self._on_rename)
        card.forget_asked.connect(self._on_forget)
        card.reconnect_asked.connect(self._on_reconnect)
        return card

    def _place(self) -> None:
        parts: list[QWidget] = [*self.cards.values()]
        for place, card in enumerate(parts):
            self._grid.addWidget(card, place // self._columns, place % self._columns)
        below = (len(parts) + self._columns - 1) // self._columns
        self._grid.addWidget(self._add_card, below, 0, 1, self._columns)
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 0)
        self._grid.setRowStretch(below + 1, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if self._columns > 1 else 0)

    # ------------------------------------------------------------ what people do

    def _on_asked(
        self, device_id: str, capability: str, verb: str, args: dict[str, object], time_s: float
    ) -> None:
        self.desk.bridge.ask(
            TestDevice.model_validate(
                {
                    "device_id": device_id,
                    "capability": capability,
                    "verb": verb,
                    "args": args,
                    "duration_s": time_s or None,
                }
            )
        )

    def _on_reconnect(self, device_id: str) -> None:
        self.desk.bridge.ask(TryNow(device_id=device_id))

    def _on_rename(self, device_id: str) -> None:
        device = self.desk.bridge.state.devices[device_id]
        dialog = NameDialog(self.window(), tr("Rename"), device.name, tr("Rename"))
        dialog.setProperty("device_id", device_id)
        dialog.named.connect(self._on_renamed)
        dialog.open()

    def _on_renamed(self, name: str) -> None:
        device_id = str(self.sender().property("device_id"))
        self.desk.bridge.ask(RenameDevice(device_id=device_id, name=name))

    def _on_forget(self, device_id: str) -> None:
        device = self.desk.bridge.state.devices[device_id]
        text = tr("It is stopped and removed from Giftwire. You can add it again at any time.")
        if device.used_by:
            text = trn("%Ln rule(s) use it and will wait for another device.", device.used_by)
            text += " " + tr("You can add it again at any time.")
        question = Question(
            self.window(), tr("Forget {name}?", name=device.name), text, tr("Forget"), tr("Keep it")
        )
        question.setProperty("device_id", device_id)
        question.accepted.connect(self._on_forgotten)
        question.open()

    def _on_forgotten(self) -> None:
        device_id = str(self.sender().property("device_id"))
        self.desk.bridge.ask(ForgetDevice(device_id=device_id))

    def _on_add(self) -> None:
        self.sheet.open_looking()

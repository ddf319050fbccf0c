"""The Devices page: every device with its controls, and the way to add another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gateway.messages import (
    ForgetDevice,
    NudgeDevice,
    RenameDevice,
    TestDevice,
    TryNow,
)
from app.gui.devices.adding import AddSheet
from app.gui.devices.details import DeviceSheet
from app.gui.dialogs import NameDialog, Question, SideSheet
from app.gui.page import Desk, Page
from app.gui.text import tr, trn
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row, scroll
from app.gui.widgets.device_card import DeviceCard
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import DeviceView

_TWO_COLUMNS = 980


class DevicesPage(Page):
    """Cards in one or two columns, and a place to add a device."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: dict[str, DeviceCard] = {}
        self._columns = 2
        self.add = Button(N_("Add a device"), "primary", "plus")
        # Columns of their own: a high card leaves no hole beside it.
        self._halves = (column(gap=16), column(gap=16))
        self._add_card = self._build_add()
        both = row(*self._halves, gap=16)
        for half in self._halves:
            both.setStretch(both.indexOf(half), 1)
        parts = column(both, self._add_card, None, gap=16, pad=(24, 16, 16, 24))
        self.area = scroll(holder(parts))
        self.setLayout(column(self.area))
        self.sheet = AddSheet(self, desk)
        self.sheet.done.connect(desk.tell)
        self.details = DeviceSheet(self, desk)
        self.details.replace_asked.connect(self._on_replace)
        self.sheets: tuple[SideSheet, ...] = (self.sheet, self.details)
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
        self.details.retranslate()

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
        open_one = next((sheet for sheet in self.sheets if sheet.isVisible()), None)
        if open_one is not None:
            open_one.dismiss()
        return open_one is not None

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
            for half in self._halves:
                half.removeWidget(card)
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
        card.chosen.connect(self._on_chosen)
        return card

    def _place(self) -> None:
        for half in self._halves:
            while half.count():
                half.takeAt(0)
        for place, card in enumerate(self.cards.values()):
            self._halves[place % self._columns].addWidget(card)
        for half in self._halves:
            half.addStretch(1)
        both = self._halves[0].parent()
        if isinstance(both, QHBoxLayout):
            both.setStretch(1, self._columns - 1)
            both.setSpacing(16 if self._columns > 1 else 0)
        before: QWidget = self.area
        for card in self.cards.values():
            QWidget.setTabOrder(before, card)
            before = card

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

    def _on_chosen(self, action: str, device_id: str) -> None:
        device = self.desk.bridge.state.devices.get(device_id)
        if device is None:
            return
        if action == "reconnect":
            self.desk.bridge.ask(TryNow(device_id=device_id))
        elif action == "nudge":
            self.desk.bridge.ask(NudgeDevice(device_id=device_id))
        elif action == "replace":
            self._on_replace(device_id)
        elif action == "rename":
            self._ask_name(device)
        elif action == "forget":
            self._ask_to_forget(device)
        else:
            self._close_sheets()
            self.details.open_device(device_id, "limits" if action == "consent" else action)
            if action == "consent":
                self.details.ask_consent()

    def _on_replace(self, device_id: str) -> None:
        self._close_sheets()
        self.sheet.open_looking(self.desk.bridge.state.devices.get(device_id))

    def _close_sheets(self) -> None:
        for sheet in self.sheets:
            sheet.dismiss()

    def _ask_name(self, device: DeviceView) -> None:
        dialog = NameDialog(self.window(), tr("Rename"), device.name, tr("Rename"))
        dialog.setProperty("device_id", device.id)
        dialog.named.connect(self._on_renamed)
        dialog.open()

    def _on_renamed(self, name: str) -> None:
        device_id = str(self.sender().property("device_id"))
        self.desk.bridge.ask(RenameDevice(device_id=device_id, name=name))

    def _ask_to_forget(self, device: DeviceView) -> None:
        text = tr("It is stopped and removed from Giftwire. You can add it again at any time.")
        if device.used_by:
            text = trn("%Ln rule(s) use it and will wait for another device.", device.used_by)
            text += " " + tr("You can add it again at any time.")
        question = Question(
            self.window(), tr("Forget {name}?", name=device.name), text, tr("Forget"), tr("Keep it")
        )
        question.setProperty("device_id", device.id)
        question.accepted.connect(self._on_forgotten)
        question.open()

    def _on_forgotten(self) -> None:
        device_id = str(self.sender().property("device_id"))
        self.desk.bridge.ask(ForgetDevice(device_id=device_id))

    def _on_add(self) -> None:
        self._close_sheets()
        self.sheet.open_looking()

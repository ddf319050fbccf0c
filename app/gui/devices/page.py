"""The Devices page: every device with its controls, and the way to add another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gateway.messages import (
    AddDevice,
    ArmDevice,
    ForgetDevice,
    NudgeDevice,
    RenameDevice,
    TestDevice,
    TryNow,
)
from app.gui.devices.adding import AddSheet
from app.gui.devices.broker import BrokerSheet
from app.gui.devices.broker_login import LoginSheet
from app.gui.devices.details import DeviceSheet
from app.gui.devices.groups import GroupSheet
from app.gui.devices.scenes import SceneSheet
from app.gui.devices.together import TogetherCard, TogetherSheet
from app.gui.devices.wording import output_words
from app.gui.dialogs import NameDialog, Question
from app.gui.page import Desk, Page
from app.gui.palette import Command
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
        self.wifi = Button(N_("Wi-Fi devices"), "", "broker")
        self.wifi.clicked.connect(self._on_wifi)
        self.group, self.scene = (
            Button(N_("New group"), "", "group"),
            Button(N_("New scene"), "", "scene"),
        )
        self.group.clicked.connect(self._on_group)
        self.scene.clicked.connect(self._on_scene)
        self.first = Button(N_("Add a device"), "primary", "plus")
        self.first.clicked.connect(self._on_add)
        self.practice = Button(N_("Try with a practice motor"), "", "wand")
        self.practice.clicked.connect(self._on_practice)
        self._first_card = self._build_first()
        self.together = TogetherCard()
        both = row(*self._halves, gap=16)
        for half in self._halves:
            both.setStretch(both.indexOf(half), 1)
        self._parts = column(both, self._first_card, self.together, None, gap=16)
        self.area = scroll(holder(self._parts))
        bar = row(self.add, self.wifi, self.group, self.scene, None, gap=8, pad=(24, 16, 24, 8))
        self._bar = holder(bar)
        self.setLayout(column(self._bar, self.area, gap=0))
        self._make_sheets()
        bridge = desk.bridge
        for signal in (bridge.devices_changed, bridge.stop_changed, bridge.link_changed):
            signal.connect(self._show)
        self._place()
        self._show()

    def _make_sheets(self) -> None:
        self.sheet = AddSheet(self, self.desk)
        self.sheet.done.connect(self.desk.tell)
        self.details = DeviceSheet(self, self.desk)
        self.details.replace_asked.connect(self._on_replace)
        self.group_sheet = GroupSheet(self, self.desk)
        self.scene_sheet = SceneSheet(self, self.desk)
        self.together_sheet = TogetherSheet(self, self.desk)
        for made in (self.group_sheet, self.scene_sheet, self.together_sheet):
            made.done.connect(self.desk.tell)
        self.together.edit_asked.connect(self._on_together)
        self.broker_sheet = BrokerSheet(self, self.desk)
        self.login_sheet = LoginSheet(self, self.desk)
        for one in (self.sheet, self.details):
            one.login_asked.connect(self.login_sheet.open_device)
        self.broker_sheet.login_asked.connect(self._on_login)
        self.sheets = (
            self.sheet,
            self.broker_sheet,
            self.login_sheet,
            self.details,
            self.group_sheet,
            self.scene_sheet,
            self.together_sheet,
        )
        self.add.clicked.connect(self._on_add)

    def context(self) -> str:
        state = self.desk.bridge.state
        if not state.devices:
            return tr("No device yet")
        return tr("{ready} of {total} ready", ready=state.ready, total=len(state.devices))

    def retranslate(self) -> None:
        self._show()
        for sheet in self.sheets:
            sheet.retranslate()

    def show_about(self, about: str) -> None:
        if about == "add":
            self.sheet.open_looking()
        elif about in ("group", "scene", "together"):
            {"group": self._on_group, "scene": self._on_scene}.get(about, self._on_together)()
        elif about == "wifi":
            self._on_wifi()
        elif about in self.cards:
            self.area.ensureWidgetVisible(self.cards[about])
            self.cards[about].menu_button.setFocus()

    def fit(self, width: int, height: int) -> None:
        columns = 2 if width >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def commands(self) -> list[Command]:
        found = (
            (N_("Add a device"), "plus", "add"),
            (N_("Wi-Fi devices"), "broker", "wifi"),
            (N_("New group"), "group", "group"),
            (N_("New scene"), "scene", "scene"),
            (N_("What may run together"), "plug", "together"),
        )
        return [Command(tr(title), icon, self.key, about) for title, icon, about in found]

    def escape(self) -> bool:
        open_one = next((sheet for sheet in self.sheets if sheet.isVisible()), None)
        if open_one is not None:
            open_one.dismiss()
        return open_one is not None

    def _build_first(self) -> Card:
        kinds = ("usb", "bluetooth", "network", "wand")
        tiles = row(None, *(Tile(one, "none") for one in kinds), None, gap=8)
        title = Label(N_("What should gifts move?"), "title")
        text = Label(
            N_(
                "A board on USB, a Bluetooth strip, a plug or lamp in your network. Nothing at "
                "hand yet? A practice motor turns on the screen."
            ),
            "body",
        )
        text.setWordWrap(True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        first = row(None, self.first, self.practice, None, gap=8)
        return Card(column(None, tiles, 4, title, text, 8, first, None, gap=8, pad=40), "dashed")

    def _show(self) -> None:
        state = self.desk.bridge.state
        others = list(self.cards) != list(state.devices)
        if others:
            self._rebuild()
        for device_id, device in state.devices.items():
            self.cards[device_id].show_device(device, state)
        if others:
            self._place()
        several = sum(len(device.capabilities) for device in state.devices.values()) > 1
        for button in (self.group, self.scene):
            button.setVisible(several)
            button.setEnabled(state.connected)
        self.together.setVisible(several)
        self.together.edit.setEnabled(state.connected)
        self.together.show_state(state)
        for button in (self.add, self.first, self.practice):
            button.setEnabled(state.connected)
        self._bar.setVisible(bool(state.devices))
        self._first_card.setVisible(not state.devices)
        # Without the bar above it there must still be air.
        self._parts.setContentsMargins(24, 4 if state.devices else 24, 16, 24)
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

    def _new_card(self, device_id: str) -> DeviceCard:
        card = DeviceCard(device_id)
        card.asked.connect(self._on_asked)
        card.chosen.connect(self._on_chosen)
        card.output_chosen.connect(self._on_output)
        return card

    def _place(self) -> None:
        for half in self._halves:
            # Not by taking: an item that lives on keeps the height that its card had.
            for card in self.cards.values():
                half.removeWidget(card)
            while half.count():
                half.takeAt(0)
        heights = [0] * self._columns
        for card in self.cards.values():
            place = heights.index(min(heights))
            heights[place] += card.weight()
            self._halves[place].addWidget(card)
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
            self._on_nudge(device_id, "")
        elif action in ("arm", "disarm"):
            self.desk.bridge.ask(ArmDevice(device_id=device_id, armed=action == "arm"))
        elif action == "replace":
            self._on_replace(device_id)
        elif action == "edit":
            self._edit(device_id)
        elif action == "rename":
            self._ask_name(device)
        elif action == "forget":
            self._ask_to_forget(device)
        else:
            self._close_sheets()
            self.details.open_device(device_id, "limits" if action == "consent" else action)
            if action == "consent":
                self.details.ask_consent()

    def _on_practice(self) -> None:
        added = AddDevice(
            driver="simulated", name=tr("Practice motor"), settings={"machine": "motor"}
        )
        self.desk.bridge.ask(added)

    def _on_output(self, action: str, device_id: str, output: str) -> None:
        device = self.desk.bridge.state.devices.get(device_id)
        if action == "nudge":
            self._on_nudge(device_id, output)
        elif device is not None:
            found = next((one for one in device.capabilities if one.id == output), None)
            self._ask_name(device, output, output_words(found) if found else "")

    def _on_nudge(self, device_id: str, output: str) -> None:
        self.desk.bridge.ask(NudgeDevice(device_id=device_id, capability=output))

    def _on_replace(self, device_id: str) -> None:
        self._close_sheets()
        self.sheet.open_looking(self.desk.bridge.state.devices.get(device_id))

    def _edit(self, device_id: str) -> None:
        state = self.desk.bridge.state
        self._close_sheets()
        if device_id in state.groups:
            self.group_sheet.open_group(state.groups[device_id])
        elif device_id in state.scenes:
            self.scene_sheet.open_scene(state.scenes[device_id])

    def _on_group(self) -> None:
        self._close_sheets()
        self.group_sheet.open_group()

    def _on_scene(self) -> None:
        self._close_sheets()
        self.scene_sheet.open_scene()

    def _on_wifi(self) -> None:
        self._close_sheets()
        self.broker_sheet.open_it()

    def _on_login(self, device_id: str, account: str) -> None:
        self._close_sheets()
        if device_id:
            self.login_sheet.open_device(device_id)
        else:
            self.login_sheet.open_program(account)

    def _on_together(self) -> None:
        self._close_sheets()
        self.together_sheet.open_it()

    def _close_sheets(self) -> None:
        for sheet in self.sheets:
            sheet.dismiss()

    def _ask_name(self, device: DeviceView, output: str = "", name: str = "") -> None:
        dialog = NameDialog(self.window(), tr("Rename"), name or device.name, tr("Rename"))
        dialog.setProperty("device_id", device.id)
        dialog.setProperty("output", output)
        dialog.named.connect(self._on_renamed)
        dialog.open()

    def _on_renamed(self, name: str) -> None:
        device_id = str(self.sender().property("device_id"))
        output = str(self.sender().property("output") or "")
        self.desk.bridge.ask(RenameDevice(device_id=device_id, name=name, capability=output))

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

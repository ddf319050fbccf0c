"""One device from all sides: settings, limits, health. Rule: what is written is sent when done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.gateway.messages import (
    ConfigureDevice,
    GetConsent,
    GetDeviceForm,
    GetDrivers,
    GiveConsent,
    Reply,
    SetFallback,
)
from app.gui import words
from app.gui.devices.broker_field import uses_own_broker
from app.gui.devices.consent import ConsentDialog
from app.gui.devices.health import HealthPanel
from app.gui.devices.limits import LimitsCard
from app.gui.devices.setting_up import SettingUp
from app.gui.devices.wording import output_words
from app.gui.dialogs import SideSheet
from app.gui.text import language_code, tr
from app.gui.widgets.basic import Button, Label, column, hairline, holder, row
from app.gui.widgets.controls import Segments
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gateway.views import (
        CapabilityView,
        DeviceFormView,
        DeviceView,
        DriverView,
        LimitsView,
    )
    from app.gui.page import Desk
    from app.gui.rule_editor.draft import Raw

# Of more outputs, the limits of one are shown at a time.
_SIDE_BY_SIDE: Final = 2
TABS: Final[tuple[tuple[str, str], ...]] = (
    ("settings", N_("Settings")),
    ("limits", N_("Limits")),
    ("health", N_("Health")),
)


class DeviceSheet(SideSheet):
    """Settings, limits and health of one device. `replace_asked` asks for other hardware."""

    replace_asked = Signal(str)
    # It was moved to our own broker, and must be told how to log in there.
    login_asked = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("Device"))
        self.setObjectName("device_details")
        self.desk = desk
        self.device_id = ""
        self.tab = "settings"
        self.cards: dict[str, LimitsCard] = {}
        self.setting_up: SettingUp | None = None
        self.health: HealthPanel | None = None
        self._drivers: dict[str, DriverView] = {}
        self._form: DeviceFormView | None = None
        self._moves = False
        self._output = ""
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._waiting: tuple[LimitsCard, LimitsView] | None = None
        self.tabs = Segments(TABS, N_("Part"))
        self.tabs.chosen.connect(self.choose)
        self.head.addWidget(holder(row(self.tabs, None, pad=(24, 0, 24, 8))))
        self.save = Button(N_("Save"), "primary", "check")
        self.save.clicked.connect(self._on_save)
        self._feet = holder(row(None, self.save, pad=(16, 8, 24, 16)))
        self.foot.addWidget(self._feet)
        desk.bridge.devices_changed.connect(self._on_devices)
        desk.bridge.settings_changed.connect(self._on_devices)

    @property
    def device(self) -> DeviceView | None:
        """The device, or None when it is gone."""
        return self.desk.bridge.state.devices.get(self.device_id)

    def open_device(self, device_id: str, tab: str = "settings") -> None:
        """Open over the page with one part of a device."""
        self.device_id = device_id
        self._form = None
        self.choose(tab)
        self.present()

    def choose(self, tab: str) -> None:
        """Show another part."""
        device = self.device
        if device is None:
            self.dismiss()
            return
        if device.made and tab == "settings":
            tab = "limits"
        self.tab = tab
        self.tabs.choose(tab)
        self.tabs.buttons["settings"].setVisible(not device.made)
        self.title.show_text(device.name)
        self._clear_body()
        self._feet.setVisible(tab == "settings")
        {"settings": self._show_settings, "limits": self._show_limits}.get(tab, self._show_health)(
            device
        )
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self.isVisible():
            self.choose(self.tab)

    def _clear_body(self) -> None:
        self.cards = {}
        self.setting_up = None
        self.health = None
        self.clear()

    def _on_devices(self) -> None:
        if self.isHidden():
            return
        device = self.device
        if device is None:
            self.dismiss()
            return
        self.title.show_text(device.name)
        if self.health is not None:
            self.health.show_device(device)
        for output in device.capabilities:
            if output.id in self.cards:
                self.cards[output.id].show_output(output)
        fresh = (device.consent, tuple(output.id for output in _told(device)))
        if self.tab == "limits" and fresh != self._shown:
            self.choose("limits")

    # ------------------------------------------------------------ settings

    def _show_settings(self, device: DeviceView) -> None:
        self.setting_up = SettingUp(self.desk)
        self.body.addWidget(self.setting_up)
        self.body.addWidget(hairline())
        self.body.addWidget(self._fallback(device))
        self.replace = Button(N_("Put other hardware in its place…"), "link", "refresh")
        self.replace.clicked.connect(self._on_replace)
        told = Label(N_("Its name, limits and rules stay."), "caption", wrap=True)
        self.body.addWidget(holder(column(row(self.replace, None), told, gap=2)))
        self.save.setEnabled(False)
        self.desk.bridge.ask(GetDrivers(), self._on_drivers)
        self.desk.bridge.ask(GetDeviceForm(device_id=device.id), self._on_form)

    def _fallback(self, device: DeviceView) -> QWidget:
        self.fallback = ComboBox(N_("While it is away or fails, this one does its work"))
        self.fallback.addItem(tr("nobody"), "")
        for other in sorted(self.desk.bridge.state.devices.values(), key=lambda one: one.name):
            if device.id not in (other.id, other.fallback):
                self.fallback.addItem(other.name, other.id)
        self.fallback.setCurrentIndex(max(0, self.fallback.findData(device.fallback)))
        self.fallback.activated.connect(self._on_fallback)
        title = Label(N_("While it is away or fails, this one does its work"), "small_strong",
                      wrap=True)  # fmt: skip
        return holder(column(title, self.fallback, gap=3))

    def _on_drivers(self, reply: Reply) -> None:
        if reply.drivers is not None:
            self._drivers = {driver.key: driver for driver in reply.drivers.drivers}
            self._fill()

    def _on_form(self, reply: Reply) -> None:
        if reply.device_form is not None and reply.device_form.device_id == self.device_id:
            self._form = reply.device_form
            self._fill()
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def _fill(self) -> None:
        form, pane = self._form, self.setting_up
        if form is None or pane is None or form.driver not in self._drivers:
            return
        driver = self._drivers[form.driver]
        pane.show_driver(driver, form.settings, form.secrets, device_id=form.device_id)
        self.settle()
        self.save.setEnabled(True)

    def _on_save(self) -> None:
        settings = self.setting_up.values() if self.setting_up is not None else None
        if settings is not None:
            self.save.setEnabled(False)
            self._moves = self._moves_to_our_broker(settings)
            request = ConfigureDevice(device_id=self.device_id, settings=settings)
            self.desk.bridge.ask(request, self._on_saved)

    def _on_saved(self, reply: Reply) -> None:
        self.save.setEnabled(True)
        if reply.ok:
            self.desk.tell(tr("Saved. It is connected anew."))
            self.dismiss()
            if self._moves:
                self.login_asked.emit(self.device_id)
        elif self.setting_up is not None:
            self.setting_up.refused(reply)

    def _moves_to_our_broker(self, settings: Raw) -> bool:
        """Say whether the device must be told how to log in at our broker from now on."""
        form = self._form
        if form is None or form.driver not in self._drivers:
            return False
        driver = self._drivers[form.driver]
        return uses_own_broker(driver, settings) and not uses_own_broker(driver, form.settings)

    def _on_fallback(self) -> None:
        fallback = str(self.fallback.currentData())
        self.desk.bridge.ask(SetFallback(device_id=self.device_id, fallback=fallback))

    def _on_replace(self) -> None:
        self.dismiss()
        self.replace_asked.emit(self.device_id)

    # ------------------------------------------------------------ limits and consent

    def _show_limits(self, device: DeviceView) -> None:
        self._shown = (device.consent, tuple(output.id for output in _told(device)))
        if device.consent:
            self.body.addWidget(self._consent_card(device))
        outputs = _told(device)
        if len(outputs) > _SIDE_BY_SIDE:
            outputs = [self._choice_of(outputs)]
        for output in outputs:
            card = LimitsCard(self.desk, device, output)
            card.consent_asked.connect(self._on_limits_need_consent)
            self.cards[output.id] = card
            self.body.addWidget(card)
        if not self.cards:
            text = N_("Its limits show when it was connected once.")
            self.body.addWidget(Label(text, "small", wrap=True))

    def _choice_of(self, outputs: list[CapabilityView]) -> CapabilityView:
        """Let one of many outputs be chosen, and return it."""
        self.which = ComboBox(N_("Output"))
        for output in outputs:
            self.which.addItem(output_words(output), output.id)
        place = max(0, self.which.findData(self._output))
        self.which.setCurrentIndex(place)
        self.which.activated.connect(self._on_which)
        self.body.addWidget(self.which)
        return outputs[place]

    def _on_which(self) -> None:
        self._output = str(self.which.currentData())
        self.choose("limits")
        self.which.setFocus()

    def _consent_card(self, device: DeviceView) -> QWidget:
        given = device.consent == "given"
        text = N_("You agreed that it can hurt.") if given else N_(
            "It can hurt. Nothing of it runs until you have read and typed that you know."
        )  # fmt: skip
        self.agree = Button(N_("Take it back") if given else N_("Read and agree…"), "", "lock")
        self.agree.clicked.connect(self._on_take_back if given else self.ask_consent)
        line = row(Label(text, "small", "danger" if not given else "", wrap=True), self.agree)
        line.setStretch(0, 1)
        return holder(line)

    def ask_consent(self) -> None:
        """Show what must be read and typed."""
        request = GetConsent(device_id=self.device_id, language=language_code())
        self.desk.bridge.ask(request, self._on_consent)

    def _on_consent(self, reply: Reply) -> None:
        device = self.device
        if reply.consent is None or device is None:
            self.desk.tell(words.failure(reply.code, reply.values))
            return
        dialog = ConsentDialog(self.window(), device.name, reply.consent)
        dialog.given.connect(self._on_given)
        dialog.rejected.connect(self._on_refused)
        dialog.open()

    def _on_given(self, phrase: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            card, limits = waiting
            card.send(limits, phrase)
            return
        request = GiveConsent(device_id=self.device_id, phrase=phrase)
        self.desk.bridge.ask(request, self._on_agreed)

    def _on_refused(self) -> None:
        self._waiting = None

    def _on_take_back(self) -> None:
        self.desk.bridge.ask(GiveConsent(device_id=self.device_id), self._on_agreed)

    def _on_agreed(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def _on_limits_need_consent(self, waiting: object) -> None:
        if isinstance(waiting, tuple):
            self._waiting = waiting
            self.ask_consent()

    # ------------------------------------------------------------ health

    def _show_health(self, device: DeviceView) -> None:
        self.health = HealthPanel(self.desk)
        self.health.show_device(device)
        self.body.addWidget(self.health)


def _told(device: DeviceView) -> list[CapabilityView]:
    return [output for output in device.capabilities if output.kind != "sensor"]

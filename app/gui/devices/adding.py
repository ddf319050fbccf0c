"""The sheet to add a device, or to put other hardware in one's place. Rule: nothing is probed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.gateway.messages import AddDevice, Discover, GetDrivers, ReplaceDevice, Reply
from app.gui import words
from app.gui.devices.broker_field import uses_own_broker
from app.gui.devices.families import (
    GROUPS,
    DriverRow,
    PickRow,
    fits,
    grouped,
    icon_of,
)
from app.gui.devices.found import FoundRow, one_a_port, port_of
from app.gui.devices.setting_up import SettingUp
from app.gui.dialogs import SideSheet
from app.gui.text import tr
from app.gui.widgets.basic import Button, Label, Tile, column, holder, row
from app.gui.widgets.fields import ComboBox
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.messages import FoundView
    from app.gateway.views import DeviceView, DriverView
    from app.gui.page import Desk

_NAME_CHARS: Final = 60
# The way to each group from the top; families are many.
_JUMPS: Final[dict[str, str]] = {
    "usb": N_("USB"),
    "bluetooth": N_("Bluetooth"),
    "network": N_("Network"),
    "mqtt": N_("MQTT"),
    "practice": N_("Practice"),
}


class AddSheet(SideSheet):
    """First what there is to add, then its settings. `done` tells a sentence when it is added."""

    done = Signal(str)
    # A device was added (its id) that must be told how to log in at our broker.
    login_asked = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("Add a device"))
        self.setObjectName("add_device")
        self.desk = desk
        self.drivers: dict[str, DriverView] = {}
        self.found: tuple[FoundView, ...] = ()
        self.rows: list[PickRow] = []
        self.replacing: DeviceView | None = None
        self.setting_up: SettingUp | None = None
        self._broken: dict[str, str] = {}
        self._heads: dict[str, Label] = {}
        self._looking = self._at_own_broker = False
        self._name = ""
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.jumps = {key: Button(source, "link") for key, source in _JUMPS.items()}
        for key, jump in self.jumps.items():
            jump.setObjectName(key)
            jump.clicked.connect(self._on_jump)
        self._ways = holder(Flow(*self.jumps.values(), gap=6))
        self._finder = holder(column(self.search, self._ways, gap=8, pad=(24, 0, 24, 0)))
        self.head.addWidget(self._finder)
        self.back = Button(N_("All devices"), "link", "left")
        self.add = Button(N_("Add"), "primary", "plus")
        self.back.clicked.connect(self._on_back)
        self.add.clicked.connect(self._on_add)
        self._feet = holder(row(self.back, None, self.add, pad=(16, 8, 24, 16)))
        self.foot.addWidget(self._feet)
        self._feet.hide()

    # ------------------------------------------------------------ opening

    def open_looking(self, replacing: DeviceView | None = None) -> None:
        """Open and look; with a device, for what takes its place."""
        self.replacing = replacing
        self.search.clear()
        self._looking = True
        self._show_list()
        self.present()
        self.search.setFocus()
        self.desk.bridge.ask(GetDrivers(), self._on_drivers)
        self.desk.bridge.ask(Discover(), self._on_found)

    def open_driver(self, key: str) -> None:
        """Go on with one family."""
        if key in self.drivers:
            self._open_form(self.drivers[key], {})

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if not self.isVisible():
            return
        if self.setting_up is None:
            self._show_list()
        self._retitle()

    def _on_drivers(self, reply: Reply) -> None:
        if reply.drivers is not None:
            self.drivers = {driver.key: driver for driver in reply.drivers.drivers}
            self._broken = dict(reply.drivers.broken)
            if self.setting_up is None:
                self._show_list()
        elif not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def _on_found(self, reply: Reply) -> None:
        self._looking = False
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
        if reply.discover is not None:
            self.found = reply.discover.found
            self._broken = {**self._broken, **reply.discover.broken}
        if self.setting_up is None:
            self._show_list()
        else:
            self.setting_up.show_found(self.found)

    # ------------------------------------------------------------ the list

    def _show_list(self) -> None:
        focused = self.search.hasFocus()
        self._clear_body()
        self._finder.show()
        self._feet.hide()
        self._retitle()
        self._section("found", N_("FOUND NOW"))
        real = [one for one in self.found if not one.simulated]
        for one in one_a_port(real):
            several = sum(port_of(other) == port_of(one) != "" for other in real) > 1
            kind = None if several else self.drivers.get(one.driver)
            self._row(FoundRow(one, tr(kind.title) if kind else ""))
        self._show_looking(nothing=not real)
        for group, members in grouped(self.drivers.values()).items():
            title, role = GROUPS[group]
            practice = [one for one in self.found if one.simulated and group == "practice"]
            self._section(group, title)
            for one in practice:
                self._row(FoundRow(one, ""))
            for driver in members:
                if not (practice and driver.simulated):
                    self._row(DriverRow(driver, role))
        self._show_broken()
        self.body.addStretch(1)
        self._on_search()
        self.settle()
        if focused:
            self.search.setFocus()

    def _show_looking(self, *, nothing: bool) -> None:
        self.state = Label(kind="small", wrap=True)
        if self._looking:
            self.state.show_text(tr("Looking…"))
        elif nothing:
            self.state.show_text(
                tr(
                    "Nothing new was found. Plug the board in with a USB data cable and look "
                    "again, or choose its family below."
                )
            )
        self.state.setVisible(self._looking or nothing)
        self.again = Button(N_("Look again"), "link", "refresh")
        self.again.setEnabled(not self._looking)
        self.again.clicked.connect(self._on_again)
        self.body.addWidget(self.state)
        self.body.addWidget(holder(row(self.again, None)))
        self.nothing = Label(N_("No family of devices is called that."), "small", wrap=True)
        self.body.addWidget(self.nothing)

    def _show_broken(self) -> None:
        if self._broken:
            self._section("broken", N_("DRIVERS THAT DID NOT LOAD"))
        for name, error in self._broken.items():
            line = Label(kind="caption", wrap=True)
            line.show_text(f"{name}: {error}")
            self.body.addWidget(line)

    def _section(self, key: str, title: str) -> None:
        head = Label(title, "over")
        self._heads[key] = head
        self.body.addSpacing(4)
        self.body.addWidget(head)

    def _row(self, one: PickRow) -> None:
        one.setProperty("group", list(self._heads)[-1])
        one.clicked.connect(self._on_row)
        self.rows.append(one)
        self.body.addWidget(one)

    def _on_search(self) -> None:
        sought = self.search.text()
        shown: set[str] = set()
        for one in self.rows:
            fit = self._fits(one, sought)
            one.setVisible(fit)
            if fit:
                shown.add(str(one.property("group")))
        for key, head in self._heads.items():
            head.setVisible(key in shown or not sought.strip())
        quiet = bool(sought.strip())
        self._ways.setVisible(not quiet)
        for key, jump in self.jumps.items():
            jump.setVisible(key in self._heads)
        if hasattr(self, "again"):
            self.again.setVisible(not quiet)
            self.state.setVisible(not quiet and bool(self.state.words()))
            self.nothing.setVisible(quiet and not shown)

    def _fits(self, one: PickRow, sought: str) -> bool:
        if isinstance(one, DriverRow):
            return fits(one.driver, sought)
        if not isinstance(one, FoundRow):
            return True
        kind = self.drivers.get(one.found.driver)
        text = f"{one.title} {one.about}".casefold()
        return sought.strip().casefold() in text or (kind is not None and fits(kind, sought))

    def _on_jump(self) -> None:
        """Bring a group to the top, and the keyboard to its first family."""
        key = self.sender().objectName()
        head = self._heads.get(key)
        if head is not None:
            bar = self.area.verticalScrollBar()
            bar.setValue(head.y() - 4)
            first = next((one for one in self.rows if one.property("group") == key), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_again(self) -> None:
        self._looking = True
        self._show_list()
        self.desk.bridge.ask(Discover(), self._on_found)

    def _on_row(self) -> None:
        chosen = self.sender()
        if isinstance(chosen, DriverRow):
            self._open_form(chosen.driver, {})
        elif isinstance(chosen, FoundRow) and chosen.found.driver in self.drivers:
            driver = self.drivers[chosen.found.driver]
            self._open_form(driver, chosen.found.settings, tr(chosen.found.title))

    # ------------------------------------------------------------ the form

    def _open_form(self, driver: DriverView, settings: dict[str, Any], title: str = "") -> None:
        self._clear_body()
        self._finder.hide()
        self._feet.show()
        self.setting_up = SettingUp(self.desk)
        self.setting_up.finds.found = self.found
        self._settings = settings
        self.tile = Tile("device", "when", 44, 24)
        self.kind_title, self.kind_about = Label(kind="strong"), Label(kind="small", wrap=True)
        head = row(self.tile, column(self.kind_title, self.kind_about, gap=0), gap=12)
        head.setStretch(1, 1)
        self.body.addWidget(holder(head))
        self.kinds = self._kinds_of(settings, driver)
        named = title if self.kinds is None and title else tr(driver.title)
        self.name = QLineEdit(self._free_name(named))
        self.name.setMaxLength(_NAME_CHARS)
        self.name.setAccessibleName(tr("Name"))
        self.name.returnPressed.connect(self._on_add)
        titled = holder(column(Label(N_("Name"), "small_strong"), self.name, gap=3))
        self.body.addWidget(titled)
        # What takes another's place keeps its name.
        titled.setVisible(self.replacing is None)
        self.body.addWidget(self.setting_up)
        self.body.addStretch(1)
        self._show_kind(driver)
        self._retitle()
        self.settle()
        if self.replacing is None:
            self.name.setFocus()
            self.name.selectAll()

    def _kinds_of(self, settings: dict[str, Any], driver: DriverView) -> ComboBox | None:
        """Ask what hangs on a port: the port itself does not tell."""
        others = [one for one in self.drivers.values() if _asks_for(one, settings)]
        if not settings or len(others) < 2 or driver not in others:  # noqa: PLR2004 - a choice
            return None
        combo = ComboBox(N_("What it is"))
        for one in sorted(others, key=lambda one: tr(one.title).casefold()):
            combo.addItem(tr(one.title), one.key)
        combo.setCurrentIndex(combo.findData(driver.key))
        combo.activated.connect(self._on_kind)
        asked = column(Label(N_("What it is"), "small_strong"), combo, gap=3)
        self.body.addWidget(holder(asked))
        return combo

    def _on_kind(self) -> None:
        if self.kinds is None:
            return
        driver = self.drivers[str(self.kinds.currentData())]
        if not self.name.isModified():
            self.name.setText(self._free_name(tr(driver.title)))
        self._show_kind(driver)

    def _show_kind(self, driver: DriverView) -> None:
        self.tile.show_icon(icon_of(driver.icon), "do" if driver.simulated else "when")
        self.kind_title.show_text(tr(driver.title))
        self.kind_about.show_text(tr(driver.summary))
        if self.setting_up is not None:
            self.setting_up.show_driver(driver, self._settings)

    def _free_name(self, title: str) -> str:
        taken = {device.name for device in self.desk.bridge.state.devices.values()}
        name, count = title[:_NAME_CHARS], 2
        while name in taken:
            name, count = f"{title[: _NAME_CHARS - 4]} {count}", count + 1
        return name

    def _on_back(self) -> None:
        self._show_list()
        self.search.setFocus()

    def _on_add(self) -> None:
        pane = self.setting_up
        settings = pane.values() if pane is not None else None
        if pane is None or pane.driver is None or settings is None:
            return
        self._name = self.name.text().strip() or tr(pane.driver.title)
        self.add.setEnabled(False)
        key = pane.driver.key
        self._at_own_broker = uses_own_broker(pane.driver, settings)
        if self.replacing is not None:
            request = ReplaceDevice(device_id=self.replacing.id, driver=key, settings=settings)
            self.desk.bridge.ask(request, self._on_added)
        else:
            added = AddDevice(driver=key, name=self._name, settings=settings)
            self.desk.bridge.ask(added, self._on_added)

    def _on_added(self, reply: Reply) -> None:
        self.add.setEnabled(True)
        if not reply.ok:
            if self.setting_up is not None:
                self.setting_up.refused(reply)
            else:
                self.desk.tell(words.failure(reply.code, reply.values))
            return
        told = tr("{name} was added.", name=self._name)
        if self.replacing is not None:
            told = tr("{name} has other hardware now.", name=self.replacing.name)
        device_id = reply.device_id or (self.replacing.id if self.replacing else "")
        self.dismiss()
        self.done.emit(told)
        if self._at_own_broker:
            self.login_asked.emit(device_id)

    def _retitle(self) -> None:
        name = self.replacing.name if self.replacing else ""
        self.title.show_text(tr("Replace {name}", name=name) if name else tr("Add a device"))
        self.add.show_source(N_("Replace") if name else N_("Add"), "refresh" if name else "plus")
        self.search.setPlaceholderText(tr("Search: relay, WLED, DMX…"))
        self.search.setAccessibleName(tr("Search for a family of devices"))

    def _clear_body(self) -> None:
        self.setting_up = None
        self.rows = []
        self._heads = {}
        self.clear()


def _asks_for(driver: DriverView, settings: dict[str, Any]) -> bool:
    """Say whether a family has all these settings, and picks the first of them."""
    properties = driver.form.get("properties", {})
    return all(properties.get(name, {}).get("pick") for name in settings)

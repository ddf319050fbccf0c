"""Pictures of the Devices page: adding, settings, limits, consent, health, what is made of devices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from app.gateway.messages import Reply
from tests.app.gui import sample, sample_devices

if TYPE_CHECKING:
    from app.gui.window import Window


def spin(ms: int = 60) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def devices(window: Window) -> None:
    window.go("devices")


def adding(window: Window) -> None:
    window.go("devices", "add")
    sheet = window.pages["devices"].sheet
    sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
    sheet._on_found(Reply(id=2, discover=sample.discovered()))


def form(window: Window, driver: str) -> None:
    """The settings of one family."""
    adding(window)
    window.pages["devices"].sheet.open_driver(driver)


def details(window: Window, device: str, tab: str) -> None:
    """One device from one side."""
    window.go("devices")
    page = window.pages["devices"]
    page._on_chosen(tab, device)
    sheet = page.details
    if tab == "settings":
        sheet._on_drivers(Reply(id=1, drivers=sample.drivers()))
        sheet._on_form(Reply(id=2, device_form=sample_devices.form()))
    if tab == "health":
        sheet.health._on_log(Reply(id=3, device_log=sample_devices.log()))


def sheet_of(window: Window, about: str) -> None:
    """What is made of devices, and what may run together."""
    window.go("devices")
    page = window.pages["devices"]
    if about == "together":
        page.show_about(about)
    else:
        page._on_chosen("edit", about)


def devices_end(window: Window) -> None:
    window.go("devices")
    spin()
    bar = window.pages["devices"].area.verticalScrollBar()
    bar.setValue(bar.maximum())


def devices_below(window: Window) -> None:
    """The lower half of many devices."""
    window.go("devices")
    spin()
    bar = window.pages["devices"].area.verticalScrollBar()
    bar.setValue(int(bar.maximum() * 0.55))


def form_of_port(window: Window) -> None:
    """Something that was found on a port: what hangs on it is asked."""
    adding(window)
    sheet = window.pages["devices"].sheet
    next(row for row in sheet.rows if hasattr(row, "found")).click()
    sheet._on_add()
    told = {"field": "port", "problem": "This port is used by another program."}
    sheet._on_added(Reply(id=3, ok=False, code="bad_settings", values=told))


STATES = {
    "devices_add": (sample.snapshot, adding),
    "devices_form": (sample.snapshot, form_of_port),
    "devices_lamps": (sample.snapshot, partial(form, driver="enttec_pro")),
    "devices_broker": (sample.snapshot, partial(form, driver="mqtt_tasmota")),
    "devices_many": (sample_devices.snapshot, devices),
    "devices_below": (sample_devices.snapshot, devices_below),
    "devices_end": (sample_devices.snapshot, devices_end),
    "devices_group": (sample_devices.snapshot, partial(sheet_of, about="g1")),
    "devices_scene": (sample_devices.snapshot, partial(sheet_of, about="s1")),
    "devices_together": (sample_devices.snapshot, partial(sheet_of, about="together")),
    "devices_settings": (
        sample_devices.snapshot,
        partial(details, device="board", tab="settings"),
    ),
    "devices_limits": (sample_devices.snapshot, partial(details, device="board", tab="limits")),
    "devices_consent": (sample_devices.snapshot, partial(details, device="collar", tab="limits")),
    "devices_health": (sample_devices.snapshot, partial(details, device="board", tab="health")),
}

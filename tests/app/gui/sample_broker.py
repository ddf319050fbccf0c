"""Our own broker at work, with devices at it, a guest, refusals: for pictures and tests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.gateway.messages import Reply
from app.gateway.views import (
    BrokerAccountView,
    BrokerClientView,
    BrokerRefusalView,
    BrokerView,
    KnownBrokerView,
    LinkView,
    LoginLine,
    LoginView,
    Snapshot,
)
from tests.app.gui import sample, sample_device_pictures, sample_devices

if TYPE_CHECKING:
    from app.gui.window import Window

KNOWN = (KnownBrokerView(host="192.168.1.8", user="stream", names=("Fan",)),)


def broker() -> BrokerView:
    """It runs for the home network; one device is there, one has a wrong password."""
    at_ms = sample.NOW_MS
    return BrokerView(
        on=True,
        reach="home",
        port=1883,
        stage="online",
        addresses=("192.168.1.20", "10.0.0.5"),
        clients=(
            BrokerClientView(
                account="desk-lamp", client_id="DVES_A1B2C3", address="192.168.1.31",
                since_ms=at_ms - 600_000, heard=482, sent=61,
            ),
        ),
        accounts=(
            BrokerAccountView(name="desk-lamp", devices=("lamp",)),
            BrokerAccountView(name="fog-machine", devices=("fog",)),
            BrokerAccountView(name="home-assistant", kind="program"),
        ),
        refusals=(
            BrokerRefusalView(
                at_ms=at_ms - 240_000, address="192.168.1.77", name="admin", why="unknown_account"
            ),
            BrokerRefusalView(
                at_ms=at_ms - 8_000, address="192.168.1.32", name="fog-machine",
                why="wrong_password",
            ),
        ),
        known=KNOWN,
    )  # fmt: skip


def login() -> LoginView:
    """How the fog machine logs in, a Tasmota."""
    lines = (
        ("Host", "192.168.1.20"),
        ("Port", "1883"),
        ("User", "fog-machine"),
        ("Password", "kmpx-7vw3-hq9d"),
        ("Topic", "fog"),
        ("Full Topic", "%prefix%/%topic%/"),
    )
    return LoginView(
        account="fog-machine",
        where="On the device's own web page: Configuration, then Configure MQTT.",
        after="Press Save there. The device starts again and logs in after a few seconds.",
        lines=tuple(LoginLine(word=word, text=text) for word, text in lines),
        quoted=True,
    )


def snapshot(view: BrokerView | None = None) -> Snapshot:
    """Two Tasmotas at our own broker."""
    waiting = LinkView(stage="waiting", reason="no_answer", since_ms=sample.NOW_MS - 5_000)
    kind = {"driver": "mqtt_tasmota", "driver_title": "Tasmota", "icon": "relay"}
    relay = sample_devices.output("switch", id="relay1", title="Relay 1", hazard="mains")
    devices = (
        sample_devices.device("lamp", "Desk lamp", relay, **kind),
        sample_devices.device("fog", "Fog machine", relay, **kind, link=waiting),
    )
    told = {"devices": devices, "broker": view or broker()}
    return sample.snapshot().model_copy(update=told)


def off() -> Snapshot:
    """The same while the broker is off."""
    return snapshot(BrokerView(accounts=broker().accounts, known=KNOWN))


def wifi(window: Window) -> None:
    window.go("devices", "wifi")


def wifi_end(window: Window) -> None:
    wifi(window)
    sample_device_pictures.spin()
    bar = window.pages["devices"].broker_sheet.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def logging_in(window: Window, since_ms: int = 0) -> None:
    """The sheet that waits for the fog machine."""
    window.go("devices")
    sheet = window.pages["devices"].login_sheet
    sheet.open_device("fog")
    sheet._since_ms = since_ms
    sheet.take(Reply(id=1, login=login()))


def choosing(window: Window, *, known: bool) -> None:
    """The form of a Tasmota: which broker."""
    sample_device_pictures.form(window, "mqtt_tasmota")
    field = window.pages["devices"].sheet.setting_up.form.lines["host"].field
    if known:
        field.combo.setCurrentIndex(1)
        field.combo.activated.emit(1)


STATES = {
    "broker_on": (snapshot, wifi),
    "broker_end": (snapshot, wifi_end),
    "broker_off": (off, wifi),
    "broker_login": (snapshot, logging_in),
    "broker_asked": (off, logging_in),
    "broker_own": (off, partial(choosing, known=False)),
    "broker_known": (snapshot, partial(choosing, known=True)),
}

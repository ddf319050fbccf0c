"""One device for each way there is to a device, on its bench, and as the hub wants to be told of it.

One rule: a way that cannot be had on this computer is left out, with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.devices.config import DeviceConfig
from drivers.template import Template
from tests.drivers.benches import BENCHES, why_not
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.own_device import OwnNetDevice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WAYS = {
    "serial": "lcus_relay with four relays",
    "serial with a lease": "giftwire_line on a fake board",
    "TCP": "template over TCP, without answers",
    "UDP": "osc to a program on this computer",
    "HTTP": "",
    "HTTP and UDP": "wled that shows a colour of its own",
    "WebSocket": "home_assistant with things of all kinds",
    "MQTT": "mqtt_tasmota plug",
    "DMX by Ethernet": "artnet box with lamp, head and relay",
    "DMX by cable": "enttec_pro with lamp, head and fog",
    "Bluetooth": "ble_strip ELK-BLEDOM",
    "HID": "hid_relay that tells which are on",
}


def _over_http() -> Bench:
    """Something that is asked with GET; there is no link that could be lost."""
    heard, far = Heard(), OwnNetDevice("http")
    output = {"name": "Relay", "kind": "switch", "on": "GET /REL/1", "off": "GET /REL/0"}
    settings = Template.settings_for(
        way="http", url=f"http://127.0.0.1:{far.port}", outputs=[output], answer="OK"
    )
    driver = Template(settings, heard.events())
    return Bench(driver, heard, lambda: far.resting, far.wait_for, far.close)


def missing(ways: Iterable[str] = WAYS) -> dict[str, str]:
    """Return why some cannot be had here."""
    return {way: reason for way in ways if WAYS[way] and (reason := why_not(WAYS[way]))}


def made(folder: Path, ways: Iterable[str] = WAYS) -> dict[str, tuple[Bench, DeviceConfig]]:
    """Set up the far ends; whoever does closes their benches. The drivers stay unopened."""
    found: dict[str, tuple[Bench, DeviceConfig]] = {}
    for number, way in enumerate(ways):
        if way in missing([way]):
            continue
        place = folder / f"way{number}"
        place.mkdir()
        bench = BENCHES[WAYS[way]](place) if WAYS[way] else _over_http()
        settings = bench.driver._settings.model_dump(mode="json")
        for one in (settings, *settings.get("outputs", ())):
            if isinstance(one, dict) and "load" in one:
                one["load"] = "harmless"
        device = f"d{number}"
        found[way] = bench, DeviceConfig(device, way, bench.driver.key, settings, used=True)
    return found

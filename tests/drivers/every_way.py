"""One device for each way there is to a device, on its bench, and as the hub wants to be told of it.

One rule: a way that cannot be had on this computer is left out, with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.devices.config import DeviceConfig
from tests.drivers.benches import BENCHES, why_not

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.drivers.benches.bench import Bench

WAYS = {
    "serial": "lcus_relay with four relays",
    "serial with a lease": "giftwire_line on a fake board",
    "TCP": "template over TCP, without answers",
    "UDP": "osc to a program on this computer",
    "HTTP": "wled that shows a colour of its own",
    "WebSocket": "obs with a password",
    "MQTT": "mqtt_tasmota plug",
    "DMX by Ethernet": "artnet box with lamp, head and relay",
    "DMX by cable": "enttec_pro with lamp, head and fog",
    "Bluetooth": "ble_strip ELK-BLEDOM",
    "HID": "hid_relay that tells which are on",
}


def missing(ways: Iterable[str] = WAYS) -> dict[str, str]:
    """Return why some cannot be had here."""
    return {way: reason for way in ways if (reason := why_not(WAYS[way]))}


def made(folder: Path, ways: Iterable[str] = WAYS) -> dict[str, tuple[Bench, DeviceConfig]]:
    """Set up the far ends; whoever does closes their benches. The drivers stay unopened."""
    found: dict[str, tuple[Bench, DeviceConfig]] = {}
    for number, way in enumerate(ways):
        if way in missing([way]):
            continue
        place = folder / f"way{number}"
        place.mkdir()
        bench = BENCHES[WAYS[way]](place)
        settings = bench.driver._settings.model_dump(mode="json")
        if "load" in settings:
            settings["load"] = "harmless"
        device = f"d{number}"
        found[way] = bench, DeviceConfig(device, way, bench.driver.key, settings)
    return found

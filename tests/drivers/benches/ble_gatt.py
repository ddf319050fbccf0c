"""Benches of Bluetooth devices of one's own: one that acknowledges, one with a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.ble_gatt import BleGatt
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.contract import Driver
    from tests.fakes.bluez.gadget import Gadget

SETTINGS = {
    "device": "AA:BB:CC:00:00:02",
    "value": "12345678-0000-4000-8000-000000000001",
    "outputs": [{"name": "Fan", "on": "01", "off": "00"}],
}
TIMED: dict[str, Any] = {
    "device": "AA:BB:CC:00:00:03",
    "value": "ffe1",
    "answers": "ffe1",
    "writing": "text",
    "answer": "OK",
    "outputs": [
        {"name": "Pump", "on": "P{level:255} {ms}", "off": "P0 0", "kind": "level", "self_timed": True},
        {"name": "Lamp", "on": "L{color:1:6} {ms}", "off": "L0 0", "kind": "light", "load": "light"},
    ],
}  # fmt: skip


def _bench(settings: dict[str, Any], kind: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.bluez import gadgets
        from tests.fakes.bluez.daemon import Bluez

        heard, bluez = Heard(), Bluez()
        gadget: Gadget = getattr(gadgets, kind)()
        bluez.add(gadget)
        driver = BleGatt(BleGatt.settings_for(**settings), heard.events())
        return Bench(
            driver,
            heard,
            lambda: gadget.resting,
            bluez.wait_for,
            bluez.close,
            lambda: bluez.drop(gadget),
            abandon=_abandon,
        )

    return make


async def _abandon(driver: Driver) -> None:
    from tests.fakes.bluez.crash import crash

    await crash(driver._pipe.link)


BENCHES = {
    "ble_gatt on a device that acknowledges": _bench(SETTINGS, "Switchable"),
    "ble_gatt on a device that answers and has a clock": _bench(TIMED, "Talking"),
}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return bus.why_not()

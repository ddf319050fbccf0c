"""Benches of Bluetooth strips: one that never answers, one that tells its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.ble_strip import BleStrip
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.contract import Driver

SETTINGS = {"device": "BE:58:00:01:02:03"}


def _strip(kind: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.bluez import gadgets
        from tests.fakes.bluez.daemon import Bluez

        heard, bluez = Heard(), Bluez()
        strip = getattr(gadgets, kind)()
        bluez.add(strip)
        driver = BleStrip(BleStrip.settings_for(device=strip.address), heard.events())
        return Bench(
            driver,
            heard,
            lambda: strip.resting,
            bluez.wait_for,
            bluez.close,
            lambda: bluez.drop(strip),
            abandon=_abandon,
        )

    return make


async def _abandon(driver: Driver) -> None:
    from tests.fakes.bluez.crash import crash

    link, driver._link = driver._link, None
    await crash(link)


BENCHES = {
    "ble_strip ELK-BLEDOM": _strip("ElkStrip"),
    "ble_strip Triones": _strip("TrionesStrip"),
}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return bus.why_not()

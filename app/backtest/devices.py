"""The devices that a backtest stands in for: the user's own, with what they can do.

One rule: nothing real is opened; what was never open in this profile takes no part.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.backtest.clock import JumpingLoop, run_jumping
from app.core.catalog import scan
from app.gateway.devicebook import practice_devices, read_configs
from drivers.contract import Driver, DriverError, DriverEvents

if TYPE_CHECKING:
    from pathlib import Path

    from app.core.catalog import Catalog
    from app.devices.config import DeviceConfig
    from drivers.contract import Capability


def devices_of(path: Path) -> tuple[tuple[DeviceConfig, ...], bool]:
    """Return the devices of a profile's file; practice devices, and True, if it has none."""
    configs = read_configs(path)
    contract: type[Driver] = Driver  # type: ignore[type-abstract]  # only its subclasses are made
    catalog = scan("drivers", contract)
    practice = not configs
    known = [_with_outputs(config, catalog) for config in configs or practice_devices()]
    return tuple(config for config in known if config.known), practice


def _with_outputs(config: DeviceConfig, catalog: Catalog[Driver]) -> DeviceConfig:
    driver = catalog.found.get(config.driver)
    if config.known or driver is None or not driver.simulated:
        return config
    try:
        return replace(config, known=run_jumping(JumpingLoop(), _outputs(driver, config)))
    except (DriverError, ValueError):
        return config


async def _outputs(driver: type[Driver], config: DeviceConfig) -> tuple[Capability, ...]:
    one = driver(driver.settings_for(**config.settings), _unheard())
    try:
        return await one.open()
    finally:
        await one.close()


def _unheard() -> DriverEvents:
    return DriverEvents(lambda _: None, lambda _: None, lambda: None)

"""Where a family of devices belongs in a list: how it is connected.

One rule: what a driver says of itself goes first; else its settings tell it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.contract import Driver as _Base

if TYPE_CHECKING:
    from drivers.contract import Driver

GROUPS: Final = ("usb", "bluetooth", "network", "mqtt", "other", "practice")
_BY_KEY: Final = {"mqtt_": "mqtt", "ble_": "bluetooth", "hid_": "usb"}
_BY_FIELD: Final = {"port": "usb", "host": "network", "url": "network", "address": "network"}


def group_of(driver: type[Driver]) -> str:
    """Return one of `GROUPS`."""
    if driver.simulated:
        return "practice"
    said = getattr(driver, "group", "")
    if said in GROUPS:
        return str(said)
    for prefix, group in _BY_KEY.items():
        if driver.key.startswith(prefix):
            return group
    fields = driver.Settings.model_fields
    return next((group for field, group in _BY_FIELD.items() if _has(fields, field)), "other")


def can_be_found(driver: type[Driver]) -> bool:
    """Say whether a search may list some."""
    own, usual = driver.discover, _Base.discover
    return getattr(own, "__func__", own) is not getattr(usual, "__func__", usual)


def _has(fields: object, name: str) -> bool:
    return isinstance(fields, dict) and name in fields

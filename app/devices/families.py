"""Where a family of devices belongs in a list: how it is connected.

One rule: its key and its settings tell it; there is no list of drivers to keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drivers.contract import Driver as _Base

if TYPE_CHECKING:
    from drivers.contract import Driver

GROUPS: Final = ("usb", "bluetooth", "network", "mqtt", "other", "practice")
_BY_KEY: Final = {"mqtt_": "mqtt", "ble_": "bluetooth", "hid_": "usb"}
_ADDRESSES: Final = frozenset({"host", "address", "url"})


def group_of(driver: type[Driver]) -> str:
    """Return one of `GROUPS`; what may be connected in several ways is "other"."""
    if driver.simulated:
        return "practice"
    for prefix, group in _BY_KEY.items():
        if driver.key.startswith(prefix):
            return group
    fields = driver.Settings.model_json_schema().get("properties", {})
    plugged = any(field.get("pick") == "port" for field in fields.values())
    reached = not _ADDRESSES.isdisjoint(fields)
    if plugged and not reached:
        return "usb"
    return "network" if reached and not plugged else "other"


def can_be_found(driver: type[Driver]) -> bool:
    """Say whether a search may list some."""
    own, usual = driver.discover, _Base.discover
    return getattr(own, "__func__", own) is not getattr(usual, "__func__", usual)

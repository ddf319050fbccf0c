"""What all Bluetooth devices are asked for.

One rule: the system's address for a device is its identity; a name does where it is the only one.
"""

from __future__ import annotations

from pydantic import Field

from drivers.contract import N_, DriverSettings


class BleSettings(DriverSettings):
    """Which device."""

    device: str = Field(
        min_length=1,
        max_length=200,
        title=N_("Bluetooth device"),
        description=N_("Its address as your computer shows it, or its name."),
        json_schema_extra={"pick": "bluetooth"},
    )

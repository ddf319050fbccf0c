"""What all devices on a serial port are asked for.

One rule: a port is the identity of a board, so that another name after replugging is no other port.
"""

from __future__ import annotations

from pydantic import Field

from drivers.contract import N_, DriverSettings


class PortSettings(DriverSettings):
    """Where the device is plugged in."""

    port: str = Field(
        min_length=1,
        max_length=200,
        title=N_("Port"),
        description=N_("The board's identity, or the name of a port such as COM3."),
        json_schema_extra={"pick": "port"},
    )

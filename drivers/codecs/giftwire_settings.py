"""The settings of a Giftwire board, with the words of their form.

One rule: every field has a title and a description, because the form is made from them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from drivers.codecs.port_settings import PortSettings
from drivers.contract import N_


class GiftwireLineSettings(PortSettings):
    """Where the board is and how its port wants to be opened."""

    speed_baud: int = Field(
        115200, ge=300, le=4_000_000, title=N_("Speed"), description=N_("As in the sketch.")
    )
    boot_s: float = Field(
        4.0,
        ge=0.5,
        le=10.0,
        title=N_("Start-up time (s)"),
        description=N_("How long the board may take to answer after it is plugged in."),
    )
    dtr: Literal["auto", "on", "off"] = Field(
        "auto",
        title=N_("Restart line (DTR)"),
        description=N_("Off keeps some boards from restarting when the port is opened."),
        json_schema_extra={"words": {"auto": N_("By itself"), "on": N_("On"), "off": N_("Off")}},
    )
    checksum: bool = Field(
        True,  # noqa: FBT003 - pydantic takes the default by position
        title=N_("Checksums"),
        description=N_("Protect every line against errors on the cable."),
    )

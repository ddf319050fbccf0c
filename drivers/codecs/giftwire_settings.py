"""The settings of a Giftwire board, with the words of their form.

One rule: every field has a title and a description, because the form is made from them.
"""

from __future__ import annotations

from pydantic import Field

from drivers.codecs.port_settings import PortSettings, RestartLines
from drivers.contract import N_


class _Board(PortSettings):
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
    checksum: bool = Field(
        True,  # noqa: FBT003 - pydantic takes the default by position
        title=N_("Checksums"),
        description=N_("Protect every line against errors on the cable."),
    )


class GiftwireLineSettings(RestartLines, _Board):
    """Where the board is and how its port wants to be opened."""

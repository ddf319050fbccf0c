"""What devices on a serial port are asked for.

One rule: a port is the identity of a board, so that another name after replugging is no other port.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, Field, JsonValue

from drivers.contract import N_, DriverSettings

LineState = Literal["auto", "on", "off"]
LINE_WORDS: Final[dict[str, JsonValue]] = {
    "auto": N_("By itself"),
    "on": N_("On"),
    "off": N_("Off"),
}
LINE_STATES: Final[dict[str, bool | None]] = {"auto": None, "on": True, "off": False}


class PortSettings(DriverSettings):
    """Where the device is plugged in."""

    port: str = Field(
        min_length=1,
        max_length=200,
        title=N_("Port"),
        description=N_("Choose your board. Typing the name of a port, such as COM3, works too."),
        json_schema_extra={"pick": "port"},
    )


class RestartLines(BaseModel):
    """How the two lines stand that restart many boards when their port is opened."""

    dtr: LineState = Field(
        "auto",
        title=N_("Restart line (DTR)"),
        description=N_("Off keeps some boards from restarting when the port is opened."),
        json_schema_extra={"words": LINE_WORDS},
    )
    rts: LineState = Field(
        "auto",
        title=N_("Second line (RTS)"),
        description=N_("Off as well for boards with an ESP32 that never start."),
        json_schema_extra={"words": LINE_WORDS},
    )

    @property
    def lines(self) -> tuple[bool | None, bool | None]:
        """How DTR and RTS are to stand; None leaves it to the system."""
        return LINE_STATES[self.dtr], LINE_STATES[self.rts]

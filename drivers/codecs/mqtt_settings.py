"""What all devices behind an MQTT broker are asked for.

One rule: equal answers mean the same broker, so that such devices share one connection.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from drivers.contract import N_, DriverSettings, Secret

# The name of one topic, or the beginning of several: no wildcards, no slash at its ends.
Topic = Annotated[str, Field(pattern=r"^[^/#+\x00]+(/[^/#+\x00]+)*$", max_length=200)]
# The same, or nothing.
MaybeTopic = Annotated[str, Field(pattern=r"^([^/#+\x00]+(/[^/#+\x00]+)*)?$", max_length=200)]


class BrokerSettings(DriverSettings):
    """Where the broker is, and who we are there; without a host it is the program's own."""

    host: str = Field(
        "",
        max_length=253,
        title=N_("MQTT broker"),
        description=N_("The program that passes messages between Giftwire and the device."),
        json_schema_extra={"broker": True, "x-first": True},
    )
    port: int = Field(
        1883,
        ge=1,
        le=65535,
        title=N_("Port of the broker"),
        description=N_("Mostly 1883, or 8883 with encryption."),
    )
    user: str = Field(
        "",
        max_length=200,
        title=N_("User at the broker"),
        description=N_("Empty if the broker asks for none."),
    )
    password: Secret = Field(
        "",
        title=N_("Password at the broker"),
        description=N_("Empty if the broker asks for none."),
    )
    tls: bool = Field(
        default=False,
        title=N_("Encrypted"),
        description=N_("Only if the broker offers it, mostly on port 8883."),
    )
    any_certificate: bool = Field(
        default=False,
        title=N_("Take any certificate"),
        description=N_("Only for a broker of your own whose certificate nobody else signed."),
    )

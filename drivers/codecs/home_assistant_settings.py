"""The form of the Home Assistant driver. One rule: doors, locks and heating are refused here."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from drivers.codecs import home_assistant as words
from drivers.codecs.loads import Load
from drivers.contract import N_, DriverSettings, Secret


class HomeAssistantSettings(DriverSettings):
    """Where it is, who we are to it, and which entities are meant."""

    address: str = Field(
        "http://homeassistant.local:8123",
        max_length=200,
        pattern=r"^https?://",
        title=N_("Address"),
        description=N_("As in your browser when you open Home Assistant."),
    )
    token: Secret = Field(
        "",
        max_length=1000,
        title=N_("Access token"),
        description=N_("In Home Assistant: your profile, Security, Long-lived access tokens."),
    )
    entities: str = Field(
        "",
        max_length=4000,
        title=N_("Entities"),
        description=N_("Separated by commas, such as light.desk, switch.fan. Only these are used."),
    )
    load: Load = "other"
    lights: Literal["before", "off"] = Field(
        "before",
        title=N_("Lights afterwards"),
        description=N_("What a light does when its time is over."),
        json_schema_extra={"words": {"before": N_("As they were before"), "off": N_("Off")}},
    )
    any_certificate: bool = Field(
        default=False,
        title=N_("Take any certificate"),
        description=N_("For an address with https:// whose certificate is your own."),
    )

    @field_validator("entities")
    @classmethod
    def _known(cls, text: str) -> str:
        for name in words.names_of(text):
            domain, _, rest = name.partition(".")
            if domain not in words.KINDS or not rest:
                raise PydanticCustomError(
                    "entity",
                    N_("“{name}” is nothing we can switch. Write entities such as light.desk."),
                    {"name": name},
                )
        return text

"""The settings of a driver and what their fields may be.

One rule: every field has a title and a description, because the form is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class AtBroker:
    """What a device must be told to log in at an MQTT broker, and what it does there.

    `read` and `write` are the filters it subscribes and publishes within, its will and what it
    announces included. `where` is the place in its own menu; `lines` are what to enter there, in
    the menu's order: its word, and a text with {host} {port} {user} {password} filled in. `quoted`
    words are the menu's own, else ours. Devices of one `client` log in as one.
    """

    read: tuple[str, ...]
    write: tuple[str, ...]
    where: str
    lines: tuple[tuple[str, str], ...]
    after: str
    client: str = ""
    quoted: bool = True


class DriverSettings(BaseModel):
    """Base of every driver's settings: validated at the edge, titles and help make the form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def at_broker(self) -> AtBroker | None:
        """Return how the device logs in at a broker; None if it is behind none."""
        return None


def _unnamed(value: object) -> object:
    """Take the name that stands for a secret in files as one that is set."""
    named = isinstance(value, dict) and set(value) == {"secret"}
    return "•" if named else value


# A password or a key. In files {"secret": its name} stands for it; a driver always gets the text.
Secret = Annotated[
    str, BeforeValidator(_unnamed), Field(repr=False, json_schema_extra={"secret": True})
]

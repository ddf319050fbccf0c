"""The settings of a driver and what their fields may be.

One rule: every field has a title and a description, because the form is made from them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class DriverSettings(BaseModel):
    """Base of every driver's settings: validated at the edge, titles and help make the form."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _unnamed(value: object) -> object:
    """Take the name that stands for a secret in files as one that is set."""
    named = isinstance(value, dict) and set(value) == {"secret"}
    return "•" if named else value


# A password or a key. In files {"secret": its name} stands for it; a driver always gets the text.
Secret = Annotated[
    str, BeforeValidator(_unnamed), Field(repr=False, json_schema_extra={"secret": True})
]

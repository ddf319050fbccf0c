"""The words of rules: who speaks, and each rule's sentence once. Rule: worded when first asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.speech import Speaker
from app.gui.text import language_code
from app.gui.words import gift_name

if TYPE_CHECKING:
    from app.gui.models.state import State


def speaker(state: State) -> Speaker:
    """Return who words rules in the language in force, with the devices' names of now."""
    names = {device.id: device.name for device in state.devices.values()}

    def device_name(device_id: str) -> str:
        return names.get(device_id, "")

    return Speaker(language=language_code(), device_name=device_name, gift_name=gift_name)

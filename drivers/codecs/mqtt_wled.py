"""What a WLED understands and tells over MQTT (wled/WLED: mqtt.cpp, json.cpp).

One rule: whatever turns on also sets the night light, which ends it minutes later without us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.codecs.mqtt_outputs import (
    Message,
    Output,
    colour_of,
    compact,
    number,
    steps,
    unsupported,
)
from drivers.contract import Capability, Kind, Play

if TYPE_CHECKING:
    from drivers.contract import Instruction

# The night light counts minutes.
_MOST_MINUTES = 255


class WledOutput(Output):
    """The strip as a lamp, or its presets as effects."""

    def __init__(self, capability: Capability, topic: str) -> None:
        super().__init__(capability)
        self._topic = topic

    def off(self) -> tuple[Message, ...]:
        """Dark at once; said twice, as one of the two ways may be busy and drop it."""
        dark = compact({"on": False, "tt": 0, "nl": {"on": False}})
        return ((f"{self._topic}/api", dark), (self._topic, "OFF"))

    def on(self, instruction: Instruction, duration_s: float | None) -> tuple[Message, ...]:
        """A colour at once, or a preset."""
        minutes = min(_MOST_MINUTES, int((duration_s or 60.0) // 60) + 1)
        night = {"on": True, "dur": minutes, "mode": 0, "tbri": 0}
        said: dict[str, Any] = {"on": True, **self._look(instruction), "nl": night}
        return ((f"{self._topic}/api", compact(said)),)

    def shows(self, topic: str, text: str) -> bool | None:
        """Read the brightness the device tells a second after it changed."""
        level = number(text) if topic == f"{self._topic}/g" else None
        return None if level is None else level > 0

    def _look(self, instruction: Instruction) -> dict[str, Any]:
        if self.capability.kind is Kind.EFFECT:
            if not isinstance(instruction, Play) or not instruction.effect.isdecimal():
                raise unsupported(instruction)
            return {"ps": int(instruction.effect)}
        red, green, blue, level = colour_of(instruction)
        return {
            "bri": steps(level, 255),
            "tt": 0,
            "seg": {"fx": 0, "col": [[red, green, blue]]},
        }

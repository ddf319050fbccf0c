"""A WLED at a broker: brightness, colours by JSON, presets, night light.

One rule: written from wled/WLED's mqtt.cpp and json.cpp; it tells its state only when it changed.
"""

from __future__ import annotations

import json

from tests.fakes.mqtt_far import MqttFar


class MqttWled(MqttFar):
    """One strip; it listens to <topic>, <topic>/col and <topic>/api."""

    def __init__(self, port: int, *, topic: str = "wled/a1b2c3") -> None:
        self.topic = topic
        self.brightness = 0
        self.colour = [255, 160, 0]
        self.preset = -1
        self.night: dict[str, object] = {}
        self.filters = (topic, f"{topic}/col", f"{topic}/api")
        super().__init__(port, (f"{topic}/status", "offline"))

    def begin(self) -> None:
        self.say(f"{self.topic}/status", "online", retain=True)
        self._tell()

    def take(self, topic: str, text: str) -> None:
        if topic == f"{self.topic}/api" and text.startswith("{"):
            self._state(json.loads(text))
        elif topic == self.topic:
            bright = any(word in text for word in ("ON", "on", "true"))
            self._bright(128 if bright else int(text) if text.isdecimal() else 0)

    def _state(self, said: dict[str, object]) -> None:
        night = said.get("nl")
        if isinstance(night, dict):
            self.night = night
        segment = said.get("seg")
        if isinstance(segment, dict):
            self.colour = segment["col"][0]
        preset = said.get("ps")
        self.preset = preset if isinstance(preset, int) else -1
        level = said.get("bri", 128)
        self._bright(int(str(level)) if said.get("on", self.brightness > 0) else 0)

    def _bright(self, level: int) -> None:
        changed = level != self.brightness
        self.brightness = level
        self.on["strip"] = level > 0
        if changed:
            self._tell()

    def _tell(self) -> None:
        self.say(f"{self.topic}/g", str(self.brightness))
        red, green, blue = self.colour
        self.say(f"{self.topic}/c", f"#{red:02X}{green:02X}{blue:02X}")

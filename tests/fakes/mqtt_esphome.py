"""An ESPHome node at a broker: relay, lamp, fan, button and sensor, announced for Home Assistant.

One rule: written from esphome/components/mqtt; a switch tells its state only when it changed.
"""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.mqtt_far import MqttFar

PARTS = ("switch/relay", "light/lamp", "light/bulb", "fan/fan", "fan/simple", "sensor/heat")


class EspHome(MqttFar):
    """A node; `parts` are its components and object ids, such as switch/relay."""

    def __init__(self, port: int, *, name: str = "desk", parts: tuple[str, ...] = PARTS) -> None:
        self.name = name
        self.pressed = 0
        self.looks: dict[str, Any] = {}
        self.on = dict.fromkeys(parts, False)
        self._parts = parts
        self.filters = (f"{name}/+/+/command", f"{name}/+/+/speed_level/command")
        super().__init__(port, (f"{name}/status", "offline"))

    def begin(self) -> None:
        self.on = dict.fromkeys(self._parts, False)
        for part in self._parts:
            self.say(self._discovery(part), self._config(part), retain=True)
            self._tell(part)
        self.say(f"{self.name}/status", "online", retain=True)

    def take(self, topic: str, text: str) -> None:
        component, name = topic.split("/")[1:3]
        part = f"{component}/{name}"
        if topic.endswith("speed_level/command"):
            self.looks[part] = int(text)
        elif component == "light":
            said = json.loads(text)
            self.looks[part] = said
            self.on[part] = said["state"] == "ON"
            self._tell(part)
        elif component == "button":
            self.pressed += text == "PRESS"
        else:
            self.set(part, on=text == "ON")

    def set(self, part: str, *, on: bool) -> None:
        """Switch one, by a command or by hand."""
        changed = self.on[part] != on
        self.on[part] = on
        if changed:
            self._tell(part)

    def _tell(self, part: str) -> None:
        word = "ON" if self.on[part] else "OFF"
        said: object = {"state": word, "color_mode": "rgb"} if part.startswith("light") else word
        if part.startswith("sensor"):
            said = "21.5"
        self.say(f"{self.name}/{part}/state", said, retain=True)

    def _discovery(self, part: str) -> str:
        component, name = part.split("/")
        return f"homeassistant/{component}/{self.name}/{name}/config"

    def _config(self, part: str) -> dict[str, Any]:
        component, name = part.split("/")
        at = f"{self.name}/{part}"
        said: dict[str, Any] = {"name": name, "stat_t": f"{at}/state", "cmd_t": f"{at}/command"}
        said |= {"avty_t": f"{self.name}/status", "uniq_id": f"ESP{component}{name}"}
        said["dev"] = {"ids": "a1", "sw": "2026.10.0", "mdl": "esp32dev", "mf": "Espressif"}
        if component == "light":
            modes = ["rgb"] if name == "lamp" else ["brightness"]
            said |= {"schema": "json", "supported_color_modes": modes, "brightness": True}
        if part == "fan/fan":
            speed = {"pct_cmd_t": f"{at}/speed_level/command", "spd_rng_max": 3}
            said |= {"pct_stat_t": f"{at}/speed_level/state", **speed}
        if component == "sensor":
            said |= {"unit_of_meas": "°C"}
            del said["cmd_t"]
        if name == "restart":
            said["ent_cat"] = "config"
        return said

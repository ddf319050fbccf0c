"""Zigbee2MQTT at a broker, with plugs, lamps, a siren and sensors that never saw a radio.

One rule: written from zigbee2mqtt.io (MQTT topics and messages, Exposes, Availability).
"""

from __future__ import annotations

import functools
import json
from typing import Any

from tests.fakes.mqtt_far import MqttFar


def state(name: str = "state") -> dict[str, Any]:
    """Return the exposed on and off of a switch."""
    return {
        "type": "binary",
        "name": "state",
        "property": name,
        "value_on": "ON",
        "value_off": "OFF",
        "value_toggle": "TOGGLE",
        "access": 7,
    }


BRIGHTNESS = {
    "type": "numeric",
    "name": "brightness",
    "property": "brightness",
    "value_min": 0,
    "value_max": 254,
    "access": 7,
}
COLOUR = {"type": "composite", "name": "color_xy", "property": "color", "features": []}
POWER = {"type": "numeric", "name": "power", "property": "power", "unit": "W", "access": 5}
QUALITY = {"type": "numeric", "name": "linkquality", "property": "linkquality", "access": 1}
ALARM = {
    "type": "binary",
    "name": "alarm",
    "property": "alarm",
    "value_on": True,
    "value_off": False,
    "access": 3,
}
LOCK = {**ALARM, "name": "child_lock", "property": "child_lock"}

PLUG = [{"type": "switch", "features": [state()]}, POWER, QUALITY, LOCK]
TWO = [
    {"type": "switch", "features": [state(f"state_{one}")], "endpoint": one} for one in ("l1", "l2")
]
LAMP = [{"type": "light", "features": [state(), BRIGHTNESS, COLOUR]}, QUALITY]
DIMMER = [{"type": "light", "features": [state(), BRIGHTNESS]}]
SIREN = [
    ALARM,
    {"type": "enum", "name": "volume", "property": "volume", "values": ["low"], "access": 3},
]


class Zigbee2Mqtt(MqttFar):
    """The bridge with one device, `asleep` ones take nothing."""

    def __init__(
        self, port: int, *, name: str = "desk/plug", exposes: list[dict[str, Any]] | None = None
    ) -> None:
        self.name = name
        self.said: dict[str, Any] = {}
        self.asleep = False
        self._exposes = PLUG if exposes is None else exposes
        self.filters = (f"zigbee2mqtt/{name}/set", f"zigbee2mqtt/{name}/get")
        super().__init__(port, ("zigbee2mqtt/bridge/state", '{"state":"offline"}'))

    def begin(self) -> None:
        bridge = {"friendly_name": "Coordinator", "type": "Coordinator", "definition": None}
        definition = {"model": "ZNCZ02LM", "vendor": "Xiaomi", "exposes": self._exposes}
        device = {"ieee_address": "0x00158d00018255df", "friendly_name": self.name}
        devices = [bridge, {**device, "type": "Router", "definition": definition}]
        self.say("zigbee2mqtt/bridge/state", {"state": "online"}, retain=True)
        self.say("zigbee2mqtt/bridge/devices", devices, retain=True)
        self.there(here=True)

    def there(self, *, here: bool) -> None:
        """Say whether the device is there."""
        said = {"state": "online" if here else "offline"}
        self.say(f"zigbee2mqtt/{self.name}/availability", said, retain=True)

    def take(self, topic: str, text: str) -> None:
        if self.asleep:
            return
        asked = json.loads(text)
        if topic.endswith("/set"):
            self.said.update({key: value for key, value in asked.items() if key != "on_time"})
            for name, value in asked.items():
                if name.startswith(("state", "alarm")):
                    self.on[name] = value in ("ON", True)
                    if after := asked.get("on_time"):
                        self.after(after, functools.partial(self.end, name))
        self.tell()

    def end(self, name: str) -> None:
        """Go off by itself."""
        self.on[name] = False
        self.said[name] = "OFF"
        self.tell()

    def tell(self) -> None:
        """Tell all that is known."""
        self.say(
            f"zigbee2mqtt/{self.name}",
            {"state": "OFF", "power": 3.5, "linkquality": 90, **self.said},
        )

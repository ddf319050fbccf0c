"""Benches of ESPHome at mosquitto: a node with lamps, fans and a relay."""

from __future__ import annotations

from drivers.mqtt_esphome import MqttEspHome
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.mqtt_esphome import EspHome

__all__ = ["BENCHES", "SETTINGS", "why_not"]

SETTINGS = {"node": "desk"}

BENCHES = {"mqtt_esphome node": at_broker(MqttEspHome, EspHome, node="desk")}

"""Benches of Tasmota at mosquitto: new firmware, old firmware with several relays, a bulb."""

from __future__ import annotations

from drivers.mqtt_tasmota import MqttTasmota
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.tasmota import Tasmota

__all__ = ["BENCHES", "SETTINGS", "why_not"]

SETTINGS = {"topic": "plug"}


BENCHES = {
    "mqtt_tasmota plug": at_broker(MqttTasmota, Tasmota, topic="plug"),
    "mqtt_tasmota with old firmware and three relays": at_broker(
        MqttTasmota, lambda port: Tasmota(port, relays=3, timed=False), topic="plug"
    ),
    "mqtt_tasmota strip with a relay": at_broker(
        MqttTasmota, lambda port: Tasmota(port, relays=2, light="rgb"), topic="plug"
    ),
}

"""Benches of WLED at mosquitto: a lamp alone, and with presets."""

from __future__ import annotations

from drivers.mqtt_wled import MqttWled
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.mqtt_wled import MqttWled as Strip

__all__ = ["BENCHES", "SETTINGS", "why_not"]

SETTINGS = {"topic": "wled/a1b2c3"}

BENCHES = {
    "mqtt_wled lamp": at_broker(MqttWled, Strip, **SETTINGS),
    "mqtt_wled lamp and presets": at_broker(MqttWled, Strip, **SETTINGS, presets=[3, 7]),
}

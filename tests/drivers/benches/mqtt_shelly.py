"""Benches of Shellys at mosquitto: first generation, Plus with two relays, colours."""

from __future__ import annotations

from drivers.mqtt_shelly import MqttShelly
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.shelly import OldShelly, Shelly

__all__ = ["BENCHES", "SETTINGS", "why_not"]

SETTINGS = {"topic": "shellyplus1-a1b2c3"}

BENCHES = {
    "mqtt_shelly of the first generation": at_broker(
        MqttShelly,
        lambda port: OldShelly(port, relays=2),
        topic="shellies/shelly1-A1B2C3",
        generation="1",
        channels=2,
    ),
    "mqtt_shelly with two relays": at_broker(
        MqttShelly, lambda port: Shelly(port, parts=("switch:0", "switch:1")), **SETTINGS
    ),
    "mqtt_shelly with lamps": at_broker(
        MqttShelly, lambda port: Shelly(port, parts=("light:0", "rgbw:0", "rgb:1")), **SETTINGS
    ),
}

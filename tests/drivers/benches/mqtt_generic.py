"""Benches of described devices at mosquitto: one that tells its state, one that never answers."""

from __future__ import annotations

from drivers.mqtt_generic import MqttGeneric
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.mqtt_desk import Desk

__all__ = ["BENCHES", "SETTINGS", "why_not"]

RELAY = {"topic": "desk/relay/set", "state_topic": "desk/relay/state"}
LEVEL = {"kind": "level", "topic": "desk/fan/set", "on": "{percent}", "off": "0"}
LIGHT = {"kind": "light", "topic": "desk/lamp/set", "on": "#{hex}", "load": "light"}
MOTOR = {"kind": "motor", "topic": "desk/motor/set", "on": "{rounds} {rpm} {back}"}
EFFECT = {"kind": "effect", "topic": "desk/show/set", "on": "{effect}", "effects": ["rain", "sun"]}
PUMP = {"topic": "desk/pump/set", "on": "run {ms}ms", "timed": True}
HERE = {"available_topic": "desk/here"}

SETTINGS = {"outputs": [RELAY]}

BENCHES = {
    "mqtt_generic that tells its state": at_broker(
        MqttGeneric, Desk, outputs=[RELAY, {**PUMP, "state_topic": "desk/pump/state"}], **HERE
    ),
    "mqtt_generic that never answers": at_broker(
        MqttGeneric,
        lambda port: Desk(port, silent=True),
        outputs=[LEVEL, LIGHT, MOTOR, EFFECT, PUMP],
        **HERE,
    ),
}

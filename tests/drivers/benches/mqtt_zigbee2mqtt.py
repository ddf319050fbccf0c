"""Benches of Zigbee2MQTT at mosquitto: a plug, two relays with clocks, a lamp, a dimmer, a siren."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.mqtt_zigbee2mqtt import MqttZigbee2Mqtt
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes import zigbee2mqtt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.drivers.benches.bench import Bench

__all__ = ["BENCHES", "SETTINGS", "why_not"]

SETTINGS = {"name": "desk/plug"}


def _bench(exposes: list[dict[str, Any]], **settings: Any) -> Callable[[Path], Bench]:
    return at_broker(
        MqttZigbee2Mqtt,
        lambda port: zigbee2mqtt.Zigbee2Mqtt(port, exposes=exposes),
        **SETTINGS,
        **settings,
    )


BENCHES = {
    "mqtt_zigbee2mqtt plug": _bench(zigbee2mqtt.PLUG),
    "mqtt_zigbee2mqtt two relays with clocks": _bench(zigbee2mqtt.TWO, timed=True),
    "mqtt_zigbee2mqtt colours": _bench(zigbee2mqtt.LAMP),
    "mqtt_zigbee2mqtt dimmer": _bench(zigbee2mqtt.DIMMER),
    "mqtt_zigbee2mqtt siren": _bench(zigbee2mqtt.SIREN),
}

"""Benches of devices made for ThingsBoard at mosquitto."""

from __future__ import annotations

from drivers.mqtt_thingsboard import MqttThingsBoard
from tests.drivers.mqtt_bench import at_broker, why_not
from tests.fakes.thingsboard import ThingsBoardDevice

__all__ = ["BENCHES", "SETTINGS", "why_not"]

GPIO = {"state": "out_1"}
TIMED = {"method": "setValue", "on": '{"value":1,"ms":{ms}}', "off": "0", "timed": True}
LEVEL = {"kind": "level", "method": "setValue", "on": "{percent}", "off": "0", "answers": False}

SETTINGS = {"outputs": [GPIO]}

BENCHES = {
    "mqtt_thingsboard pins": at_broker(
        MqttThingsBoard,
        ThingsBoardDevice,
        broker_goes=True,
        outputs=[GPIO, {**TIMED, "state": "out_value"}],
        sensors=["temperature"],
    ),
    "mqtt_thingsboard values": at_broker(
        MqttThingsBoard, ThingsBoardDevice, broker_goes=True, outputs=[LEVEL]
    ),
}

"""Devices made for ThingsBoard at an ordinary broker: called by RPC, heard by telemetry.

One rule: we take ThingsBoard's place; a call counts as done when the device answered it.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import thingsboard
from drivers.codecs.mqtt_outputs import Sensor
from drivers.contract import N_, Capability, Cause, DriverError, DriverEvents, DriverSettings, Kind
from drivers.transports.mqtt_device import MqttDevice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.codecs.mqtt_outputs import Output


class MqttThingsBoard(MqttDevice):
    """One device; its outputs are "output1" and so on, its values "value1" and so on."""

    key = "mqtt_thingsboard"
    title = N_("ThingsBoard device")
    summary = N_("A device made for ThingsBoard, told to use your MQTT broker instead.")
    icon = "device"
    Settings: ClassVar[type[DriverSettings]] = thingsboard.ThingsBoardSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, thingsboard.ThingsBoardSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events)
        self._settings = settings
        self._topics = thingsboard.Topics(settings.prefix, secrets.randbelow(1 << 24) + 1)

    def _filters(self) -> Iterable[str]:
        topics = self._topics
        return (topics.answers, topics.telemetry, topics.attributes)

    async def _learn(self) -> Sequence[Output]:
        self.firmware = "ThingsBoard"
        outputs: list[Output] = [
            thingsboard.CalledOutput(one, index, self._topics)
            for index, one in enumerate(self._settings.outputs, start=1)
        ]
        for index, name in enumerate(dict.fromkeys(self._settings.sensors), start=1):
            capability = Capability(f"value{index}", Kind.SENSOR, name, readback=True)
            outputs.append(Sensor(capability, thingsboard.reader(self._topics, name)))
        return outputs

"""Zigbee plugs, lamps, sirens and sensors behind Zigbee2MQTT.

One rule: what a device can do is what Zigbee2MQTT says it exposes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from drivers.codecs import mqtt_found, zigbee2mqtt
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.mqtt_outputs import at_path, compact
from drivers.codecs.mqtt_settings import BrokerSettings, Topic
from drivers.contract import (
    ACCEPTS,
    N_,
    AtBroker,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
)
from drivers.transports.mqtt_device import MqttDevice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.codecs.mqtt_outputs import Message, Output


class ZigbeeSettings(BrokerSettings):
    """Which broker, which device behind the bridge, and what hangs on it."""

    name: Topic = Field(
        title=N_("Name of the device"),
        description=N_("As Zigbee2MQTT lists it: its friendly name or its address."),
    )
    base: Topic = Field(
        "zigbee2mqtt",
        title=N_("Topic of Zigbee2MQTT"),
        description=N_("Leave it, unless you changed it there."),
    )
    timed: bool = Field(
        default=False,
        title=N_("Ends by itself"),
        description=N_("Only if zigbee2mqtt.io lists “On with timed off” for it; it is safer."),
    )
    load: Load = "other"

    def at_broker(self) -> AtBroker:
        """Zigbee2MQTT logs in, for all devices behind it: all below its topic, and discovery."""
        return AtBroker(
            (f"{self.base}/#", "homeassistant/status"),
            (f"{self.base}/#", "homeassistant/#"),
            N_("On Zigbee2MQTT's page under Settings, MQTT, or in its file configuration.yaml."),
            (
                ("base_topic", self.base),
                ("server", "mqtt://{host}:{port}"),
                ("user", "{user}"),
                ("password", "{password}"),
            ),
            N_("Save, then restart Zigbee2MQTT. One login serves all devices behind it."),
            f"zigbee2mqtt/{self.base}",
        )


class MqttZigbee2Mqtt(MqttDevice):
    """One device; its outputs are named by the properties it exposes, such as "state_l1"."""

    key = "mqtt_zigbee2mqtt"
    title = N_("Zigbee (Zigbee2MQTT)")
    summary = N_("A Zigbee plug, lamp or siren behind Zigbee2MQTT.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = ZigbeeSettings
    looking = mqtt_found.ZIGBEE

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, ZigbeeSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._topic = f"{settings.base}/{settings.name}"
        # A device with several outputs has no one "state": its will switches nothing.
        will = (f"{self._topic}/set", compact({"state": "OFF"}))
        super().__init__(settings, events, will)
        self._settings = settings
        self._there: dict[str, bool] = {}
        self._property = "state"

    def _filters(self) -> Iterable[str]:
        base = self._settings.base
        return (
            f"{base}/bridge/state",
            f"{base}/bridge/devices",
            self._topic,
            f"{self._topic}/availability",
        )

    def _available(self, topic: str, text: str) -> bool | None:
        if topic not in (f"{self._settings.base}/bridge/state", f"{self._topic}/availability"):
            return None
        state = zigbee2mqtt.state_in(text)
        if state in ("online", "offline"):
            self._there[topic] = state == "online"
        return all(self._there.values())

    def _life(self) -> Sequence[Message]:
        return ((f"{self._topic}/get", compact({self._property: ""})),)

    async def _learn(self) -> Sequence[Output]:
        settings = self._settings
        text = await self._told_at(f"{settings.base}/bridge/devices")
        device = zigbee2mqtt.device_in(text, settings.name)
        if not device:
            raise DriverError(
                Cause.NOT_FOUND,
                say=N_("Zigbee2MQTT knows no “{name}”. Check the name as it stands there."),
                name=settings.name,
            )
        made = (at_path(device, "definition.vendor"), at_path(device, "definition.model"))
        self.firmware = " ".join(one for one in made if isinstance(one, str))[:80] or "Zigbee"
        hazard = HAZARDS[settings.load]
        outputs = zigbee2mqtt.outputs_of(device, self._topic, hazard, timed=settings.timed)
        switched = [one.capability.id for one in outputs if ACCEPTS[one.capability.kind]]
        self._property = switched[0] if switched else "state"
        return outputs

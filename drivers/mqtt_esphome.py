"""ESPHome devices, and all others that announce themselves for Home Assistant over MQTT.

One rule: outputs are what the device announced; nothing of Home Assistant itself is needed.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from drivers.codecs import ha_discovery, mqtt_found
from drivers.codecs.ha_outputs import output_of
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.mqtt_settings import BrokerSettings, MaybeTopic, Topic
from drivers.contract import N_, AtBroker, Cause, DriverError, DriverEvents, DriverSettings
from drivers.transports.mqtt_device import MqttDevice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.codecs.mqtt_outputs import Output


class EspHomeSettings(BrokerSettings):
    """Which broker, which device there, and which of its outputs."""

    node: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]+$", max_length=64)] = Field(
        title=N_("Name of the device"),
        description=N_("As in its YAML after “name:”, such as desk-lamp."),
    )
    prefix: Topic = Field(
        "homeassistant",
        title=N_("Topic of discovery"),
        description=N_("Leave it, unless you changed it in the device."),
    )
    only: Annotated[tuple[Annotated[str, Field(max_length=120)], ...], Field(max_length=64)] = (
        Field(
            (),
            title=N_("Only these"),
            description=N_("Names of outputs such as switch_relay. Empty: all it announces."),
        )
    )
    below: MaybeTopic = Field(
        "",
        title=N_("Its own topic"),
        description=N_("The topic_prefix in its YAML; empty if it has none."),
    )
    load: Load = "other"

    def at_broker(self) -> AtBroker:
        """All below its own topic, and how it tells of itself."""
        own, node = self.below or self.node, self.node
        prefix = () if own == node else (("topic_prefix", own),)
        return AtBroker(
            (f"{own}/#", "esphome/discover", f"esphome/ping/{node}"),
            (
                f"{own}/#",
                f"{self.prefix}/+/{node}/config",
                f"{self.prefix}/+/{node}/+/config",
                f"esphome/discover/{node}",
                f"esphome/ping/{node}",
            ),
            N_("In the device's YAML, below “mqtt:”."),
            (
                ("broker", "{host}"),
                ("port", "{port}"),
                ("username", "{user}"),
                ("password", "{password}"),
                ("discovery_prefix", self.prefix),
                *prefix,
            ),
            N_("Upload it to the device. It logs in when it has started again."),
            f"esphome/{node}",
        )


class MqttEspHome(MqttDevice):
    """One device; outputs are named by what they are and their object id, as "switch_relay"."""

    key = "mqtt_esphome"
    title = N_("ESPHome over MQTT")
    summary = N_("ESPHome, or any device that announces itself for Home Assistant over MQTT.")
    icon = "device"
    Settings: ClassVar[type[DriverSettings]] = EspHomeSettings
    looking = mqtt_found.ANNOUNCED

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, EspHomeSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events)
        self._settings = settings
        self._presences: list[ha_discovery.Presence] = []
        self._mark = f"giftwire/{secrets.token_hex(8)}"

    def _filters(self) -> Iterable[str]:
        start = f"{self._settings.prefix}/+/{self._settings.node}"
        return (self._mark, f"{start}/config", f"{start}/+/config")

    def _available(self, topic: str, text: str) -> bool | None:
        told = [one.says(topic, text) for one in self._presences]
        known = [one for one in told if one is not None]
        return all(known) if known else None

    async def _learn(self) -> Sequence[Output]:
        await self._kept_heard()
        prefix = self._settings.prefix
        found = [
            entity
            for topic, text in self._early.items()
            for entity in ha_discovery.entities(topic, text, prefix)
        ]
        if not found:
            raise DriverError(
                Cause.NOT_FOUND,
                say=N_(
                    "ESPHome announces nothing of “{node}” at this broker. Check its name, and "
                    "that discovery is on."
                ),
                node=self._settings.node,
            )
        self.firmware = next((one.made_by for one in found if one.made_by), "MQTT")
        hazard = HAZARDS[self._settings.load]
        made = {one.capability.id: one for entity in found if (one := output_of(entity, hazard))}
        wanted = self._settings.only
        outputs = [one for name, one in made.items() if not wanted or name in wanted]
        self._presences = list(
            {one: None for entity in found for one in ha_discovery.presences(entity)}
        )
        states = [entity.text("state_topic") for entity in found]
        topics = dict.fromkeys([*states, *(one.topic for one in self._presences)])
        # So that what is told of them now goes to them, and not past them.
        self._outputs = {one.capability.id: one for one in outputs}
        await self._listen(one for one in topics if one)
        await self._kept_heard()
        return outputs

    async def _kept_heard(self) -> None:
        """Wait until all has come that the broker keeps for us: our own word comes after it."""
        word = secrets.token_hex(4)
        said = (self._mark, word)
        await self._ask([said], lambda topic, text: (topic, text) == said)

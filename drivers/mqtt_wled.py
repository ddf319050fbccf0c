"""Light strips with WLED, through an MQTT broker.

One rule: WLED tells its state a second later, and only if it changed: nothing is called confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from drivers.codecs import mqtt_found
from drivers.codecs.mqtt_settings import BrokerSettings, Topic
from drivers.codecs.mqtt_wled import WledOutput
from drivers.contract import (
    N_,
    AtBroker,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Hazard,
    Kind,
    QueuePolicy,
)
from drivers.transports.mqtt_device import MqttDevice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.codecs.mqtt_outputs import Output

LAMP = N_("Lamp")
PRESETS = N_("Presets")


class MqttWledSettings(BrokerSettings):
    """Which broker, and which WLED there."""

    topic: Topic = Field(
        title=N_("Topic of the device"),
        description=N_("As in WLED's Sync settings under MQTT, such as wled/a1b2c3."),
    )
    presets: Annotated[tuple[Annotated[int, Field(ge=1, le=250)], ...], Field(max_length=64)] = (
        Field(
            (),
            title=N_("Presets"),
            description=N_("Numbers of presets your rules may play as effects."),
        )
    )

    def at_broker(self) -> AtBroker:
        """All below its topic, and the topic of its group."""
        return AtBroker(
            (f"{self.topic}/#", "wled/all/#"),
            (f"{self.topic}/#",),
            N_("On WLED's own page: Config, Sync Interfaces, MQTT. Tick Enable MQTT."),
            (
                ("Broker", "{host}"),
                ("Port", "{port}"),
                ("Username", "{user}"),
                ("Password", "{password}"),
                ("Device Topic", self.topic),
                ("Group Topic", "wled/all"),
            ),
            N_("Press Save there, then restart WLED. It logs in after a few seconds."),
            f"wled/{self.topic}",
        )


class MqttWled(MqttDevice):
    """One strip: a lamp, and its presets as effects named by their numbers."""

    key = "mqtt_wled"
    title = N_("WLED over MQTT")
    summary = N_("A light strip on a WLED controller, through your MQTT broker.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = MqttWledSettings
    looking = mqtt_found.WLED

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, MqttWledSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events, (settings.topic, "OFF"))
        self._settings = settings

    def _filters(self) -> Iterable[str]:
        return (f"{self._settings.topic}/status", f"{self._settings.topic}/g")

    def _available(self, topic: str, text: str) -> bool | None:
        if topic != f"{self._settings.topic}/status":
            return None
        return {"online": True, "offline": False}.get(text)

    async def _learn(self) -> Sequence[Output]:
        topic = self._settings.topic
        # The broker keeps it; without it there is no WLED, or it never found this broker.
        await self._told_at(f"{topic}/status")
        self.firmware = "WLED"
        light = Capability("lamp", Kind.LIGHT, LAMP, Hazard.LIGHT, policy=QueuePolicy.LATEST)
        outputs: list[Output] = [WledOutput(light, topic)]
        if self._settings.presets:
            names = tuple(str(one) for one in dict.fromkeys(self._settings.presets))
            presets = Capability("preset", Kind.EFFECT, PRESETS, Hazard.LIGHT, effects=names)
            outputs.append(WledOutput(presets, topic))
        return outputs

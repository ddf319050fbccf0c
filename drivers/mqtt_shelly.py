"""Shelly plugs, relays and lamps of both generations, through an MQTT broker.

One rule: what can count time itself is always told how long; the first generation cannot.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from drivers.codecs import mqtt_found, shelly
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.mqtt_settings import BrokerSettings, Topic
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

    from drivers.codecs.mqtt_outputs import Message, Output

RELAY = N_("Relay")
LAMP = N_("Lamp")
_KINDS = {"light": Kind.LEVEL, "rgb": Kind.LIGHT, "rgbw": Kind.LIGHT}


class ShellySettings(BrokerSettings):
    """Which broker, which device there, and what hangs on it."""

    topic: Topic = Field(
        title=N_("Topic of the device"),
        description=N_("Its MQTT prefix, such as shellyplus1-a8032ab12345."),
    )
    generation: Literal["2", "1"] = Field(
        "2",
        title=N_("Generation"),
        description=N_("Plus, Pro, Mini, Gen3 and Gen4 switch off by themselves, which is safer."),
        json_schema_extra={
            "words": {
                "2": N_("Plus, Pro, Mini, Gen3, Gen4"),
                "1": N_("First generation (topic begins with shellies/)"),
            }
        },
    )
    channels: int = Field(
        1,
        ge=1,
        le=4,
        title=N_("Relays"),
        description=N_("Only for the first generation; newer ones tell it themselves."),
    )
    load: Load = "other"

    @property
    def source(self) -> str:
        """Who asks the device: it answers there, and may write nowhere else because of it."""
        return f"giftwire-{hashlib.sha256(self.topic.encode()).hexdigest()[:12]}"

    def at_broker(self) -> AtBroker:
        """Its commands, those for all Shellys, what it tells, and its answers to us."""
        topic, old = self.topic, self.generation == "1"
        login = (("Username", "{user}"), ("Password", "{password}"))
        server = ("Server", "{host}:{port}")
        if old:
            read = (f"{topic}/command", f"{topic}/+/+/command", "shellies/command")
            where = N_("On the device's own page: Internet & Security, Advanced, Enable MQTT.")
            lines = (*login, server, ("Custom MQTT prefix", topic.removeprefix("shellies/")))
        else:
            read = (f"{topic}/rpc", f"{topic}/command/#", "shellies/command")
            where = N_("On the device's own page: Settings, MQTT. Switch on all it offers.")
            lines = (("MQTT prefix", topic), server, *login)
        return AtBroker(
            read,
            (f"{topic}/#", "shellies/announce", f"{self.source}/rpc"),
            where,
            lines,
            N_("Save there and let the device restart. It logs in after a few seconds."),
            f"shelly/{topic}",
        )


class MqttShelly(MqttDevice):
    """One device; relays are "relay1" and so on, its lamps "lamp1" and so on."""

    key = "mqtt_shelly"
    title = N_("Shelly")
    summary = N_("A Shelly plug, relay or lamp, through your MQTT broker.")
    icon = "relay"
    Settings: ClassVar[type[DriverSettings]] = ShellySettings
    looking = mqtt_found.SHELLY

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, ShellySettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events)
        self._settings = settings
        self._old = settings.generation == "1"
        self._rpc = shelly.Rpc(settings.topic, settings.source, secrets.randbelow(1 << 24) + 1)

    def _filters(self) -> Iterable[str]:
        topic = self._settings.topic
        if self._old:
            return (f"{topic}/online", f"{topic}/relay/+")
        return (
            f"{topic}/online",
            f"{topic}/events/rpc",
            f"{topic}/status/+",
            self._rpc.answers,
        )

    def _available(self, topic: str, text: str) -> bool | None:
        if topic != f"{self._settings.topic}/online":
            return None
        return {"true": True, "false": False}.get(text)

    def _life(self) -> Sequence[Message]:
        if self._old:
            return ((f"{self._settings.topic}/command", "update"),)
        return (self._rpc.ask("Shelly.GetStatus"),)

    async def _learn(self) -> Sequence[Output]:
        if self._old:
            self.firmware = "Shelly 1"
            return [self._old_relay(relay) for relay in range(self._settings.channels)]
        question = self._rpc.ask("Shelly.GetDeviceInfo")
        _, text = await self._ask([question], self._rpc.answer(question))
        told = self._rpc.result(text)
        self.firmware = f"{told.get('app', 'Shelly')} {told.get('ver', '')}".strip()[:80]
        (question,) = self._life()
        _, text = await self._ask([question], self._rpc.answer(question))
        parts = shelly.components(self._rpc.result(text))
        lamps = [one for one in parts if one[0] != "switch"]
        # A lamp of each kind may have the same number.
        numbers = {one: number for number, one in enumerate(lamps, start=1)}
        return [
            shelly.Component(
                self._capability(kind, numbers.get((kind, index), index + 1)),
                self._rpc,
                kind,
                index,
            )
            for kind, index in parts
        ]

    def _old_relay(self, relay: int) -> Output:
        capability = Capability(
            f"relay{relay + 1}",
            Kind.SWITCH,
            f"{RELAY} {relay + 1}",
            HAZARDS[self._settings.load],
            readback=True,
        )
        return shelly.OldRelay(capability, self._settings.topic, relay)

    def _capability(self, kind: str, number: int) -> Capability:
        lamp = kind != "switch"
        return Capability(
            f"{'lamp' if lamp else 'relay'}{number}",
            _KINDS.get(kind, Kind.SWITCH),
            f"{LAMP if lamp else RELAY} {number}",
            Hazard.LIGHT if lamp else HAZARDS[self._settings.load],
            self_timed=True,
            readback=True,
            policy=QueuePolicy.LATEST if lamp else QueuePolicy.QUEUE,
        )

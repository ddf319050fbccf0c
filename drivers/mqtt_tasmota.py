"""Plugs, relays and lamps with Tasmota, through an MQTT broker.

One rule: the device's own clock ends what it was told to turn on, whatever becomes of us.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from drivers.codecs import mqtt_found, tasmota
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.mqtt_outputs import Message, Output, at_path, object_told
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
    from collections.abc import Callable, Iterable, Sequence

RELAY = N_("Relay")
LAMP = N_("Lamp")
# Firmware that knows the question answers at once.
ECHO_S = 1.0
_KINDS = {"rgb": Kind.LIGHT, "dimmer": Kind.LEVEL}


class TasmotaSettings(BrokerSettings):
    """Which broker, which device there, and what hangs on it."""

    topic: Topic = Field(
        title=N_("Topic of the device"),
        description=N_("As in its menu “Configure MQTT”, such as tasmota_A1B2C3."),
    )
    full_topic: str = Field(
        "%prefix%/%topic%/",
        pattern=r"^[^#+\x00]*%prefix%[^#+\x00]*$",
        max_length=200,
        title=N_("Full topic"),
        description=N_("Leave it, unless you changed it in the device."),
    )
    stay_off: bool = Field(
        default=True,
        title=N_("Off after a power cut"),
        description=N_("Tells the device to stay off when its power comes back."),
    )
    load: Load = "other"

    def at_broker(self) -> AtBroker:
        """Its commands, those for all Tasmotas, its answers, and how it tells of itself."""
        topics = tasmota.Topics(self.full_topic, self.topic)
        group = tasmota.Topics(self.full_topic, "tasmotas")
        return AtBroker(
            (topics.of("cmnd", "#"), group.of("cmnd", "#")),
            (topics.of("stat", "#"), topics.of("tele", "#"), "tasmota/discovery/+/+"),
            N_("On the device's own web page: Configuration, then Configure MQTT."),
            (
                ("Host", "{host}"),
                ("Port", "{port}"),
                ("User", "{user}"),
                ("Password", "{password}"),
                ("Topic", self.topic),
                ("Full Topic", self.full_topic),
            ),
            N_("Press Save there. The device starts again and logs in after a few seconds."),
            f"tasmota/{self.full_topic}/{self.topic}",
        )


class MqttTasmota(MqttDevice):
    """One device; its relays are "relay1" and so on, the lamp of a bulb or strip is "lamp"."""

    key = "mqtt_tasmota"
    title = N_("Tasmota")
    summary = N_("A plug, relay, bulb or strip with Tasmota on it, through your MQTT broker.")
    icon = "relay"
    Settings: ClassVar[type[DriverSettings]] = TasmotaSettings
    looking = mqtt_found.TASMOTA

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, TasmotaSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events)
        self._settings = settings
        self._topics = tasmota.Topics(settings.full_topic, settings.topic)
        # Until it is known that it cannot; a topic with a space is more than one word.
        self._echoes = " " not in self._topics.of("stat", "")

    def _filters(self) -> Iterable[str]:
        return (self._topics.of("stat", "+"), self._topics.of("tele", "LWT"))

    def _available(self, topic: str, text: str) -> bool | None:
        if topic != self._topics.of("tele", "LWT"):
            return None
        return {"Online": True, "Offline": False}.get(text)

    def _life(self) -> Sequence[Message]:
        return (self._command("Status", "11"),)

    def _fence(self) -> tuple[Message, Callable[[str, str], bool]]:
        if not self._echoes:
            answer = self._topics.of("stat", "STATUS11")
            return self._command("Status", "11"), lambda topic, _text: topic == answer
        place, mark = self._topics.of("stat", "GIFTWIRE"), secrets.token_hex(8)
        question = self._command("Publish", f"{place} {mark}")
        return question, lambda topic, text: (topic, text) == (place, mark)

    async def _can_echo(self) -> bool:
        """Find out whether it says what it is told to: no answer of another question is that."""
        question, is_it = self._fence()
        try:
            _, text = await self._ask(
                [question], lambda topic, text: is_it(topic, text) or _is_unknown(text), ECHO_S
            )
        except DriverError as error:
            if error.cause is not Cause.NO_ANSWER:
                raise
            return False
        return not _is_unknown(text)

    async def _learn(self) -> Sequence[Output]:
        answer = self._topics.of("stat", "STATUS2")
        _, text = await self._ask(
            [self._command("Status", "2")], lambda topic, _text: topic == answer
        )
        version = at_path(object_told(text), "StatusFWR.Version")
        self.firmware = f"Tasmota {version}" if isinstance(version, str) else "Tasmota"
        _, text = await self._ask([self._command("TimedPower", "")], _is_timed)
        timed = "TimedPower" in object_told(text)
        self._echoes = self._echoes and await self._can_echo()
        if self._settings.stay_off:
            self._send([self._command("PowerOnState", "0")], turns_on=False)
        answer = self._topics.of("stat", "STATUS11")
        _, text = await self._ask(self._life(), lambda topic, _text: topic == answer)
        return self._outputs_in(text, timed=timed)

    def _outputs_in(self, text: str, *, timed: bool) -> Sequence[Output]:
        relays, lamp = sorted(tasmota.powers(text)), tasmota.lamp_in(text)
        # The lamp of a device is behind the last of its relays.
        return [
            tasmota.TasmotaOutput(
                self._capability(relay, lamp if relay == relays[-1] else ""),
                self._topics,
                relay,
                timed=timed,
                only=len(relays) == 1,
            )
            for relay in relays
        ]

    def _capability(self, relay: int, lamp: str) -> Capability:
        if not lamp:
            hazard = HAZARDS[self._settings.load]
            name, title, kind = f"relay{relay}", f"{RELAY} {relay}", Kind.SWITCH
            return Capability(name, kind, title, hazard, self_timed=True, readback=True)
        return Capability(
            "lamp",
            _KINDS[lamp],
            LAMP,
            Hazard.LIGHT,
            self_timed=True,
            readback=True,
            policy=QueuePolicy.LATEST,
        )

    def _command(self, name: str, value: str) -> Message:
        return self._topics.of("cmnd", name), value


def _is_timed(_topic: str, text: str) -> bool:
    return "TimedPower" in object_told(text) or _is_unknown(text)


def _is_unknown(text: str) -> bool:
    return object_told(text).get("Command") == "Unknown"

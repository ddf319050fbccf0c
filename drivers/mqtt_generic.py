"""Devices behind an MQTT broker that the user describes: topics, texts for on and off, states.

One rule: confirmed is only what the device tells at the topic of its state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from drivers.codecs.mqtt_forms import DescribedOutput, DescribedSettings
from drivers.contract import N_, Cause, DriverError, DriverEvents, DriverSettings
from drivers.transports.mqtt_device import MqttDevice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.codecs.mqtt_outputs import Message, Output


class MqttGeneric(MqttDevice):
    """One device; its outputs are "output1" and so on, in the order they were described."""

    key = "mqtt_generic"
    title = N_("Any MQTT device")
    summary = N_("You say which texts switch it on and off, at which topics.")
    icon = "device"
    Settings: ClassVar[type[DriverSettings]] = DescribedSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, DescribedSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._described = [
            DescribedOutput(one, index) for index, one in enumerate(settings.outputs, start=1)
        ]
        super().__init__(settings, events, _will(self._described))
        self._settings = settings

    def _filters(self) -> Iterable[str]:
        topics = [one.state_topic for one in self._settings.outputs]
        return dict.fromkeys(one for one in [*topics, self._settings.available_topic] if one)

    def _available(self, topic: str, text: str) -> bool | None:
        settings = self._settings
        if not settings.available_topic or topic != settings.available_topic:
            return None
        return {settings.missing.casefold(): False, settings.available.casefold(): True}.get(
            text.strip().casefold()
        )

    async def _learn(self) -> Sequence[Output]:
        self.firmware = "MQTT"
        return self._described


def _will(outputs: Sequence[Output]) -> Message | None:
    """Return the OFF the broker publishes when we vanish; it can say one only."""
    offs = {message for one in outputs for message in one.off()}
    return offs.pop() if len(offs) == 1 else None

"""What rules reach outside the devices: the outlets with the user's settings, and MQTT's topics.

One rule: settings and secrets are asked for when they are needed, so a change holds at once.
"""

from __future__ import annotations

import contextlib
import itertools
from functools import partial
from typing import TYPE_CHECKING, Final

from app import paths
from app.core.events import MqttMessage
from app.core.links import LinkStage
from app.core.notices import Level, Notice, NoticeCode
from app.devices.lateness import lateness_s
from app.gateway.broker_offer import BrokerOffer
from app.gateway.cuts import Cuts
from app.gateway.door import Door
from app.gateway.home_assistant import HomeAssistant
from app.outlets.mqtt import MqttAddress, MqttOutlet
from app.outlets.obs import ObsAddress, ObsOutlet
from app.outlets.outlet import OutletError
from app.outlets.outlets import Outlets
from app.outlets.sound import SoundOutlet
from app.outlets.speech import SpeechOutlet
from app.outlets.webhook import WebhookOutlet
from app.outlets.words import AlarmOutlet, LogOutlet, NotifyOutlet, OverlayOutlet
from app.redaction import hide

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.outcome import Delivery
    from app.gateway.house import House
    from app.store.db import Database
    from app.store.values import Values

# Secrets of web requests are kept under this and the name that rules call them by.
WEBHOOK_PREFIX: Final = "webhook:"
# While OBS is away; its port is on this computer, so asking costs nothing.
_OBS_EVERY_S: Final = 10
_LEVELS: Final = {level.value: level for level in Level}


class Outside:
    """Builds the outlets. Loop's thread only."""

    def __init__(self, house: House, database: Database) -> None:
        self._house = house
        self.home_assistant = HomeAssistant(house, database)
        self._numbers = itertools.count(house.clock.wall_ms() * 1000)
        self._heard: tuple[str, ...] = ()
        self._looked_at: tuple[int, dict[str, bool]] = (-1, {})
        self._where: MqttAddress | None = None
        self._seconds = 0
        self.cuts = Cuts(house.notices.tell, house.clock.monotonic)
        self.door = Door(house)
        self._offer = BrokerOffer(house.brokers.own, house.tasks)
        house.brokers.own.on_online = self._on_own_broker
        self.sound_folders = (paths.resources() / "sounds", house.profile / "sounds")
        self.sound = SoundOutlet(self.sound_folders, lambda: self._values().sound_level)
        self.speech = SpeechOutlet(lambda: self._values().speech_level)
        self.obs = ObsOutlet(self._obs_address, partial(self.cuts.changed, "obs"))
        self.mqtt = MqttOutlet(
            self._mqtt_address, self._on_mqtt, partial(self.cuts.changed, "mqtt")
        )
        self.mqtt.reserved = self.home_assistant.owns

    def outlets(self, on_delivery: Callable[[Delivery], None]) -> Outlets:
        """Return all outlets as one."""
        return Outlets(
            (
                self.sound,
                self.speech,
                WebhookOutlet(lambda name: self._secret(WEBHOOK_PREFIX + name)),
                self.mqtt,
                self.obs,
                NotifyOutlet(self._note),
                AlarmOutlet(self._alarm),
                OverlayOutlet(self.door.show),
                LogOutlet(self._house.profile / "logs" / "rules.log"),
            ),
            self._house.clock,
            on_delivery,
            partial(lateness_s, self._house.hub),
        )

    def every_second(self) -> None:
        """Hear the topics that live rules wait for, no others; see what was cut, or is locked."""
        self._look_outside()
        self._offer.look()
        self.home_assistant.every_second()
        rules = self._house.rules
        # Rules turn one another on and off, too.
        if (rules.revision, switched := dict(rules.engine.switched)) == self._looked_at:
            return
        self._looked_at = rules.revision, switched
        every = rules.document.rules
        topics = {
            str(getattr(rule.when, "topic", ""))
            for rule in every.rules
            if rule.when.event is MqttMessage
            and switched.get(rule.id, rule.on)
            and every.group_on(rule)
        } - {""}
        if (wanted := tuple(sorted(topics))) != self._heard:
            self._heard = wanted
            _ = self._house.tasks.spawn("mqtt topics", self._listen(wanted))

    def changed(self, device_id: str) -> None:
        """Take note that a device looks different, or is gone."""
        self.home_assistant.changed(device_id)

    def _look_outside(self) -> None:
        self._seconds += 1
        self.obs.look()
        self.cuts.look()
        secrets = self._house.secrets
        # A locked keyring would ask its owner for a password every time.
        if self.cuts.away("obs") and not secrets.locked and self._seconds % _OBS_EVERY_S == 0:
            _ = self._house.tasks.spawn("obs again", self._reach_obs())
        if secrets.due(self._house.clock.monotonic()):
            _ = self._house.tasks.spawn("keyring again", secrets.ask_again())

    async def _reach_obs(self) -> None:
        with contextlib.suppress(OutletError):
            await self.obs.reach()

    async def use_settings(self) -> None:
        """Let go of connections whose address is another one now."""
        await self._use_broker()
        await self.obs.close()
        self.cuts.changed("obs", LinkStage.OFF)
        await self.door.use(self._values().door_port)

    async def _use_broker(self) -> None:
        where = await self._mqtt_address()
        if self._where is not None and where != self._where:
            await self.mqtt.close()
            self.cuts.changed("mqtt", LinkStage.OFF)
            if self._heard:
                _ = self._house.tasks.spawn("mqtt topics", self._listen(self._heard))
        self._where = where
        await self.home_assistant.use(where)

    def _on_own_broker(self) -> None:
        if self._values().mqtt_own:
            _ = self._house.tasks.spawn("own broker", self._use_broker())

    async def close(self) -> None:
        """Shut the door, leave Home Assistant; the outlets are closed by who has them."""
        await self.door.shut()
        await self._offer.close()
        await self.home_assistant.close()

    async def _listen(self, topics: tuple[str, ...]) -> None:
        # A broker that is away is told by the first rule that needs it, and found when it is back.
        with contextlib.suppress(OutletError):
            await self.mqtt.listen(topics)

    def _on_mqtt(self, topic: str, text: str) -> None:
        if self.home_assistant.owns(topic):
            # What we tell there ourselves must not set off what we tell of.
            return
        now_ms = self._house.clock.wall_ms()
        event = MqttMessage(id=f"mqtt/{next(self._numbers)}", at_ms=now_ms, topic=topic, text=text)
        self._house.line.on_event(event, self._house.clock.monotonic())

    def _values(self) -> Values:
        return self._house.settings.values

    async def _secret(self, name: str) -> str:
        value = await self._house.secrets.get(name)
        hide(value)
        return value

    async def _obs_address(self) -> ObsAddress:
        values = self._values()
        password = await self._secret("obs_password") if values.obs_password else ""
        return ObsAddress(values.obs_host or "127.0.0.1", values.obs_port, password)

    async def _mqtt_address(self) -> MqttAddress:
        values = self._values()
        if values.mqtt_own:
            way = self._house.brokers.own.way()
            return MqttAddress(tls=False, **way) if way else MqttAddress()
        password = await self._secret("mqtt_password") if values.mqtt_password else ""
        return MqttAddress(
            values.mqtt_host, values.mqtt_port, values.mqtt_tls, values.mqtt_user, password
        )

    def _note(self, text: str) -> None:
        self._house.notices.tell(Notice("note", Level.INFO, NoticeCode.RULE_NOTE, {"text": text}))

    def _alarm(self, text: str, level: str) -> None:
        found = _LEVELS.get(level, Level.WARNING)
        self._house.notices.tell(
            Notice(f"alarm.{text}", found, NoticeCode.RULE_ALARM, {"text": text})
        )

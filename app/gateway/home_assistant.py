"""The devices of this core as they are shown in Home Assistant, and what it asks of them.

One rule: what it asks passes all that a gift passes, and the history says who asked; what
came to us from Home Assistant is not shown there as ours, or it would ask itself without end.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from typing import TYPE_CHECKING, Final

from app import __version__
from app.core.events import Called, Gift, Source
from app.core.links import LinkStage
from app.core.outcome import Command, Outcome, Reason, Step, Trace
from app.devices.made import outputs_of
from app.devices.roster import UnknownDeviceError
from app.gateway.line import Told
from app.gateway.outside_views import HomeAssistantView
from app.i18n import language_of
from app.outlets.home_assistant import Announcer
from app.outlets.home_assistant_model import HIDDEN, Device, Output, Own, Tree
from app.outlets.home_assistant_parts import Announcing
from app.outlets.home_assistant_shelf import Trail
from app.store.kept import Kept

if TYPE_CHECKING:
    from app.devices.config import DeviceConfig
    from app.devices.views import CapabilityState, DeviceState
    from app.gateway.house import House
    from app.outlets.home_assistant_talk import Asked
    from app.outlets.mqtt import MqttAddress
    from app.store.db import Database

NAME: Final = "Home Assistant"
# Pictures of one device a second are four at most: levels may change forty times.
APART_S: Final = 0.25
_LIVES_S: Final = 10.0
_INSTANCE: Final = "instance"
_TRAIL: Final = "trail/"
# Home Assistant has these already: it is where they come from, or they announce themselves.
_THERE_ALREADY: Final = frozenset({"home_assistant", "mqtt_esphome"})


class HomeAssistant:
    """Looks at the house while it is shown. Loop's thread only."""

    def __init__(self, house: House, database: Database) -> None:
        self._house = house
        self._hub = house.hub
        self._kept = Kept(database, "home_assistant")
        self._announcer = Announcer(self._keep, self._operate, self._stop)
        self._tree: Tree | None = None
        self._instance = ""
        self._lock = asyncio.Lock()
        self._last_gift = ""
        self._dirty: set[str] = set()
        self._due: list[str] = []
        self._timer: asyncio.Handle | None = None
        self._numbers = itertools.count(house.clock.wall_ms() * 1000)
        house.line.bus.subscribe(Told, self._on_told)

    def view(self) -> HomeAssistantView:
        """Return how it is."""
        told = {"stage": self._announcer.stage, "devices": self._announcer.announced}
        return HomeAssistantView.model_validate(told)

    def owns(self, topic: str) -> bool:
        """Say whether a topic is ours: no rule hears it or speaks on it."""
        return self._tree is not None and self._tree.owns(topic)

    async def use(self, where: MqttAddress) -> None:
        """Do as the settings say, at this broker."""
        async with self._lock:
            await self._use(where)

    async def _use(self, where: MqttAddress) -> None:
        if not self._instance:
            await self._remember()
        values = self._house.settings.values
        self._tree = Tree(self._instance, values.home_assistant_prefix)
        to = None
        if values.home_assistant_show:
            language = language_of(values.language)
            to = Announcing(self._tree, values.home_assistant_operate, language, __version__)
            # First all must be known: what is not is taken back there.
            know = self.changed if self._announcer.on else self._show
            for device in self._hub.devices():
                know(device.id)
            self._announcer.show_own(self._own())
        else:
            self._rest()
        await self._announcer.use(to, where)

    def changed(self, device_id: str) -> None:
        """Take note that a device looks different, or is gone."""
        if self._announcer.on:
            self._dirty.add(device_id)
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(APART_S, self._look)

    def every_second(self) -> None:
        """Look at what tells nobody that it changed."""
        if self._announcer.on:
            self._announcer.show_own(self._own())

    async def close(self) -> None:
        """Tell that nobody is here any more."""
        self._rest()
        await self._announcer.close()

    # ------------------------------------------------------------ looking

    def _look(self) -> None:
        """Show one device and let others have their turn: a gift must not wait for all of them."""
        self._timer = None
        if not self._due:
            self._due, self._dirty = list(self._dirty), set()
        if self._due:
            self._show(self._due.pop())
        loop = asyncio.get_running_loop()
        if self._due:
            self._timer = loop.call_soon(self._look)
            return
        self._announcer.show_own(self._own())
        if self._dirty:
            self._timer = loop.call_later(APART_S, self._look)

    def _rest(self) -> None:
        self._dirty.clear()
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _show(self, device_id: str) -> None:
        state = self._hub.device(device_id)
        if state is None or not self._is_ours(device_id):
            self._announcer.forget(device_id)
        else:
            self._announcer.show(_device(state))

    def _is_ours(self, device_id: str) -> bool:
        """Say whether it may be shown as ours: what it leads to did not come from there."""
        made = self._hub.made_by_id(device_id)
        if made is None:
            return self._stays_here(device_id)
        for output in outputs_of(made):
            capability = self._hub.capability(output)
            # What is not known yet might be what nobody may be offered.
            if capability is None or capability.hazard in HIDDEN or not self._stays_here(output[0]):
                return False
        return True

    def _stays_here(self, device_id: str) -> bool:
        seen: set[str] = set()
        while device_id and device_id not in seen:
            seen.add(device_id)
            try:
                config = self._hub.config(device_id)
            except UnknownDeviceError:
                return True
            if config.driver in _THERE_ALREADY or self._speaks_to_us(config):
                return False
            device_id = config.fallback
        return True

    def _speaks_to_us(self, config: DeviceConfig) -> bool:
        """Say whether a device over MQTT was set up with topics of ours."""
        tree = self._tree
        return tree is not None and f"{tree.base}/" in json.dumps(config.settings, default=str)

    def _own(self) -> Own:
        house = self._house
        return Own(
            stopped=self._hub.latched,
            live=house.stream.state.stage is LinkStage.ONLINE,
            gifts=house.stats.gifts,
            coins=house.stats.coins,
            last_gift=self._last_gift,
        )

    def _on_told(self, told: Told) -> None:
        event = told.outcome.event
        if isinstance(event, Gift) and event.source is Source.LIVE:
            # How many there are is told by the combo so far; nobody's name leaves the computer.
            self._last_gift = f"{event.name} x{max(event.total, event.count)}"

    # ------------------------------------------------------------ doing

    def _operate(self, device_id: str, output: str, asked: Asked) -> None:
        house, number = self._house, next(self._numbers)
        state = self._hub.device(device_id)
        if state is None or not self._is_ours(device_id):
            return
        instruction, duration_s = asked
        event = Called(id=f"home_assistant/{number}", at_ms=house.clock.wall_ms(), name=NAME)
        now = house.clock.monotonic()
        command = Command(
            id=f"{event.id}/0",
            device_id=device_id,
            capability=output,
            instruction=instruction,
            deadline=now + _LIVES_S,
            duration_s=duration_s,
            event_id=event.id,
        )
        trace = Trace("", NAME, (Step("asked", passed=True, reason=Reason.PASSED),))
        # No rule is asked: the history shows it as it shows what rules do.
        house.line.carry_out(Outcome(event, (command,), (trace,)), now)

    def _stop(self) -> None:
        self._hub.stop_now(NAME)

    # ------------------------------------------------------------ remembering

    async def _remember(self) -> None:
        """Learn what we are called at brokers and what earlier runs left there."""
        kept = await self._kept.all()
        found = str(kept.get(_INSTANCE, {}).get("id", ""))
        self._instance = found or secrets.token_hex(4)
        if not found:
            self._kept.put(_INSTANCE, {"id": self._instance})
        trails = {
            key.removeprefix(_TRAIL): trail
            for key, value in kept.items()
            if key.startswith(_TRAIL) and (trail := Trail.read(value)) is not None
        }
        self._announcer.recall(trails)

    def _keep(self, key: str, trail: Trail | None) -> None:
        if trail is None:
            self._kept.drop(_TRAIL + key)
        else:
            self._kept.put(_TRAIL + key, trail.written())


def _device(state: DeviceState) -> Device:
    return Device(
        id=state.id,
        name=state.name,
        outputs=tuple(_output(one) for one in state.capabilities),
        model=state.driver_title,
        firmware=state.firmware,
        online=state.link.stage is LinkStage.ONLINE or state.replaced_now,
        health=state.health.state,
    )


def _output(state: CapabilityState) -> Output:
    capability, limits = state.capability, state.limits
    return Output(
        id=capability.id,
        title=capability.title,
        kind=capability.kind,
        hazard=capability.hazard,
        effects=capability.effects,
        doing=state.instruction,
        values=dict(state.values),
        most_level=limits.max_level,
        most_rounds=limits.max_rounds,
        most_rpm=limits.max_rpm,
    )

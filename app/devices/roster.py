"""Which devices there are: adding, changing, replacing and removing them, and finding them.

One rule: a device keeps its id for life, whatever hardware does its work.
"""

from __future__ import annotations

import logging
import uuid
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core.links import LinkReason, LinkStage, LinkState
from app.devices import keys
from app.devices.discovery import no_brokers
from app.devices.made import Group, Scene, capability_of, outputs_of, view_of, without
from app.devices.plugs import Plugs
from app.devices.together import Together
from app.devices.views import DeviceState
from app.devices.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping

    from app.core.catalog import Catalog
    from app.core.outcome import Delivery
    from app.devices.budgets import Spent
    from app.devices.config import DeviceConfig, Guard
    from app.devices.discovery import KnownBroker
    from app.devices.gate import Held
    from app.devices.made import Made
    from app.link import Clock
    from drivers.contract import Capability, Driver, Instruction, Kind

log = logging.getLogger(__name__)


class UnknownDeviceError(LookupError):
    """There is no device, or no driver, of this id."""


def new_id() -> str:
    """Return an id that no other device has."""
    return uuid.uuid4().hex[:8]


class Roster(ABC):
    """The configured devices and what is made of them. Loop's thread only."""

    def __init__(
        self,
        catalog: Catalog[Driver],
        clock: Clock,
        on_change: Callable[[str], None],
        guardian: Guard,
    ) -> None:
        self.clock = clock
        self.guard = guardian
        self.catalog = catalog
        self.together = Together()
        # Gives the text of a secret by its name.
        self.secrets: Callable[[str], Awaitable[str]] = keys.no_secret
        # Give the way to our own broker, and all brokers that are known.
        self.broker: Callable[[], Awaitable[Mapping[str, Any]]] = keys.no_broker
        self.brokers: Callable[[], Awaitable[Collection[KnownBroker]]] = no_brokers
        self._on_change = on_change
        self._configs: dict[str, DeviceConfig] = {}
        # Replaced, never changed: STOP walks over it from other threads.
        self._workers: Mapping[str, Worker] = {}
        self._made: dict[str, Made] = {}
        self._plugs = Plugs(self._plugged)
        self._running = False

    # ------------------------------------------------------------------ for the workers

    @property
    @abstractmethod
    def paused(self) -> bool:
        """Whether nothing may begin."""

    @abstractmethod
    def delivered(self, delivery: Delivery) -> None:
        """Pass one step of one command on."""

    @abstractmethod
    def changed(self, device_id: str) -> None:
        """Pass on that a device looks different."""

    @abstractmethod
    def plays(self, made_id: str) -> bool:
        """Say whether what a group or scene was told is under way."""

    @abstractmethod
    def stop_pressed(self, device_id: str) -> None:
        """Stop everything: somebody pressed the button on a device."""

    @abstractmethod
    def held(self, device_id: str, capability: str, instruction: Instruction) -> Held | None:
        """Say why an output must wait for others."""

    @abstractmethod
    def at_rest(self) -> None:
        """Let those look again who wait for others."""

    @abstractmethod
    def spent(self, device_id: str, capability: str, spent: Spent) -> None:
        """Pass on what an output with a budget has used."""

    async def secret(self, name: str) -> str:
        """Return the text of a secret."""
        return await self.secrets(name)

    async def own_broker(self) -> Mapping[str, Any]:
        """Return what a driver must know to use our own broker; raises DriverError."""
        return await self.broker()

    # ------------------------------------------------------------------ configuration

    @property
    def configs(self) -> tuple[DeviceConfig, ...]:
        """Return what must be saved."""
        return tuple(
            replace(config, known=self.capabilities(config.id)) for config in self._configs.values()
        )

    @property
    def made(self) -> tuple[Made, ...]:
        """Return all groups and scenes."""
        return tuple(self._made.values())

    def config(self, device_id: str) -> DeviceConfig:
        """Return how a device is configured; raises UnknownDeviceError."""
        config = self._configs.get(device_id)
        if config is None:
            raise UnknownDeviceError(device_id)
        return config

    def known(self, device_id: str) -> bool:
        """Say whether there is a device of this id; groups and scenes are none."""
        return device_id in self._configs

    def driver(self, key: str) -> type[Driver]:
        """Return a family of devices; raises UnknownDeviceError."""
        if key not in self.catalog.found:
            raise UnknownDeviceError(key)
        return self.catalog.found[key]

    def worker(self, device_id: str) -> Worker | None:
        """Return a device at work; None if there is no driver for it. Raises UnknownDeviceError."""
        return self._workers.get(self.config(device_id).id)

    def capabilities(self, device_id: str) -> tuple[Capability, ...]:
        """Return what a device can do, or could when it was last open; cheap to ask often."""
        worker = self._workers.get(device_id)
        return self.config(device_id).known if worker is None else worker.capabilities

    def add_config(self, config: DeviceConfig) -> DeviceConfig:
        """Add a device and begin to connect it; raises as `keys.check` and UnknownDeviceError."""
        keys.check(self.driver(config.driver), config.settings)
        self._begin(config)
        self._on_change(config.id)
        return config

    def adjust(self, config: DeviceConfig) -> DeviceConfig:
        """Take over what needs no new connection: name, limits, consent, budgets, fallback."""
        self._configs[config.id] = config
        if config.id in self._workers:
            self._workers[config.id].adjust(config)
        else:
            self._on_change(config.id)
        return config

    async def reopen(self, config: DeviceConfig) -> DeviceConfig:
        """Take over other settings or another driver: made safe, closed and opened anew.

        Raises UnknownDeviceError, or ValueError for settings the driver refuses.
        """
        before = self.config(config.id)
        keys.check(self.driver(config.driver), config.settings)
        outputs = self.capabilities(config.id)
        spent = {one.id: self._spent_of(config.id, one.id) for one in outputs}
        old = self._workers.get(config.id)
        await self._end(config.id)
        if before.driver != config.driver:
            # The recipe of the hardware that is gone is nobody's any more.
            self.guard.disarm(config.id)
        self._begin(config)
        if old is not None and (new := self._workers.get(config.id)) is not None:
            new.gates.follow(old.gates)
        for output, used in spent.items():
            if used is not None:
                self.remember(config.id, output, used)
        self._on_change(config.id)
        return config

    async def configure(self, device_id: str, settings: Mapping[str, Any]) -> DeviceConfig:
        """Change a device's settings; raises as `reopen`.

        What it can do is told anew. Consent and arming end: it may be other hardware.
        """
        config = self.config(device_id)
        changed = replace(config, settings=dict(settings), known=(), consent_ms=None, used=False)
        return await self.reopen(changed)

    async def replace_with(
        self, device_id: str, driver: str, settings: Mapping[str, Any]
    ) -> DeviceConfig:
        """Put other hardware in a device's place, under its id; raises as `reopen`."""
        config = self.config(device_id)
        were = self.capabilities(device_id) or config.were
        changed = replace(
            config,
            driver=driver,
            settings=dict(settings),
            known=(),
            were=were,
            consent_ms=None,
            used=False,
            delays={},
        )
        return await self.reopen(changed)

    async def remove(self, device_id: str) -> None:
        """Make a device safe, let go of it and forget it; raises UnknownDeviceError."""
        if self._made.pop(device_id, None) is not None:
            self._on_change(device_id)
            return
        self.config(device_id)
        await self._end(device_id)
        # Forgotten by us, it must not stay with the guardian for ever.
        self.guard.disarm(device_id)
        del self._configs[device_id]
        self._forget_in_others(device_id)
        self._on_change(device_id)

    def made_by_id(self, made_id: str) -> Made | None:
        """Return a group or scene; None if there is none of this id."""
        return self._made.get(made_id)

    def put_made(self, made: Made) -> None:
        """Add or change a group or scene."""
        self._made[made.id] = made
        self._on_change(made.id)

    async def pause(self, device_id: str) -> Callable[[], None]:
        """Make a device safe and let go of it for a while; returns what has it go on."""
        worker = self.worker(device_id)
        if worker is None:
            return lambda: None
        await worker.stop()
        return lambda: worker.start() if self._workers.get(device_id) is worker else None

    def remember(self, device_id: str, capability: str, spent: Spent) -> None:
        """Take over what an output had used before."""
        worker = self._workers.get(device_id)
        if worker is not None:
            worker.gates.remember(capability, spent)

    # ------------------------------------------------------------------ finding and looking

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Return (device id, capability id) for a rule's device, or None.

        `device` is an id or a role. When neither exists, the first device that can do it
        stands in for an empty reference and for the name of the kind itself ("motor").
        A named device that was never open is believed to fit; it drops the command as offline.
        """
        if device in self._made:
            capability = self._made_capability(self._made[device])
            fits = capability is not None and capability.kind is kind
            return (device, capability.id) if capability is not None and fits else None
        configs = [one for one in self._configs.values() if one.id in self._workers]
        named = [one for one in configs if one.id == device]
        named = named or [one for one in configs if device and one.role == device]
        able = named
        if not named and device in ("", kind.value):
            able = sorted(configs, key=self._preference)
        for config in able:
            for capability in self.capabilities(config.id):
                if capability.kind is kind:
                    return config.id, capability.id
        never_open = (one.id for one in named if not self.capabilities(one.id))
        unseen = next(never_open, None)
        return None if unseen is None else (unseen, "")

    def capability(self, output: tuple[str, str]) -> Capability | None:
        """Return what an output can do, as far as that is known."""
        if output[0] not in self._configs:
            return None
        known = self.capabilities(output[0])
        return next((one for one in known if one.id == output[1]), None)

    def devices(self) -> tuple[DeviceState, ...]:
        """Return a picture of every device, in the order they were added, then what is made."""
        real = tuple(self._view(config) for config in self._configs.values())
        return real + tuple(self._made_view(made) for made in self._made.values())

    def device(self, device_id: str) -> DeviceState | None:
        """Return a picture of one device; None when it is gone."""
        if device_id in self._made:
            return self._made_view(self._made[device_id])
        config = self._configs.get(device_id)
        return None if config is None else self._view(config)

    # ------------------------------------------------------------------ within

    def _begin(self, config: DeviceConfig) -> None:
        self._configs[config.id] = config
        driver = self.catalog.found.get(config.driver)
        if driver is None:
            log.warning("device %s: there is no driver %r", config.name, config.driver)
            return
        worker = Worker(config, driver, self)
        self._workers = {**self._workers, config.id: worker}
        if self._running:
            self._plugs.watch(driver)
            worker.start()

    async def _end(self, device_id: str) -> None:
        worker = self._workers.get(device_id)
        if worker is not None:
            await worker.stop()
            self._workers = {key: one for key, one in self._workers.items() if key != device_id}

    def _forget_in_others(self, device_id: str) -> None:
        for config in tuple(self._configs.values()):
            if config.fallback == device_id:
                self.adjust(replace(config, fallback=""))
        for made in tuple(self._made.values()):
            if any(one[0] == device_id for one in outputs_of(made)):
                self.put_made(without(made, device_id))
        self.together = self.together.without(device_id)

    def _look_like(self, device_id: str) -> list[str]:
        """Return what looks different when this device does: whom it stands in for, and groups."""
        owners = [one.id for one in self._configs.values() if one.fallback == device_id]
        made = self._made.values()
        return owners + [one.id for one in made if device_id in dict(outputs_of(one))]

    def _plugged(self, driver: str) -> None:
        for device_id, worker in self._workers.items():
            if self._configs[device_id].driver == driver and not worker.online:
                worker.try_now()

    def _spent_of(self, device_id: str, output: str) -> Spent | None:
        worker = self._workers.get(device_id)
        return None if worker is None else worker.gates.spent(output)

    def _preference(self, config: DeviceConfig) -> tuple[bool, bool]:
        worker = self._workers.get(config.id)
        driver = self.catalog.found.get(config.driver)
        return not (worker and worker.online), bool(driver and driver.simulated)

    def _made_capability(self, made: Made) -> Capability | None:
        return capability_of(made, self.capability)

    def _made_view(self, made: Made) -> DeviceState:
        devices = dict.fromkeys(device for device, _ in outputs_of(made))
        states = [self._workers[one].view() for one in devices if one in self._workers]
        able, now = self._made_capability(made), self.clock.monotonic()
        return view_of(made, able, states, now, plays=self.plays(made.id))

    def _view(self, config: DeviceConfig) -> DeviceState:
        worker = self._workers.get(config.id)
        if worker is not None:
            return replace(worker.view(), replaced_now=self._stands_in(config) is not None)
        link = LinkState(LinkStage.BLOCKED, 0.0, LinkReason.UNSUPPORTED, detail=config.driver)
        return DeviceState(
            id=config.id,
            name=config.name,
            driver=config.driver,
            driver_title=config.driver,
            icon="device",
            simulated=False,
            link=link,
            role=config.role,
        )

    def _stands_in(self, config: DeviceConfig) -> Worker | None:
        """Return the device that does this one's work now; None: it does it itself."""
        own, other = self._workers.get(config.id), self._workers.get(config.fallback)
        if other is None or (own is not None and own.fit) or not other.fit:
            return None
        return other


__all__ = ["Group", "Roster", "Scene", "UnknownDeviceError", "new_id"]

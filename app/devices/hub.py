"""All configured devices: dispatch, the latched STOP, adding and removing, finding for the engine.

One rule: dispatch never waits, and STOP needs neither the loop nor a queue.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core.links import LinkReason, LinkStage, LinkState
from app.core.outcome import Command, Delivery, Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.discovery import look_around
from app.devices.stop import StopLatch
from app.devices.views import DeviceState, Running, StopState
from app.devices.worker import Worker
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.core.catalog import Catalog
    from app.devices.config import Guard
    from app.link import Clock
    from drivers.contract import Capability, Driver, Found, Instruction, Kind, Limits

log = logging.getLogger(__name__)

TEST_LIVES_S = 10.0


class UnknownDeviceError(LookupError):
    """There is no device, or no driver, of this id."""


class Hub:
    """The devices of one core. Loop's thread only, but for `stop_now`."""

    def __init__(
        self,
        catalog: Catalog[Driver],
        clock: Clock,
        on_delivery: Callable[[Delivery], None],
        on_change: Callable[[str], None],
        guardian: Guard,
        *,
        on_stop: Callable[[], None] = lambda: None,
        on_press: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the collaborators; nothing is opened before `start`.

        `on_change(device_id)` says that `device(id)` looks different or is gone, `on_stop` that
        `stop_state` does. All three are called on the loop's thread. `on_press` is called in
        whatever thread pressed STOP, behind the devices' OFF; it must not block.
        """
        self.clock = clock
        self.guard = guardian
        self._catalog = catalog
        self._on_delivery = on_delivery
        self._on_change = on_change
        self._on_press = on_press
        self._configs: dict[str, DeviceConfig] = {}
        # Replaced, never changed: STOP walks over it from other threads.
        self._workers: Mapping[str, Worker] = {}
        self._latch = StopLatch(clock, on_stop, self._spread_stop)
        self._tasks = Tasks()
        self._watches: dict[str, Callable[[], None]] = {}
        self._numbers = itertools.count(1)
        self._running = False

    # ------------------------------------------------------------------ life

    async def start(self, configs: Sequence[DeviceConfig]) -> None:
        """Begin to connect every device; does not wait for any of them."""
        self._running = True
        self._latch.attach(asyncio.get_running_loop())
        for config in configs:
            self._begin(config)

    async def stop(self) -> None:
        """Make every device safe, let go of it; no thread and no task is left behind."""
        self._running = False
        for end_watch in self._watches.values():
            await asyncio.to_thread(end_watch)
        self._watches.clear()
        await asyncio.gather(*(worker.stop() for worker in self._workers.values()))
        await self._tasks.cancel_all()
        self._latch.detach()

    # ------------------------------------------------------------------ the line

    def dispatch(self, commands: Sequence[Command]) -> None:
        """Hand each command to its device; every one gets its deliveries, whatever happens."""
        for command in commands:
            worker = self._workers.get(command.device_id)
            if self._latch.stopped:
                self._refuse(command, Stage.STOPPED, Drop.STOPPED)
            elif worker is None:
                self._refuse(command, Stage.DROPPED, Drop.NO_DEVICE)
            else:
                worker.offer(command)

    def skip(self, command_id: str) -> bool:
        """End one activation, or take one command out of its queue; False if it is over."""
        return any(worker.skip(command_id) for worker in self._workers.values())

    def find(self, device: str, kind: Kind) -> tuple[str, str] | None:
        """Return (device id, capability id) for a rule's device, or None.

        `device` is an id or a role. When neither exists, the first device that can do it
        stands in for an empty reference and for the name of the kind itself ("motor").
        A named device that was never open is believed to fit; it drops the command as offline.
        """
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

    # ------------------------------------------------------------------ STOP

    @property
    def latched(self) -> bool:
        """Whether STOP holds."""
        return self._latch.stopped

    def stop_now(self, source: str) -> None:
        """Latch STOP and write OFF to every device, from any thread; returns within a moment."""
        self._latch.set(source)
        for worker in self._workers.values():
            worker.stop_now()
        self._latch.spread()
        try:
            self._on_press()
        except Exception:
            # The devices are off; whoever pressed must still be told so.
            log.exception("what else must stop could not be told")

    def resume(self) -> None:
        """Release STOP; nothing moves by itself, nothing that was thrown away comes back."""
        self._latch.release()

    @property
    def stop_state(self) -> StopState:
        """Whether STOP holds, and which devices confirmed it."""
        return self._latch.state

    def _spread_stop(self) -> None:
        """Throw the work away and collect confirmations; the OFF bytes are already out."""
        for device_id, worker in self._workers.items():
            self._latch.dropped(worker.wipe_stopped())
            if worker.online:
                self._latch.waiting(device_id)
                _ = self._tasks.spawn(f"stop {device_id}", self._confirm(device_id, worker))
            elif worker.safe is False:
                self._latch.confirm(device_id, safe=False)

    async def _confirm(self, device_id: str, worker: Worker) -> None:
        safe = await worker.confirm_safe(lambda: self._latch.confirm(device_id, safe=False))
        self._latch.confirm(device_id, safe=safe)

    # ------------------------------------------------------------------ configuration

    @property
    def configs(self) -> tuple[DeviceConfig, ...]:
        """Return what must be saved."""
        return tuple(
            replace(config, known=self.capabilities(config.id)) for config in self._configs.values()
        )

    def capabilities(self, device_id: str) -> tuple[Capability, ...]:
        """Return what a device can do, or could when it was last open; cheap to ask often."""
        worker = self._workers.get(device_id)
        return self._config(device_id).known if worker is None else worker.capabilities

    def add(
        self, driver: str, name: str, settings: Mapping[str, Any], *, role: str = ""
    ) -> DeviceConfig:
        """Add a device and begin to connect it.

        Raises UnknownDeviceError if there is no such driver, ValueError if it refuses the settings.
        """
        self._driver(driver).settings_for(**settings)
        config = DeviceConfig(uuid.uuid4().hex[:8], name, driver, dict(settings), role)
        self._begin(config)
        self._on_change(config.id)
        return config

    def rename(self, device_id: str, name: str) -> DeviceConfig:
        """Give a device another name; raises UnknownDeviceError."""
        return self._adjust(replace(self._config(device_id), name=name))

    def set_limits(self, device_id: str, limits: Mapping[str, Limits]) -> DeviceConfig:
        """Narrow what a device may do, by capability id; raises UnknownDeviceError."""
        return self._adjust(replace(self._config(device_id), limits=dict(limits)))

    async def configure(self, device_id: str, settings: Mapping[str, Any]) -> DeviceConfig:
        """Change a device's settings: it is made safe, closed and opened anew.

        Raises UnknownDeviceError, or ValueError for settings the driver refuses.
        """
        config = self._config(device_id)
        self._driver(config.driver).settings_for(**settings)
        await self._end(device_id)
        changed = replace(config, settings=dict(settings), known=())
        self._begin(changed)
        self._on_change(device_id)
        return changed

    async def remove(self, device_id: str) -> None:
        """Make a device safe, let go of it and forget it; raises UnknownDeviceError."""
        self._config(device_id)
        await self._end(device_id)
        # Forgotten by us, it must not stay with the guardian for ever.
        self.guard.disarm(device_id)
        del self._configs[device_id]
        self._on_change(device_id)

    def test(
        self,
        device_id: str,
        capability: str,
        instruction: Instruction,
        duration_s: float | None = None,
    ) -> str:
        """Run one instruction by hand, under the same limits and STOP; returns the command's id."""
        self._config(device_id)
        command = Command(
            id=f"test/{next(self._numbers)}",
            device_id=device_id,
            capability=capability,
            instruction=instruction,
            deadline=self.clock.monotonic() + TEST_LIVES_S,
            duration_s=duration_s,
        )
        self.dispatch([command])
        return command.id

    def try_now(self, device_id: str) -> None:
        """Connect a waiting device at once; raises UnknownDeviceError."""
        worker = self._workers.get(self._config(device_id).id)
        if worker is not None:
            worker.try_now()

    async def discover(self) -> tuple[Found, ...]:
        """List what could be added, real things first, what is added already left out."""
        return await look_around(self._catalog.found.values(), self._configs.values())

    # ------------------------------------------------------------------ views

    def devices(self) -> tuple[DeviceState, ...]:
        """Return a picture of every device, in the order they were added."""
        return tuple(self._view(config) for config in self._configs.values())

    def device(self, device_id: str) -> DeviceState | None:
        """Return a picture of one device; None when it is gone."""
        config = self._configs.get(device_id)
        return None if config is None else self._view(config)

    def running(self) -> tuple[Running, ...]:
        """Return every activation that runs now."""
        return tuple(
            Running(device.id, device.name, state)
            for device in self.devices()
            for state in device.capabilities
            if state.active
        )

    def waiting(self) -> int:
        """Return how many commands wait in all queues."""
        return sum(len(lane.queue) for one in self._workers.values() for lane in one.lanes)

    # ------------------------------------------------------------------ for the workers

    def delivered(self, delivery: Delivery) -> None:
        """Pass one step of one command on; a listener with a mistake does not stop the line."""
        try:
            self._on_delivery(delivery)
        except Exception:
            log.exception("a delivery could not be passed on")

    def changed(self, device_id: str) -> None:
        """Pass on that a device looks different."""
        worker = self._workers.get(device_id)
        if self.latched and worker and worker.online and worker.safe:
            # It came back, or confirmed at last.
            self._latch.confirm_late(device_id)
        if device_id in self._configs:
            self._on_change(device_id)

    def stop_pressed(self, device_id: str) -> None:
        """Stop everything: somebody pressed the button on a device."""
        config = self._configs.get(device_id)
        self.stop_now(config.name if config else device_id)

    # ------------------------------------------------------------------ within

    def _begin(self, config: DeviceConfig) -> None:
        self._configs[config.id] = config
        driver = self._catalog.found.get(config.driver)
        if driver is None:
            log.warning("device %s: there is no driver %r", config.name, config.driver)
            return
        worker = Worker(config, driver, self)
        self._workers = {**self._workers, config.id: worker}
        if self._running:
            self._watch(driver)
            worker.start()

    async def _end(self, device_id: str) -> None:
        worker = self._workers.get(device_id)
        if worker is not None:
            await worker.stop()
            self._workers = {key: one for key, one in self._workers.items() if key != device_id}

    def _adjust(self, config: DeviceConfig) -> DeviceConfig:
        self._configs[config.id] = config
        if config.id in self._workers:
            self._workers[config.id].adjust(config)
        else:
            self._on_change(config.id)
        return config

    def _watch(self, driver: type[Driver]) -> None:
        if driver.key in self._watches:
            return
        loop = asyncio.get_running_loop()

        def changed() -> None:
            # After the loop's end nobody is left who would want to know.
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._plugged, driver.key)

        end_watch = driver.watch(changed)
        if end_watch is not None:
            self._watches[driver.key] = end_watch

    def _plugged(self, driver: str) -> None:
        for device_id, worker in self._workers.items():
            if self._configs[device_id].driver == driver and not worker.online:
                worker.try_now()

    def _config(self, device_id: str) -> DeviceConfig:
        config = self._configs.get(device_id)
        if config is None:
            raise UnknownDeviceError(device_id)
        return config

    def _driver(self, key: str) -> type[Driver]:
        if key not in self._catalog.found:
            raise UnknownDeviceError(key)
        return self._catalog.found[key]

    def _preference(self, config: DeviceConfig) -> tuple[bool, bool]:
        worker = self._workers.get(config.id)
        driver = self._catalog.found.get(config.driver)
        return not (worker and worker.online), bool(driver and driver.simulated)

    def _view(self, config: DeviceConfig) -> DeviceState:
        worker = self._workers.get(config.id)
        if worker is not None:
            return worker.view()
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

    def _refuse(self, command: Command, stage: Stage, drop: Drop) -> None:
        self.delivered(
            Delivery(
                command_id=command.id,
                device_id=command.device_id,
                event_id=command.event_id,
                rule_id=command.rule_id,
                stage=stage,
                at=self.clock.monotonic(),
                at_ms=self.clock.wall_ms(),
                drop=drop,
            )
        )

"""All configured devices at work: dispatch, the latched STOP, tests by hand, a second look.

One rule: dispatch never waits, and STOP needs neither the loop nor a queue.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core.outcome import Command, Drop, Stage
from app.devices.arming import Arming
from app.devices.awake import Awake
from app.devices.config import DeviceConfig
from app.devices.discovery import look_around
from app.devices.hosts import Note, delivery_of
from app.devices.roster import Roster, UnknownDeviceError, new_id
from app.devices.spreading import FINAL, Spreading
from app.devices.standing import stand_ins
from app.devices.stop import StopLatch
from app.devices.views import Running
from app.tasks import Tasks
from drivers.contract import is_off

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.core.catalog import Catalog
    from app.core.outcome import Delivery
    from app.devices.budgets import Spent
    from app.devices.config import Guard
    from app.devices.gate import Held
    from app.devices.together import Together
    from app.devices.views import StopState
    from app.devices.worker import Worker
    from app.link import Clock
    from drivers.contract import Driver, Found, Instruction, Limits

__all__ = ["Hub", "UnknownDeviceError"]

log = logging.getLogger(__name__)

TEST_LIVES_S = 10.0


class Hub(Roster):
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
        super().__init__(catalog, clock, on_change, guardian)
        # Told what an output with a budget has used.
        self.on_spent: Callable[[str, str, Spent], None] = _not_kept
        self._on_delivery = on_delivery
        self._on_press = on_press
        self._latch = StopLatch(clock, on_stop, self._spread_stop)
        self._tasks = Tasks()
        # Somebody looks every second (`app.gateway.waking`); what waits must not be sooner.
        self.awake = Awake(clock)
        self._spreading = Spreading(clock, self._give, self._skip_one, self.delivered)
        # Commands that another device carries out, by the id of the device that should.
        self._stood_in: dict[str, str] = {}
        self._numbers = itertools.count(1)

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
        await self._plugs.end()
        self._spreading.wipe(Stage.STOPPED, Drop.STOPPED)
        await asyncio.gather(*(worker.stop() for worker in self._workers.values()))
        await self._tasks.cancel_all()
        self._latch.detach()

    # ------------------------------------------------------------------ the line

    def dispatch(self, commands: Sequence[Command]) -> None:
        """Hand each command to its device; every one gets its deliveries, whatever happens."""
        for command in commands:
            made = self._made.get(command.device_id)
            if made is None or self._latch.stopped:
                self._give(command)
            else:
                self._spreading.offer(command, made)

    def skip(self, command_id: str) -> bool:
        """End one activation, or take one command out of its queue; False if it is over."""
        return self._spreading.skip(command_id) or self._skip_one(command_id)

    def _skip_one(self, command_id: str) -> bool:
        return any(worker.skip(command_id) for worker in self._workers.values())

    def _give(self, command: Command) -> None:
        config = self._configs.get(command.device_id)
        worker = self._workers.get(command.device_id)
        if self._latch.stopped:
            self._refuse(command, Stage.STOPPED, Drop.STOPPED)
        elif config is not None and config.fallback and self._pass_on(config, command):
            return
        elif worker is None:
            self._refuse(command, Stage.DROPPED, Drop.NO_DEVICE)
        else:
            worker.offer(command)

    def _pass_on(self, config: DeviceConfig, command: Command) -> bool:
        """Have the fallback do it, if it must and can."""
        if is_off(command.instruction):
            # What runs in its place ends with it.
            for other_id in [key for key, own in self._stood_in.items() if own == config.id]:
                self._skip_one(other_id)
        other = self._stands_in(config)
        if other is None:
            return False
        outputs = stand_ins(self.capabilities(config.id), other.capabilities)
        if command.capability not in outputs:
            return False
        self._stood_in[command.id] = config.id
        there = outputs[command.capability]
        other.offer(replace(command, device_id=other.config.id, capability=there))
        return True

    # ------------------------------------------------------------------ STOP

    @property
    def latched(self) -> bool:
        """Whether STOP holds."""
        return self._latch.stopped

    @property
    def paused(self) -> bool:
        """Whether nothing may begin: STOP holds, or the computer slept and nobody looked yet."""
        return self._latch.stopped or self.awake.slept()

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
        self._latch.dropped(self._spreading.wipe(Stage.STOPPED, Drop.STOPPED))
        for device_id, worker in self._workers.items():
            self._latch.dropped(worker.wipe(Stage.STOPPED, Note(drop=Drop.STOPPED)))
            self._disarm_pain(worker)
            if worker.online:
                self._latch.waiting(device_id)
                _ = self._tasks.spawn(f"stop {device_id}", self._confirm(device_id, worker))
            elif worker.safe is False:
                self._latch.confirm(device_id, safe=False)

    def _disarm_pain(self, worker: Worker) -> None:
        if worker.gates.arming is Arming.EACH_SESSION:
            worker.gates.arm(armed=False)

    async def _confirm(self, device_id: str, worker: Worker) -> None:
        safe = await worker.confirm_safe(lambda: self._latch.confirm(device_id, safe=False))
        self._latch.confirm(device_id, safe=safe)

    # ------------------------------------------------------------------ by hand

    def add(
        self, driver: str, name: str, settings: Mapping[str, Any], *, role: str = ""
    ) -> DeviceConfig:
        """Add a device and begin to connect it.

        Raises UnknownDeviceError if there is no such driver, ValueError if it refuses the settings.
        """
        return self.add_config(DeviceConfig(new_id(), name, driver, dict(settings), role))

    def rename(self, device_id: str, name: str) -> DeviceConfig:
        """Give a device another name; raises UnknownDeviceError."""
        return self.adjust(replace(self.config(device_id), name=name))

    def set_limits(self, device_id: str, limits: Mapping[str, Limits]) -> DeviceConfig:
        """Narrow what a device may do, by capability id; raises UnknownDeviceError."""
        return self.adjust(replace(self.config(device_id), limits=dict(limits)))

    def consent(self, device_id: str, at_ms: int | None) -> DeviceConfig:
        """Let what hurts work from now on, or (None) never again: then all of it is made safe."""
        config = self.adjust(replace(self.config(device_id), consent_ms=at_ms))
        worker = self._workers.get(device_id)
        if at_ms is None and worker is not None:
            worker.gates.arm(armed=False)
            worker.rest_now(Drop.NO_CONSENT)
        return config

    def arm(self, device_id: str, *, armed: bool) -> DeviceConfig:
        """Let a device be used as a hand just said, or not any more: then all of it is made safe.

        How long it holds says `app.devices.arming`.
        """
        worker = self._workers.get(device_id)
        if worker is not None:
            worker.gates.arm(armed=armed)
        config = self.adjust(replace(self.config(device_id), used=armed))
        if worker is not None and not armed:
            worker.rest_now(Drop.NOT_ARMED)
        return config

    def used(self, device_id: str) -> DeviceConfig:
        """Note that a hand tries a device: what moves may be moved by gifts from now on."""
        config = self.config(device_id)
        return config if config.used else self.adjust(replace(config, used=True))

    def test(
        self,
        device_id: str,
        capability: str,
        instruction: Instruction,
        duration_s: float | None = None,
    ) -> str:
        """Run one instruction by hand, under the same limits and STOP; returns the command's id."""
        if device_id not in self._made:
            self.config(device_id)
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
        worker = self.worker(device_id)
        if worker is not None:
            worker.try_now()

    def second_look(self, why: str) -> int:
        """Make every open device safe and throw away what waits; return how many were asked.

        For when nobody could look for a while: what was on then may be on still.
        """
        self._spreading.wipe(Stage.DROPPED, Drop.INTERRUPTED)
        open_ones = [worker for worker in self._workers.values() if worker.online]
        for worker in open_ones:
            log.info("device %s: a second look (%s)", worker.config.name, why)
            worker.rest_now(Drop.INTERRUPTED)
        for worker in self._workers.values():
            self._disarm_pain(worker)
        return len(open_ones)

    async def discover(self) -> tuple[Found, ...]:
        """List what could be added, real things first, what is added already left out."""
        brokers = await self.brokers()
        return await look_around(self.catalog.found.values(), self._configs.values(), brokers)

    # ------------------------------------------------------------------ views

    def running(self) -> tuple[Running, ...]:
        """Return every activation that runs now."""
        return tuple(
            Running(device.id, device.name, state)
            for device in self.devices()
            for state in device.capabilities
            if state.active and not device.made
        )

    def waiting(self) -> int:
        """Return how many commands wait in all queues."""
        queued = sum(len(lane.queue) for one in self._workers.values() for lane in one.lanes)
        return queued + self._spreading.waiting()

    def used_w(self) -> float:
        """Return how much power is drawn now, as far as it was said."""
        return self.together.used_w(self._doing())

    # ------------------------------------------------------------------ for the workers

    def delivered(self, delivery: Delivery) -> None:
        """Pass one step of one command on; a listener with a mistake does not stop the line."""
        if self._stood_in and delivery.stage in FINAL:
            self._stood_in.pop(delivery.command_id, None)
        if self._spreading.took(delivery):
            return
        try:
            self._on_delivery(delivery)
        except Exception:
            log.exception("a delivery could not be passed on")

    def changed(self, device_id: str) -> None:
        """Pass on that a device looks different."""
        worker = self._workers.get(device_id)
        if self.latched and worker and worker.online and worker.safe is not None:
            # It came back, or confirmed at last; or it is here only now, and did not.
            self._latch.confirm_late(device_id, safe=worker.safe)
        if device_id in self._configs:
            self._on_change(device_id)
            for other_id in self._look_like(device_id):
                self._on_change(other_id)

    def plays(self, made_id: str) -> bool:
        """Say whether what a group or scene was told is under way."""
        return self._spreading.plays(made_id)

    def stop_pressed(self, device_id: str) -> None:
        """Stop everything: somebody pressed the button on a device."""
        config = self._configs.get(device_id)
        self.stop_now(config.name if config else device_id)

    def held(self, device_id: str, capability: str, instruction: Instruction) -> Held | None:
        """Say why an output must wait for others."""
        together = self.together
        if not together.interlocks and together.power_w is None:
            return None
        return together.held((device_id, capability), instruction, self._doing())

    def at_rest(self) -> None:
        """Let those look again who wait for others."""
        if not self.together.interlocks and self.together.power_w is None:
            return
        for worker in self._workers.values():
            for lane in worker.lanes:
                if lane.held in (Drop.INTERLOCK, Drop.POWER):
                    lane.look_again()

    def set_together(self, together: Together) -> None:
        """Take over what may be on together; of what is on against it, the later ends."""
        self.together = together
        doing = self._doing()
        lanes = {
            (device_id, lane.capability.id): lane
            for device_id, worker in self._workers.items()
            for lane in worker.lanes
        }
        now = self.clock.monotonic()
        began = {one: lane.active.began if lane.active else now for one, lane in lanes.items()}
        in_turn = sorted(doing, key=lambda one: -1.0 if doing[one] is None else began[one])
        for output in together.too_many({one: doing[one] for one in in_turn}):
            lanes[output].end()
        self.at_rest()

    def spent(self, device_id: str, capability: str, spent: Spent) -> None:
        """Pass on what an output with a budget has used."""
        self.on_spent(device_id, capability, spent)

    def _doing(self) -> dict[tuple[str, str], Instruction | None]:
        """Return what every output does that is not known to be off."""
        on: dict[tuple[str, str], Instruction | None] = {}
        for device_id, worker in self._workers.items():
            if worker.doubtful:
                on.update({(device_id, one.id): None for one in worker.capabilities})
                continue
            for lane in worker.lanes:
                if (doing := lane.doing) is not None:
                    on[device_id, lane.capability.id] = doing
        return on

    def _refuse(self, command: Command, stage: Stage, drop: Drop) -> None:
        self.delivered(delivery_of(command, stage, Note(drop=drop), self.clock))


def _not_kept(_device_id: str, _capability: str, _spent: Spent) -> None:
    """Keep nothing."""

"""One configured device: its link, its lanes, its safe state, its guard.

One rule: safe first, on start, stop, loss and reconnect; nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from app.core.outcome import Drop, Stage
from app.devices import keys
from app.devices.asking import is_made_safe
from app.devices.gates import Gates
from app.devices.guarded import Guarded
from app.devices.health import Health
from app.devices.hosts import Note, delivery_of
from app.devices.lane import Lane
from app.devices.link import DeviceLink, waits
from app.devices.pictures import device_of
from app.devices.rawlog import RawLog
from app.devices.tending import tend
from app.link import Supervisor
from app.tasks import Tasks
from drivers.contract import Cause, DriverError, Off

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from app.core.links import LinkState
    from app.core.outcome import Command
    from app.devices.config import DeviceConfig
    from app.devices.gate import Held
    from app.devices.hosts import WorkerHost
    from app.devices.views import DeviceState
    from drivers.contract import (
        Ack,
        Capability,
        Driver,
        DriverEvents,
        Instruction,
        Observation,
    )

log = logging.getLogger(__name__)

SAFE_RETRY_S = 0.5


def _nothing() -> None:
    """Mind nothing."""


class Worker:
    """One device at work. Loop's thread only, but for `stop_now`."""

    def __init__(self, config: DeviceConfig, driver: type[Driver], host: WorkerHost) -> None:
        self.config = config
        self.safe: bool | None = None
        self.kind = driver
        self.driver: Driver | None = None
        self.values: dict[str, dict[str, float]] = {}
        self.health = Health()
        self.log = RawLog(host.clock)
        spent = partial(host.spent, config.id)
        self.gates = Gates(config, host.clock, spent, pretend=driver.simulated)
        self._host = host
        self._tasks = Tasks()
        self._lane_tasks = Tasks()
        self._open: Driver | None = None
        self._lanes: dict[str, Lane] = {}
        self._known = config.known
        self._guarded = Guarded(host.guard, config.id)
        self._ending = False
        self._forcing: asyncio.Task[None] | None = None
        self._supervisor = Supervisor(
            f"device {config.name}",
            lambda: DeviceLink(self._make, self),
            host.clock,
            waits,
            lambda _: host.changed(self.config.id),
            tasks=self._tasks,
            healthy_after_s=10.0,
        )

    # ------------------------------------------------------------------ for the hub

    @property
    def link(self) -> LinkState:
        """The state of the connection."""
        return self._supervisor.state

    @property
    def online(self) -> bool:
        """Whether the device is open."""
        return self._open is not None

    @property
    def fit(self) -> bool:
        """Whether it may be given work: open, not known to be unsafe, nor failing all the time."""
        return self.online and self.safe is not False and not self.health.bad(self.now())

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """What the device could do when it was last open."""
        return self._known

    @property
    def doubtful(self) -> bool:
        """Whether outputs may be on that nobody tells of."""
        return self.safe is False or (self._forcing is not None and self.safe is None)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The outputs of the open device."""
        return tuple(self._lanes.values())

    def start(self) -> None:
        """Connect, and stay connected."""
        self._ending = False
        self._supervisor.start()

    async def stop(self) -> None:
        """Make the device safe and let go of it."""
        self._ending = True
        if self._open is not None:
            self.wipe(Stage.STOPPED, Note(drop=Drop.STOPPED))
            await self._make_safe(self._open)
            # Ended on purpose: nobody pulled a cable.
            self.wipe(Stage.STOPPED, Note(drop=Drop.STOPPED))
        await self._supervisor.stop()
        await self._lane_tasks.cancel_all()
        await self._tasks.cancel_all()
        if self.safe is not False:
            self._guarded.disarm()

    def try_now(self) -> None:
        """Connect now instead of later."""
        self._supervisor.try_now()

    def offer(self, command: Command) -> None:
        """Take a command; it is queued, or dropped with its reason."""
        lane = self._lanes.get(self.gates.real(command.capability))
        if self._open is None:
            self._give_up(command, Drop.OFFLINE)
        elif lane is None:
            self._give_up(command, Drop.UNSUPPORTED)
        else:
            lane.offer(command)

    def skip(self, command_id: str) -> bool:
        """End one activation, or take one command out of its queue."""
        return any(lane.skip(command_id) for lane in self._lanes.values())

    def stop_now(self) -> None:
        """Write OFF at once, from any thread."""
        driver = self.driver
        if driver is not None:
            try:
                driver.stop_now()
            except Exception:
                # One driver with a mistake must not keep STOP from the others.
                log.exception("device %s: stop_now failed", self.config.name)

    async def confirm_safe(self, on_doubt: Callable[[], None]) -> bool:
        """Ask until the device confirms or is lost; `on_doubt` when the first asking failed."""
        if self._forcing is not None:
            # It may have lifted an earlier STOP only; the newest wants its own confirmation.
            await asyncio.shield(self._forcing)
        await self.force_safe("stop", on_doubt)
        return self.safe is True

    def adjust(self, config: DeviceConfig) -> None:
        """Take over a new name or new limits; settings need a new worker."""
        self.config = config
        self.gates.fit(config, self._known)
        for lane in self._lanes.values():
            lane.fit()
        self._host.changed(config.id)

    def view(self) -> DeviceState:
        """Return the picture of this device."""
        return device_of(self)

    # ------------------------------------------------------------------ for the link

    def adopt(self, driver: Driver) -> None:
        """Remember the driver, so that STOP reaches it even while it opens."""
        self.driver = driver

    def connected(
        self, driver: Driver, capabilities: tuple[Capability, ...], *, safe: bool
    ) -> None:
        """Build the lanes; commands may come from now on."""
        self._open = driver
        self._known = capabilities
        self.health.opened()
        self.gates.fit(self.config, capabilities)
        for capability in capabilities:
            gate = self.gates[capability.id]
            lane = self._lanes[capability.id] = Lane(capability, gate, self)
            name = f"{self.config.id}.{capability.id}"
            self._spawn(f"lane {name}", tend(lane, self), self._lane_tasks)
        self._set_safe(safe=safe)
        if safe:
            self._guarded.disarm()
        else:
            self._spawn("safe at last", self.force_safe("open"))

    def disconnected(self, driver: Driver, why: Note) -> None:
        """Drop all work; the device must be opened again before it gets anything."""
        if self.driver is driver:
            self.driver = None
        if self._open is not driver:
            return
        self._open = None
        self.health.lost()
        self.wipe(Stage.FAILED, why)
        self._lanes = {}
        self.values = {}
        # The next connection gets its own, so that ending these cannot touch those.
        old, self._lane_tasks = self._lane_tasks, Tasks()
        self._spawn("end lanes", old.cancel_all())
        if self._guarded.armed and self.safe is not True:
            self._set_safe(safe=False)

    def overhear(self, way: str, data: bytes) -> None:
        """Keep bytes for whoever looks; from any thread."""
        self.log.heard(way, data)

    def observed(self, observation: Observation) -> None:
        """Keep the newest value."""
        self.values.setdefault(observation.capability, {})[observation.name] = observation.value
        self.log.note("in", f"{observation.capability}: {observation.name} {observation.value:g}")
        self._host.changed(self.config.id)

    def ended(self, capability: str) -> None:
        """Tell the lane that its activation is over."""
        lane = self._lanes.get(capability)
        if lane is not None:
            lane.ended()

    def stop_pressed(self) -> None:
        """Pass it on: STOP is for all devices."""
        self._host.stop_pressed(self.config.id)

    # ------------------------------------------------------------------ for the lanes

    def now(self) -> float:
        """Monotonic seconds."""
        return self._host.clock.monotonic()

    def ready(self) -> bool:
        """Whether commands may be sent."""
        return not (self._open is None or self._ending or self._forcing or self._host.paused)

    def arm(self, capability: Capability) -> None:
        """Guard the device before the first byte that turns an output on."""
        if self._open is not None:
            self._guarded.arm(self._open, capability)
        self.safe = None

    def rested(self) -> None:
        """Take the guard away when every output rests."""
        # What is being told to begin counts: its ON may be on the wire.
        if self.safe is not False and not any(lane.doing for lane in self._lanes.values()):
            self._guarded.disarm()

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Hand an instruction to the open driver."""
        if self._open is None:
            raise DriverError(Cause.LOST)
        return await self._open.apply(capability, instruction, duration_s)

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Have the open driver add to what runs."""
        if self._open is None:
            raise DriverError(Cause.LOST)
        return await self._open.prolong(capability, instruction, duration_s)

    def held(self, capability: str, instruction: Instruction) -> Held | None:
        """Say why an output must wait for others, or may not be used any more."""
        used_up = self.gates.used_up(capability)
        return used_up or self._host.held(self.config.id, capability, instruction)

    def at_most(self, capability: str, commands: int) -> int:
        """Return how many of so many commands there is enough left for; at least 1."""
        return min(commands, self.gates.shots_left(capability))

    def left_s(self, capability: str) -> float:
        """Return how long an output may still be on today."""
        return self.gates.left_s(capability)

    def spend(self, capability: str, commands: int) -> None:
        """Note that an output does something now."""
        self.gates.spend(capability, commands)

    def at_rest(self, capability: str) -> None:
        """Note that an output is off; others may have waited for it."""
        self.gates.rest(capability)
        self._host.at_rest()

    def off_early(self, capability: str) -> None:
        """Send OFF beside what is under way."""
        self._spawn("off early", self._off_quietly(capability))

    async def force_safe(self, detail: str, on_doubt: Callable[[], None] = _nothing) -> None:
        """Make the device safe, asking every half second until it confirms or is lost."""
        await asyncio.shield(self._safe_soon(detail, on_doubt))

    def rest_now(self, drop: Drop) -> None:
        """Switch everything off at once, throw all work away, and ask until it is confirmed."""
        if self._open is None:
            return
        self.stop_now()
        _ = self._safe_soon(drop.value, _nothing)
        self.wipe(Stage.FAILED, Note(drop=drop))

    def _safe_soon(self, detail: str, on_doubt: Callable[[], None]) -> asyncio.Task[None]:
        if self._forcing is None:
            self._forcing = self._tasks.spawn("make safe", self._force_safe(detail, on_doubt))
        return self._forcing

    def deliver(self, command: Command, stage: Stage, note: Note) -> None:
        """Report one step of one command."""
        self.health.note(stage, note.drop, note.took_ms, self.now())
        self.log.step(command.capability, stage, note.drop)
        self._host.delivered(delivery_of(command, stage, note, self._host.clock))
        self._host.changed(self.config.id)

    # ------------------------------------------------------------------ within

    async def _make(self, events: DriverEvents) -> Driver:
        return await keys.made(self.kind, self.config.settings, events, self._host)

    async def _force_safe(self, detail: str, on_doubt: Callable[[], None]) -> None:
        log.info("device %s: making it safe (%s)", self.config.name, detail)
        try:
            while (driver := self._open) is not None:
                for lane in self._lanes.values():
                    lane.wipe(Stage.FAILED, Note(drop=Drop.INTERRUPTED), waiting_too=False)
                if await self._make_safe(driver):
                    return
                on_doubt()
                await self._host.clock.sleep(SAFE_RETRY_S)
        finally:
            self._forcing = None
            for lane in self._lanes.values():
                lane.look_again()
            self._host.changed(self.config.id)

    async def _make_safe(self, driver: Driver) -> bool:
        safe = await is_made_safe(driver, self.config.name)
        self._set_safe(safe=safe)
        if safe:
            self._guarded.disarm()
        return safe

    async def _off_quietly(self, capability: str) -> None:
        try:
            await self.apply(capability, Off(), None)
        except DriverError as error:
            log.info("device %s: early OFF: %s", self.config.name, error)

    def wipe(self, stage: Stage, why: Note) -> int:
        """Throw away all work; returns how many commands waited."""
        return sum(lane.wipe(stage, why) for lane in self._lanes.values())

    def _give_up(self, command: Command, drop: Drop) -> None:
        self.deliver(command, Stage.DROPPED, Note(drop=drop))

    def _spawn(
        self, name: str, work: Coroutine[Any, Any, None], tasks: Tasks | None = None
    ) -> None:
        # Nobody awaits it: the owner of the task logs its error. (No tasks yet are false, too.)
        _ = (self._tasks if tasks is None else tasks).spawn(name, work)

    def _set_safe(self, *, safe: bool | None) -> None:
        if self.safe is not safe:
            self.safe = safe
            self._host.changed(self.config.id)

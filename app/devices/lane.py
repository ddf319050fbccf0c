"""One capability at work: its queue, its gate, the running activation and the end of it.

One rule: every command gets exactly one final delivery, and every activation an end.
"""

from __future__ import annotations

import asyncio
import enum
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.outcome import Drop, Stage
from app.devices.gate import Admitted, Held
from app.devices.hosts import Note
from app.devices.views import CapabilityState
from drivers.contract import Cause, DriverError, Off, QueuePolicy, is_off

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.core.outcome import Command
    from app.devices.gate import Cut, Gate
    from app.devices.hosts import LaneHost
    from drivers.contract import Ack, Capability, Instruction, Limits

log = logging.getLogger(__name__)

QUEUE_LENGTH = 100
APPLY_S = 5.0
# How long a device that ends activations itself may be late before it is told.
BACKSTOP_S = 0.3

_DROPS = {
    Cause.REFUSED: Drop.REFUSED,
    Cause.UNSUPPORTED: Drop.UNSUPPORTED,
    Cause.LOST: Drop.LOST,
    Cause.NOT_FOUND: Drop.LOST,
}


@dataclass(slots=True)
class Activation:
    """What the output does now. `due` is when it must be over."""

    command: Command
    instruction: Instruction
    began: float
    due: float


class _End(enum.Enum):
    """How the running activation must end before its time."""

    SKIP = enum.auto()
    BY_ITSELF = enum.auto()


class Lane:
    """Runs the commands of one capability, one after the other. Loop's thread only."""

    def __init__(self, capability: Capability, gate: Gate, host: LaneHost) -> None:
        self.capability = capability
        self.gate = gate
        self.active: Activation | None = None
        self.queue: list[Command] = []
        self._host = host
        self._wake = asyncio.Event()
        self._sending: Command | None = None
        self._off: Command | None = None
        self._end: _End | None = None
        self._era = 0
        self._untold: Callable[[], None] | None = None

    # ------------------------------------------------------------------ from outside

    @property
    def busy(self) -> bool:
        """Whether something runs, is being sent, or waits."""
        return bool(self.active or self._sending or self.queue)

    def offer(self, command: Command) -> None:
        """Take a command; it is queued, or dropped with its reason."""
        if is_off(command.instruction):
            self._take_off(command)
            return
        policy = command.policy or self.capability.policy
        if policy is QueuePolicy.DROP and self.busy:
            self._drop(command, Drop.BUSY)
            return
        if policy is QueuePolicy.LATEST:
            self._drop_queue(Drop.REPLACED)
        elif len(self.queue) >= QUEUE_LENGTH:
            self._drop(command, Drop.QUEUE_FULL)
            return
        place = len(self.queue)
        while place and self.queue[place - 1].priority < command.priority:
            place -= 1
        self.queue.insert(place, command)
        self._host.deliver(command, Stage.QUEUED, Note())
        self._wake.set()

    def skip(self, command_id: str) -> bool:
        """End the activation, or take the command out of the queue; False if it is not here."""
        running = [one.id for one in (self._sending, self.active and self.active.command) if one]
        if command_id in running[:1]:
            self._end = _End.SKIP
            self._wake.set()
            return True
        for command in self.queue:
            if command.id == command_id:
                self.queue.remove(command)
                self._drop(command, Drop.SKIPPED)
                return True
        return False

    def ended(self) -> None:
        """The device says that its newest activation is over."""
        self._end = _End.BY_ITSELF
        self._wake.set()

    def wipe(self, stage: Stage, drop: Drop, *, waiting_too: bool = True) -> int:
        """End what runs without a byte: the device was made safe, or is gone.

        Returns how many waiting commands were thrown away; `waiting_too` False keeps them.
        """
        self._era += 1
        self._end = None
        for under_way in (self._sending, self._off):
            if under_way is not None:
                self._tell_sent()
                self._host.deliver(under_way, stage, Note(drop=drop))
        self._sending = self._off = None
        self._finish(stage, Note(drop=drop))
        self.gate.end(self._host.now())
        waiting: list[Command] = []
        if waiting_too:
            waiting, self.queue = self.queue, []
        final = Stage.STOPPED if stage is Stage.STOPPED else Stage.DROPPED
        for command in waiting:
            self._host.deliver(command, final, Note(drop=drop))
        self._wake.set()
        return len(waiting)

    def look_again(self) -> None:
        """Go on: the device is ready again."""
        self._wake.set()

    def view(self, limits: Limits, values: Mapping[str, float]) -> CapabilityState:
        """Return the picture of this output."""
        state = CapabilityState(self.capability, limits, queued=len(self.queue), values=values)
        active = self.active
        if active is None:
            return state
        return replace(
            state,
            command_id=active.command.id,
            rule_id=active.command.rule_id,
            instruction=active.instruction,
            began=active.began,
            due=active.due,
        )

    async def run(self) -> None:
        """Work until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            wait_s = await self._advance()
            if wait_s is None:
                await self._wake.wait()
            elif wait_s > 0:
                timer = loop.call_later(wait_s, self._wake.set)
                await self._wake.wait()
                timer.cancel()

    # ------------------------------------------------------------------ the work

    async def _advance(self) -> float | None:
        """Do the next thing that is due; return the seconds until there may be another."""
        if self._off is not None:
            await self._carry_out_off(self._off)
            return 0.0
        if self.active is not None and await self._end_if_due(self.active):
            return 0.0
        self._drop_old()
        if not self.queue or not self._host.ready():
            return self._until_due()
        command = self.queue[0]
        policy = command.policy or self.capability.policy
        if self.active is not None and policy is not QueuePolicy.LATEST:
            return self._until_due()
        verdict = self.gate.admit(command.instruction, command.duration_s, self._host.now())
        if isinstance(verdict, Held):
            return self._wait_or_drop(command, policy, verdict)
        self.queue.pop(0)
        await self._send(command, verdict)
        return 0.0

    def _until_due(self) -> float | None:
        now = self._host.now()
        times = [command.deadline for command in self.queue]
        if self.active is not None:
            times.append(self.active.due)
        return max(min(times) - now, 0.001) if times else None

    def _wait_or_drop(self, command: Command, policy: QueuePolicy, held: Held) -> float:
        now = self._host.now()
        never = held.wait_s is None or now + held.wait_s >= command.deadline
        if never or policy is QueuePolicy.DROP:
            self.queue.pop(0)
            self._drop(command, held.drop)
            return 0.0
        wait_s = held.wait_s or 0.0
        until_due = self._until_due()
        return max(0.001, wait_s if until_due is None else min(wait_s, until_due))

    def _drop_old(self) -> None:
        now = self._host.now()
        for command in [one for one in self.queue if one.deadline <= now]:
            self.queue.remove(command)
            self._drop(command, Drop.TOO_OLD)

    async def _send(self, command: Command, admitted: Admitted) -> None:
        host, era = self._host, self._era
        self._sending = command
        self._end = None
        sent_at = host.now()
        self._tell_sent_later(command, sent_at, admitted.limited)
        try:
            host.arm()
            ack = await self._apply(admitted.instruction, admitted.duration_s)
        except DriverError as error:
            if era == self._era:
                await self._failed(command, error)
            return
        if era != self._era:
            return
        self._tell_sent()
        self._sending = None
        self._finish(Stage.DONE, Note(detail="replaced"))
        self.gate.begin(admitted.instruction, sent_at)
        due = sent_at + admitted.duration_s + (BACKSTOP_S if self.capability.self_timed else 0.0)
        self.active = Activation(command, admitted.instruction, sent_at, due)
        took_ms = round((host.now() - sent_at) * 1000.0, 3)
        host.deliver(command, Stage.ACKED, Note(detail=ack.value, took_ms=took_ms))

    async def _failed(self, command: Command, error: DriverError, *, force: bool = False) -> None:
        self._tell_sent()
        self._sending = None
        drop = _DROPS.get(error.cause, Drop.NO_ANSWER)
        self._host.deliver(command, Stage.FAILED, Note(drop=drop, detail=error.detail))
        if force or drop in (Drop.NO_ANSWER, Drop.LOST):
            # Nobody knows whether it arrived: behave as if it did.
            await self._host.force_safe(str(error))
        elif self.active is None:
            self._host.rested()

    async def _apply(self, instruction: Instruction, duration_s: float | None) -> Ack:
        try:
            async with asyncio.timeout(APPLY_S):
                return await self._host.apply(self.capability.id, instruction, duration_s)
        except TimeoutError:
            raise DriverError(Cause.NO_ANSWER) from None
        except DriverError:
            raise
        except Exception as error:
            # A driver with a mistake in it must not keep an activation from ending.
            log.exception("driver of %s failed", self.capability.id)
            raise DriverError(Cause.BAD_ANSWER, repr(error)) from error

    # ------------------------------------------------------------------ ends

    async def _end_if_due(self, active: Activation) -> bool:
        if self._end is _End.BY_ITSELF and self.capability.self_timed:
            self._end = None
            self._rest(Stage.DONE, Note())
            return True
        # One that cannot end by itself but says so is better switched off once more.
        if self._end is not None or self._host.now() >= active.due:
            skipped = self._end is _End.SKIP
            self._end = None
            if await self._switch_off():
                note = Note(drop=Drop.SKIPPED) if skipped else Note()
                self._rest(Stage.DONE, note)
            return True
        return False

    async def _switch_off(self) -> bool:
        """Send OFF; False if everything was wiped meanwhile."""
        era = self._era
        try:
            await self._apply(Off(), None)
        except DriverError as error:
            if era == self._era:
                await self._host.force_safe(str(error))
        return era == self._era

    async def _carry_out_off(self, command: Command) -> None:
        era, host = self._era, self._host
        self._off, self._sending = None, command
        sent_at = host.now()
        self._tell_sent_later(command, sent_at, ())
        try:
            ack = await self._apply(Off(), None)
        except DriverError as error:
            if era == self._era:
                await self._failed(command, error, force=True)
            return
        if era != self._era:
            return
        self._tell_sent()
        self._sending = None
        took_ms = round((host.now() - sent_at) * 1000.0, 3)
        host.deliver(command, Stage.ACKED, Note(detail=ack.value, took_ms=took_ms))
        self._rest(Stage.DONE, Note(detail="replaced"))
        host.deliver(command, Stage.DONE, Note())

    def _rest(self, stage: Stage, note: Note) -> None:
        self.gate.end(self._host.now())
        self._finish(stage, note)
        self._host.rested()

    def _finish(self, stage: Stage, note: Note) -> None:
        active, self.active = self.active, None
        if active is not None:
            self._host.deliver(active.command, stage, note)

    # ------------------------------------------------------------------ reports

    def _take_off(self, command: Command) -> None:
        """OFF ends what runs and throws away what waits; the newest OFF stands for all."""
        self._drop_queue(Drop.REPLACED)
        if self._off is not None:
            self._drop(self._off, Drop.REPLACED)
        self._host.deliver(command, Stage.QUEUED, Note())
        self._off = command
        if self._sending is not None:
            self._host.off_early(self.capability.id)
        self._wake.set()

    def _drop(self, command: Command, drop: Drop) -> None:
        self._host.deliver(command, Stage.DROPPED, Note(drop=drop))

    def _drop_queue(self, drop: Drop) -> None:
        waiting, self.queue = self.queue, []
        for command in waiting:
            self._drop(command, drop)

    def _tell_sent_later(self, command: Command, at: float, limited: tuple[Cut, ...]) -> None:
        """Report SENT once the bytes are on their way: the report must not hold them up."""

        def tell() -> None:
            if self._untold is tell:
                self._untold = None
                self._host.deliver(command, Stage.SENT, Note(at=at, limited=limited))

        self._untold = tell
        asyncio.get_running_loop().call_soon(tell)

    def _tell_sent(self) -> None:
        if self._untold is not None:
            self._untold()

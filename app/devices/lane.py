"""One capability at work: its queue, its gate, the running activation and the end of it.

One rule: every command gets exactly one final delivery, and every activation an end.
"""

from __future__ import annotations

import asyncio
import enum
from typing import TYPE_CHECKING

from app.core.outcome import Drop, Stage
from app.devices.adding import Activation, gather, joins_active, more_of, together
from app.devices.asking import answer_of, drop_of
from app.devices.gate import Admitted, Held
from app.devices.hosts import Note
from app.devices.telling import SentReport
from app.devices.waiting import Waiting
from drivers.contract import DriverError, Off, QueuePolicy, is_off

if TYPE_CHECKING:
    from app.core.outcome import Command
    from app.devices.adding import More
    from app.devices.gate import Gate
    from app.devices.hosts import LaneHost
    from drivers.contract import Ack, Capability, Instruction


# The detail of an acknowledgement: it made longer what ran.
ADDED = "added"
# How long a device that ends activations itself may be late before it is told.
BACKSTOP_S = 0.3


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
        self.queue = Waiting(capability)
        self._host = host
        self._wake = asyncio.Event()
        self._sending: tuple[Command, ...] = ()
        # Whether the driver can add to what runs, as far as it was asked.
        self._prolongs = True
        self._adding = False
        self._off: Command | None = None
        self._end: _End | None = None
        self._era = 0
        self._sent = SentReport(host)
        # Why the first in line waits, if it is for others.
        self.held = Drop.NONE

    # ------------------------------------------------------------------ from outside

    @property
    def busy(self) -> bool:
        """Whether something runs, is being sent, or waits."""
        return bool(self.active or self._sending or self.queue)

    @property
    def doing(self) -> Instruction | None:
        """What the output does, or is being told to do; None at rest."""
        if self._sending and not is_off(self._sending[0].instruction):
            return self._sending[0].instruction
        return None if self.active is None else self.active.instruction

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
        elif self.queue.is_full(policy):
            self._drop(command, Drop.QUEUE_FULL)
            return
        self.queue.add(command, self.active)
        self._host.deliver(command, Stage.QUEUED, Note())
        self._wake.set()

    def skip(self, command_id: str) -> bool:
        """End the activation, or take the command out of the queue; False if it is not here."""
        running = self._sending
        if self.active is not None and (self._adding or not self._sending):
            running = (*running, *self.active.commands)
        if any(one.id == command_id for one in running):
            self.end()
            return True
        waiting = self.queue.take_one(command_id)
        if waiting is not None:
            self._drop(waiting, Drop.SKIPPED)
        return waiting is not None

    def ended(self) -> None:
        """The device says that its newest activation is over."""
        self._end = _End.BY_ITSELF
        self._wake.set()

    def wipe(self, stage: Stage, note: Note, *, waiting_too: bool = True) -> int:
        """End what runs without a byte: the device was made safe, or is gone.

        Returns how many waiting commands were thrown away; `waiting_too` False keeps them.
        """
        self._era += 1
        self._end = None
        if self._adding:
            # Whether it was added nobody knows: it must not count as never sent.
            for command in self._sending:
                self._host.deliver(command, Stage.SENT, Note())
        for under_way in (*self._sending, *([self._off] if self._off else [])):
            self._sent.now()
            self._host.deliver(under_way, stage, note)
        self._sending, self._off = (), None
        self._finish(stage, note)
        self._at_rest()
        waiting = self.queue.take_all() if waiting_too else []
        final = Stage.STOPPED if stage is Stage.STOPPED else Stage.DROPPED
        for command in waiting:
            self._host.deliver(command, final, note)
        self._wake.set()
        return len(waiting)

    def fit(self) -> None:
        """End what runs if it is more than its limits now allow, or when they now say."""
        left_s = self._host.left_s(self.capability.id)
        if self.active is not None and not self.active.fits(self.gate, self._host.now(), left_s):
            self.end()
        self._wake.set()

    def end(self) -> None:
        """End what it does now."""
        self._end = _End.SKIP
        self._wake.set()

    def look_again(self) -> None:
        """Go on: the device is ready again."""
        self._wake.set()

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
        for old in self.queue.too_old(self._host.now()):
            self._drop(old, Drop.TOO_OLD)
        if not self.queue or not self._host.ready():
            return self._until_due()
        command = self.queue.commands[0]
        policy = command.policy or self.capability.policy
        if self.active is not None and policy is not QueuePolicy.LATEST:
            return await self._add(self.active, command)
        now = self._host.now()
        many = gather(self.queue.commands, self.capability, self.gate, now)
        commands = tuple(self.queue.commands[: self._host.at_most(self.capability.id, many)])
        verdict = self._verdict(commands, now)
        if isinstance(verdict, Held):
            return self._wait_or_drop(command, policy, verdict)
        self.queue.take(len(commands))
        await self._send(commands, verdict)
        return 0.0

    def _verdict(self, commands: tuple[Command, ...], now: float) -> Admitted | Held:
        host, output = self._host, self.capability.id
        verdict = self.gate.admit(*together(commands), now, host.left_s(output))
        if isinstance(verdict, Admitted):
            verdict = host.held(output, verdict.instruction) or verdict
        self.held = verdict.drop if isinstance(verdict, Held) else Drop.NONE
        return verdict

    async def _add(self, active: Activation, command: Command) -> float | None:
        """Add the first in line to what runs, if it may be; return as `_advance`."""
        if not joins_active(active, command, self.capability):
            return self._until_due()
        now = self._host.now()
        left_s = active.left_s(now, self._backstop_s)
        held = self._host.held(self.capability.id, command.instruction)
        more = held or more_of(active.instruction, left_s, command, self.gate, now)
        if isinstance(more, Held):
            return self._wait_or_drop(command, QueuePolicy.ADD, more)
        if more is None or (more.counted and not self._prolongs):
            return self._until_due()
        if more.lasts_s > self._host.left_s(self.capability.id):
            return self._until_due()
        self.queue.take()
        await self._prolong(active, command, more)
        return 0.0

    async def _prolong(self, active: Activation, command: Command, more: More) -> None:
        host, era = self._host, self._era
        self._sending, self._adding = (command,), True
        sent_at = host.now()
        try:
            ack = await self._apply_more(more)
        except DriverError as error:
            if era == self._era:
                await self._failed((command,), error)
            return
        finally:
            self._adding = False
        if era != self._era:
            return
        self._sending = ()
        if ack is None and self._off is not None:
            self._drop(command, Drop.REPLACED)
            return
        if ack is None:
            self._prolongs = False
            self.queue.put_back(command)
            return
        self.gate.begin(more.instruction, sent_at)
        host.spend(self.capability.id, 1)
        active.prolong(command, more, sent_at + self._backstop_s)
        host.deliver(command, Stage.SENT, Note(at=sent_at))
        took_ms = round((host.now() - sent_at) * 1000.0, 3)
        host.deliver(command, Stage.ACKED, Note(detail=ADDED, took_ms=took_ms))

    async def _apply_more(self, more: More) -> Ack | None:
        if not more.counted:
            return await self._apply(more.instruction, more.lasts_s)
        host, era, output = self._host, self._era, self.capability.id
        asking = host.prolong(output, more.instruction, more.lasts_s)
        return await answer_of(asking, output, lambda: era != self._era)

    def _until_due(self) -> float | None:
        due = None if self.active is None else self.active.due
        times = [time for time in (self.queue.look_at, due) if time is not None]
        return max(min(times) - self._host.now(), 0.001) if times else None

    def _wait_or_drop(self, command: Command, policy: QueuePolicy, held: Held) -> float:
        now = self._host.now()
        never = held.wait_s is None or now + held.wait_s >= command.deadline
        if never or policy is QueuePolicy.DROP:
            self.queue.take()
            self.held = Drop.NONE
            self._drop(command, held.drop)
            return 0.0
        wait_s = held.wait_s or 0.0
        until_due = self._until_due()
        return max(0.001, wait_s if until_due is None else min(wait_s, until_due))

    async def _send(self, commands: tuple[Command, ...], admitted: Admitted) -> None:
        host, era = self._host, self._era
        self._sending, self._end, self._prolongs = commands, None, True
        sent_at = host.now()
        self._sent.later(commands, sent_at, admitted.limited)
        try:
            host.arm(self.capability)
            ack = await self._apply(admitted.instruction, admitted.duration_s)
        except DriverError as error:
            if era == self._era:
                await self._failed(commands, error)
            return
        if era != self._era:
            return
        self._sent.now()
        self._sending = ()
        self._finish(Stage.DONE, Note(detail="replaced"))
        self.gate.begin(admitted.instruction, sent_at)
        host.spend(self.capability.id, len(commands))
        due = sent_at + admitted.duration_s + self._backstop_s
        self.active = Activation(commands, admitted.instruction, sent_at, due)
        took_ms = round((host.now() - sent_at) * 1000.0, 3)
        for command in commands:
            host.deliver(command, Stage.ACKED, Note(detail=ack.value, took_ms=took_ms))

    @property
    def _backstop_s(self) -> float:
        return BACKSTOP_S if self.capability.self_timed else 0.0

    async def _failed(
        self, commands: tuple[Command, ...], error: DriverError, *, force: bool = False
    ) -> None:
        self._sent.now()
        self._sending, drop = (), drop_of(error)
        note = Note(drop=drop, detail=error.detail, said=error.said)
        for command in commands:
            self._host.deliver(command, Stage.FAILED, note)
        if force or drop in (Drop.NO_ANSWER, Drop.LOST):
            # Nobody knows whether it arrived: behave as if it did.
            await self._host.force_safe(str(error))
        elif self.active is None:
            self._host.rested()

    async def _apply(self, instruction: Instruction, duration_s: float | None) -> Ack:
        era, off = self._era, is_off(instruction)  # OFF always arrives
        asking = self._host.apply(self.capability.id, instruction, duration_s)
        return await answer_of(asking, self.capability.id, lambda: era != self._era and not off)

    # ------------------------------------------------------------------ ends

    async def _end_if_due(self, active: Activation) -> bool:
        early = self._end is _End.BY_ITSELF and active.is_early(self._host.now(), self._backstop_s)
        if self._end is _End.BY_ITSELF and self.capability.self_timed and not early:
            self._end = None
            self._rest(Stage.DONE, Note())
            return True
        # One that cannot end by itself, or not yet, but says so is better switched off once more.
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
        self._off, self._sending = None, (command,)
        sent_at = host.now()
        self._sent.later((command,), sent_at, ())
        try:
            ack = await self._apply(Off(), None)
        except DriverError as error:
            if era == self._era:
                await self._failed((command,), error, force=True)
            return
        if era != self._era:
            return
        self._sent.now()
        self._sending = ()
        took_ms = round((host.now() - sent_at) * 1000.0, 3)
        host.deliver(command, Stage.ACKED, Note(detail=ack.value, took_ms=took_ms))
        self._rest(Stage.DONE, Note(detail="replaced"))
        host.deliver(command, Stage.DONE, Note())

    def _rest(self, stage: Stage, note: Note) -> None:
        self._finish(stage, note)
        self._at_rest()
        self._host.rested()

    def _at_rest(self) -> None:
        self.gate.end(self._host.now())
        self._host.at_rest(self.capability.id)

    def _finish(self, stage: Stage, note: Note) -> None:
        active, self.active = self.active, None
        for command in active.commands if active is not None else ():
            self._host.deliver(command, stage, note)

    # ------------------------------------------------------------------ reports

    def _take_off(self, command: Command) -> None:
        """OFF ends what runs and throws away what waits; the newest OFF stands for all."""
        self._drop_queue(Drop.REPLACED)
        if self._off is not None:
            self._drop(self._off, Drop.REPLACED)
        self._host.deliver(command, Stage.QUEUED, Note())
        self._off = command
        if self._sending:
            self._host.off_early(self.capability.id)
        self._wake.set()

    def _drop(self, command: Command, drop: Drop) -> None:
        self._host.deliver(command, Stage.DROPPED, Note(drop=drop))

    def _drop_queue(self, drop: Drop) -> None:
        for command in self.queue.take_all():
            self._drop(command, drop)

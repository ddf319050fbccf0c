"""What the parts of this room need of each other: lane, link and worker of what is around them.

One rule: a part sees its surroundings through these only, never the whole object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from app.core.outcome import Delivery, Drop
from drivers.contract import NOTHING_SAID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.outcome import Command, Stage
    from app.devices.budgets import Spent
    from app.devices.config import Guard
    from app.devices.gate import Cut, Held
    from app.link import Clock
    from drivers.contract import Ack, Capability, Driver, Instruction, Observation, Said


class LaneHost(Protocol):
    """The device, as its lanes see it."""

    def now(self) -> float:
        """Monotonic seconds."""

    def ready(self) -> bool:
        """Whether commands may be sent: online, and no STOP latched."""

    def arm(self, capability: Capability) -> None:
        """Guard the device before the first byte that turns an output on; raises DriverError."""

    def rested(self) -> None:
        """An output came to rest."""

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Hand an instruction to the driver; raises DriverError."""

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Have the driver add to what runs; None if it cannot. Raises DriverError."""

    async def force_safe(self, detail: str) -> None:
        """Make the whole device safe, for as long as it takes; returns when safe or lost."""

    def off_early(self, capability: str) -> None:
        """Send OFF without waiting for the answer to what is under way; nothing is reported."""

    def deliver(self, command: Command, stage: Stage, note: Note) -> None:
        """Report one step of one command."""

    def held(self, capability: str, instruction: Instruction) -> Held | None:
        """Say why an output must wait for others, or may not be used any more."""

    def at_most(self, capability: str, commands: int) -> int:
        """Return how many of so many commands there is enough left for; at least 1."""

    def left_s(self, capability: str) -> float:
        """Return how long an output may still be on today."""

    def spend(self, capability: str, commands: int) -> None:
        """Note that an output does something now."""

    def at_rest(self, capability: str) -> None:
        """Note that an output is off; others may have waited for it."""


@dataclass(frozen=True, slots=True)
class Note:
    """What goes with a step: when it happened (None: now), why, and how long it took."""

    at: float | None = None
    drop: Drop = Drop.NONE
    limited: tuple[Cut, ...] = ()
    detail: str = ""
    took_ms: float | None = None
    said: Said = NOTHING_SAID


def delivery_of(command: Command, stage: Stage, note: Note, clock: Clock) -> Delivery:
    """Return one step of one command as it is told."""
    return Delivery(
        command_id=command.id,
        device_id=command.device_id,
        event_id=command.event_id,
        rule_id=command.rule_id,
        stage=stage,
        at=clock.monotonic() if note.at is None else note.at,
        at_ms=clock.wall_ms(),
        drop=note.drop,
        limited=note.limited,
        detail=note.detail,
        took_ms=note.took_ms,
        said=note.said,
    )


class LinkHost(Protocol):
    """The device, as its link sees it."""

    def adopt(self, driver: Driver) -> None:
        """A driver object exists and may be told to stop."""

    def connected(
        self, driver: Driver, capabilities: tuple[Capability, ...], *, safe: bool
    ) -> None:
        """The device is online and was just asked to be safe."""

    def disconnected(self, driver: Driver, why: Note) -> None:
        """The connection is over; the driver will be closed next."""

    def overhear(self, way: str, data: bytes) -> None:
        """Bytes went "in" or "out"; from any thread."""

    def observed(self, observation: Observation) -> None:
        """The device reported a value."""

    def ended(self, capability: str) -> None:
        """The newest activation of a capability ended by itself."""

    def stop_pressed(self) -> None:
        """The STOP button on the device was pressed."""


class WorkerHost(Protocol):
    """The hub, as its workers see it."""

    clock: Clock
    guard: Guard

    @property
    def paused(self) -> bool:
        """Whether nothing may begin: STOP holds, or the computer slept and nobody looked yet."""

    def delivered(self, delivery: Delivery) -> None:
        """One step of one command."""

    def changed(self, device_id: str) -> None:
        """Something of this device looks different now."""

    def stop_pressed(self, device_id: str) -> None:
        """The STOP button on the device was pressed."""

    async def secret(self, name: str) -> str:
        """Return the text of a secret; "" if it cannot be read now."""

    async def own_broker(self) -> Mapping[str, Any]:
        """Return what a driver must know to use our own broker; raises DriverError."""

    def held(self, device_id: str, capability: str, instruction: Instruction) -> Held | None:
        """Say why an output must wait for others."""

    def at_rest(self) -> None:
        """An output of some device is off: others may have waited for it."""

    def spent(self, device_id: str, capability: str, spent: Spent) -> None:
        """An output with a budget has used something."""

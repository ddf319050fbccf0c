"""What a bench is: one driver with its world around it, and what it told.

One rule: a bench looks at the far end of the wire, never into the driver.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.contract import (
    ACCEPTS,
    Capability,
    Driver,
    DriverError,
    DriverEvents,
    Flash,
    Instruction,
    Kind,
    MoveTo,
    Observation,
    Play,
    Pulse,
    Rotate,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

# Something that turns each kind of output on for long enough to look.
ON: dict[Kind, Instruction] = {
    Kind.MOTOR: Rotate(50, 60),
    Kind.LIGHT: Flash(20, rate_hz=1.0),
    Kind.LEVEL: SetLevel(0.5),
    Kind.SWITCH: Switch(on=True),
    Kind.PULSE: Pulse(),
    Kind.POSITION: MoveTo(0.8),
}


class Heard:
    """What a driver told through its callbacks."""

    def __init__(self) -> None:
        self.lost: list[DriverError] = []
        self.observations: list[Observation] = []
        self.pressed = 0
        # For whoever waits with the loop standing still.
        self.presses = threading.Semaphore(0)
        self.ended: list[str] = []

    def events(self) -> DriverEvents:
        return DriverEvents(
            self.lost.append, self.observations.append, self._press, self.ended.append
        )

    def _press(self) -> None:
        self.pressed += 1
        self.presses.release()


async def _drop_pipe(driver: Driver) -> None:
    pipe, driver._pipe = driver._pipe, None
    await pipe.close()


@dataclass
class Bench:
    """One driver with its world.

    `resting` says whether every output rests, as the far end has it; `wait_for` blocks until
    something is true there. `lose` pulls the cable, None where nothing can be lost. `abandon`
    leaves the device as kill -9 does: the way is free, and not a byte was said. `on` turns an
    output on where the usual instruction of its kind would not. `connected` False: nothing stands
    between two requests, so that only `check` can find out that the device is gone.
    """

    driver: Driver
    heard: Heard
    resting: Callable[[], bool]
    wait_for: Callable[[Callable[[], bool]], bool]
    close: Callable[[], None]
    lose: Callable[[], None] | None = None
    abandon: Callable[[Driver], Awaitable[None]] = _drop_pipe
    on: dict[str, Instruction] = field(default_factory=dict)
    connected: bool = True

    async def open(self) -> tuple[Capability, ...]:
        """Open the driver; return what can be switched, sensors left out."""
        return tuple(one for one in await self.driver.open() if ACCEPTS[one.kind])

    def on_of(self, capability: Capability) -> Instruction:
        """Return what turns an output on for long enough to look."""
        if capability.kind is Kind.EFFECT:
            return self.on.get(capability.id, Play(capability.effects[0]))
        return self.on.get(capability.id, ON[capability.kind])

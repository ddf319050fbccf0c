"""A motor, a light, a relay and more that exist on the screen only.

One rule: special when configured, ordinary when running; nothing outside may treat them otherwise.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from drivers.codecs.practice_machines import MACHINES
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    Instruction,
    Observation,
    Play,
    is_off,
)

TICK_S = 0.05


_TITLES = {
    "motor": N_("Practice motor"),
    "light": N_("Practice light"),
    "relay": N_("Practice relay"),
    "effects": N_("Practice effect machine"),
    "servo": N_("Practice servo"),
    "fan": N_("Practice fan"),
    "puffer": N_("Practice puffer"),
    "sensor": N_("Practice sensor"),
}


class SimulatedSettings(DriverSettings):
    """Which machine to show."""

    machine: Literal["motor", "light", "relay", "effects", "servo", "fan", "puffer", "sensor"] = (
        Field(
            "motor",
            title=N_("Machine"),
            description=N_("What this practice device pretends to be."),
            json_schema_extra={"words": {**_TITLES}},
        )
    )
    self_timed: bool = Field(
        True,  # noqa: FBT003 - pydantic takes the default by position
        title=N_("Ends by itself"),
        description=N_("Off: Giftwire must switch it off, as with simple relay boards."),
    )
    ack_ms: int = Field(
        0,
        ge=0,
        le=5000,
        title=N_("Answers after (ms)"),
        description=N_("How long the practice device takes to answer."),
    )


class Simulated(Driver):
    """One machine without hardware; it moves in the window through its observations."""

    key = "simulated"
    title = N_("Practice device")
    summary = N_("Moves on the screen only. Try your rules before you wire anything.")
    icon = "wand"
    simulated = True
    Settings: ClassVar[type[DriverSettings]] = SimulatedSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, SimulatedSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._machine = MACHINES[settings.machine](self_timed=settings.self_timed)
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._told: dict[str, float] = {}
        self._watched = False

    async def open(self) -> tuple[Capability, ...]:
        """Connect to nothing; the machine rests."""
        self._loop = asyncio.get_running_loop()
        self._machine.off()
        self.firmware = "practice"
        capability = self._machine.capability
        if not self._settings.self_timed:
            capability = replace(capability, self_timed=False)
        if self._machine.look_s:
            self._timer = self._loop.call_later(0.0, self._tick)
        return (capability,)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Start or end the machine; acknowledged after `ack_ms`."""
        self._start(capability, instruction, duration_s)
        if self._settings.ack_ms:
            await asyncio.sleep(self._settings.ack_ms / 1000.0)
        return Ack.CONFIRMED

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Turn for more rounds; acknowledged after `ack_ms`."""
        if self._loop is None:
            raise DriverError(Cause.LOST)
        with self._lock:
            if self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            known = capability == self._machine.capability.id
            if not (known and self._machine.prolong(instruction, duration_s, self._loop.time())):
                return None
        if self._settings.ack_ms:
            await asyncio.sleep(self._settings.ack_ms / 1000.0)
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Rest at once, from any thread."""
        with self._lock:
            self._held = True
            self._watched = False
            self._machine.off()

    async def make_safe(self) -> bool:
        """Rest, and take instructions again."""
        with self._lock:
            self._held = self._watched = False
            self._machine.off()
        self._tell()
        return True

    async def close(self) -> None:
        """Rest and let go of the timer."""
        with self._lock:
            self._machine.off()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._loop = None

    @property
    def resting(self) -> bool:
        """Whether every output is in its safe state."""
        return not self._machine.running

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """Offer one of each machine."""
        return tuple(
            Found(cls.key, title, N_("On the screen only"), {"machine": machine})
            for machine, title in _TITLES.items()
        )

    def _start(self, capability: str, instruction: Instruction, duration_s: float | None) -> None:
        own, loop = self._machine.capability, self._loop
        if loop is None:
            raise DriverError(Cause.LOST)
        fits = is_off(instruction) or isinstance(instruction, ACCEPTS[own.kind])
        if capability != own.id or not fits:
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        if isinstance(instruction, Play) and instruction.effect not in own.effects:
            raise DriverError(Cause.UNSUPPORTED, instruction.effect)
        with self._lock:
            if is_off(instruction):
                self._watched = False
                self._machine.off()
            elif self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            else:
                self._machine.start(instruction, duration_s, loop.time())
                self._watched = True
        self._tick()

    def _tick(self) -> None:
        loop = self._loop
        if loop is None:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with self._lock:
            self._machine.advance(loop.time())
            running = self._machine.running
        self._tell()
        if running:
            self._timer = loop.call_later(TICK_S, self._tick)
        elif self._machine.look_s:
            self._timer = loop.call_later(self._machine.look_s, self._tick)
        elif self._watched:
            self._watched = False
            self.events.on_ended(self._machine.capability.id)

    def _tell(self) -> None:
        """Report what changed; nothing while the machine rests."""
        values = dict(self._machine.values())
        for name, value in values.items():
            if self._told.get(name, 0.0) != value:
                self.events.on_observation(Observation(self._machine.capability.id, name, value))
        self._told = values

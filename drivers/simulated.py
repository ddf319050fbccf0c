"""A motor, a light, a relay and an effect machine that exist on the screen only.

One rule: special when configured, ordinary when running; nothing outside may treat them otherwise.
"""

from __future__ import annotations

import asyncio
import math
import threading
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

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
    Flash,
    Found,
    Hazard,
    Instruction,
    Kind,
    Limits,
    Observation,
    Play,
    Pulse,
    QueuePolicy,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
    is_off,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

TICK_S = 0.05
_STEP_S = 0.005
_RAMP_RPM_PER_S = 1500.0
_EFFECTS = ("fireworks", "confetti", "storm")


class _Machine(ABC):
    """One output with its physics; `now` is seconds of one clock and never falls."""

    capability: Capability

    def __init__(self, *, self_timed: bool) -> None:
        self._self_timed = self_timed
        self._ends_at = math.inf
        self.running = False

    def start(self, instruction: Instruction, duration_s: float | None, now: float) -> None:
        """Begin an activation; a self-timed machine ends it after `duration_s` by itself."""
        timed = self._self_timed and duration_s is not None
        self._ends_at = now + duration_s if timed and duration_s is not None else math.inf
        self.running = True
        self.begin(instruction, now)

    def off(self) -> None:
        """Stop at once."""
        self.running = False
        self.rest()

    def advance(self, now: float) -> None:
        """Move time on."""
        if self.running and (now >= self._ends_at or self.step(min(now, self._ends_at))):
            self.off()

    @abstractmethod
    def begin(self, instruction: Instruction, now: float) -> None:
        """Take over a fitting instruction that turns something on."""

    @abstractmethod
    def step(self, now: float) -> bool:
        """Move time on while running; True when the activation is over."""

    @abstractmethod
    def rest(self) -> None:
        """Show nothing, turn nothing."""

    @abstractmethod
    def values(self) -> Mapping[str, float]:
        """Return what a sensor on the machine would tell."""


class _Motor(_Machine):
    capability = Capability(
        id="motor",
        kind=Kind.MOTOR,
        title=N_("Motor"),
        hazard=Hazard.MOTION,
        self_timed=True,
        readback=True,
        limits=Limits(max_rpm=100.0, max_rounds=200.0),
    )

    def __init__(self, *, self_timed: bool) -> None:
        super().__init__(self_timed=self_timed)
        self._at = 0.0
        self._rpm = 0.0
        self._target_rpm = 0.0
        self._left = 0.0
        self._turned = 0.0
        self._sign = 1.0

    def begin(self, instruction: Instruction, now: float) -> None:
        self._at = now
        if isinstance(instruction, Rotate | Run):
            self._target_rpm = instruction.rpm
            self._left = instruction.rounds if isinstance(instruction, Rotate) else math.inf
            self._sign = -1.0 if instruction.reverse else 1.0

    def step(self, now: float) -> bool:
        while self._at < now and self._left > 0:
            step_s = min(_STEP_S, now - self._at)
            self._at += step_s
            brake_rounds = self._rpm**2 / (2 * _RAMP_RPM_PER_S * 60)
            target = 0.0 if self._left <= brake_rounds else self._target_rpm
            change = max(
                -_RAMP_RPM_PER_S * step_s, min(_RAMP_RPM_PER_S * step_s, target - self._rpm)
            )
            # Never quite still before the end, or rounding would leave a sliver unturned for ever.
            self._rpm = max(self._rpm + change, min(2.0, self._target_rpm))
            turned = min(self._rpm / 60.0 * step_s, self._left)
            self._left -= turned
            self._turned += self._sign * turned
        return self._left <= 0

    def rest(self) -> None:
        self._rpm = self._left = 0.0

    def values(self) -> Mapping[str, float]:
        left = self._left if math.isfinite(self._left) else 0.0
        return {
            "rpm": round(self._sign * self._rpm, 1),
            "rounds_left": round(left, 2),
            "angle": round(self._turned * 360.0 % 360.0, 1),
        }


class _Light(_Machine):
    capability = Capability(
        id="light",
        kind=Kind.LIGHT,
        title=N_("Light"),
        hazard=Hazard.LIGHT,
        self_timed=True,
        readback=True,
        policy=QueuePolicy.LATEST,
    )

    def __init__(self, *, self_timed: bool) -> None:
        super().__init__(self_timed=self_timed)
        self._shown: SetColor | Flash = SetColor(0, 0, 0, 0.0)
        self._began = 0.0
        self._level = 0.0

    def begin(self, instruction: Instruction, now: float) -> None:
        self._began = now
        match instruction:
            case SetLevel(level=level):
                last = self._shown
                colour = (last.red, last.green, last.blue)
                red, green, blue = colour if any(colour) else (255, 255, 255)
                self._shown = SetColor(red, green, blue, level)
            case SetColor() | Flash():
                self._shown = instruction
            case _:
                pass
        self.step(now)

    def step(self, now: float) -> bool:
        if isinstance(self._shown, SetColor):
            self._level = self._shown.level
            return False
        # The first half of every period is light, so a flash is seen the moment it begins.
        periods = (now - self._began) * self._shown.rate_hz
        self._level = 1.0 if periods % 1.0 < 0.5 else 0.0  # noqa: PLR2004 - half
        return periods >= self._shown.times

    def rest(self) -> None:
        self._level = 0.0

    def values(self) -> Mapping[str, float]:
        shown = self._shown
        return {
            "red": float(shown.red),
            "green": float(shown.green),
            "blue": float(shown.blue),
            "level": round(self._level, 3),
        }


class _Relay(_Machine):
    capability = Capability(
        id="relay",
        kind=Kind.SWITCH,
        title=N_("Relay"),
        hazard=Hazard.MAINS,
        self_timed=True,
        readback=True,
    )
    _on = False

    def begin(self, instruction: Instruction, now: float) -> None:
        del now
        self._on = isinstance(instruction, Switch | Pulse)

    def step(self, now: float) -> bool:
        del now
        return False

    def rest(self) -> None:
        self._on = False

    def values(self) -> Mapping[str, float]:
        return {"on": float(self._on)}


class _Effects(_Machine):
    capability = Capability(
        id="effect",
        kind=Kind.EFFECT,
        title=N_("Special effect"),
        self_timed=True,
        readback=True,
        effects=_EFFECTS,
    )

    def __init__(self, *, self_timed: bool) -> None:
        super().__init__(self_timed=self_timed)
        self._playing = -1
        self._began = 0.0
        self._played_s = 0.0

    def begin(self, instruction: Instruction, now: float) -> None:
        self._began = now
        if isinstance(instruction, Play):
            self._playing = _EFFECTS.index(instruction.effect)

    def step(self, now: float) -> bool:
        self._played_s = now - self._began
        return False

    def rest(self) -> None:
        self._playing = -1
        self._played_s = 0.0

    def values(self) -> Mapping[str, float]:
        return {"effect": float(self._playing + 1), "played_s": round(self._played_s, 2)}


_MACHINES: dict[str, type[_Machine]] = {
    "motor": _Motor,
    "light": _Light,
    "relay": _Relay,
    "effects": _Effects,
}
_TITLES = {
    "motor": N_("Practice motor"),
    "light": N_("Practice light"),
    "relay": N_("Practice relay"),
    "effects": N_("Practice effect machine"),
}


class SimulatedSettings(DriverSettings):
    """Which machine to show."""

    machine: Literal["motor", "light", "relay", "effects"] = Field(
        "motor", title=N_("Machine"), description=N_("What this practice device pretends to be.")
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
    icon = "device-practice"
    simulated = True
    Settings: ClassVar[type[DriverSettings]] = SimulatedSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, SimulatedSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._machine = _MACHINES[settings.machine](self_timed=settings.self_timed)
        self._lock = threading.Lock()  # stop_now comes from any thread
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
        return (capability,)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Start or end the machine; acknowledged after `ack_ms`."""
        self._start(capability, instruction, duration_s)
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
        if capability != own.id or not isinstance(instruction, ACCEPTS[own.kind]):
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

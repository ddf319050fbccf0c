"""Physics of the practice machines: what ramps, blinks, clicks, plays, or only tells.

One rule: time is passed in, so a second takes as long as the caller says.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from drivers.contract import (
    N_,
    Capability,
    Flash,
    Hazard,
    Instruction,
    Kind,
    Limits,
    MoveTo,
    Play,
    Pulse,
    QueuePolicy,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP_S = 0.005
_RAMP_RPM_PER_S = 1500.0
# The whole way in a third of a second, like a small servo.
_SERVO_PER_S = 3.0
_ROOM_C, _SWING_C = 24.0, 6.0
_EFFECTS = ("fireworks", "confetti", "storm")


class Machine(ABC):
    """One output with its physics; `now` is seconds of one clock and never falls."""

    capability: Capability
    # How often one that only tells is looked at; 0: it has nothing to tell at rest.
    look_s: ClassVar[float] = 0.0

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

    def prolong(self, instruction: Instruction, duration_s: float, now: float) -> bool:
        """Add to what runs, which then ends after `duration_s`; False if it cannot."""
        self.advance(now)
        if not (self.running and self.add(instruction)):
            return False
        self._ends_at = now + duration_s if self._self_timed else math.inf
        return True

    def add(self, instruction: Instruction) -> bool:
        """Take more of the same; False if this machine cannot."""
        del instruction
        return False

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


class _Motor(Machine):
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

    def add(self, instruction: Instruction) -> bool:
        if not isinstance(instruction, Rotate) or not math.isfinite(self._left):
            return False
        self._left += instruction.rounds
        return True

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
            "angle": round(self._turned * 360.0, 1) % 360.0,
        }


class _Light(Machine):
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


class _Relay(Machine):
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


class _Effects(Machine):
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


class _Servo(Machine):
    capability = Capability(
        id="servo",
        kind=Kind.POSITION,
        title=N_("Servo"),
        hazard=Hazard.MOTION,
        self_timed=True,
        readback=True,
        policy=QueuePolicy.LATEST,
        rest=0.0,
    )

    def __init__(self, *, self_timed: bool) -> None:
        super().__init__(self_timed=self_timed)
        self._at = self._target = 0.0
        self._seen = 0.0
        self._speed = _SERVO_PER_S

    def begin(self, instruction: Instruction, now: float) -> None:
        self._seen = now
        if isinstance(instruction, MoveTo):
            self._target = instruction.position
            way = abs(self._target - self._at)
            self._speed = way / instruction.seconds if instruction.seconds else _SERVO_PER_S

    def step(self, now: float) -> bool:
        most = self._speed * (now - self._seen)
        self._at += max(-most, min(most, self._target - self._at))
        self._seen = now
        return False

    def rest(self) -> None:
        self._at = self._target = 0.0

    def values(self) -> Mapping[str, float]:
        return {"position": round(self._at, 3)}


class _Fan(Machine):
    capability = Capability(
        id="fan",
        kind=Kind.LEVEL,
        title=N_("Fan"),
        hazard=Hazard.MOTION,
        self_timed=True,
        readback=True,
        policy=QueuePolicy.LATEST,
    )
    _level = 0.0

    def begin(self, instruction: Instruction, now: float) -> None:
        del now
        if isinstance(instruction, SetLevel):
            self._level = instruction.level

    def step(self, now: float) -> bool:
        del now
        return False

    def rest(self) -> None:
        self._level = 0.0

    def values(self) -> Mapping[str, float]:
        return {"level": round(self._level, 3)}


class _Puffer(Machine):
    capability = Capability(
        id="puff",
        kind=Kind.PULSE,
        title=N_("Puff of air"),
        hazard=Hazard.MOTION,
        self_timed=True,
        readback=True,
    )
    _puffs = 0

    def begin(self, instruction: Instruction, now: float) -> None:
        del instruction, now
        self._puffs += 1

    def step(self, now: float) -> bool:
        del now
        return False

    def rest(self) -> None:
        """Nothing of a puff is left."""

    def values(self) -> Mapping[str, float]:
        return {"puffs": float(self._puffs)}


class _Sensor(Machine):
    """A room that gets warmer and cooler again every minute."""

    capability = Capability(id="sensor", kind=Kind.SENSOR, title=N_("Sensor"), readback=True)
    look_s = 1.0
    _now = 0.0

    def advance(self, now: float) -> None:
        self._now = now

    def begin(self, instruction: Instruction, now: float) -> None:
        """Nothing turns it on."""

    def step(self, now: float) -> bool:
        del now
        return True

    def rest(self) -> None:
        """It always rests."""

    def values(self) -> Mapping[str, float]:
        warmer_c = _SWING_C * math.sin(self._now / 60.0 * math.tau)
        return {"temperature": round(_ROOM_C + warmer_c, 1)}


MACHINES: dict[str, type[Machine]] = {
    "motor": _Motor,
    "light": _Light,
    "relay": _Relay,
    "effects": _Effects,
    "servo": _Servo,
    "fan": _Fan,
    "puffer": _Puffer,
    "sensor": _Sensor,
}

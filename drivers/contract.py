"""The contract between Giftwire and a device family: capabilities, instructions, the Driver class.

One rule: a driver turns instructions into bytes and reports loss; limits and timers are not its.
"""

from __future__ import annotations

import enum
import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Callable


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark English source text for translation and return it unchanged."""
    return text


class Hazard(enum.StrEnum):
    """How an output can hurt; decides the default limits of a capability."""

    NONE = "none"
    LIGHT = "light"
    HEAT = "heat"
    MOTION = "motion"
    MAINS = "mains"
    BODY = "body"
    PAIN = "pain"


class Kind(enum.StrEnum):
    """What a capability can do; every kind accepts a fixed set of instructions (ACCEPTS)."""

    SWITCH = "switch"
    LEVEL = "level"
    LIGHT = "light"
    MOTOR = "motor"
    PULSE = "pulse"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class Off:
    """Bring the capability to its safe state: stopped, dark, open. Always allowed."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Close (on) or open (off) a contact."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetLevel:
    """Hold an output at `level`, 0.0 to 1.0."""

    level: float


@dataclass(frozen=True, slots=True)
class SetColor:
    """Show a steady colour; channels 0 to 255, `level` 0.0 to 1.0 scales all of them."""

    red: int
    green: int
    blue: int
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Flash:
    """Blink `times` times in a colour; `rate_hz` is flashes a second (strobe limit 3)."""

    times: int
    red: int = 255
    green: int = 255
    blue: int = 255
    rate_hz: float = 2.0


@dataclass(frozen=True, slots=True)
class Rotate:
    """Turn `rounds` rounds at `rpm` rounds a minute, then stop."""

    rounds: float
    rpm: float
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Turn at `rpm` until the activation ends."""

    rpm: float
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Pulse:
    """One short shot (a click, a puff) whose length the command's duration gives."""


@dataclass(frozen=True, slots=True)
class Play:
    """Run the device's own effect until the activation ends; "" is its first (never a driver's)."""

    effect: str


Instruction = Off | Switch | SetLevel | SetColor | Flash | Rotate | Run | Pulse | Play

ACCEPTS: dict[Kind, tuple[type[Instruction], ...]] = {
    Kind.SWITCH: (Off, Switch, Pulse),
    Kind.LEVEL: (Off, SetLevel),
    Kind.LIGHT: (Off, SetColor, SetLevel, Flash),
    Kind.MOTOR: (Off, Rotate, Run),
    Kind.PULSE: (Off, Pulse),
    Kind.EFFECT: (Off, Play),
}


def is_off(instruction: Instruction) -> bool:
    """Say whether the instruction leaves the output in its safe state."""
    match instruction:
        case Off() | Switch(on=False) | SetLevel(level=0) | SetColor(level=0):
            return True
        case _:
            return False


def own_length_s(instruction: Instruction) -> float | None:
    """Seconds the instruction takes by its own terms, or None if it lasts until ended.

    A rotation gets 25 % on top of rounds / rpm for ramps and slipping.
    """
    match instruction:
        case Rotate(rounds=rounds, rpm=rpm):
            return rounds / max(rpm, 0.001) * 60.0 * 1.25
        case Flash(times=times, rate_hz=rate_hz):
            return times / max(rate_hz, 0.001)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Limits:
    """What no rule may exceed, by default nothing; levels 0 to 1, speeds rounds a minute."""

    max_level: float = 1.0
    max_on_s: float = math.inf
    min_gap_s: float = 0.0
    cooldown_s: float = 0.0
    duty: float = 1.0
    duty_window_s: float = 60.0
    max_rpm: float = math.inf
    max_rounds: float = math.inf
    max_flash_hz: float = math.inf

    def narrowed(self, other: Limits) -> Limits:
        """Combine with `other`, keeping the stricter value of every field."""
        return Limits(
            max_level=min(self.max_level, other.max_level),
            max_on_s=min(self.max_on_s, other.max_on_s),
            min_gap_s=max(self.min_gap_s, other.min_gap_s),
            cooldown_s=max(self.cooldown_s, other.cooldown_s),
            duty=min(self.duty, other.duty),
            duty_window_s=max(self.duty_window_s, other.duty_window_s),
            max_rpm=min(self.max_rpm, other.max_rpm),
            max_rounds=min(self.max_rounds, other.max_rounds),
            max_flash_hz=min(self.max_flash_hz, other.max_flash_hz),
        )


# Policy numbers by hazard class. A flash above 3 Hz can cause seizures; nothing in a light moves.
HAZARD_LIMITS: dict[Hazard, Limits] = {
    Hazard.NONE: Limits(max_on_s=60.0),
    Hazard.LIGHT: Limits(max_on_s=60.0, min_gap_s=0.025, max_flash_hz=3.0),
    Hazard.HEAT: Limits(max_level=0.5, max_on_s=30.0, min_gap_s=1.0, cooldown_s=10.0, duty=0.3),
    Hazard.MOTION: Limits(max_on_s=150.0, max_rpm=100.0, max_rounds=200.0),
    Hazard.MAINS: Limits(max_on_s=10.0, min_gap_s=0.2, cooldown_s=0.5, duty=0.5),
    Hazard.BODY: Limits(max_level=0.5, max_on_s=10.0, min_gap_s=0.1, duty=0.6),
    Hazard.PAIN: Limits(max_level=0.2, max_on_s=1.0, min_gap_s=2.0, cooldown_s=5.0, duty=0.1),
}


class QueuePolicy(enum.StrEnum):
    """What happens to a command that finds the capability busy; ADD makes what runs last longer."""

    QUEUE = "queue"
    LATEST = "latest"
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Capability:
    """One output of a device. `limits` are the driver's own; users may only narrow them."""

    id: str
    kind: Kind
    title: str
    hazard: Hazard = Hazard.NONE
    self_timed: bool = False
    readback: bool = False
    policy: QueuePolicy = QueuePolicy.QUEUE
    limits: Limits = field(default_factory=Limits)
    effects: tuple[str, ...] = ()


class Cause(enum.StrEnum):
    """Why a device failed; each has one sentence and one hint in `app.core.links`."""

    NOT_FOUND = "not_found"
    BUSY = "busy"
    NO_PERMISSION = "no_permission"
    LOST = "lost"
    NO_ANSWER = "no_answer"
    BAD_ANSWER = "bad_answer"
    REFUSED = "refused"
    BAD_CONFIG = "bad_config"
    UNSUPPORTED = "unsupported"
    AMBIGUOUS = "ambiguous"


class DriverError(Exception):
    """The device could not do what was asked; `cause` says which sentence the user gets."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value}: {detail}" if detail else cause.value)
        self.cause = cause
        self.detail = detail


class Ack(enum.StrEnum):
    """How sure we are that an instruction arrived."""

    CONFIRMED = "confirmed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class SafeRecipe:
    """What the guardian sends when the core is gone: plain data, no code.

    `kind` names the transport ("serial"); `frames` are sent in order, `address` and `speed_baud`
    say where; `expect` (if any) must appear in the answer within `answer_s` to count as confirmed.
    """

    kind: str
    address: str
    frames: tuple[bytes, ...]
    speed_baud: int = 115200
    expect: bytes = b""
    answer_s: float = 0.5
    boot_wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Observation:
    """A value the device reported or the driver knows: "rpm", "rounds_left", "level", "on"."""

    capability: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Found:
    """Something that could be added as a device: the driver's settings, filled in."""

    driver: str
    title: str
    detail: str
    settings: dict[str, Any]


class DriverSettings(BaseModel):
    """Base of every driver's settings: validated at the edge, titles and help make the form."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _ignore(_capability: str) -> None:
    """Take the place of a callback nobody listens to."""


@dataclass(slots=True)
class DriverEvents:
    """Callbacks a driver may call, from the loop's thread only.

    `on_lost` is called at most once. `on_ended(capability)` says that the newest activation of a
    capability came to its end by itself; a driver that cannot tell never calls it.
    """

    on_lost: Callable[[DriverError], None]
    on_observation: Callable[[Observation], None]
    on_stop_pressed: Callable[[], None]
    on_ended: Callable[[str], None] = _ignore


class Driver(ABC):
    """One connected device. One object is one connection: after a loss it is closed and replaced.

    Order of calls: open -> (apply | stop_now | make_safe)* -> close. `close` is idempotent and may
    follow a failed `open`. After `open`, `address` and `firmware` tell where and what it is.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    icon: ClassVar[str] = "device"
    simulated: ClassVar[bool] = False
    Settings: ClassVar[type[DriverSettings]]

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        del settings  # each driver keeps its own kind
        self.events = events
        self.address = ""
        self.firmware = ""

    @abstractmethod
    async def open(self) -> tuple[Capability, ...]:
        """Connect, bring every output to its safe state, and tell what the device can do."""

    @abstractmethod
    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Carry out one instruction; returns when the device took it, raises DriverError if not.

        `duration_s` is the longest the activation may last; self-timed devices are told it.
        """

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Add rounds to the rotation that runs; it may last `duration_s` from now, in all.

        None, with nothing changed, if it cannot or nothing runs any more. Raises as `apply`.
        """
        del capability, instruction, duration_s
        return None

    @abstractmethod
    def stop_now(self) -> None:
        """Send every output to its safe state at once, from any thread, without the loop.

        From here until the next `make_safe` nothing may turn an output on: an instruction on its
        way is given up, a new one raises DriverError(REFUSED). Never blocks, never raises.
        """

    @abstractmethod
    async def make_safe(self) -> bool:
        """Bring every output to its safe state; True if the device confirmed it.

        Never raises; answers within a second; instructions on their way are given up.
        """

    @abstractmethod
    async def close(self) -> None:
        """Let go of the transport; the device is left safe if it can still be reached."""

    def safe_recipe(self) -> SafeRecipe | None:
        """What a stranger must send to make the open device safe; None if it needs nothing."""
        return None

    async def check(self) -> None:
        """Ask for a sign of life; called now and then. Raises DriverError when there is none."""

    @classmethod
    def settings_for(cls, **values: object) -> DriverSettings:
        """Validate settings for this driver; pydantic's ValidationError names what is wrong."""
        return cls.Settings.model_validate(values)

    @classmethod
    def watch(cls, on_change: Callable[[], None]) -> Callable[[], None] | None:
        """Call `on_change`, from any thread, whenever something is plugged in, out or elsewhere.

        Returns what ends the watching; None if this family cannot be watched.
        """
        del on_change
        return None

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what could be connected, without sending a byte to an unassigned port."""
        return ()

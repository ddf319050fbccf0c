"""What the devices room shows of itself: frozen pictures of devices, activations and STOP.

One rule: a view is a copy; nobody outside holds on to the living objects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.core.outcome import Drop
from app.devices.budgets import Budget, Spent
from app.devices.health import HealthState
from drivers.contract import Limits, Rotate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.core.links import LinkState
    from drivers.contract import Capability, Instruction

NO_LIMITS: Final = Limits()
NO_BUDGET: Final = Budget()
NOTHING_SPENT: Final = Spent()
NO_HEALTH: Final = HealthState()


@dataclass(frozen=True, slots=True)
class CapabilityState:
    """One output: what it can do, the limits that hold, and what it does now.

    `began` and `due` are monotonic seconds. `values` are the newest observations. `own` is what the
    user set, `ceiling` what holds whatever they set; `heat` the used part of its duty, 0 to 1.
    """

    capability: Capability
    limits: Limits
    queued: int = 0
    command_id: str = ""
    rule_id: str = ""
    instruction: Instruction | None = None
    began: float = 0.0
    due: float = 0.0
    values: Mapping[str, float] = field(default_factory=dict)
    own: Limits = NO_LIMITS
    ceiling: Limits = NO_LIMITS
    budget: Budget = NO_BUDGET
    spent: Spent = NOTHING_SPENT
    heat: float = 0.0
    held: Drop = Drop.NONE
    delay_ms: float | None = None
    name: str = ""

    @property
    def active(self) -> bool:
        """Whether something runs."""
        return self.instruction is not None

    def progress(self, now: float) -> float | None:
        """Return how much of the activation is over, 0 to 1; None when nothing runs."""
        if self.instruction is None:
            return None
        rounds = self.rounds()
        if rounds is not None:
            return min(1.0, max(0.0, rounds[0] / rounds[1]))
        return min(1.0, max(0.0, (now - self.began) / max(self.due - self.began, 0.001)))

    def ends_in_s(self, now: float) -> float | None:
        """Return the seconds until the activation must be over; None when nothing runs."""
        return None if self.instruction is None else max(0.0, self.due - now)

    def rounds(self) -> tuple[float, float] | None:
        """Return (turned, asked) of a rotation the device reports on, else None."""
        if not isinstance(self.instruction, Rotate) or "rounds_left" not in self.values:
            return None
        return self.instruction.rounds - self.values["rounds_left"], self.instruction.rounds


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One configured device. `safe` is None until a STOP, a failure or a loss asked for it.

    `consent`: "needed", "given", or "" where nothing hurts. `arming` says how often a hand must arm
    it (`app.devices.arming`), `armed` whether it is. `made` is "group" or "scene" for what
    is made of other devices. `replaced_now`: its fallback does its work.
    """

    id: str
    name: str
    driver: str
    driver_title: str
    icon: str
    simulated: bool
    link: LinkState
    address: str = ""
    firmware: str = ""
    role: str = ""
    safe: bool | None = None
    capabilities: tuple[CapabilityState, ...] = ()
    consent: str = ""
    arming: str = ""
    armed: bool = True
    health: HealthState = NO_HEALTH
    fallback: str = ""
    replaced_now: bool = False
    made: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """One activation that runs now."""

    device_id: str
    device: str
    state: CapabilityState


@dataclass(frozen=True, slots=True)
class StopState:
    """The latched STOP. `confirmed` by device: None waiting, True safe, False did not confirm.

    `took_ms` by device is the time from STOP to its confirmation; `dropped` counts what waited.
    """

    stopped: bool = False
    source: str = ""
    since: float = 0.0
    since_ms: int = 0
    dropped: int = 0
    confirmed: Mapping[str, bool | None] = field(default_factory=dict)
    took_ms: Mapping[str, float] = field(default_factory=dict)

"""What one device offers: its outputs and sensors, and what it says about them.

One rule: told once when the device opens; how it is limited beyond that is the user's.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from drivers.contract.instructions import Kind
from drivers.contract.limits import MOST_FLASHES_HZ, Hazard, Limits


class QueuePolicy(enum.StrEnum):
    """What happens to a command that finds the capability busy; ADD makes what runs last longer."""

    QUEUE = "queue"
    LATEST = "latest"
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Capability:
    """One output of a device. `limits` are the driver's own; users may only narrow them.

    `rest` is where a POSITION goes when it is off, 0.0 to 1.0; None: it stays where it is.
    """

    id: str
    kind: Kind
    title: str
    hazard: Hazard = Hazard.NONE
    self_timed: bool = False
    readback: bool = False
    policy: QueuePolicy = QueuePolicy.QUEUE
    limits: Limits = field(default_factory=Limits)
    effects: tuple[str, ...] = ()
    rest: float | None = None

    def __post_init__(self) -> None:
        """Keep lights from flashing too fast, whatever else about them can hurt."""
        if self.kind is Kind.LIGHT:
            slow = self.limits.narrowed(Limits(max_flash_hz=MOST_FLASHES_HZ))
            object.__setattr__(self, "limits", slow)


@dataclass(frozen=True, slots=True)
class Observation:
    """A value the device reported or the driver knows: "rpm", "rounds_left", "level", "on"."""

    capability: str
    name: str
    value: float

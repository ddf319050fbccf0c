"""How an output can hurt, and what is allowed by default.

One rule: policy numbers by hazard class; whoever combines limits keeps the stricter.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from typing import Final


class Hazard(enum.StrEnum):
    """How an output can hurt; decides the default limits of a capability."""

    NONE = "none"
    LIGHT = "light"
    HEAT = "heat"
    MOTION = "motion"
    MAINS = "mains"
    BODY = "body"
    PAIN = "pain"


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
        """Combine with `other`, keeping the stricter value of every field.

        Of two windows of duty the first one stays, and its duty becomes so small that neither is
        ever exceeded: a longer window would allow a longer time without a pause.
        """
        duty, window_s = self.duty, self.duty_window_s
        if duty >= 1.0:
            duty, window_s = other.duty, other.duty_window_s
        elif other.duty < 1.0:
            windows = max(1, math.ceil(other.duty_window_s / window_s))
            duty = min(duty, other.duty * other.duty_window_s / (windows * window_s))
        return Limits(
            max_level=min(self.max_level, other.max_level),
            max_on_s=min(self.max_on_s, other.max_on_s),
            min_gap_s=max(self.min_gap_s, other.min_gap_s),
            cooldown_s=max(self.cooldown_s, other.cooldown_s),
            duty=duty,
            duty_window_s=window_s,
            max_rpm=min(self.max_rpm, other.max_rpm),
            max_rounds=min(self.max_rounds, other.max_rounds),
            max_flash_hz=min(self.max_flash_hz, other.max_flash_hz),
        )


# More can cause seizures (WCAG 2.3.1: three flashes a second).
MOST_FLASHES_HZ: Final = 3.0

# Policy numbers by hazard class. Nothing in a light moves.
HAZARD_LIMITS: dict[Hazard, Limits] = {
    Hazard.NONE: Limits(max_on_s=60.0),
    Hazard.LIGHT: Limits(max_on_s=60.0, min_gap_s=0.025, max_flash_hz=MOST_FLASHES_HZ),
    Hazard.HEAT: Limits(max_level=0.5, max_on_s=30.0, min_gap_s=1.0, cooldown_s=10.0, duty=0.3),
    Hazard.MOTION: Limits(max_on_s=150.0, max_rpm=100.0, max_rounds=200.0),
    Hazard.MAINS: Limits(max_on_s=10.0, min_gap_s=0.2, cooldown_s=0.5, duty=0.5),
    Hazard.BODY: Limits(max_level=0.5, max_on_s=10.0, min_gap_s=0.1, duty=0.6),
    Hazard.PAIN: Limits(max_level=0.2, max_on_s=1.0, min_gap_s=2.0, cooldown_s=5.0, duty=0.1),
}

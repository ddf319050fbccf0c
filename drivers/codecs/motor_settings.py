"""What drivers of a motor on one axis of a machine board ask for.

One rule: a round is measured in the board's own millimetres, whatever hangs on the motor.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from drivers.codecs.port_settings import PortSettings
from drivers.contract import N_, Cause, DriverError


class MotorSettings(PortSettings):
    """Which board, and what motor hangs on it."""

    speed_baud: int = Field(
        115200,
        ge=1200,
        le=2_000_000,
        title=N_("Speed"),
        description=N_("115200 for most boards, 250000 for some."),
    )
    axis: Literal["X", "Y", "Z"] = Field(
        "X", title=N_("Axis"), description=N_("Where on the board the motor is plugged in.")
    )
    steps_per_round: int = Field(
        200,
        ge=4,
        le=1_000_000,
        title=N_("Steps a round"),
        description=N_("200 for most motors, times the microsteps of the driver."),
    )
    max_rpm: float = Field(
        60.0,
        gt=0,
        le=3000,
        title=N_("Fastest speed"),
        description=N_("Beyond it the motor would lose steps."),
        json_schema_extra={"unit": "rpm"},
    )
    mm_per_round: float = Field(
        0.0,
        ge=0,
        le=100_000,
        title=N_("Millimetres a round"),
        description=N_("0: worked out from the steps and the board's own settings."),
    )

    def round_mm(self, steps_per_mm: float) -> float:
        """Return how far a round is; raises BAD_CONFIG if nobody knows."""
        if self.mm_per_round:
            return self.mm_per_round
        if steps_per_mm <= 0:
            raise DriverError(Cause.BAD_CONFIG, "it does not tell its steps per millimetre")
        return self.steps_per_round / steps_per_mm

    def top_rpm(self, round_mm: float, most_mm_per_s: float) -> float:
        """Return the fastest speed that both the user and the board allow; 0 mm/s: unknown."""
        return min(self.max_rpm, most_mm_per_s * 60 / round_mm) if most_mm_per_s else self.max_rpm

"""What drivers of machine boards (Grbl, Marlin) ask for: which motors, and how far a round is.

One rule: a round is measured in the board's own millimetres, whatever hangs on the motor.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from drivers.codecs.port_settings import PortSettings, RestartLines
from drivers.contract import N_, Cause, DriverError

_MOST_MOTORS = 5


class Motor(BaseModel):
    """One motor, where it is plugged in, and how it turns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    axis: Literal["X", "Y", "Z", "A", "E"] = Field(
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
            raise DriverError(
                Cause.BAD_CONFIG,
                say=N_(
                    "The board does not tell how far a step goes. Fill in the millimetres of a "
                    "round in its settings."
                ),
            )
        return self.steps_per_round / steps_per_mm

    def top_rpm(self, round_mm: float, most_mm_per_s: float) -> float:
        """Return the fastest speed that both the user and the board allow; 0 mm/s: unknown."""
        return min(self.max_rpm, most_mm_per_s * 60 / round_mm) if most_mm_per_s else self.max_rpm


class GrblMotor(Motor):
    """A motor of a Grbl board."""

    axis: Literal["X", "Y", "Z", "A"] = Field(
        "X", title=N_("Axis"), description=N_("Where on the board the motor is plugged in.")
    )


class MarlinMotor(Motor):
    """A motor of a Marlin board."""

    axis: Literal["X", "Y", "Z", "E"] = Field(
        "X", title=N_("Axis"), description=N_("Where on the board the motor is plugged in.")
    )


def _motors_field(usual: Motor) -> Any:  # noqa: ANN401 - pydantic's own kind
    return Field(
        (usual,),
        min_length=1,
        max_length=_MOST_MOTORS,
        title=N_("Motors"),
        description=N_("Each with its axis. They turn independently of one another."),
        json_schema_extra={"one": N_("Motor")},
    )


class _Board(PortSettings):
    speed_baud: int = Field(
        115200,
        ge=1200,
        le=2_000_000,
        title=N_("Speed"),
        description=N_("115200 for most boards, 250000 for some."),
    )
    motors: tuple[Motor, ...] = _motors_field(Motor())
    home: bool = Field(
        default=False,
        title=N_("May look for its end switches"),
        description=N_("Adds an effect that drives the motors against their end switches."),
    )

    @field_validator("motors")
    @classmethod
    def _each_axis_once(cls, motors: tuple[Motor, ...]) -> tuple[Motor, ...]:
        axes = [one.axis for one in motors]
        twice = next((one for one in axes if axes.count(one) > 1), None)
        if twice is not None:
            raise PydanticCustomError(
                "axis_twice", N_("Axis {axis} is there twice."), {"axis": twice}
            )
        return motors


class MachineSettings(RestartLines, _Board):
    """Which board, and what motors hang on it."""


class GrblSettings(MachineSettings):
    """Which board with Grbl."""

    motors: tuple[GrblMotor, ...] = _motors_field(GrblMotor())


class MarlinSettings(MachineSettings):
    """Which board with Marlin."""

    motors: tuple[MarlinMotor, ...] = _motors_field(MarlinMotor())

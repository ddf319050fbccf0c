"""What hangs on a Firmata board's pins: the settings, and the bytes that make each pin rest.

One rule: pure; a pin is checked against what the board itself says it can do.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs import accel_stepper, firmata
from drivers.codecs.firmata import Mode
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.port_settings import PortSettings, RestartLines
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    Hazard,
    Kind,
    Limits,
    QueuePolicy,
)

if TYPE_CHECKING:
    from pydantic.types import JsonValue

Pin = Annotated[str, Field(pattern=r"^[Aa]?\d{1,3}$")]

PIN = N_("Pin")
MOTOR = N_("Motor")
_PIN_HELP = N_("The number on the board, such as 8 or A0.")
_DEGREES: Final[dict[str, JsonValue]] = {"x-shown-if": {"kind": ["servo"]}, "unit": "°"}
_HARMLESS = frozenset({"light", "harmless"})
_MODES: Final = {"switch": Mode.OUTPUT, "level": Mode.PWM, "servo": Mode.SERVO}
_KINDS: Final = {"switch": Kind.SWITCH, "level": Kind.LEVEL, "servo": Kind.POSITION}
# Wire count and step size as the interface byte has them, and how many pins that takes.
_WIRING: Final = {"driver": (0x10, 2), "four": (0x40, 4), "four_half": (0x42, 4)}


class PinOutput(BaseModel):
    """One pin and what hangs on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["switch", "level", "servo"] = Field(
        "switch",
        title=N_("What it does"),
        description=N_("On an Uno with a servo, pins 9 and 10 cannot be dimmed."),
        json_schema_extra={
            "words": {
                "switch": N_("Switch on and off"),
                "level": N_("Dim, or change speed"),
                "servo": N_("Move a servo"),
            }
        },
    )
    pin: Pin = Field("13", title=PIN, description=_PIN_HELP)
    load: Load = "other"
    low: bool = Field(
        default=False,
        title=N_("On with LOW"),
        description=N_("For relay modules that switch on when the pin is low. Use a pin from A0."),
        json_schema_extra={"x-shown-if": {"kind": ["switch"]}},
    )
    from_degrees: int = Field(
        0,
        ge=0,
        le=180,
        title=N_("From"),
        description=N_("The servo's angle at 0 %."),
        json_schema_extra=_DEGREES,
    )
    to_degrees: int = Field(
        180,
        ge=0,
        le=180,
        title=N_("To"),
        description=N_("The servo's angle at 100 %."),
        json_schema_extra=_DEGREES,
    )
    rest_degrees: int = Field(
        90,
        ge=0,
        le=180,
        title=N_("Rests at"),
        description=N_("The servo's angle when nothing happens."),
        json_schema_extra=_DEGREES,
    )

    @property
    def rest_value(self) -> int:
        """What its pin is at while it rests."""
        if self.kind == "servo":
            return self.rest_degrees
        return int(self.kind == "switch" and self.low)


class StepperMotor(BaseModel):
    """One stepper motor and how it is wired."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wiring: Literal["driver", "four", "four_half"] = Field(
        "driver",
        title=N_("Wiring"),
        description=N_("How the motor is connected."),
        json_schema_extra={
            "words": {
                "driver": N_("Step and direction (A4988, DRV8825, TMC2209)"),
                "four": N_("Four wires, whole steps"),
                "four_half": N_("Four wires, half steps (28BYJ-48 with ULN2003)"),
            }
        },
    )
    pins: tuple[Pin, ...] = Field(
        ("2", "3"),
        max_length=4,
        title=N_("Pins"),
        description=N_("Step and direction, or the four wires in their order."),
    )
    enable_pin: Annotated[str, Field(pattern=r"^([Aa]?\d{1,3})?$")] = Field(
        "",
        title=N_("Enable pin"),
        description=N_("Lets the motor rest without current. Empty if it has none."),
    )
    enable_low: bool = Field(
        default=True,
        title=N_("Enabled with LOW"),
        description=N_("As on A4988, DRV8825 and TMC2209."),
    )
    steps_per_round: int = Field(
        200,
        ge=4,
        le=100_000,
        title=N_("Steps a round"),
        description=N_("200 for most motors, times the microsteps of the driver."),
    )
    max_rpm: float = Field(
        60.0,
        gt=0,
        le=1000,
        title=N_("Fastest speed"),
        description=N_("Beyond it the motor would lose steps."),
        json_schema_extra={"unit": "rpm"},
    )
    rpm_per_s: float = Field(
        120.0,
        ge=0,
        le=10_000,
        title=N_("Gains speed by"),
        description=N_("In rounds a minute for each second. 0: at once."),
    )

    @property
    def ramp(self) -> float:
        """How fast it gains speed, in steps per second squared."""
        return self.rpm_per_s / 60 * self.steps_per_round

    @property
    def top_rpm(self) -> float:
        """The fastest speed that the board can make steps for, too."""
        return min(self.max_rpm, accel_stepper.MOST_STEPS_PER_S * 60 / self.steps_per_round)


class _Board(PortSettings):
    speed_baud: int = Field(
        57600,
        ge=300,
        le=2_000_000,
        title=N_("Speed"),
        description=N_("57600 for StandardFirmata, 115200 for ConfigurableFirmata."),
    )
    outputs: tuple[PinOutput, ...] = Field(
        (PinOutput(load="harmless"),),
        max_length=64,
        title=N_("Outputs"),
        description=N_("What hangs on the board's pins."),
        json_schema_extra={"one": N_("Output")},
    )
    motors: tuple[StepperMotor, ...] = Field(
        (),
        max_length=10,
        title=N_("Stepper motors"),
        description=N_("They need the sketch ConfigurableFirmata with AccelStepper."),
        json_schema_extra={"one": N_("Stepper motor")},
    )
    stop_pin: Annotated[str, Field(pattern=r"^([Aa]?\d{1,3})?$")] = Field(
        "",
        title=N_("Pin of a STOP button"),
        description=N_("A button between this pin and GND. Empty if there is none."),
    )

    @model_validator(mode="after")
    def _each_pin_once(self) -> Self:
        used = [one.pin for one in self.outputs] + [self.stop_pin]
        used += [pin for motor in self.motors for pin in (*motor.pins, motor.enable_pin)]
        named = [pin.upper() for pin in used if pin]
        if len(named) != len(set(named)):
            twice = next(pin for pin in named if named.count(pin) > 1)
            raise PydanticCustomError(
                "pin_twice", N_("Pin {pin} is there twice. Choose another one."), {"pin": twice}
            )
        for motor in self.motors:
            if len(motor.pins) != _WIRING[motor.wiring][1]:
                raise PydanticCustomError(
                    "pins",
                    N_("A motor wired like this has {pins} pins. Name each of them."),
                    {"pins": _WIRING[motor.wiring][1]},
                )
        return self


class FirmataSettings(RestartLines, _Board):
    """Which board, and what hangs on which of its pins."""


@dataclass(frozen=True, slots=True)
class Board:
    """What a board says of its pins: modes with resolution by pin, and which pin is A0, A1..."""

    pins: tuple[dict[int, int], ...]
    analog: dict[int, int]

    def pin(self, name: str, mode: Mode) -> int:
        """Return a pin's number; raises BAD_CONFIG if there is none that can do this."""
        number = self.analog.get(int(name[1:]), -1) if name[0] in "Aa" else int(name)
        if not 0 <= number < len(self.pins) or mode not in self.pins[number]:
            raise DriverError(
                Cause.BAD_CONFIG, say=N_("Pin {pin} cannot do this. Choose another one."), pin=name
            )
        return number


@dataclass(frozen=True, slots=True)
class Plan(ABC):
    """How an output is driven. `prepare` makes its pins what they are, resting; `off` rests it."""

    capability: Capability
    prepare: bytes
    off: bytes

    @property
    @abstractmethod
    def question(self) -> bytes:
        """Asks what the output is now; the answer says that all before it was carried out."""

    @property
    @abstractmethod
    def answer(self) -> bytes:
        """How the answer begins if all is well."""

    @abstractmethod
    def read(self, heard: bytes, value: int | None = None) -> bool | None:
        """Find the answer, which tells of `value` if any; None if not there. Raises BAD_ANSWER."""


@dataclass(frozen=True, slots=True)
class PinPlan(Plan):
    """An output on its pin; `top` is the value at 100 %."""

    output: PinOutput
    pin: int
    mode: Mode
    top: int

    @property
    def question(self) -> bytes:
        """Ask what the pin is."""
        return firmata.ask_state(self.pin)

    @property
    def answer(self) -> bytes:
        """It rests."""
        return firmata.state(self.pin, self.mode, self.output.rest_value)

    def read(self, heard: bytes, value: int | None = None) -> bool | None:
        """Look whether the pin still is what it was made; a board that restarted forgot."""
        said = firmata.find(heard, firmata.STATE, bytes([self.pin]))
        if said is not None and said[1:2] != bytes([self.mode]):
            raise DriverError(
                Cause.BAD_ANSWER, say=N_("Pin {pin} was changed. We connect anew."), pin=self.pin
            )
        told = said if value is None else firmata.state(self.pin, self.mode, value)[2:-1]
        return (said is not None and said == told) or None


def plan_pin(output: PinOutput, board: Board) -> PinPlan:
    """Find out how an output is driven; raises BAD_CONFIG."""
    mode = _MODES[output.kind]
    pin = board.pin(output.pin, mode)
    is_analog = Mode.ANALOG in board.pins[pin]
    if output.low and output.kind == "switch" and output.load not in _HARMLESS and not is_analog:
        # The sketch sets all other pins low when it starts: on, and nobody there to end it.
        raise DriverError(
            Cause.BAD_CONFIG,
            say=N_("Pin {pin} is on while the board starts. Choose an analog one such as A0."),
            pin=output.pin,
        )
    hazard = HAZARDS[output.load]
    if output.kind == "servo" and hazard is Hazard.MAINS:
        hazard = Hazard.MOTION
    policy = QueuePolicy.QUEUE if output.kind == "switch" else QueuePolicy.LATEST
    capability = Capability(
        f"pin{output.pin.upper()}",
        _KINDS[output.kind],
        f"{PIN} {output.pin.upper()}",
        hazard,
        policy=policy,
        rest=_rest_share(output) if output.kind == "servo" else None,
    )
    off, prepare = _rest(output, pin), firmata.set_mode(pin, mode)
    if output.low and Mode.PULLUP in board.pins[pin]:
        # High before it becomes an output, so that it is never low.
        prepare = firmata.set_mode(pin, Mode.PULLUP) + prepare
    top = (1 << board.pins[pin][mode]) - 1
    return PinPlan(capability, prepare + off, off, output, pin, mode, top)


def _rest_share(output: PinOutput) -> float:
    way = output.to_degrees - output.from_degrees
    share = (output.rest_degrees - output.from_degrees) / way if way else 0.0
    return round(min(1.0, max(0.0, share)), 3)


def _rest(output: PinOutput, pin: int) -> bytes:
    if output.kind == "switch":
        return firmata.digital(pin, high=output.low)
    return firmata.analog(pin, output.rest_value)


@dataclass(frozen=True, slots=True)
class MotorPlan(Plan):
    """A stepper motor; its `off` stops it and takes its current."""

    motor: StepperMotor
    number: int

    @property
    def question(self) -> bytes:
        """Ask where it is."""
        return accel_stepper.ask_where(self.number)

    @property
    def answer(self) -> bytes:
        """It is somewhere."""
        return self.question[:-1]

    def read(self, heard: bytes, value: int | None = None) -> bool | None:
        """Look whether it told where it is; it has no value."""
        return accel_stepper.answer(heard, self.number) is not None or None

    def speed(self, rpm: float) -> float:
        """Return steps a second."""
        return min(rpm, self.motor.top_rpm) / 60 * self.motor.steps_per_round

    def way(self, rounds: float) -> int:
        """Return the steps of so many rounds."""
        return round(rounds * self.motor.steps_per_round)

    def ready(self, steps_per_s: float) -> bytes:
        """Stand, with current, ready to turn from here; may be said twice."""
        return (
            accel_stepper.zero(self.number)
            + accel_stepper.enable(self.number, on=True)
            + accel_stepper.speed(self.number, steps_per_s)
        )

    def go(self, target: int) -> bytes:
        """Turn to so many steps from where it was made ready; may be said twice."""
        return accel_stepper.move_to(self.number, target)


def plan_motor(motor: StepperMotor, number: int, board: Board) -> MotorPlan:
    """Find out how a motor is driven; raises BAD_CONFIG."""
    pins = tuple(board.pin(name, Mode.STEPPER) for name in motor.pins)
    enable = board.pin(motor.enable_pin, Mode.OUTPUT) if motor.enable_pin else None
    wiring, _ = _WIRING[motor.wiring]
    off = accel_stepper.stop(number) + accel_stepper.enable(number, on=False)
    prepare = accel_stepper.config(number, wiring, pins, enable, low=motor.enable_low)
    if enable is not None:
        prepare = firmata.set_mode(enable, Mode.OUTPUT) + prepare
    return MotorPlan(
        Capability(
            f"motor{number + 1}",
            Kind.MOTOR,
            f"{MOTOR} {number + 1}",
            Hazard.MOTION,
            limits=Limits(max_rpm=motor.top_rpm),
        ),
        prepare + accel_stepper.ramp(number, motor.ramp) + off,
        off,
        motor,
        number,
    )

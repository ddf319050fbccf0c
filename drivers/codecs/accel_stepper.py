"""AccelStepper of Firmata: bytes for stepper motors on a ConfigurableFirmata board.

One rule: pure; formats are those of accelStepperFirmata.md and, where it is silent, its firmware.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from drivers.codecs import firmata

_CONFIG, _ZERO, _TO, _ENABLE, _STOP, _WHERE, _RAMP, _SPEED = 0, 1, 3, 4, 5, 6, 8, 9
_COMPLETE = 10
_SIGNIFICANDS = 1 << 23
_LEAST_EXPONENT, _MOST_EXPONENT = -11, 4
# The firmware drops the bits above.
MOST_STEPS = (1 << 28) - 1
_NEGATIVE = 0x08
_POSITION_BYTES = 7
# What an Uno manages; a motor that is asked for more turns slower than asked.
MOST_STEPS_PER_S = 4000


@dataclass(frozen=True, slots=True)
class Where:
    """Where a motor is; `complete` when it says so because its way is over."""

    motor: int
    steps: int
    complete: bool


def config(
    motor: int, wiring: int, pins: tuple[int, ...], enable: int | None, *, low: bool
) -> bytes:
    """Tell which pins a motor hangs on; `wiring` is the interface byte without its enable bit.

    `low`: the driver takes LOW on its enable pin for "on".
    """
    data = [_CONFIG, motor, wiring | (enable is not None), *pins]
    if enable is not None:
        data.append(enable)
    # The firmware looks for the inverted pins even where the description calls them optional.
    data.append(0x10 if enable is not None and low else 0)
    return _message(*data)


def zero(motor: int) -> bytes:
    """Call the place where the motor stands 0, and let it stand."""
    return _message(_ZERO, motor)


def move_to(motor: int, steps: int) -> bytes:
    """Turn to a place, in steps from 0."""
    return _message(_TO, motor, *_position(steps))


def enable(motor: int, *, on: bool) -> bytes:
    """Give the motor current, or none."""
    return _message(_ENABLE, motor, int(on))


def stop(motor: int) -> bytes:
    """Stand still; it answers with where it is."""
    return _message(_STOP, motor)


def ask_where(motor: int) -> bytes:
    """Ask where the motor is."""
    return _message(_WHERE, motor)


def speed(motor: int, steps_per_s: float) -> bytes:
    """Set the speed."""
    return _message(_SPEED, motor, *_number(steps_per_s))


def ramp(motor: int, steps_per_s2: float) -> bytes:
    """Set how fast it gains speed; 0 is at once."""
    return _message(_RAMP, motor, *_number(steps_per_s2))


def where(data: bytes) -> Where | None:
    """Read what a motor says of its place; None if it is something else."""
    if len(data) != _POSITION_BYTES or data[0] not in (_WHERE, _COMPLETE):
        return None
    steps = data[2] | data[3] << 7 | data[4] << 14 | data[5] << 21 | (data[6] & 0x07) << 28
    return Where(data[1], -steps if data[6] & _NEGATIVE else steps, data[0] == _COMPLETE)


def answer(heard: bytes, motor: int) -> Where | None:
    """Find a motor's answer to the question where it is."""
    found = firmata.find(heard, firmata.STEPPER, bytes([_WHERE, motor]))
    return None if found is None else where(found)


def _message(*data: int) -> bytes:
    return firmata.sysex(firmata.STEPPER, bytes(data))


def _position(steps: int) -> bytes:
    """32 bits in five bytes: the amount, and its sign in the last."""
    amount = min(abs(steps), MOST_STEPS)
    sevens = [amount >> shift & 0x7F for shift in (0, 7, 14, 21, 28)]
    sevens[4] |= _NEGATIVE if steps < 0 else 0
    return bytes(sevens)


def _number(value: float) -> bytes:
    """Its own decimal floats: 23 bits, a power of ten counted from -11, a sign."""
    exponent, wanted = _LEAST_EXPONENT, Decimal(repr(abs(value)))
    while int(wanted.scaleb(-exponent)) >= _SIGNIFICANDS and exponent < _MOST_EXPONENT:
        exponent += 1
    digits = min(int(wanted.scaleb(-exponent)), _SIGNIFICANDS - 1)
    while digits and not digits % 10 and exponent < _MOST_EXPONENT:
        digits //= 10
        exponent += 1
    last = digits >> 21 | (exponent - _LEAST_EXPONENT) << 2 | (0x40 if value < 0 else 0)
    return bytes([digits & 0x7F, digits >> 7 & 0x7F, digits >> 14 & 0x7F, last])

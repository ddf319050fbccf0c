"""An Arduino with a Firmata sketch behind a pseudo terminal: 20 pins like an Uno's, ten motors.

One rule: written from the protocol's description (protocol.md, accelStepperFirmata.md) alone.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from tests.fakes.far_end import FarEnd

INPUT, OUTPUT, ANALOG, PWM, SERVO, STEPPER, PULLUP = 0, 1, 2, 3, 4, 8, 11
_PWM_PINS = {3, 5, 6, 9, 10, 11}
_FIRST_ANALOG, _PINS = 14, 20
_TWO_BYTES = {0x90, 0xE0, 0xF4, 0xF5}


@dataclass
class Stepper:
    """A motor: where it is going, since when, how fast."""

    pins: tuple[int, ...]
    position: float = 0.0
    target: int = 0
    speed: float = 1.0
    powered: bool = False
    since: float = 0.0
    timer: threading.Timer | None = field(default=None, repr=False)

    @property
    def now(self) -> int:
        """Where it is."""
        if self.timer is None:
            return int(self.position)
        way = (time.monotonic() - self.since) * self.speed
        goal = self.target - self.position
        return int(self.position + min(way, abs(goal)) * (1 if goal > 0 else -1))


class FirmataBoard(FarEnd):
    """One board; `values` holds what its output pins are at, `modes` what its pins are."""

    def __init__(self, *, steppers: bool = True, rest: dict[int, int] | None = None) -> None:
        self.modes: dict[int, int] = {}
        self.values: dict[int, int] = {}
        self.motors: dict[int, Stepper] = {}
        self.mute = 0
        self.stuck: set[int] = set()  # pins whose orders get lost
        self.late_s = 0.0
        self._rest = rest or {}
        self._steppers = steppers
        self._reporting: set[int] = set()
        self._timers: list[threading.Timer] = []
        self._start()
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every output rests and no motor turns."""
        still = all(one.timer is None for one in self.motors.values())
        return still and all(
            value == self._rest.get(pin, 0)
            for pin, value in self.values.items()
            if self.modes[pin] in (OUTPUT, PWM, SERVO)
        )

    def restart(self) -> None:
        """Press the board's own reset button."""
        self.tell(self._start)
        self.say(b"\xf9\x02\x05" + self._firmware())

    def press(self, pin: int, *, low: bool) -> None:
        """Pull an input pin to LOW, or let it go."""
        self.values[pin] = 0 if low else 1
        self._report(pin // 8)

    def close(self) -> None:
        """End, timers too."""
        super().close()
        for timer in self._timers:
            timer.cancel()
            timer.join(10)

    def take(self, data: bytes) -> bytes:
        """Carry out every whole message; a byte that begins none is skipped."""
        while data:
            head = data[0]
            if head == 0xF0:
                end = data.find(b"\xf7")
                if end < 0:
                    return data
                self._long(data[1], data[2:end])
                data = data[end + 1 :]
                continue
            kind = head if head >= 0xF0 else head & 0xF0
            length = 3 if kind in _TWO_BYTES else 2 if kind in (0xC0, 0xD0) else 1
            if len(data) < length:
                return data
            self._short(kind, head & 0x0F, data[1:length])
            data = data[length:]
        return b""

    def _start(self) -> None:
        for motor in self.motors.values():
            self._halt(motor)
        self.motors.clear()
        self.modes = {pin: ANALOG if pin >= _FIRST_ANALOG else OUTPUT for pin in range(_PINS)}
        self.values = dict.fromkeys(range(2, _PINS), 0)
        self._reporting.clear()

    def _answer(self, data: bytes) -> None:
        if self.mute:
            self.mute -= 1
        elif self.late_s:
            timer = threading.Timer(self.late_s, self.say, (data,))
            self._timers.append(timer)
            timer.start()
        else:
            self.say(data)

    def _firmware(self) -> bytes:
        name = "".join(f"{one}\0" for one in "FakeFirmata.ino").encode()
        return b"\xf0\x79\x02\x05" + name + b"\xf7"

    def _short(self, kind: int, low: int, data: bytes) -> None:
        if kind == 0xF4:
            self._set_mode(*data)
        elif kind == 0xF5 and self.modes.get(data[0]) == OUTPUT and data[0] not in self.stuck:
            self.values[data[0]] = data[1]
        elif kind == 0xE0:
            self._set_value(low, data[0] | data[1] << 7)
        elif kind == 0xD0 and data[0]:
            self._reporting.add(low)
            self._report(low)

    def _set_mode(self, pin: int, mode: int) -> None:
        if mode not in self._can(pin):
            return
        self.modes[pin] = mode
        if mode == PULLUP:
            self.values[pin] = 1
        elif mode == PWM:
            self.values[pin] = 0
        elif mode == SERVO:
            self.values[pin] = 90

    def _set_value(self, pin: int, value: int) -> None:
        if self.modes.get(pin) in (PWM, SERVO):
            self.values[pin] = value

    def _report(self, port: int) -> None:
        if port in self._reporting:
            bits = [self.values.get(port * 8 + bit, 0) for bit in range(8)]
            inputs = [self.modes.get(port * 8 + bit) in (INPUT, PULLUP) for bit in range(8)]
            mask = sum(1 << n for n in range(8) if bits[n] and inputs[n])
            self.say(bytes([0x90 | port, mask & 0x7F, mask >> 7]))

    def _can(self, pin: int) -> dict[int, int]:
        if not 2 <= pin < _PINS:
            return {}
        modes = {INPUT: 1, PULLUP: 1, OUTPUT: 1, SERVO: 14}
        if pin in _PWM_PINS:
            modes[PWM] = 8
        if pin >= _FIRST_ANALOG:
            modes[ANALOG] = 10
        if self._steppers:
            modes[STEPPER] = 21
        return modes

    def _long(self, command: int, data: bytes) -> None:
        if command == 0x79:
            self._answer(self._firmware())
        elif command == 0x6B:
            pins = (self._can(pin) for pin in range(_PINS))
            modes = (bytes(n for pair in one.items() for n in pair) + b"\x7f" for one in pins)
            self._answer(b"\xf0\x6c" + b"".join(modes) + b"\xf7")
        elif command == 0x69:
            channels = (
                pin - _FIRST_ANALOG if pin >= _FIRST_ANALOG else 127 for pin in range(_PINS)
            )
            self._answer(b"\xf0\x6a" + bytes(channels) + b"\xf7")
        elif command == 0x6D:
            pin = data[0]
            value = self.values.get(pin, 0)
            state = bytes([value & 0x7F] + ([value >> 7] if value >> 7 else []))
            self._answer(b"\xf0\x6e" + bytes([pin, self.modes[pin]]) + state + b"\xf7")
        elif command == 0x6F:
            self._set_value(data[0], sum(one << 7 * n for n, one in enumerate(data[1:])))
        elif command == 0x62 and self._steppers:
            self._step(data[0], data[1], data[2:])

    def _step(self, order: int, number: int, data: bytes) -> None:
        if order == 0:
            self.motors[number] = Stepper(tuple(data[1:-1]))
            return
        motor = self.motors.get(number)
        if motor is None:
            return
        if order == 1:
            self._halt(motor)
            motor.position = motor.target = 0
        elif order == 3:
            self._go(number, motor, _position(data))
        elif order == 4:
            motor.powered = bool(data[0])
        elif order == 5:
            self._halt(motor)
            self._tell_place(0x0A, number, motor)
        elif order == 6:
            self._tell_place(0x06, number, motor)
        elif order == 9:
            motor.speed = _float(data)

    def _halt(self, motor: Stepper) -> None:
        motor.position = motor.now
        if motor.timer is not None:
            motor.timer.cancel()
            motor.timer = None

    def _go(self, number: int, motor: Stepper, target: int) -> None:
        self._halt(motor)
        motor.target, motor.since = target, time.monotonic()
        seconds = abs(target - motor.position) / motor.speed
        motor.timer = threading.Timer(seconds, self.tell, (lambda: self._arrive(number, motor),))
        self._timers.append(motor.timer)
        motor.timer.start()

    def _arrive(self, number: int, motor: Stepper) -> None:
        if motor.timer is threading.current_thread():
            motor.timer, motor.position = None, motor.target
            self._tell_place(0x0A, number, motor)

    def _tell_place(self, order: int, number: int, motor: Stepper) -> None:
        place = motor.now
        sevens = [abs(place) >> shift & 0x7F for shift in (0, 7, 14, 21, 28)]
        sevens[4] |= 8 if place < 0 else 0
        (self._answer if order == 6 else self.say)(
            bytes([0xF0, 0x62, order, number, *sevens, 0xF7])
        )


def _position(data: bytes) -> int:
    amount = sum(one << 7 * n for n, one in enumerate(data[:4]))
    return -amount if data[4] & 8 else amount


def _float(data: bytes) -> float:
    significand = data[0] | data[1] << 7 | data[2] << 14 | (data[3] & 3) << 21
    value = significand * 10.0 ** ((data[3] >> 2 & 0x0F) - 11)
    return -value if data[3] & 0x40 else value

"""A Modbus RTU relay board behind a pseudo terminal, with Waveshare's timed relays.

One rule: it answers only what is for its unit and has a right CRC; checked with pymodbus.
"""

from __future__ import annotations

import struct
import threading
from typing import TYPE_CHECKING

from tests.fakes.far_end import FarEnd

if TYPE_CHECKING:
    from collections.abc import Callable

_READ, _READ_INPUTS, _ONE, _MANY = 1, 2, 5, 15
_INPUTS = 4
_NO_FUNCTION, _NO_ADDRESS, _NO_VALUE = 1, 2, 3
_FLASH = 0x0200
_HEAD = 8


def _crc(data: bytes) -> bytes:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value.to_bytes(2, "little")


class ModbusBoard(FarEnd):
    """One board. `mute` answers are swallowed; `timed` has Waveshare's flash-on."""

    def __init__(self, *, unit: int = 1, relays: int = 8, timed: bool = False) -> None:
        self.unit = unit
        self.relays = relays
        self.closed: set[int] = set()
        self.asked: list[bytes] = []
        self.mute = 0
        # Inputs that are closed.
        self.inputs: set[int] = set()
        self.garble = False
        self._timed = timed
        self._timers: list[threading.Timer] = []
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every contact is open."""
        return not self.closed

    def close(self) -> None:
        """End, timers too."""
        super().close()
        for timer in self._timers:
            timer.cancel()
            timer.join(10)

    def take(self, data: bytes) -> bytes:
        """Answer every whole frame; a byte that begins none is skipped."""
        while len(data) >= _HEAD:
            length = 9 + data[6] if data[1] == _MANY else _HEAD
            if len(data) < length:
                return data
            body, check = data[: length - 2], data[length - 2 : length]
            if _crc(body) != check:
                data = data[1:]
                continue
            data = data[length:]
            if body[0] == self.unit:
                self.asked.append(body)
                self._answer(self._done(body))
        return data

    def _answer(self, body: bytes) -> None:
        if self.mute:
            self.mute -= 1
            return
        whole = body + _crc(body)
        self.say(b"\xff" + bytes([whole[0] ^ 0x40]) + whole[1:] if self.garble else whole)

    def _done(self, body: bytes) -> bytes:
        function, address, value = struct.unpack(">BHH", body[1:6])
        done: Callable[[int, int, bytes], bytes | int] | None = {
            _READ: self._read,
            _READ_INPUTS: self._read_inputs,
            _ONE: self._one,
            _MANY: self._many,
        }.get(function)
        answer = _NO_FUNCTION if done is None else done(address, value, body)
        if isinstance(answer, int):
            return bytes([self.unit, function | 0x80, answer])
        return answer

    def _read(self, address: int, count: int, body: bytes) -> bytes | int:
        if address + count > self.relays or not count:
            return _NO_ADDRESS
        bits = sum(1 << n for n in range(count) if address + n in self.closed)
        return body[:2] + bytes([(count + 7) // 8]) + bits.to_bytes((count + 7) // 8, "little")

    def _read_inputs(self, address: int, count: int, body: bytes) -> bytes | int:
        if address + count > _INPUTS or not count:
            return _NO_ADDRESS
        bits = sum(1 << n for n in range(count) if address + n in self.inputs)
        return body[:2] + bytes([1, bits])

    def _one(self, address: int, value: int, body: bytes) -> bytes | int:
        relay = address - _FLASH if self._timed and address >= _FLASH else address
        if relay >= self.relays:
            return _NO_ADDRESS
        if address != relay:
            self.closed.add(relay)
            timer = threading.Timer(value / 10, self.tell, (lambda: self.closed.discard(relay),))
            self._timers.append(timer)
            timer.start()
        elif value not in (0, 0xFF00):
            return _NO_VALUE
        elif value:
            self.closed.add(relay)
        else:
            self.closed.discard(relay)
        return body

    def _many(self, address: int, count: int, body: bytes) -> bytes | int:
        if address + count > self.relays:
            return _NO_ADDRESS
        bits = int.from_bytes(body[7:], "little")
        for relay in range(count):
            (self.closed.add if bits >> relay & 1 else self.closed.discard)(address + relay)
        return body[:6]

"""Modbus RTU frames for relay boards: one coil, all coils, reading them, and a timed one.

One rule: an answer counts only with the right unit, function and CRC.
Source: Modbus over Serial Line V1.02 and Modbus Application Protocol V1.1b3 (modbus.org); the timed
coils of Waveshare's "Modbus RTU Relay" manual (addresses 0200 on, in steps of 0.1 s).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from drivers.contract import N_, Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable

READ_COILS: Final = 0x01
READ_INPUTS: Final = 0x02
WRITE_COIL: Final = 0x05
WRITE_COILS: Final = 0x0F
FLASH_ON: Final = 0x0200
FLASH_STEP_S: Final = 0.1
LONGEST_FLASH: Final = 0x7FFF
_FAILED: Final = 0x80
_CRC_BYTES: Final = 2
# Unit, function, address and value; also the answer to a write.
_WRITE_BYTES: Final = 8
_ERROR_BYTES: Final = 5
# Unit, function, how many bytes, one byte.
_INPUT_BYTES: Final = 6


def crc(data: bytes) -> int:
    """Return the CRC-16 of Modbus (reflected 8005, begins with FFFF)."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


def framed(body: bytes) -> bytes:
    """Return a frame with its CRC, low byte first."""
    return body + struct.pack("<H", crc(body))


def write_coil(unit: int, coil: int, value: int) -> bytes:
    """Return the frame that sets one coil; on is FF00 (0100 on some cheap boards), off 0000."""
    return framed(struct.pack(">BBHH", unit, WRITE_COIL, coil, value))


def flash_on(unit: int, coil: int, duration_s: float) -> bytes:
    """Return the frame that closes a relay and has the board open it after `duration_s`."""
    steps = max(1, min(LONGEST_FLASH, round(duration_s / FLASH_STEP_S)))
    return write_coil(unit, FLASH_ON + coil, steps)


def all_off(unit: int, coils: int) -> bytes:
    """Return the frame that opens all relays from the first on."""
    content = bytes((coils + 7) // 8)
    return framed(struct.pack(">BBHHB", unit, WRITE_COILS, 0, coils, len(content)) + content)


def read_coils(unit: int, coils: int) -> bytes:
    """Return the frame that asks which relays are closed."""
    return framed(struct.pack(">BBHH", unit, READ_COILS, 0, coils))


def read_input(unit: int, number: int) -> bytes:
    """Return the frame that asks whether one input is closed; the first is 0."""
    return framed(struct.pack(">BBHH", unit, READ_INPUTS, number, 1))


def input_of(sent: bytes) -> Callable[[bytes], bool | None]:
    """Return what reads the answer to `read_input`; None for all that is none, errors too."""
    head = bytes([sent[0], READ_INPUTS, 1])

    def read(heard: bytes) -> bool | None:
        at = heard.find(head)
        while at >= 0:
            if _is_whole(heard[at : at + _INPUT_BYTES], _INPUT_BYTES):
                return bool(heard[at + 3] & 1)
            at = heard.find(head, at + 1)
        return None

    return read


def echo_of(sent: bytes) -> Callable[[bytes], bool | None]:
    """Return what reads the answer to a write: True when it repeats what was written."""

    def read(heard: bytes) -> bool | None:
        answer = _answer(sent, heard, _WRITE_BYTES)
        if answer is None:
            return None
        # What follows the address and the value or the number of coils is not repeated.
        if answer[2:6] != sent[2:6]:
            raise DriverError(Cause.BAD_ANSWER, answer.hex(" "))
        return True

    return read


def answer_to_all(sent: bytes) -> bytes:
    """Return the whole answer to `all_off`: parts of it may be in other answers, too."""
    return framed(sent[:6])


def coils_of(sent: bytes, coils: int) -> Callable[[bytes], tuple[bool, ...] | None]:
    """Return what reads the answer to `read_coils`."""
    content = (coils + 7) // 8

    def read(heard: bytes) -> tuple[bool, ...] | None:
        answer = _answer(sent, heard, 3 + content + _CRC_BYTES)
        if answer is None:
            return None
        return tuple(bool(answer[3 + coil // 8] >> (coil % 8) & 1) for coil in range(coils))

    return read


def _answer(sent: bytes, heard: bytes, length: int) -> bytes | None:
    """Find the whole answer in what was heard; noise before it is skipped."""
    head = sent[:2]
    failed = bytes([sent[0], sent[1] | _FAILED])
    for at in range(len(heard)):
        rest = heard[at:]
        if rest.startswith(head) and _is_whole(rest, length):
            return rest[:length]
        if rest.startswith(failed) and _is_whole(rest, _ERROR_BYTES):
            raise DriverError(
                Cause.REFUSED,
                f"modbus error {rest[2]}",
                say=N_(
                    "The board refuses this (Modbus error {code}). Check its kind and how many "
                    "relays it has."
                ),
                code=rest[2],
            )
    return None


def _is_whole(data: bytes, length: int) -> bool:
    return len(data) >= length and framed(data[: length - _CRC_BYTES]) == data[:length]

"""Firmata 2.5: bytes for a board's pins, and what a board says.

One rule: pure; formats are those of the Firmata protocol's own description (protocol.md).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANALOG, _DIGITAL, _REPORT_PORT = 0xE0, 0x90, 0xD0
_SYSEX, _SYSEX_END, _VERSION = 0xF0, 0xF7, 0xF9
_SET_MODE, _SET_DIGITAL = 0xF4, 0xF5
_EXTENDED_ANALOG, _STATE_QUERY = 0x6F, 0x6D
MAPPING, CAPABILITIES, STATE, FIRMWARE, STEPPER = 0x6A, 0x6C, 0x6E, 0x79, 0x62
_NO_CHANNEL = 0x7F
# The longest honest message is the list of a big board's pins.
_MOST_BYTES = 4096
_LAST_SHORT_PIN = 15
_PINS_A_PORT = 8
_SHORT_BYTES = 3


class Mode(enum.IntEnum):
    """What a pin can be."""

    INPUT = 0
    OUTPUT = 1
    ANALOG = 2
    PWM = 3
    SERVO = 4
    STEPPER = 8
    PULLUP = 11


@dataclass(frozen=True, slots=True)
class Sysex:
    """A long message: its number and what it holds."""

    command: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """What a board says first after every start."""

    major: int
    minor: int


@dataclass(frozen=True, slots=True)
class Port:
    """The levels of eight input pins, one bit each."""

    number: int
    mask: int


Said = Sysex | Version | Port


def sysex(command: int, data: bytes = b"") -> bytes:
    """Return a long message."""
    return bytes([_SYSEX, command]) + data + bytes([_SYSEX_END])


ASK_FIRMWARE = sysex(FIRMWARE)
ASK_CAPABILITIES = sysex(0x6B)
ASK_MAPPING = sysex(0x69)


def set_mode(pin: int, mode: Mode) -> bytes:
    """Make a pin what it shall be."""
    return bytes([_SET_MODE, pin, mode])


def digital(pin: int, *, high: bool) -> bytes:
    """Set one output pin."""
    return bytes([_SET_DIGITAL, pin, int(high)])


def analog(pin: int, value: int) -> bytes:
    """Set a PWM pin's value, or a servo's angle in degrees."""
    low, high = value & 0x7F, value >> 7 & 0x7F
    if pin <= _LAST_SHORT_PIN and value < 1 << 14:
        return bytes([_ANALOG | pin, low, high])
    return sysex(_EXTENDED_ANALOG, bytes([pin, *_sevens(value)]))


def ask_state(pin: int) -> bytes:
    """Ask what a pin is now; the answer also says that all before it was carried out."""
    return sysex(_STATE_QUERY, bytes([pin]))


def state(pin: int, mode: Mode, value: int) -> bytes:
    """What a pin's answer is: its mode, and the value last written to it (protocol.md)."""
    return sysex(STATE, bytes([pin, mode, *_sevens(value)]))


def report_port(pin: int) -> bytes:
    """Ask to be told whenever an input pin, or one of its port, changes."""
    return bytes([_REPORT_PORT | pin // _PINS_A_PORT, 1])


def is_low(port: Port, pin: int) -> bool | None:
    """Say whether an input pin is at LOW; None if the message is not about it."""
    if port.number != pin // _PINS_A_PORT:
        return None
    return not port.mask >> pin % _PINS_A_PORT & 1


def capabilities(data: bytes) -> tuple[dict[int, int], ...]:
    """Return for each pin the modes it can have, with their resolution in bits."""
    pins = data.split(b"\x7f")[:-1]
    return tuple(dict(zip(pin[::2], pin[1::2], strict=False)) for pin in pins)


def analog_pins(data: bytes) -> dict[int, int]:
    """Return which pin is A0, A1 and so on."""
    return {channel: pin for pin, channel in enumerate(data) if channel != _NO_CHANNEL}


def firmware_name(data: bytes) -> str:
    """Return the sketch's name and version, such as "StandardFirmata 2.5"."""
    if len(data) < 2:  # noqa: PLR2004 - two bytes of version
        return "Firmata"
    pairs = zip(data[2::2], data[3::2], strict=False)
    text = bytes((low | high << 7) & 0xFF for low, high in pairs).decode("latin-1")
    name = "".join(filter(str.isprintable, text))[:60].removesuffix(".ino")
    return f"{name or 'Firmata'} {data[0]}.{data[1]}"


class Reader:
    """Takes bytes as they come and returns whole messages; nonsense is passed over."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[Said]:
        """Take bytes; yield what became whole."""
        for byte in data:
            said = self._take(byte)
            if said is not None:
                yield said

    def _take(self, byte: int) -> Said | None:
        rest = self._rest
        if byte & 0x80 and byte != _SYSEX_END:
            rest[:] = [byte]
            return None
        if not rest or len(rest) > _MOST_BYTES:
            rest.clear()
            return None
        if byte == _SYSEX_END:
            whole = bytes(rest)
            rest.clear()
            return Sysex(whole[1], whole[2:]) if whole[0] == _SYSEX and len(whole) > 1 else None
        rest.append(byte)
        return None if rest[0] == _SYSEX or len(rest) < _SHORT_BYTES else self._short()

    def _short(self) -> Said | None:
        head, low, high = self._rest
        self._rest.clear()
        if head == _VERSION:
            return Version(low, high)
        if head & 0xF0 == _DIGITAL:
            return Port(head & 0x0F, low | high << 7)
        return None


def find(heard: bytes, command: int, begin: bytes = b"") -> bytes | None:
    """Return the newest long message of a kind whose data begins so; None if there is none."""
    found = [
        one.data
        for one in Reader().feed(heard)
        if isinstance(one, Sysex) and one.command == command and one.data.startswith(begin)
    ]
    return found[-1] if found else None


def _sevens(value: int) -> Iterator[int]:
    while True:
        yield value & 0x7F
        value >>= 7
        if not value:
            return

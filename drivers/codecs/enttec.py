"""Messages of the Enttec DMX USB Pro: 7E, label, length low first, data, E7.

One rule: a message is whole or it is nothing; what stands between messages is skipped.
Source: Enttec, "DMX USB Pro Widget API Specification 1.44".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

START: Final = 0x7E
END: Final = 0xE7
PARAMETERS: Final = 3
SEND_DMX: Final = 6
SERIAL_NUMBER: Final = 10

_AROUND: Final = 5
_MOST: Final = 600


def message(label: int, data: bytes = b"") -> bytes:
    """Return a message."""
    head = bytes([START, label]) + len(data).to_bytes(2, "little")
    return head + data + bytes([END])


def show(slots: bytes) -> bytes:
    """Return the message that shows channels from 1 on, 24 to 512 of them."""
    return message(SEND_DMX, b"\x00" + slots)


# Two bytes say that no user memory is wanted.
ASK_PARAMETERS: Final = message(PARAMETERS, b"\x00\x00")
ASK_SERIAL_NUMBER: Final = message(SERIAL_NUMBER)


def answers(heard: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield label and data of every whole message."""
    at = heard.find(START)
    while 0 <= at <= len(heard) - _AROUND:
        size = int.from_bytes(heard[at + 2 : at + 4], "little")
        end = at + 4 + size
        whole = size <= _MOST and heard[end : end + 1] == bytes([END])
        if whole:
            yield heard[at + 1], heard[at + 4 : end]
        at = heard.find(START, end + 1 if whole else at + 1)


def firmware_of(heard: bytes) -> str | None:
    """Return the firmware's version out of the answer to ASK_PARAMETERS, None until it is whole."""
    for label, data in answers(heard):
        if label == PARAMETERS and len(data) >= _AROUND:
            return f"{data[1]}.{data[0]}"
    return None


def serial_number_of(heard: bytes) -> str | None:
    """Return the widget's number (BCD, low first) out of its answer, None until it is whole."""
    for label, data in answers(heard):
        if label == SERIAL_NUMBER:
            return data[::-1].hex()
    return None

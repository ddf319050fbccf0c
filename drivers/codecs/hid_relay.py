"""Reports of USB relay boards without a port (dcttech.com "USBRelay"): eight bytes each way.

One rule: what is on is the board's own word for it, one bit a relay.
Source: corerd/usbrelay, nkh-lab/usb-relay-module, and libsigrok's dcttech-usbrelay driver.
"""

from __future__ import annotations

import re
from typing import Final

VID: Final = 0x16C0
PID: Final = 0x05DF
MOST_CHANNELS: Final = 8
# Of the report a board tells of itself: with or without its number before it.
REPORT_BYTES: Final = 9
_ON, _OFF, _ALL_OFF = 0xFF, 0xFD, 0xFC
_BOARD_BYTES: Final = 8
_NAME_BYTES: Final = 5
_BITS: Final = 7
_NAME = re.compile(r"USBRelay([1-8])")

ALL_OFF: Final = bytes([0, _ALL_OFF, 0, 0, 0, 0, 0, 0, 0])


def report(channel: int, *, on: bool) -> bytes:
    """Return the report that closes or opens a contact; channels count from 1."""
    return bytes([0, _ON if on else _OFF, channel, 0, 0, 0, 0, 0, 0])


def channels_of(product: str) -> int:
    """Return how many relays a board's name says it has, 0 if it is another thing.

    Its numbers stand for many things that hobbyists build; only the name tells.
    """
    found = _NAME.fullmatch(product.strip())
    return int(found[1]) if found else 0


def read(heard: bytes) -> tuple[str, int] | None:
    """Return a board's own name, and which relays are on as bits; None if it is something else.

    Some systems put the report's number before it, and some leave it out.
    """
    data = heard[1:] if len(heard) == REPORT_BYTES and heard[0] in (0, 1) else heard
    if len(data) < _BOARD_BYTES:
        return None
    name = data[:_NAME_BYTES].rstrip(b"\0").decode("ascii", "replace")
    return name, data[_BITS]

"""Frames of cheap USB relay boards with a CH340: LCUS, and the one-byte words of the E-3.

One rule: every frame is for one channel; the "all" channel of some boards is unknown to others.
Sources: the maker's wiki (wiki.diustou.com, USB_Relay_PRO), the NOYITO instruction sheets (FF asks
for the state: a byte a relay, or lines such as "CH1:OFF"), and the sellers' sheet of the E-3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = 0xA0
MOST_CHANNELS = 8
ASK_STATES = b"\xff"
_E3_ON, _E3_OFF = b"\xaa", b"\xbb"
_STATE_LINE = re.compile(rb"CH(\d):\s*(ON|OFF)", re.IGNORECASE)


def frame(channel: int, *, on: bool) -> bytes:
    """Return the frame that closes or opens a contact; channels count from 1."""
    body = bytes([_HEAD, channel, int(on)])
    return body + bytes([sum(body) & 0xFF])


def e3_frame(channel: int, *, on: bool) -> bytes:
    """Return the word that closes or opens the only contact of an E-3."""
    del channel
    return _E3_ON if on else _E3_OFF


def all_off(make: Callable[..., bytes], channels: int) -> bytes:
    """Return the frames that open every contact, one after the other."""
    return b"".join(make(channel, on=False) for channel in range(1, channels + 1))


def states(channels: int) -> Callable[[bytes], tuple[bool, ...] | None]:
    """Return what reads the answer to ASK_STATES: which contacts are closed."""

    def read(heard: bytes) -> tuple[bool, ...] | None:
        told = {int(one): state.upper() == b"ON" for one, state in _STATE_LINE.findall(heard)}
        if told and all(channel in told for channel in range(1, channels + 1)):
            return tuple(told[channel] for channel in range(1, channels + 1))
        bare = not told and len(heard) >= channels and all(byte <= 1 for byte in heard)
        return tuple(map(bool, heard[:channels])) if bare else None

    return read

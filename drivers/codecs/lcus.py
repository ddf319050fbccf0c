"""Frames of LCUS USB relay boards (CH340): A0, channel, 1 or 0, sum of the three.

One rule: every frame is for one channel; the "all" channel of some boards is unknown to others.
Source: the maker's wiki (wiki.diustou.com, USB_Relay_PRO) and the NOYITO instruction sheet.
"""

from __future__ import annotations

_HEAD = 0xA0
MOST_CHANNELS = 8


def frame(channel: int, *, on: bool) -> bytes:
    """Return the frame that closes or opens a contact; channels count from 1."""
    body = bytes([_HEAD, channel, int(on)])
    return body + bytes([sum(body) & 0xFF])


def all_off(channels: int) -> bytes:
    """Return the frames that open every contact, one after the other."""
    return b"".join(frame(channel, on=False) for channel in range(1, channels + 1))

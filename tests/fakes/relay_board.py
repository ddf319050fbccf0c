"""A relay board behind a pseudo terminal: switches by LCUS frames and never answers.

One rule: written from the maker's sheet alone; a frame whose sum is wrong switches nothing.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd

_FRAME = 4
_HEAD = 0xA0


class RelayBoard(FarEnd):
    """One board; `closed` holds the channels whose contact is closed."""

    def __init__(self) -> None:
        self.closed: set[int] = set()
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every contact is open."""
        return not self.closed

    def take(self, data: bytes) -> bytes:
        """Switch by every whole frame."""
        while len(data) >= _FRAME:
            head, channel, op, check = data[:_FRAME]
            if head != _HEAD or (head + channel + op) & 0xFF != check:
                data = data[1:]
                continue
            data = data[_FRAME:]
            if op:
                self.closed.add(channel)
            else:
                self.closed.discard(channel)
        return data

"""A relay board behind a pseudo terminal: switches by LCUS frames and never answers.

One rule: written from the maker's sheet alone; a frame whose sum is wrong switches nothing.
"""

from __future__ import annotations

import contextlib
import os
import threading
import tty
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAME = 4
_HEAD = 0xA0
_WAKE = b"\x00" * _FRAME


class RelayBoard:
    """One board; `closed` holds the channels whose contact is closed, `heard` all bytes."""

    def __init__(self) -> None:
        self.heard = b""
        self.closed: set[int] = set()
        self._news = threading.Condition()
        self._main, self._far = os.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)
        self._ended = False
        self._thread = threading.Thread(target=self._listen, name="relay board")
        self._thread.start()

    @property
    def resting(self) -> bool:
        """Whether every contact is open."""
        return not self.closed

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this board; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def unplug(self) -> None:
        """Pull the cable."""
        self.close()

    def close(self) -> None:
        """End; may be called again."""
        if self._ended:
            return
        self._ended = True
        os.write(self._far, _WAKE)
        # What we write at our own end the line discipline hands to the other: wake our reader.
        os.write(self._main, _WAKE)
        self._thread.join(10)
        os.close(self._far)
        os.close(self._main)

    def _listen(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while not self._ended:
                data = os.read(self._main, 4096)
                with self._news:
                    self.heard += data
                    rest = self._take(rest + data)
                    self._news.notify_all()

    def _take(self, data: bytes) -> bytes:
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

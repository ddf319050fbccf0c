"""The far end of a serial cable: a pseudo terminal with something behind it that listens.

One rule: what is behind it is written from its maker's documents, never from our driver.
"""

from __future__ import annotations

import contextlib
import os
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class FarEnd(ABC):
    """A device behind `path`; `heard` holds all bytes. `take` runs in a thread of its own.

    What `take` changes may be read while waiting with `wait_for`.
    """

    def __init__(self) -> None:
        import tty

        self.heard = b""
        self._news = threading.Condition()
        self._main, self._far = os.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)
        self._ended = False
        self._thread = threading.Thread(target=self._listen, name="far end")
        self._thread.start()

    @abstractmethod
    def take(self, data: bytes) -> bytes:
        """Understand what was said since; return what is not whole yet."""

    def say(self, data: bytes) -> None:
        """Say something."""
        with contextlib.suppress(OSError):
            os.write(self._main, data)

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this device; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def tell(self, change: Callable[[], None]) -> None:
        """Change something from another thread, and wake who waits for it."""
        with self._news:
            change()
            self._news.notify_all()

    def unplug(self) -> None:
        """Pull the cable."""
        self.close()

    def close(self) -> None:
        """End; may be called again."""
        if self._ended:
            return
        self._ended = True
        # What is written at one end comes out at the other: it wakes our own reader.
        os.write(self._far, b"\x00")
        self._thread.join(10)
        os.close(self._far)
        os.close(self._main)

    def _listen(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while True:
                data = os.read(self._main, 65536)
                if self._ended:
                    return
                with self._news:
                    self.heard += data
                    rest = self.take(rest + data)
                    self._news.notify_all()


class Cable:
    """Two pseudo terminals joined: what goes into `near` comes out of `far`, and back."""

    def __init__(self) -> None:
        import tty

        self._ends = [os.openpty(), os.openpty()]
        for _, far in self._ends:
            tty.setraw(far)
        self.near, self.far = (os.ttyname(far) for _, far in self._ends)
        self._ended = False
        (one, _), (other, _) = self._ends
        self._threads = [
            threading.Thread(target=self._carry, args=way, name="cable")
            for way in ((one, other), (other, one))
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End both ways."""
        self._ended = True
        for _, far in self._ends:
            os.write(far, b"\x00")
        for thread in self._threads:
            thread.join(10)
        for main, far in self._ends:
            os.close(main)
            os.close(far)

    def _carry(self, source: int, target: int) -> None:
        with contextlib.suppress(OSError):
            while data := os.read(source, 65536):
                if self._ended:
                    return
                os.write(target, data)

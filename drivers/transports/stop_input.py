"""A STOP button on an input that a board tells of only when asked: asked all the time, in a thread.

One rule: it waits for no loop, and never speaks while somebody else's question is on the wire.
"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from drivers.transports.refresher import Refresher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

_RATE_HZ = 10.0
_MOST_HEARD = 64
# OFF may have met the answer to a question on the wire: it is said so often again.
_AGAIN = 2


class StopInput:
    """Order of calls: open -> (hear | stop | turn)* -> close. `hear` and `stop` in any thread."""

    def __init__(
        self,
        write: Callable[[bytes], bool],
        question: bytes,
        read: Callable[[bytes], bool | None],
        on_press: Callable[[], None],
        *,
        takes_s: float,
    ) -> None:
        """`read` says of what was heard whether the button is down; `takes_s` until it was told.

        One that is down from the beginning was pressed.
        """
        self._write, self._question, self._read = write, question, read
        self._on_press, self._takes_s = on_press, takes_s
        self._asking = Refresher("STOP button", self._ask, rate_hz=_RATE_HZ, fastest_hz=_RATE_HZ)
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._turn = asyncio.Lock()
        self._asked_at = self._busy_until = -takes_s
        self._heard = b""
        self._down = False
        self._off, self._again = b"", 0

    def open(self) -> None:
        """Begin to ask."""
        self._asking.open()
        self._asking.show(self._question)

    def hear(self, data: bytes) -> None:
        """Take what was read, in the thread that read it."""
        self._heard = (self._heard + data)[-_MOST_HEARD:]
        down = self._read(self._heard)
        if down is None:
            return
        self._heard = b""
        pressed, self._down = down and not self._down, down
        if pressed:
            self._on_press()

    def stop(self, off: bytes) -> None:
        """Say `off` again in a moment: the first may not have been understood."""
        with self._lock:
            self._off, self._again = off, _AGAIN

    @asynccontextmanager
    async def turn(self, longest_s: float) -> AsyncIterator[None]:
        """Have the wire alone; after `longest_s` it is asked again all the same."""
        async with self._turn:
            with self._lock:
                now = time.monotonic()
                wait_s = max(0.0, self._asked_at + self._takes_s - now)
                self._busy_until = now + wait_s + longest_s
            await asyncio.sleep(wait_s)
            try:
                yield
            finally:
                with self._lock:
                    self._busy_until = 0.0

    async def close(self) -> None:
        """Ask no more; may be called again."""
        await self._asking.close()

    def _ask(self, question: bytes) -> bool:
        with self._lock:
            now = time.monotonic()
            if self._again:
                self._again -= 1
                question = self._off
            elif now < self._busy_until:
                return False
            self._asked_at = now
        return self._write(question)

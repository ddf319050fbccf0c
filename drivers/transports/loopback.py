"""A pipe inside the process: two ends, what one writes the other gets. For tests and practice.

One rule: it behaves like the real thing, threads and loss included, but for the cable.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable


class LoopbackEnd:
    """One end; see `drivers.transports.pipe.Pipe`. Make both with `loopback()`."""

    def __init__(self) -> None:
        self.peer: LoopbackEnd = self
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_bytes: Callable[[bytes], None] = lambda _: None
        self._on_lost: Callable[[DriverError], None] = lambda _: None

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Open this end; the other may come later, what is written before is lost."""
        self._loop = asyncio.get_running_loop()
        self._on_bytes, self._on_lost = on_bytes, on_lost

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand bytes to the other end, from any thread."""
        del urgent  # nothing ever waits here
        if self._loop is None:
            return False
        self.peer.put(data)
        return True

    async def close(self) -> None:
        """Close this end; the other sees a loss."""
        if self._loop is not None:
            self._loop = None
            self.peer.lose()

    def put(self, data: bytes) -> None:
        """Deliver bytes to this end's reader."""
        self._call(lambda: self._on_bytes(data))

    def lose(self) -> None:
        """Behave as if the cable was pulled."""
        self._call(lambda: self._on_lost(DriverError(Cause.LOST)))
        self._loop = None

    def _call(self, call: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(call)


def loopback() -> tuple[LoopbackEnd, LoopbackEnd]:
    """Return two ends that belong together."""
    one, other = LoopbackEnd(), LoopbackEnd()
    one.peer, other.peer = other, one
    return one, other

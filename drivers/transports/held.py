"""A pipe that refuses to turn anything on from STOP until the device was made safe.

One rule: the look at the latch and the write are one step; nothing slips in between.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from drivers.contract import Cause, DriverError
from drivers.transports.pipe import Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.transports.pipe import Pipe


class HeldPipe:
    """What a driver writes through; `stop` and `turn_off` from any thread, the rest the loop's."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe: Pipe | None = pipe
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Open the pipe; raises DriverError."""
        if self._pipe is None:
            raise DriverError(Cause.LOST, "closed")
        await self._pipe.open(on_bytes, on_lost)

    def turn_on(self, data: bytes) -> None:
        """Write what turns something on; raises DriverError: REFUSED from STOP on, or NO_ANSWER."""
        with self._lock:
            if self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            self._write(data)

    def turn_off(self, data: bytes) -> None:
        """Write what turns something off, or asks; raises DriverError if it is not taken."""
        self._write(data)

    def stop(self, data: bytes) -> bool:
        """Write OFF before all that waits, and hold from here on; never raises."""
        with self._lock:
            self._held = True
            return self._write_first(data)

    def release(self, data: bytes) -> bool:
        """Write OFF before all that waits, and hold no longer; False if it is not taken."""
        with self._lock:
            self._held = False
            return self._write_first(data)

    async def written(self, timeout_s: float) -> bool:
        """Wait until the system took all of it; one that writes without a line took it already."""
        pipe = self._pipe
        if isinstance(pipe, Telling):
            return await pipe.written(timeout_s)
        return pipe is not None

    async def close(self, data: bytes = b"") -> None:
        """Write a last OFF and let go; may be called again."""
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            if data:
                pipe.write_now(data, urgent=True)
            await pipe.close()

    def _write_first(self, data: bytes) -> bool:
        # Of nothing, a datagram would be made all the same.
        pipe = self._pipe
        return pipe is not None and (not data or pipe.write_now(data, urgent=True))

    def _write(self, data: bytes) -> None:
        pipe = self._pipe
        if pipe is None:
            raise DriverError(Cause.LOST, "closed")
        if not pipe.write_now(data):
            raise DriverError(Cause.NO_ANSWER)

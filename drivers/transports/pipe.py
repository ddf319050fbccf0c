"""What a driver needs of a pipe of bytes, whoever carries them.

One rule: writes never block and come from any thread; loss is told once, on the loop's thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import DriverError

    # Told what was read in the thread that read it, before the loop comes to it: for what cannot
    # wait, such as a STOP button. Must not block and must not raise.
    Early = Callable[[bytes], None]

# Bytes waiting to be written; a device that takes none for this long is not there.
QUEUE_BYTES = 64 * 1024
# Bytes waiting to be read; beyond it the oldest are thrown away, a device may not fill our memory.
INBOX_BYTES = 1024 * 1024


class Pipe(Protocol):
    """A pipe of bytes. Order of calls: open -> write_now* -> close; close is idempotent."""

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Connect or raise DriverError; the callbacks come on the loop's thread."""

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand bytes over from any thread; False if the pipe is closed or its queue is full.

        Urgent bytes go first and what waited is thrown away.
        """

    async def close(self) -> None:
        """Let go; what was handed over is still written if the other side takes it soon."""


@runtime_checkable
class Telling(Pipe, Protocol):
    """A pipe that tells whether what was handed over has left, not only that it waits in line."""

    async def written(self, timeout_s: float) -> bool:
        """Wait until the system took all that was handed over; False if it did not, or is lost."""

"""A loop whose clock jumps to the next thing that is due: hours of a stream pass in seconds.

One rule: only timers and callbacks live here; waiting for anything real would wait for ever.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


class StuckError(RuntimeError):
    """Nothing is due any more, but somebody still waits."""


class _Jumping(selectors.SelectSelector):
    """Waits for nothing: tells the loop's clock to be where the wait would have ended."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Jump ahead by `timeout`."""
        if timeout is None:
            raise StuckError
        if timeout > 0:
            self.now += timeout
        return []


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time, which begins at 0."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Virtual seconds."""
        return self._jumping.now


class JumpingClock:
    """The clock of a jumping loop, as the rooms see clocks; the wall shows `started_ms` at 0."""

    def __init__(self, loop: JumpingLoop, started_ms: int) -> None:
        self._loop = loop
        self._started_ms = started_ms

    def monotonic(self) -> float:
        """Virtual seconds."""
        return self._loop.time()

    def wall_ms(self) -> int:
        """UTC epoch ms of the stream that is played."""
        return self._started_ms + round(self._loop.time() * 1000)

    async def sleep(self, delay_s: float) -> None:
        """Return when `delay_s` virtual seconds have passed."""
        await asyncio.sleep(delay_s)


def run_jumping(loop: JumpingLoop, coro: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - what the coroutine gives
    """Run a coroutine to its end in virtual time and close the loop."""
    try:
        return loop.run_until_complete(coro)
    finally:
        try:
            _end_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()


def _end_tasks(loop: JumpingLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

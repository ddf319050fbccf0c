"""Time that a test moves by hand; nobody who sleeps on it wakes before the test says so."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TURNS = 8


class FakeClock:
    """A clock for the rooms: `advance` moves it and wakes sleepers in order."""

    def __init__(self, now: float = 1000.0, wall_ms: int = 1_790_000_000_000) -> None:
        """Start anywhere; the two clocks move together."""
        self.now = now
        self._wall_offset_ms = wall_ms - round(now * 1000)
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """Return the seconds."""
        return self.now

    def wall_ms(self) -> int:
        """Return the UTC epoch milliseconds."""
        return round(self.now * 1000) + self._wall_offset_ms

    async def sleep(self, delay_s: float) -> None:
        """Wait until the test has moved the clock by so much; nothing or less returns at once."""
        self.slept.append(delay_s)
        if delay_s <= 0:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + delay_s, next(self._numbers), future))
        self._changed.set()
        await future

    @property
    def sleeping(self) -> list[float]:
        """Return when those who sleep now will wake, in seconds from now, soonest first."""
        return sorted(at - self.now for at, _, future in self._sleepers if not future.done())

    async def advance(self, seconds: float) -> None:
        """Move on, waking everybody whose time has come, each at its time."""
        until = self.now + seconds
        while self._sleepers and self._sleepers[0][0] <= until:
            at, _, future = heapq.heappop(self._sleepers)
            if future.done():
                continue
            self.now = max(self.now, at)
            future.set_result(None)
            await _breathe()
        self.now = until
        await _breathe()

    async def until_sleeping(self, fits: Callable[[float], bool], timeout_s: float = 10.0) -> float:
        """Wait until somebody sleeps for a time (from now) that fits, and return that time."""
        async with asyncio.timeout(timeout_s):
            while True:
                for left in self.sleeping:
                    if fits(left):
                        return left
                self._changed.clear()
                await self._changed.wait()


async def _breathe() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)

"""Flashes of a light that cannot blink by itself, by the loop's clock.

One rule: a flash ends dark, and what a light is told next ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from drivers.contract import DriverError

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Flash


class Blinking:
    """The flashes of one device, by output. The loop's thread only."""

    def __init__(self) -> None:
        self._timers: dict[str, asyncio.TimerHandle] = {}

    @property
    def outputs(self) -> frozenset[str]:
        """Which outputs blink now."""
        return frozenset(self._timers)

    def begin(
        self, name: str, flash: Flash, bright: Callable[[], None], dark: Callable[[], None]
    ) -> None:
        """Blink from now on; raises what the first `bright` raises."""
        self.end(name)
        bright()
        halves = [dark, bright] * (flash.times - 1) + [dark]
        self._wait(name, halves[::-1], 0.5 / max(flash.rate_hz, 0.01))

    def end(self, name: str) -> None:
        """Blink no more; it stays as it is."""
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def end_all(self) -> None:
        """Let nothing blink any more."""
        for name in tuple(self._timers):
            self.end(name)

    def _wait(self, name: str, halves: list[Callable[[], None]], half_s: float) -> None:
        if halves:
            loop = asyncio.get_running_loop()
            self._timers[name] = loop.call_later(half_s, self._turn, name, halves, half_s)

    def _turn(self, name: str, halves: list[Callable[[], None]], half_s: float) -> None:
        del self._timers[name]
        # STOP came, or the device went: both are told elsewhere, and it blinks no more.
        with contextlib.suppress(DriverError):
            halves.pop()()
            self._wait(name, halves, half_s)

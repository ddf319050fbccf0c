"""Hears when something is plugged in, for each family of devices that can tell.

One rule: a family is watched once, however many devices of it there are.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Driver


class Plugs:
    """Watches families. Loop's thread only."""

    def __init__(self, on_change: Callable[[str], None]) -> None:
        """`on_change(driver key)` is called on the loop's thread."""
        self._on_change = on_change
        self._watches: dict[str, Callable[[], None]] = {}

    def watch(self, driver: type[Driver]) -> None:
        """Watch this family from now on."""
        if driver.key in self._watches:
            return
        loop = asyncio.get_running_loop()

        def changed() -> None:
            # After the loop's end nobody is left who would want to know.
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._on_change, driver.key)

        end_watch = driver.watch(changed)
        if end_watch is not None:
            self._watches[driver.key] = end_watch

    async def end(self) -> None:
        """Watch nothing any more."""
        for end_watch in self._watches.values():
            await asyncio.to_thread(end_watch)
        self._watches.clear()

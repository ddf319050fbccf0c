"""Telling that bytes are on their way: a moment later, because the report must not hold them up.

One rule: it is told once, and before anything that follows from it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.core.outcome import Stage
from app.devices.hosts import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.outcome import Command
    from app.devices.gate import Cut
    from app.devices.hosts import LaneHost


class SentReport:
    """The report that is due. Loop's thread only."""

    def __init__(self, host: LaneHost) -> None:
        self._host = host
        self._untold: Callable[[], None] | None = None

    def later(self, commands: tuple[Command, ...], at: float, limited: tuple[Cut, ...]) -> None:
        """Report SENT for each as soon as the loop comes to it."""

        def tell() -> None:
            if self._untold is tell:
                self._untold = None
                for command in commands:
                    self._host.deliver(command, Stage.SENT, Note(at=at, limited=limited))

        self._untold = tell
        asyncio.get_running_loop().call_soon(tell)

    def now(self) -> None:
        """Report what was not reported yet."""
        if self._untold is not None:
            self._untold()

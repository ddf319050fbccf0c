"""When desks are told what changed: soon after it did, and never more often than they can show.

One rule: with nothing new and nothing moving it sleeps.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.messages import Changed

# 30 times a second at most. News waits for a moment: bytes to a device go first.
GATHER_S: Final = 0.005
WATCHED_EVERY_S: Final = 1 / 30
# For a desk in the tray; and how often numbers are looked at, which change without news.
QUIET_EVERY_S: Final = 0.5
UNSEEN_NUMBERS_EVERY_S: Final = 5.0


class Changes(Protocol):
    """What is published: the board."""

    on_news: Callable[[], None]

    @property
    def moving(self) -> bool:
        """Whether something changes by itself, 30 times a second."""

    def changes(self, numbers_every_s: float = 0.5) -> Changed | None:
        """Return what changed since the last call, or None."""


class Audience(Protocol):
    """Whom it is published to: the server."""

    @property
    def clients(self) -> int:
        """How many there are."""

    @property
    def watched(self) -> bool:
        """Whether anybody looks."""

    def publish(self, changed: Changed) -> None:
        """Send it to all of them; never waits."""


class Publisher:
    """Publishes the board's changes to the server's clients. Loop's thread only."""

    def __init__(self, board: Changes) -> None:
        self._board = board
        self._news = asyncio.Event()
        self._looked_at = asyncio.Event()

    def watched(self, on: bool) -> None:  # noqa: FBT001 - as the server calls it
        """Somebody begins to look, or the last one stops."""
        if on:
            self._looked_at.set()
        else:
            self._looked_at.clear()

    async def run(self, server: Audience) -> None:
        """Publish until cancelled."""
        self._board.on_news = self._waker()
        while True:
            if server.watched:
                await self._while_watched(server)
            else:
                await _soon(self._looked_at, QUIET_EVERY_S)
                self._publish(server, UNSEEN_NUMBERS_EVERY_S)

    async def _while_watched(self, server: Audience) -> None:
        if not self._board.moving:
            await _soon(self._news, QUIET_EVERY_S)
        await asyncio.sleep(GATHER_S)
        self._news.clear()
        self._publish(server, QUIET_EVERY_S)
        await asyncio.sleep(WATCHED_EVERY_S - GATHER_S)

    def _publish(self, server: Audience, numbers_every_s: float) -> None:
        if not server.clients:
            return
        changed = self._board.changes(numbers_every_s)
        if changed is not None:
            server.publish(changed)

    def _waker(self) -> Callable[[], None]:
        loop, thread, news = asyncio.get_running_loop(), threading.get_ident(), self._news

        def wake() -> None:
            if threading.get_ident() == thread:
                news.set()
            elif not loop.is_closed():
                loop.call_soon_threadsafe(news.set)

        return wake


async def _soon(event: asyncio.Event, longest_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(longest_s):
            await event.wait()

"""The line per gift that `--headless` prints, a moment later, so that it can tell what happened.

One rule: a gift that ends the moment we do has its line all the same.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from app.core.events import Gift
from app.gateway.plain import gift_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.feed import Feed
    from app.gateway.line import Told

# A gift's line waits this long for its device's answer.
_AFTER_S: Final = 0.4


class GiftLines:
    """A tap of outcomes. Loop's thread only."""

    def __init__(self, feed: Feed, tell: Callable[[str], None]) -> None:
        """Take where the rows are, and where finished lines go."""
        self._feed = feed
        self._tell = tell
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def on_outcome(self, told: Told) -> None:
        """Note a whole gift, or a combo that has ended; its line comes a moment later."""
        event = told.outcome.event
        if not isinstance(event, Gift) or event.backlog or not (event.final or event.late):
            return
        key = event.streak or event.id
        if key not in self._waiting:
            loop = asyncio.get_running_loop()
            self._waiting[key] = loop.call_later(_AFTER_S, self._tell_one, key)

    def settle(self) -> None:
        """Hand out now what waits."""
        for key, timer in list(self._waiting.items()):
            timer.cancel()
            self._tell_one(key)

    def _tell_one(self, key: str) -> None:
        self._waiting.pop(key, None)
        row = self._feed.row(key)
        if row is not None:
            self._tell(gift_line(row))

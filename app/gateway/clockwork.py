"""What happens once a second: rules hear the clock tick, files are looked at, waits run out.

One rule: a tick that comes late says how much time has passed; no second is told twice, and no
mistake anywhere stops the clock.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import TYPE_CHECKING, Final

from app.core.events import Tick
from app.core.links import LinkStage
from app.gateway.wallclock import MOST_MISSED_S, WallClock
from app.gateway.world import local_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.board import Board
    from app.gateway.house import House

log = logging.getLogger(__name__)

TICK_S: Final = 1.0


class Clockwork:
    """Runs for as long as the core does. Loop's thread only."""

    def __init__(self, house: House, board: Board, every_second: Callable[[], None]) -> None:
        """`every_second` is what else must be looked at."""
        self._house = house
        self._board = board
        self._every_second = every_second
        self._second = 0
        self._live = False
        self._since = house.clock.monotonic()
        self._numbers = itertools.count()
        self._wall = WallClock(house.clock.wall_ms())

    async def run(self) -> None:
        """Tick until cancelled."""
        clock = self._house.clock
        while True:
            # Just behind the full second of the clock on the wall: people compare.
            await asyncio.sleep(TICK_S - clock.wall_ms() % 1000 / 1000 + 0.002)
            for look in (self._tick, self._house.counters.every_second, self._every_second):
                try:
                    look()
                except Exception:
                    log.exception("a look every second failed")
            try:
                await self._look_at_files()
            except Exception:
                log.exception("the rule files could not be looked at")

    async def _look_at_files(self) -> None:
        if await self._house.rules.reload_if_changed():
            self._board.rules_edited()
            # Runs of rules that are gone have ended: what they say of it is told.
            self._house.line.look_ahead()
        if await self._house.rules.look_for_profiles():
            self._board.profiles_changed = True

    def _tick(self) -> None:
        house = self._house
        now = house.clock.monotonic()
        live = house.stream.state.stage is LinkStage.ONLINE
        if live and not self._live:
            self._since, self._second = now, 0
        self._live = live
        # Rounded: a tick that comes a moment early is the tick of its second all the same.
        second = max(self._second + 1, round(now - self._since))
        passed, self._second = min(MOST_MISSED_S, second - self._second), second
        at_ms = house.clock.wall_ms()
        tick = Tick(
            id=f"tick/{house.started_ms}/{next(self._numbers)}",
            at_ms=at_ms,
            local=local_time(at_ms),
            second=second,
            passed=passed,
            live=live,
            shown=self._wall.went_on(at_ms, passed),
        )
        house.line.on_event(tick, now)

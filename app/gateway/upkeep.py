"""What a core that runs for weeks must forget. One rule: by the user's settings, never sooner."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from app.live.record import forget_old

if TYPE_CHECKING:
    from app.gateway.house import House

PRUNE_EVERY_S: Final = 6 * 3600.0


async def prune(house: House) -> None:
    """Forget old history and recordings, now and every six hours, until cancelled."""
    while True:
        values, now_ms = house.settings.values, house.clock.wall_ms()
        with contextlib.suppress(sqlite3.Error):
            await house.journal.prune(values.history_keep_days, now_ms)
        await asyncio.to_thread(forget_old, house.recordings, values.record_keep_days, now_ms)
        await asyncio.sleep(PRUNE_EVERY_S)

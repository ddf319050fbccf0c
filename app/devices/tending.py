"""Keeps an output's lane at work, whatever goes wrong in it.

One rule: a mistake of ours must not leave an activation without an end.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from app.core.outcome import Drop, Stage
from app.devices.hosts import Note

if TYPE_CHECKING:
    from app.devices.hosts import LaneHost
    from app.devices.lane import Lane

log = logging.getLogger(__name__)

MISTAKE: Final = "a mistake of ours"


async def tend(lane: Lane, host: LaneHost) -> None:
    """Have a lane work until cancelled; after an error the device is made safe and it goes on."""
    while True:
        try:
            await lane.run()
        except Exception:
            log.exception("output %s", lane.capability.id)
            # What it could not do now it could not do in a moment either.
            for command in lane.queue.take():
                host.deliver(command, Stage.DROPPED, Note(drop=Drop.UNSUPPORTED))
            await host.force_safe(MISTAKE)

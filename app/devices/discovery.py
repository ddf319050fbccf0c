"""What could be added as a device: every driver is asked what it sees.

One rule: a driver that fails or hangs costs its own answers only.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.devices.config import DeviceConfig
    from drivers.contract import Driver, Found

log = logging.getLogger(__name__)

DISCOVER_S = 5.0


async def look_around(
    drivers: Collection[type[Driver]], added: Collection[DeviceConfig]
) -> tuple[Found, ...]:
    """List what could be added, real things first, what is in `added` already left out."""
    classes = sorted(drivers, key=lambda one: one.simulated)
    answers = await asyncio.gather(
        *(asyncio.wait_for(one.discover(), DISCOVER_S) for one in classes),
        return_exceptions=True,
    )
    found: list[Found] = []
    for one, answer in zip(classes, answers, strict=True):
        if isinstance(answer, BaseException):
            log.warning("driver %s: looking for devices failed: %r", one.key, answer)
            continue
        found += [thing for thing in answer if one.simulated or not _is_added(thing, added)]
    return tuple(found)


def _is_added(thing: Found, added: Collection[DeviceConfig]) -> bool:
    return any(
        config.driver == thing.driver
        and all(config.settings.get(key) == value for key, value in thing.settings.items())
        for config in added
    )

"""Trying out settings before they are kept: open, see what is there, let go.

One rule: nothing is switched on, and whatever happens the driver is closed.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.core.links import LinkReason
from app.devices import keys
from app.devices.link import CLOSE_S, OPEN_S, link_error
from drivers.contract import NOTHING_SAID, DriverError, DriverEvents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.contract import Capability, Driver, Said

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: why it failed (NONE: it did not), and what was found."""

    reason: LinkReason = LinkReason.NONE
    detail: str = ""
    address: str = ""
    firmware: str = ""
    outputs: tuple[Capability, ...] = ()
    said: Said = NOTHING_SAID


async def try_out(
    driver: type[Driver],
    settings: Mapping[str, Any],
    opener: keys.Opener,
) -> Tried:
    """Open a device once; never raises for what the device does."""
    events = DriverEvents(lambda _: None, lambda _: None, lambda: None)
    try:
        device = await keys.made(driver, settings, events, opener)
    except DriverError as error:
        return _failed(error)
    try:
        async with asyncio.timeout(OPEN_S):
            outputs = await device.open()
        return Tried(address=device.address, firmware=device.firmware, outputs=outputs)
    except DriverError as error:
        return _failed(error)
    except TimeoutError:
        return Tried(LinkReason.NO_ANSWER)
    finally:
        await _close(device)


def _failed(error: DriverError) -> Tried:
    why = link_error(error)
    return Tried(why.reason, error.detail, said=error.said)


async def _close(device: Driver) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await device.close()
    except (DriverError, TimeoutError) as error:
        log.info("%s: did not close cleanly: %r", device.address or device.key, error)

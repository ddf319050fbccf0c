"""One connection to one device, as the supervisor of links wants it.

One rule: the safe state comes first, before anybody may send a command.
"""

from __future__ import annotations

import asyncio
import logging
import random
from typing import TYPE_CHECKING

from app.core.links import LinkReason, backoff
from app.core.outcome import Drop
from app.devices.hosts import Note
from app.link import LinkError
from drivers.contract import Cause, DriverError, DriverEvents, overheard_by

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from app.devices.hosts import LinkHost
    from drivers.contract import Driver

log = logging.getLogger(__name__)

OPEN_S = 15.0
CLOSE_S = 3.0
CHECK_S = 5.0

# What no retry cures: the user has to change something first.
_BLOCKED = frozenset({Cause.BAD_CONFIG, Cause.UNSUPPORTED})


def waits() -> Iterator[float]:
    """Return the pauses between tries to connect, in seconds."""
    return backoff(0.25, 30.0, random.random, spread=0.4)


def link_error(error: DriverError) -> LinkError:
    """Translate a driver's failure into a link's."""
    blocked = error.cause in _BLOCKED
    reason = LinkReason(error.cause.value)
    return LinkError(reason, blocked=blocked, detail=error.detail, said=error.said)


class DeviceLink:
    """Opens a driver, waits for its loss, closes it."""

    def __init__(
        self,
        make: Callable[[DriverEvents], Awaitable[Driver]],
        host: LinkHost,
        check_s: float = CHECK_S,
    ) -> None:
        self._check_s = check_s
        self._make = make
        self._host = host
        self._driver: Driver | None = None
        self._why = Note(drop=Drop.LOST)
        self._lost: asyncio.Future[DriverError] = asyncio.get_running_loop().create_future()

    async def connect(self) -> LinkReason | None:
        """Open the driver and make the device safe; raises LinkError."""
        host = self._host
        events = DriverEvents(self._on_lost, host.observed, host.stop_pressed, host.ended)
        try:
            self._driver = driver = await self._make(events)
            host.adopt(driver)
            async with asyncio.timeout(OPEN_S):
                with overheard_by(host.overhear):
                    capabilities = await driver.open()
                # Also lifts a STOP that came while the device was still opening.
                safe = await driver.make_safe()
        except DriverError as error:
            raise link_error(error) from error
        except TimeoutError:
            raise LinkError(LinkReason.NO_ANSWER) from None
        if self._lost.done():
            raise link_error(self._lost.result())
        host.connected(driver, capabilities, safe=safe)
        return None

    async def serve(self) -> None:
        """Raise LinkError when the device is lost."""
        while self._driver is not None:
            done, _ = await asyncio.wait({self._lost}, timeout=self._check_s)
            if done:
                raise self._over(self._lost.result())
            try:
                await self._driver.check()
            except DriverError as error:
                raise self._over(error) from error

    async def close(self) -> None:
        """Let go of the driver, whatever state it is in."""
        driver, self._driver = self._driver, None
        self._lost.cancel()
        if driver is None:
            return
        self._host.disconnected(driver, self._why)
        try:
            async with asyncio.timeout(CLOSE_S):
                await driver.close()
        except (DriverError, TimeoutError) as error:
            log.warning("%s: did not close cleanly: %r", driver.address or driver.key, error)

    def _over(self, error: DriverError) -> LinkError:
        self._why = Note(drop=Drop.LOST, said=error.said)
        return link_error(error)

    def _on_lost(self, error: DriverError) -> None:
        if not self._lost.done():
            self._lost.set_result(error)

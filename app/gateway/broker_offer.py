"""Tells the home network by mDNS that there is a broker, for devices that look for one.

One rule: only while it is open to that network.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

from app.gateway import lan
from drivers.transports.mdns import Offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.broker.model import BrokerStatus
    from app.store.brokerfile import BrokerFile
    from app.tasks import Tasks

_SERVICE: Final = "_mqtt._tcp"
_NAME: Final = "Giftwire"
# Addresses change when a cable or another network is plugged in.
_LOOK_EVERY_S: Final = 10

Where = tuple[int, tuple[str, ...]]


class Broker(Protocol):
    """What is told: `app.gateway.brokerbook.BrokerBook`."""

    saved: BrokerFile
    status: BrokerStatus

    @property
    def online(self) -> bool:
        """Whether it listens."""


class BrokerOffer:
    """Keeps the network told. Loop's thread only."""

    def __init__(
        self,
        book: Broker,
        tasks: Tasks,
        addresses: Callable[[], tuple[str, ...]] = lan.addresses,
    ) -> None:
        self._book = book
        self._addresses = addresses
        self._tasks = tasks
        self._seconds = 0
        self._told: Where | None = None
        self._offer: Offer | None = None
        self._one_by_one = asyncio.Lock()

    def look(self) -> None:
        """See whether it is to be told, and where; called every second."""
        self._seconds += 1
        open_now = self._book.online and self._book.saved.reach == "home"
        if not open_now and self._told is None:
            return
        if open_now and self._told is not None and self._seconds % _LOOK_EVERY_S:
            return
        where = (self._book.status.port, self._addresses()) if open_now else None
        if where != self._told:
            self._told = where
            _ = self._tasks.spawn("offer the broker", self._tell(where))

    async def close(self) -> None:
        """Take it back."""
        self._told = None
        await self._tell(None)

    async def _tell(self, where: Where | None) -> None:
        async with self._one_by_one:
            offer, self._offer = self._offer, None
            if offer is not None:
                await offer.end()
            if where is not None and where == self._told and where[1]:
                self._offer = Offer(_SERVICE, _NAME, *where)
                await self._offer.begin()

"""What all devices on a serial port share: they are told by their ports, and come and go with them.

One rule: nothing here opens a port.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.contract import Driver, Found
from drivers.transports import ports

if TYPE_CHECKING:
    from collections.abc import Callable


class OnPort(Driver):
    """A device on a serial port; its settings have a `port`."""

    @classmethod
    def watch(cls, on_change: Callable[[], None]) -> Callable[[], None] | None:
        """Tell of every change of the computer's ports."""
        return ports.watch.listen(lambda _: on_change())


class OnAnyPort(OnPort):
    """One that so many people own that any port may be one of these."""

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List the ports; none is opened."""
        return await ports.offered(cls.key)

"""Ends a Bluetooth connection of this process as kill -9 would: the system hears no good-bye.

One rule: only what the system would do by itself when a process dies is done here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.transports.side_loop import side

if TYPE_CHECKING:
    from drivers.transports.ble import BleLink


async def crash(link: BleLink) -> None:
    """Take the link's sockets away; the device stays connected to the computer."""
    await side.run(_cut(link))
    await link.close()


async def _cut(link: BleLink) -> None:
    whole: Any = link
    client, whole._client = whole._client, None
    whole._closing = True
    whole._wake.set()
    ours = client._backend
    ours._cleanup_all()
    ours._is_connected = False
    ours._disconnect_monitor_event.set()
    ours._bus.disconnect()

"""The end of bleak's own connection to Linux's Bluetooth service, which bleak leaves to the loop.

One rule: bleak is reached into here alone, where it has no way of its own; by the guardian, too.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys


async def leave_bluez(*, last: bool = False) -> None:
    """End the running loop's connection, if there is one; see it end unless it is the `last`."""
    if sys.platform != "linux":
        return
    from bleak.backends.bluezdbus import manager

    one = manager._global_instances.pop(asyncio.get_running_loop(), None)  # noqa: SLF001 - it has no end of its own
    if one is None or one._bus is None:  # noqa: SLF001 - as above
        return
    if one._bus_watcher_task is not None:  # noqa: SLF001 - it would take our leaving for a loss
        one._bus_watcher_task.cancel()  # noqa: SLF001 - as above
    one._bus.disconnect()  # noqa: SLF001 - as above
    if last:
        return
    with contextlib.suppress(Exception):
        await one._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # noqa: SLF001 - as above

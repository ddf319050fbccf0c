"""Recipes over Bluetooth LE. One rule: the computer may still hold the link of the dead program."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from typing import TYPE_CHECKING

from drivers.transports.bluez_end import leave_bluez

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bleak import BleakClient
    from bleak.backends.device import BLEDevice

    from app.guardian.recipes import Recipe

log = logging.getLogger(__name__)

PAUSE_S = 0.1
WRITE_S = 1.0
# What was written without an answer needs some turns of the radio before the link may go.
SETTLE_S = 0.2
LET_GO_S = 1.0


def prepare() -> None:
    """Import bleak."""
    import bleak_retry_connector  # noqa: F401 - the import is the point

    if sys.platform == "linux":
        from bleak.backends.bluezdbus.version import BlueZFeatures

        # It would start a program to ask for a version, and that takes time we do not have.
        BlueZFeatures.checked_bluez_version = True


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send the recipes of one device in order; `boot_wait_s` of a recipe is more time to reach it.

    The option `characteristic` is written to, `listen` (if any) tells the expected answer, and
    `response` asks the device to acknowledge each write.
    """
    prepare()
    reach_s = open_s + max(one.boot_wait_s for one in recipes)
    return asyncio.run(_send_all(recipes, reach_s))


async def _send_all(recipes: Sequence[Recipe], reach_s: float) -> list[bool]:
    """Connect and send, again and again until it worked; raises TimeoutError when time is up."""
    from bleak.exc import BleakError

    loop = asyncio.get_running_loop()
    until = loop.time() + reach_s
    try:
        while True:
            try:
                return await _talk(recipes, until)
            except (BleakError, OSError, EOFError) as error:
                # A link that was left behind may be dead: the next try makes a new one.
                if loop.time() + PAUSE_S > until:
                    address = recipes[0].address
                    raise TimeoutError(f"{address} cannot be reached: {error!r}") from error
                log.debug("%s: %r", recipes[0].address, error)
            await asyncio.sleep(PAUSE_S)
    finally:
        await leave_bluez(last=True)


async def _talk(recipes: Sequence[Recipe], until: float) -> list[bool]:
    from bleak import BleakClient

    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout_at(until):
        device = await _find(recipes[0].address, until - began)
        client = BleakClient(device, timeout=until - began)
        await client.connect()
    try:
        answers = [await _send(client, one) for one in recipes]
        log.info("%s: recipes sent in %.0f ms", client.address, (loop.time() - began) * 1000)
        await asyncio.sleep(SETTLE_S)
    finally:
        # Whether it goes or not, the device is at rest; the next core connects anew.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(LET_GO_S):
                await client.disconnect()
    return answers


async def _find(address: str, search_s: float) -> BLEDevice | str:
    """Return what the system is still connected to, else search; on other systems just search."""
    from bleak import BleakScanner
    from bleak_retry_connector import get_device

    device = await get_device(address)
    if device is None:
        device = await BleakScanner.find_device_by_address(address, timeout=search_s)
    return device or address


async def _send(client: BleakClient, recipe: Recipe) -> bool:
    place = str(recipe.options["characteristic"])
    listen = str(recipe.options.get("listen", ""))
    response = bool(recipe.options.get("response", 0))
    heard, news = bytearray(), asyncio.Event()

    def hear(_: object, data: bytearray) -> None:
        heard.extend(data)
        news.set()

    async with asyncio.timeout(WRITE_S):
        if recipe.expect and listen:
            await client.start_notify(listen, hear)
        for frame in recipe.frames:
            await client.write_gatt_char(place, frame, response=response)
    if not (recipe.expect and listen):
        return False
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(recipe.answer_s):
            while heard.count(recipe.expect) < recipe.answers:
                news.clear()
                await news.wait()
    return heard.count(recipe.expect) >= recipe.answers

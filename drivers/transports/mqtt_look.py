"""A look at what a broker tells: what it keeps, and what devices say when they are asked.

One rule: it listens for a moment and leaves; what floods it is cut off.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING, Final

from drivers.contract import DriverError, Found
from drivers.transports.mqtt import MqttLink

if TYPE_CHECKING:
    from drivers.codecs.mqtt_found import Looking
    from drivers.transports.mqtt import MqttOptions

# Until a broker has told what it keeps; a small one on a busy network is no faster.
KEPT_S: Final = 1.5
# Wi-Fi that saves power may sleep for a third of a second.
ANSWERS_S: Final = 0.8
_MOST_TOPICS: Final = 2000
_MOST_BYTES: Final = 4_000_000


async def found_at(options: MqttOptions, looking: Looking | None, driver: str) -> tuple[Found, ...]:
    """Return what devices of a driver told of themselves; raises as `look_at`."""
    if looking is None:
        return ()
    seen = looking.read(await look_at(options, looking))
    return tuple(Found(driver, one.title, one.detail, one.settings) for one in seen)


async def look_at(options: MqttOptions, looking: Looking) -> dict[str, str]:
    """Return what was said, by topic, the newest of each. Raises DriverError as `MqttLink.open`."""
    heard: dict[str, str] = {}
    mark, room = f"giftwire/{secrets.token_hex(8)}", _MOST_BYTES
    all_heard = asyncio.Event()

    def hear(topic: str, payload: bytes, _kept: bool) -> None:  # noqa: FBT001 - as links tell it
        nonlocal room
        room -= len(payload)
        if topic == mark:
            all_heard.set()
        elif room > 0 and len(heard) < _MOST_TOPICS:
            heard[topic] = payload.decode("utf-8", "replace")

    link = MqttLink(options)
    await link.open(lambda _error: all_heard.set())
    try:
        for one in (*looking.filters, mark):
            # A broker may keep some of it to itself.
            with contextlib.suppress(DriverError):
                await link.subscribe(one, hear)
        for topic, payload in looking.ask:
            link.publish_now(topic, payload)
        if looking.ask:
            await asyncio.sleep(ANSWERS_S)
        # What the broker keeps was sent before this comes back.
        link.publish_now(mark, b"?")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(KEPT_S):
                await all_heard.wait()
    finally:
        await link.close()
    return heard

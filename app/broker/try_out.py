"""Tries the broker on this computer, as the self-test asks: a message goes through its process.

One rule: a free port of this computer only, an account nobody knows, and nothing is left.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from typing import TYPE_CHECKING, Final

from app.broker.model import Account, BrokerConfig
from app.broker.own_broker import OwnBroker
from app.core.links import LinkStage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.broker.model import BrokerStatus

_PATIENCE_S: Final = 30.0


async def try_out() -> str:
    """Return what was seen, for people; raises whatever goes wrong."""
    from amqtt import __version__ as version
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    account = Account("selftest", secrets.token_hex(16), ("selftest/#",), ("selftest/#",))
    began = time.monotonic()
    heard = asyncio.Event()
    loop = asyncio.get_running_loop()
    client = Client(CallbackAPIVersion.VERSION2, "selftest")
    client.username_pw_set(account.name, account.password)

    def subscribe(*_: object) -> None:
        client.subscribe("selftest/a", 1)

    def publish(*_: object) -> None:
        client.publish("selftest/a", b"ping", 1)

    def note(*_: object) -> None:
        loop.call_soon_threadsafe(heard.set)

    client.on_connect, client.on_subscribe, client.on_message = subscribe, publish, note
    async with asyncio.timeout(_PATIENCE_S), _running(account) as port:
        ready_ms = (time.monotonic() - began) * 1000
        try:
            await asyncio.to_thread(client.connect, "127.0.0.1", port)
            client.loop_start()
            await heard.wait()
        finally:
            client.disconnect()
            await asyncio.to_thread(client.loop_stop)
    return f"amqtt {version} in a process of its own, ready in {ready_ms:.0f} ms"


@contextlib.asynccontextmanager
async def _running(account: Account) -> AsyncIterator[int]:
    """Run a broker for one account; gives its port."""
    known = asyncio.Event()

    def take(status: BrokerStatus) -> None:
        if status.stage in {LinkStage.ONLINE, LinkStage.BLOCKED}:
            known.set()

    broker = OwnBroker(take)
    try:
        await broker.set(BrokerConfig(port=0, accounts=(account,)))
        await known.wait()
        yield broker.status.port
    finally:
        await broker.stop()

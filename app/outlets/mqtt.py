"""Publishes to the user's MQTT broker, and hears the topics that rules wait for.

One rule: the library's own thread does the network; everything here is told on the loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from app.core.effects import PublishMqtt
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
    from paho.mqtt.properties import Properties
    from paho.mqtt.reasoncodes import ReasonCode

    from app.core.effects import Effect

log = logging.getLogger(__name__)

_CONNECT_S: Final = 8.0
_PUBLISH_S: Final = 5.0
_KEEP_ALIVE_S: Final = 30
_QOS: Final = 1
_MAX_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class MqttAddress:
    """Where the broker is; `host` empty: the user has not set it up."""

    host: str = ""
    port: int = 8883
    tls: bool = True
    user: str = ""
    password: str = ""


class MqttOutlet(Outlet):
    """One connection to one broker, made when it is first needed and kept up by the library."""

    key: ClassVar[str] = PublishMqtt.outlet
    at_once: ClassVar[int] = 8

    def __init__(
        self,
        address: Callable[[], Awaitable[MqttAddress]],
        on_message: Callable[[str, str], None] = lambda _topic, _text: None,
    ) -> None:
        """Take the address; `on_message(topic, text)` is called on the loop, retained ones not."""
        self._address = address
        self._on_message = on_message
        self._client: Client | None = None
        self._connected = asyncio.Event()
        self._refused = ""
        self._topics: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def carry_out(self, effect: Effect) -> str:
        """Publish and wait until the broker has taken it."""
        if not isinstance(effect, PublishMqtt):
            raise OutletError(Drop.UNSUPPORTED)
        client = await self._ready()
        taken = client.publish(effect.topic, effect.text, qos=_QOS, retain=effect.retain)
        try:
            await asyncio.to_thread(taken.wait_for_publish, _PUBLISH_S)
        except (RuntimeError, ValueError) as error:
            raise OutletError(Drop.LOST, str(error)) from None
        if not taken.is_published():
            raise OutletError(Drop.NO_ANSWER)
        return effect.topic

    async def reach(self) -> None:
        """Return when there is a connection, for who tries out the settings; raises OutletError."""
        await self._ready()

    async def listen(self, topics: Iterable[str]) -> None:
        """Hear these topic filters from now on, no others; connects if there are any.

        Raises OutletError when the broker cannot be reached now; the topics are kept for later.
        """
        wanted = frozenset(topics)
        gone, new = self._topics - wanted, wanted - self._topics
        self._topics = wanted
        if self._client is None:
            if wanted:
                await self._ready()
            return
        for topic in gone:
            self._client.unsubscribe(topic)
        if new:
            self._client.subscribe([(topic, _QOS) for topic in sorted(new)])

    async def close(self) -> None:
        """Leave the broker."""
        client, self._client = self._client, None
        if client is not None:
            self._connected.clear()
            await asyncio.to_thread(_leave, client)

    async def _ready(self) -> Client:
        async with self._lock:
            if self._client is None:
                address = await self._address()
                if not address.host:
                    raise NotSetUpError("mqtt")
                self._loop = asyncio.get_running_loop()
                self._client = await asyncio.to_thread(self._begin, address)
            try:
                async with asyncio.timeout(_CONNECT_S):
                    await self._connected.wait()
            except TimeoutError:
                drop = Drop.REFUSED if self._refused else Drop.OFFLINE
                raise OutletError(drop, self._refused) from None
            return self._client

    # ------------------------------------------------------------ the library's thread

    def _begin(self, address: MqttAddress) -> Client:
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion

        client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=True)
        client.reconnect_delay_set(1, 30)
        if address.tls:
            client.tls_set()
        if address.user:
            client.username_pw_set(address.user, address.password or None)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_received
        client.connect_async(address.host, address.port, _KEEP_ALIVE_S)
        client.loop_start()
        return client

    def _on_connect(
        self,
        client: Client,
        _data: object,
        _flags: ConnectFlags,
        code: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if code.is_failure:
            self._refused = str(code)
            return
        self._refused = ""
        topics = sorted(self._topics)
        if topics:
            client.subscribe([(topic, _QOS) for topic in topics])
        self._tell(self._connected.set)

    def _on_disconnect(self, *_what: object) -> None:
        self._tell(self._connected.clear)

    def _on_received(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        # What lay at the broker since yesterday happened yesterday.
        if message.retain:
            return
        text = message.payload[:_MAX_TEXT].decode(errors="replace")
        self._tell(self._on_message, str(message.topic), text)

    def _tell(self, what: Callable[..., object], *values: str) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(what, *values)


def _leave(client: Client) -> None:
    client.disconnect()
    client.loop_stop()

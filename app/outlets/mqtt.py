"""Publishes to the user's MQTT broker, and hears the topics that rules wait for.

One rule: the library's own thread does the network; everything here is told on the loop. What is
published goes out at once or never: nothing lies in wait for a broker that comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from app.core.effects import PublishMqtt
from app.core.links import LinkStage
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
# A dead line must be noticed soon: until then what is published is believed to arrive.
_KEEP_ALIVE_S: Final = 10
_QOS: Final = 1
# With any other one the library sends again after a reconnect, and hardware would move twice.
_AT_MOST_ONCE: Final = 0
_MAX_TEXT: Final = 2000
# A topic that storms, or rules that answer themselves, must not keep gifts waiting.
MOST_A_SECOND: Final = 100


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
        on_link: Callable[[LinkStage], None] = lambda _stage: None,
        *,
        at_once: Callable[[str], bool] = lambda _topic: False,
        last_words: tuple[str, str] | None = None,
    ) -> None:
        """Take the address; `on_message(topic, text)` is called on the loop, retained ones not.

        `on_link` hears on the loop when a connection is there, and when it was cut. `at_once` is
        asked first, in the library's thread, and says whether it dealt with a message. The broker
        tells the `last_words`, retained, of a topic when we vanish.
        """
        self._at_once = at_once
        self._last_words = last_words
        # The topics that rules may not speak on.
        self.reserved: Callable[[str], bool] = lambda _topic: False
        self._address = address
        self._on_link = on_link
        self._on_message = on_message
        self._client: Client | None = None
        self._connected = asyncio.Event()
        self._refused = ""
        self._topics: frozenset[str] = frozenset()
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sent: dict[int, asyncio.Future[None]] = {}
        self._second, self._heard = 0, 0
        self._era = 0

    async def carry_out(self, effect: Effect) -> str:
        """Publish and wait until it is on its way; it is never sent later or twice."""
        if not isinstance(effect, PublishMqtt):
            raise OutletError(Drop.UNSUPPORTED)
        if self.reserved(effect.topic):
            raise OutletError(Drop.REFUSED, "this topic is Giftwire's own")
        client = await self._ready()
        try:
            told = client.publish(
                effect.topic, effect.text, qos=_AT_MOST_ONCE, retain=effect.retain
            )
        except ValueError as error:
            raise OutletError(Drop.REFUSED, str(error)) from None
        if told.rc:
            raise OutletError(Drop.LOST)
        # Its number is told on this loop, so not before we wait for it.
        sent = self._sent[told.mid] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(_PUBLISH_S):
                await sent
        except TimeoutError:
            raise OutletError(Drop.NO_ANSWER) from None
        finally:
            self._sent.pop(told.mid, None)
        return effect.topic

    def publish(self, topic: str, text: str) -> bool:
        """Have the broker keep a text, "" for none, without waiting; False if it is away."""
        if self._client is None or not self._connected.is_set():
            return False
        return self._client.publish(topic, text, qos=_AT_MOST_ONCE, retain=True).rc == 0

    @property
    def refused(self) -> str:
        """Why the broker lets us not in; "" if it does, or does not answer."""
        return self._refused

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
        self._era += 1
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
                era = self._era
                client = await asyncio.to_thread(self._make, address)
                if era != self._era:
                    # Closed meanwhile: nobody would ever close this one.
                    raise OutletError(Drop.LOST)
                self._client = client
                client.loop_start()
            try:
                async with asyncio.timeout(_CONNECT_S):
                    await self._connected.wait()
            except TimeoutError:
                drop = Drop.REFUSED if self._refused else Drop.OFFLINE
                raise OutletError(drop, self._refused) from None
            return self._client

    # ------------------------------------------------------------ the library's thread

    def _make(self, address: MqttAddress) -> Client:
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion

        client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=True)
        client.reconnect_delay_set(1, 30)
        if address.tls:
            client.tls_set()
        if address.user:
            client.username_pw_set(address.user, address.password or None)
        if self._last_words is not None:
            client.will_set(*self._last_words, qos=_QOS, retain=True)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_received
        client.on_publish = self._on_sent
        client.connect_async(address.host, address.port, _KEEP_ALIVE_S)
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
        self._tell(self._up)

    def _on_disconnect(self, *_what: object) -> None:
        self._tell(self._lost)

    def _on_sent(self, _client: Client, _data: object, number: int, *_more: object) -> None:
        self._tell(self._gone_out, number)

    def _on_received(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        # What lay at the broker since yesterday happened yesterday.
        if message.retain or (message.payload and self._at_once(str(message.topic))):
            return
        if self._too_many():
            return
        text = message.payload[:_MAX_TEXT].decode(errors="replace")
        self._tell(self._on_message, str(message.topic), text)

    def _too_many(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            if self._heard > MOST_A_SECOND:
                log.info("%d MQTT messages in a second; the rest passed over", self._heard)
            self._second, self._heard = second, 0
        self._heard += 1
        return self._heard > MOST_A_SECOND

    def _tell(self, what: Callable[..., object], *values: str | int) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(what, *values)

    # ------------------------------------------------------------ back on the loop

    def _gone_out(self, number: int) -> None:
        sent = self._sent.get(number)
        if sent is not None and not sent.done():
            sent.set_result(None)

    def _up(self) -> None:
        if self._client is None:
            return
        self._connected.set()
        self._on_link(LinkStage.ONLINE)

    def _lost(self) -> None:
        if self._connected.is_set():
            self._connected.clear()
            self._on_link(LinkStage.WAITING)
        for sent in self._sent.values():
            if not sent.done():
                sent.set_exception(OutletError(Drop.LOST))


def _leave(client: Client) -> None:
    client.disconnect()
    client.loop_stop()

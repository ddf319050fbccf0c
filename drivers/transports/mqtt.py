"""Messages to devices behind an MQTT broker: publish from any thread, listen to filters.

One rule: devices with the same broker settings share one connection, and each is told of its loss.
"""

from __future__ import annotations

import asyncio
import secrets
import struct
import threading
from typing import TYPE_CHECKING

from drivers.contract import N_, Cause, DriverError, SafeRecipe, who_listens
from drivers.transports.mqtt_connection import Connection, Job, MqttOptions
from drivers.transports.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drivers.codecs.mqtt_settings import BrokerSettings

    OnMessage = Callable[[str, bytes, bool], None]

__all__ = ["MqttLink", "MqttOptions", "options_of", "publish_recipe"]

_connections: dict[MqttOptions, Connection] = {}
_lock = threading.RLock()


class MqttLink:
    """One device's share of a connection. Order of calls: open -> (publish | subscribe)* -> close.

    Messages arrive on the loop that opened it, in order, at most as many as fit the inbox.
    """

    def __init__(self, options: MqttOptions) -> None:
        self._options = options
        self._connection: Connection | None = None
        self._told: Told[tuple[OnMessage, str, bytes, bool]] | None = None
        self._filters: dict[str, OnMessage] = {}
        self._online = False
        self._overheard = who_listens()
        self._lost: DriverError | None = None

    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Connect to the broker, or join who is connected already with the same options.

        Raises DriverError: NOT_FOUND (the name), NO_ANSWER, BAD_ANSWER (no broker there),
        BAD_CONFIG (user, password, a certificate), REFUSED.
        """
        self._overheard = who_listens()
        self._told = Told(lambda one: one[0](*one[1:]), on_lost)
        with _lock:
            connection = _connections.get(self._options)
            if connection is None or not connection.enter(self):
                connection = _connections[self._options] = Connection(self._options)
                connection.enter(self)
            self._connection = connection
        try:
            async with asyncio.timeout(self._options.connect_timeout_s):
                error = await asyncio.shield(asyncio.wrap_future(connection.ready))
            with _lock:
                if error is not None or self._lost is not None:
                    raise error or self._lost or DriverError(Cause.LOST)
                self._online = True
        except TimeoutError:
            await self.close()
            raise DriverError(
                Cause.NO_ANSWER,
                say=N_("The broker does not answer. Check name, port and encryption."),
            ) from None
        except BaseException:
            await self.close()
            raise

    def publish_now(
        self,
        topic: str,
        payload: bytes | str,
        *,
        urgent: bool = False,
        retain: bool = False,
        qos: int = 0,
    ) -> bool:
        """Hand a message over from any thread; False if closed, lost or the queue is full.

        An urgent one goes first, and what this device's link still had waiting is thrown away.
        Commands are never retained: the device would carry them out again when it restarts.
        """
        connection = self._connection
        if connection is None:
            return False
        data = payload.encode() if isinstance(payload, str) else payload
        self._overheard("out", f"{topic} ".encode() + data)
        job = Job(self, topic, data, qos, retain, urgent)
        return connection.put(job)

    async def sent(self, timeout_s: float) -> bool:
        """Wait until every message so far was taken by the system (qos 1: by the broker)."""
        connection = self._connection
        if connection is None:
            return False
        waiting = [asyncio.wrap_future(one) for one in connection.unsent(self)]
        if not waiting:
            return not connection.over()
        done, late = await asyncio.wait(waiting, timeout=timeout_s)
        return not late and all(one.result() == "" for one in done)

    async def subscribe(
        self, topic_filter: str, on_message: OnMessage, timeout_s: float = 2.0
    ) -> None:
        """Call `on_message(topic, payload, retained)` for what fits the filter, until `close`.

        Returns when the broker has agreed. Raises DriverError(REFUSED or NO_ANSWER). Brokers may
        deliver a message once for each filter it fits, and old retained ones again.
        """
        connection = self._connection
        if connection is None:
            raise DriverError(Cause.LOST, "closed")
        self._filters[topic_filter] = on_message
        job = Job(self, listen=topic_filter)
        if not connection.put(job):
            raise DriverError(Cause.LOST, "closed")
        try:
            async with asyncio.timeout(timeout_s):
                refused = await asyncio.shield(asyncio.wrap_future(job.done))
        except TimeoutError:
            raise DriverError(Cause.NO_ANSWER, topic_filter) from None
        if refused:
            raise DriverError(
                Cause.REFUSED,
                f"{topic_filter}: {refused}",
                say=N_(
                    "The broker does not let us listen to {topic}. Check what this user may "
                    "read there."
                ),
                topic=topic_filter,
            )

    async def close(self) -> None:
        """Leave the connection; what was handed over still goes out if the broker takes it."""
        if self._told is not None:
            self._told.silence()
        connection, self._connection = self._connection, None
        filters, self._filters = set(self._filters), {}
        if connection is not None:
            try:
                await connection.leave(self, filters)
            finally:
                with _lock:
                    if _connections.get(self._options) is connection and connection.over():
                        del _connections[self._options]

    # ------------------------------------------------------------------ the connection's side

    def heard(self, topic: str, payload: bytes, *, retained: bool) -> None:
        """Take a message of the broker, whatever it was subscribed for."""
        from paho.mqtt.client import topic_matches_sub

        told = self._told
        for topic_filter, on_message in tuple(self._filters.items()):
            if told is not None and topic_matches_sub(topic_filter, topic):
                self._overheard("in", f"{topic} ".encode() + payload)
                told.put((on_message, topic, payload, retained), len(payload))

    def lose(self, error: DriverError) -> None:
        """Take word that the connection is no more."""
        with _lock:
            self._lost = error
            if not self._online:
                return  # `open` says so
        if self._told is not None:
            self._told.lose(error)

    def wants(self, topic_filter: str) -> bool:
        """Say whether this link listens to the filter."""
        return topic_filter in self._filters


def options_of(settings: BrokerSettings, will: tuple[str, str] | None = None) -> MqttOptions:
    """Return how to reach the broker of settings; `will` is said when we vanish."""
    topic, payload = will or ("", "")
    return MqttOptions(
        settings.host,
        settings.port,
        user=settings.user,
        password=settings.password,
        tls=settings.tls,
        any_certificate=settings.any_certificate,
        will_topic=topic,
        will_payload=payload.encode(),
    )


def publish_recipe(
    options: MqttOptions, messages: Sequence[tuple[str, bytes | str]], *, confirms: bool = True
) -> SafeRecipe | None:
    """Return the recipe that publishes messages, confirmed when the broker has the last one.

    `confirms` False where that is not enough: it waits for the broker, and confirms nothing.

    None if a stranger cannot: a certificate that signs itself is not taken. The packets are those
    of MQTT 3.1.1 (OASIS, 3.1 CONNECT, 3.3 PUBLISH, 3.4 PUBACK).
    """
    if (options.tls and options.any_certificate) or not messages:
        return None
    flags = 0x02 | (0x80 if options.user else 0) | (0x40 if options.password else 0)
    head = _text("MQTT") + bytes([4, flags]) + struct.pack("!H", 30)
    names = [f"giftwire-safe-{secrets.token_hex(4)}", options.user, options.password]
    who = b"".join(_text(one) for number, one in enumerate(names) if one or number == 0)
    frames = [_packet(0x10, head + who)]
    for number, (topic, payload) in enumerate(messages, start=1):
        data = payload.encode() if isinstance(payload, str) else payload
        frames.append(_packet(0x32, _text(topic) + struct.pack("!H", number) + data))
    host = f"[{options.host}]" if ":" in options.host else options.host
    return SafeRecipe(
        "tcp",
        f"{host}:{options.port}",
        tuple(frames),
        expect=b"\x40\x02" + struct.pack("!H", len(messages)),
        answer_s=1.0,
        options=({"tls": 1} if options.tls else {}) | ({} if confirms else {"only_taken": 1}),
    )


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("!H", len(data)) + data


def _packet(kind: int, body: bytes) -> bytes:
    length, left = bytearray(), len(body)
    while True:
        left, low = divmod(left, 128)
        length.append(low | (0x80 if left else 0))
        if not left:
            return bytes([kind, *length]) + body

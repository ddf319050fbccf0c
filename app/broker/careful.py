"""The broker itself: amqtt's, behind the guard, with what it leaves open closed.

One rule: amqtt keeps connections, sessions and subscriptions; what is delivered to whom, and what
is kept, is decided here, at once and with bounds. Made for the release named in pyproject.toml.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from amqtt.adapters import ReaderAdapter, WriterAdapter  # noqa: TID253 - in no other process
from amqtt.broker import Broker  # noqa: TID253 - in no other process
from amqtt.mqtt.protocol.broker_handler import (  # noqa: TID253 - in no other process
    BrokerProtocolHandler,
)

from app.broker import filters, packets
from app.broker.flow import Flow, Message
from app.broker.packets import Kind
from app.broker.retained import Retained

if TYPE_CHECKING:
    from amqtt.broker import BrokerContext
    from amqtt.contexts import ListenerConfig
    from amqtt.mqtt.disconnect import DisconnectPacket
    from amqtt.mqtt.puback import PubackPacket
    from amqtt.mqtt.pubcomp import PubcompPacket
    from amqtt.mqtt.publish import PublishPacket
    from amqtt.mqtt.pubrec import PubrecPacket
    from amqtt.mqtt.pubrel import PubrelPacket
    from amqtt.mqtt.subscribe import SubscribePacket
    from amqtt.mqtt.unsubscribe import UnsubscribePacket
    from amqtt.plugins.manager import PluginManager
    from amqtt.session import Session

    from app.broker.accounts import Accounts
    from app.broker.connection import Connection
    from app.broker.limits import Limits

log = logging.getLogger(__name__)

_LISTENER: Final = "default"
_FLOW: Final = "giftwire.flow"
_REFUSED: Final = 0x80


def flow_of(session: Session) -> Flow:
    """Return the messages under way of a session."""
    flow: Flow = session.attributes[_FLOW]
    return flow


class CarefulBroker(Broker):
    """Serves connections that have logged in; `start` it first, `shutdown` it last."""

    def __init__(
        self,
        limits: Limits,
        accounts: Accounts,
    ) -> None:
        # An empty list of plug-ins: none of those that come with it is wanted, one lets anybody in.
        config: dict[str, Any] = {
            "listeners": {_LISTENER: {"type": "external", "bind": "guard"}},
            "plugins": {},
            "session_expiry_interval": int(limits.session_s),
        }
        super().__init__(config)
        self.limits = limits
        self.accounts = accounts
        self.retained = Retained(limits)

    async def serve(self, connection: Connection) -> None:
        """Serve one client until its connection ends."""
        try:
            await self.external_connected(_Reader(connection), _Writer(connection), _LISTENER)
        finally:
            session, handler = self._sessions.get(connection.key, (None, None))
            # Only after an error on the way in: it never came as far as its end.
            left = session is not None and session.transitions.state == "connected"
            if left and isinstance(handler, CarefulHandler) and handler.connection is connection:
                await self._cleanup_session(connection.key)

    def forget(self, gone: set[str]) -> set[str]:
        """Drop what accounts may no longer have; return the sessions that should connect anew.

        `gone` are accounts that changed their password or are no more.
        """
        changed: set[str] = set()
        for wanted, entries in list(self._subscriptions.items()):
            for session, qos in list(entries):
                if not self.accounts.may_read(session.username or "", wanted):
                    entries.remove((session, qos))
                    changed.add(session.client_id or "")
            if not entries:
                del self._subscriptions[wanted]
        for key, (session, _) in list(self._sessions.items()):
            away = session.transitions.state == "disconnected"
            if away and session.username in gone:
                self._drop(key)
        return changed

    # ------------------------------------------------------------ sessions

    async def _initialize_client_session(
        self, reader: ReaderAdapter, writer: WriterAdapter, _address: str, _port: int
    ) -> tuple[BrokerProtocolHandler, Session]:
        handler, session = await CarefulHandler.init_from_connect(
            reader, writer, self.plugins_manager
        )
        if not isinstance(reader, _Reader) or not isinstance(handler, CarefulHandler):
            raise TypeError(reader)
        connection = reader.connection
        session.username = connection.account
        old, _ = self._sessions.get(connection.key, (None, None))
        if old is not None and not session.clean_session and not old.clean_session:
            session.attributes = old.attributes
            session.parent = 1
            self._hand_on(old, session)
        else:
            self._drop(connection.key)
            session.attributes[_FLOW] = Flow(self.limits)
        handler.broker, handler.connection = self, connection
        if not session.clean_session:
            self._make_room(connection)
        return handler, session

    def _hand_on(self, old: Session, new: Session) -> None:
        """Give the subscriptions of a session to the connection that goes on with it."""
        for entries in self._subscriptions.values():
            entries[:] = [(new if one is old else one, qos) for one, qos in entries]

    def _make_room(self, connection: Connection) -> None:
        """Drop the sessions that have been away longest if there are too many."""
        away = [
            (session.last_disconnect_time or 0, key, session.username)
            for key, (session, _) in self._sessions.items()
            if session.transitions.state == "disconnected" and key != connection.key
        ]
        away.sort(key=lambda one: one[0])
        own = [key for _, key, name in away if name == connection.account]
        too_many = own[: max(0, len(own) + 1 - self.limits.sessions_each)]
        too_many += [key for _, key, _ in away[: max(0, len(away) + 1 - self.limits.sessions)]]
        for key in too_many:
            self._drop(key)

    def _drop(self, key: str) -> None:
        session, _ = self._sessions.pop(key, (None, None))
        for wanted, entries in list(self._subscriptions.items()):
            entries[:] = [one for one in entries if one[0].client_id != key]
            if not entries:
                del self._subscriptions[wanted]
        if session is not None:
            session.clear_queues()

    async def _authenticate(self, session: Session, _: ListenerConfig) -> bool:
        session.is_anonymous = False
        return True  # the guard has

    async def _handle_disconnect(
        self,
        client_session: Session,
        handler: BrokerProtocolHandler,
        disconnect_waiter: asyncio.Future[Any],
    ) -> None:
        if isinstance(handler, CarefulHandler):
            flow_of(client_session).disconnect(handler.connection)
        await super()._handle_disconnect(client_session, handler, disconnect_waiter)
        unknown = not self.accounts.knows(client_session.username or "")
        if client_session.clean_session or unknown:
            self._drop(client_session.client_id or "")

    # ------------------------------------------------------------ subscriptions

    def subscribe(self, session: Session, wanted: str, qos: int) -> int:
        """Subscribe; return the QoS that was granted, or 0x80."""
        if not self.accounts.may_read(session.username or "", wanted):
            return _REFUSED
        entries = self._subscriptions.get(wanted, [])
        others = [one for one in entries if one[0].client_id != session.client_id]
        if len(others) == len(entries) and self._number(session) >= self.limits.subscriptions:
            return _REFUSED
        self._subscriptions[wanted] = [*others, (session, qos)]
        return qos

    def unsubscribe(self, session: Session, wanted: str) -> None:
        """End a subscription, if there is one."""
        self._del_subscription(wanted, session)
        if not self._subscriptions.get(wanted, [None]):
            del self._subscriptions[wanted]

    def _number(self, session: Session) -> int:
        entries = self._subscriptions.values()
        return sum(any(one is session for one, _ in each) for each in entries)

    async def _publish_retained_messages_for_subscription(
        self, subscription: tuple[str, int], session: Session
    ) -> None:
        """Do nothing: amqtt asks this for everybody's subscriptions at every login."""

    # ------------------------------------------------------------ messages

    def take(self, session: Session, topic: str, payload: bytes, qos: int, *, retain: bool) -> None:
        """Deliver a message of a client to whoever subscribed."""
        self._deliver(topic, payload, qos)
        if retain:
            self._retain(topic, payload, qos)

    def _deliver(self, topic: str, payload: bytes, qos: int) -> None:
        best: dict[str, tuple[Session, int]] = {}
        for wanted, entries in self._subscriptions.items():
            if filters.matches(topic, wanted):
                for session, granted in entries:
                    key = session.client_id or ""
                    if key not in best or best[key][1] < granted:
                        best[key] = (session, granted)
        message = Message(topic, payload)
        for session, granted in best.values():
            flow_of(session).deliver(message, min(qos, granted))

    def _retain(self, topic: str, payload: bytes, qos: int) -> None:
        if not self.retained.put(topic, payload, qos):
            log.info("no room to retain another message")

    async def _broadcast_message(
        self,
        session: Session | None,
        topic: str | None,
        data: bytes | bytearray | None,
        force_qos: int | None = None,
    ) -> None:
        """Deliver a last will."""
        if topic and session is not None and self.accounts.may_write(session.username or "", topic):
            self._deliver(topic, bytes(data or b""), force_qos or 0)

    async def retain_message(
        self,
        source_session: Session | None,
        topic_name: str | None,
        data: bytes | bytearray | None,
        qos: int | None = None,
    ) -> None:
        """Retain a last will."""
        name = source_session.username if source_session is not None else None
        if topic_name and self.accounts.may_write(name or "", topic_name):
            self._retain(topic_name, bytes(data or b""), qos or 0)


class CarefulHandler(BrokerProtocolHandler):
    """Carries out the packets of one connection, each at once and in order."""

    broker: CarefulBroker
    connection: Connection

    def __init__(
        self,
        plugins_manager: PluginManager[BrokerContext],
        session: Session | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(plugins_manager, session, loop)
        waits: asyncio.Future[DisconnectPacket | None] = asyncio.get_running_loop().create_future()
        self._gone = waits

    def _now(self) -> tuple[Session, Flow]:
        if self.session is None:
            raise ConnectionResetError
        return self.session, flow_of(self.session)

    async def _retry_deliveries(self) -> None:
        self._now()[1].connect(self.connection)

    async def stop(self) -> None:
        """End; also what waits for the end."""
        await super().stop()
        await self.handle_disconnect(None)

    async def wait_disconnect(self) -> DisconnectPacket | None:
        """Return the packet that said goodbye, or None; also if that was long ago."""
        return await asyncio.shield(self._gone)

    async def handle_disconnect(self, disconnect: DisconnectPacket | None) -> None:
        """Note how the connection ended; the first word counts."""
        if not self._gone.done():
            self._gone.set_result(disconnect)

    async def handle_publish(self, publish_packet: PublishPacket) -> None:
        """Deliver a message, once, and acknowledge it, also where the account may not write."""
        session, flow = self._now()
        topic, qos = publish_packet.topic_name or "", publish_packet.qos or 0
        packet_id = publish_packet.packet_id or 0
        if qos < packets.MOST_QOS or flow.take(packet_id):
            if self.broker.accounts.may_write(session.username or "", topic):
                payload = bytes(publish_packet.data or b"")
                retain = publish_packet.retain_flag
                self.broker.take(session, topic, payload, qos, retain=retain)
            else:
                self.connection.misses()
        if qos:
            kind = Kind.PUBACK if qos == 1 else Kind.PUBREC
            self.connection.send(packets.acknowledgement(kind, packet_id))

    async def handle_pubrel(self, pubrel: PubrelPacket) -> None:
        """End a message of QoS 2; answered also if it is not known any more."""
        self._now()[1].release(pubrel.packet_id)
        self.connection.send(packets.acknowledgement(Kind.PUBCOMP, pubrel.packet_id))

    async def handle_puback(self, puback: PubackPacket) -> None:
        """Note that a message came."""
        self._now()[1].acknowledged(Kind.PUBACK, puback.packet_id)

    async def handle_pubrec(self, pubrec: PubrecPacket) -> None:
        """Note that a message of QoS 2 came."""
        self._now()[1].acknowledged(Kind.PUBREC, pubrec.packet_id)

    async def handle_pubcomp(self, pubcomp: PubcompPacket) -> None:
        """Note that a message of QoS 2 is done with."""
        self._now()[1].acknowledged(Kind.PUBCOMP, pubcomp.packet_id)

    async def handle_subscribe(self, subscribe: SubscribePacket) -> None:
        """Subscribe, answer, then send what is retained, as quickly as the client takes it."""
        session, flow = self._now()
        topics = subscribe.payload.topics if subscribe.payload is not None else []
        codes = [self.broker.subscribe(session, wanted, qos) for wanted, qos in topics]
        if _REFUSED in codes:
            self.connection.misses()
        packet_id = subscribe.variable_header.packet_id if subscribe.variable_header else 0
        await self.mqtt_acknowledge_subscription(packet_id, codes)
        for (wanted, _), granted in zip(topics, codes, strict=True):
            if granted == _REFUSED:
                continue
            for topic in self.broker.retained.topics(wanted):
                await self.connection.room()
                # It may have changed while the client took its time; an old one would be wrong.
                kept = self.broker.retained.get(topic)
                if kept is not None:
                    flow.deliver(kept[0], min(kept[1], granted), retain=True)

    async def handle_unsubscribe(self, unsubscribe: UnsubscribePacket) -> None:
        """Unsubscribe and answer."""
        session, _ = self._now()
        for wanted in unsubscribe.payload.topics if unsubscribe.payload is not None else []:
            self.broker.unsubscribe(session, wanted)
        packet_id = unsubscribe.variable_header.packet_id if unsubscribe.variable_header else 0
        await self.mqtt_acknowledge_unsubscription(packet_id)


class _Reader(ReaderAdapter):
    """Whole packets of a connection, in the pieces amqtt asks for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._left = b""

    async def read(self, n: int = -1) -> bytes:
        while len(self._left) < n:
            self._left += await self.connection.next_packet()
        taken, self._left = self._left[:n], self._left[n:]
        return taken

    def feed_eof(self) -> None:
        """Do nothing: the connection knows its end."""


class _Writer(WriterAdapter):
    """What amqtt itself answers, to a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, data: bytes) -> None:
        self._connection.send(bytes(data))

    async def drain(self) -> None:
        """Return at once: the connection bounds what waits to be sent."""

    def get_peer_info(self) -> tuple[str, int]:
        return self._connection.address, self._connection.port

    def get_ssl_info(self) -> None:
        return None

    async def close(self) -> None:
        self._connection.close()

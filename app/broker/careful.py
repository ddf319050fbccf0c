"""The broker itself: amqtt's, behind the guard, with what it leaves open closed.

One rule: amqtt keeps connections, sessions and subscriptions; what is delivered to whom, and what
is kept, is decided here, at once and with bounds. Made for the release named in pyproject.toml.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from amqtt.broker import Broker  # noqa: TID253 - in no other process

from app.broker import filters
from app.broker.dialogue import (
    REFUSED,
    Dialogue,
    PacketReader,
    PacketWriter,
    flow_of,
    give_flow,
)
from app.broker.flow import Flow, Message
from app.broker.retained import Retained

if TYPE_CHECKING:
    import asyncio

    from amqtt.adapters import ReaderAdapter, WriterAdapter
    from amqtt.contexts import ListenerConfig
    from amqtt.mqtt.protocol.broker_handler import BrokerProtocolHandler
    from amqtt.session import Session

    from app.broker.accounts import Accounts
    from app.broker.connection import Connection
    from app.broker.limits import Limits

log = logging.getLogger(__name__)

_LISTENER: Final = "default"
# They tell what clients send; what matters of it is told by the guard.
_QUIET: Final = ("amqtt", "transitions")


class CarefulBroker(Broker):
    """Serves connections that have logged in; `start` it first, `shutdown` it last."""

    def __init__(self, limits: Limits, accounts: Accounts) -> None:
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.CRITICAL)
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
            await self.external_connected(
                PacketReader(connection), PacketWriter(connection), _LISTENER
            )
        finally:
            session, handler = self._sessions.get(connection.key, (None, None))
            # Only after an error on the way in: it never came as far as its end.
            left = session is not None and session.transitions.state == "connected"
            if left and isinstance(handler, Dialogue) and handler.connection is connection:
                log.error("a client's session had no proper end")
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
        handler, session = await Dialogue.init_from_connect(reader, writer, self.plugins_manager)
        if not isinstance(reader, PacketReader) or not isinstance(handler, Dialogue):
            raise TypeError(reader)
        connection = reader.connection
        session.username = connection.account
        old, _ = self._sessions.get(connection.key, (None, None))
        if old is not None and not session.clean_session:
            session.attributes = old.attributes
            session.parent = 1
        else:
            self._drop(connection.key)
            give_flow(session, Flow(self.limits))
        handler.broker, handler.connection = self, connection
        if not session.clean_session:
            self._make_room(connection)
        return handler, session

    def _make_room(self, connection: Connection) -> None:
        """Drop the sessions that have been away longest if there are too many."""
        away = [
            (session.last_disconnect_time or 0, key, session.username)
            for key, (session, _) in self._sessions.items()
            if session.transitions.state == "disconnected" and key != connection.key
        ]
        away.sort(key=lambda one: one[0])
        own = [one for one in away if one[2] == connection.account]
        dropped = own[: max(0, len(own) + 1 - self.limits.sessions_each)]
        rest = [one for one in away if one not in dropped]
        dropped += rest[: max(0, len(rest) + 1 - self.limits.sessions)]
        for _, key, _ in dropped:
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
        if isinstance(handler, Dialogue):
            flow_of(client_session).disconnect(handler.connection)
        await super()._handle_disconnect(client_session, handler, disconnect_waiter)
        unknown = not self.accounts.knows(client_session.username or "")
        if client_session.clean_session or unknown:
            self._drop(client_session.client_id or "")

    # ------------------------------------------------------------ subscriptions

    def subscribe(self, session: Session, wanted: str, qos: int) -> int:
        """Subscribe; return the QoS that was granted, or 0x80."""
        if not self.accounts.may_read(session.username or "", wanted):
            return REFUSED
        entries = self._subscriptions.get(wanted, [])
        others = [one for one in entries if one[0].client_id != session.client_id]
        if len(others) == len(entries) and self._number(session) >= self.limits.subscriptions:
            return REFUSED
        self._subscriptions[wanted] = [*others, (session, qos)]
        return qos

    def unsubscribe(self, session: Session, wanted: str) -> None:
        """End a subscription, if there is one."""
        self._del_subscription(wanted, session)
        if not self._subscriptions.get(wanted, [None]):
            del self._subscriptions[wanted]

    def _number(self, session: Session) -> int:
        entries = self._subscriptions.values()
        return sum(any(one.client_id == session.client_id for one, _ in each) for each in entries)

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

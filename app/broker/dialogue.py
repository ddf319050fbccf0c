"""One client's packets as amqtt reads them, carried out at once and in order.

One rule: what one packet asks for is done before the next is looked at; none is lost at the end.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from amqtt.adapters import ReaderAdapter, WriterAdapter  # noqa: TID253 - in no other process
from amqtt.mqtt.protocol.broker_handler import (  # noqa: TID253 - in no other process
    BrokerProtocolHandler,
)

from app.broker import packets
from app.broker.packets import Kind

if TYPE_CHECKING:
    from amqtt.broker import BrokerContext
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

    from app.broker.careful import CarefulBroker
    from app.broker.connection import Connection
    from app.broker.flow import Flow

REFUSED: Final = 0x80
_FLOW: Final = "giftwire.flow"


def flow_of(session: Session) -> Flow:
    """Return the messages under way of a session."""
    flow: Flow = session.attributes[_FLOW]
    return flow


def give_flow(session: Session, flow: Flow) -> None:
    """Give a new session its own."""
    session.attributes[_FLOW] = flow


class Dialogue(BrokerProtocolHandler):
    """What is said with one client: each packet is carried out at once and in order."""

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
        if REFUSED in codes:
            self.connection.misses()
        packet_id = subscribe.variable_header.packet_id if subscribe.variable_header else 0
        await self.mqtt_acknowledge_subscription(packet_id, codes)
        for (wanted, _), granted in zip(topics, codes, strict=True):
            if granted == REFUSED:
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


class PacketReader(ReaderAdapter):
    """Whole packets of a connection, in the pieces amqtt asks for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._packet = b""
        self._at = 0

    async def read(self, n: int = -1) -> bytes:
        """Return the next `n` bytes, none of them of the packet after this."""
        if n and self._at == len(self._packet):
            self._packet, self._at = await self.connection.next_packet(), 0
        start, self._at = self._at, min(self._at + n, len(self._packet))
        return self._packet[start : self._at]

    def feed_eof(self) -> None:
        """Do nothing: the connection knows its end."""


class PacketWriter(WriterAdapter):
    """What amqtt itself answers, to a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, data: bytes) -> None:
        """Send a packet."""
        self._connection.send(bytes(data))

    async def drain(self) -> None:
        """Return at once: the connection bounds what waits to be sent."""

    def get_peer_info(self) -> tuple[str, int]:
        """Return where the client is."""
        return self._connection.address, self._connection.port

    def get_ssl_info(self) -> None:
        """Return nothing: there is no TLS in between."""

    async def close(self) -> None:
        """End after what was sent."""
        self._connection.close()

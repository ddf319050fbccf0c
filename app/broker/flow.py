"""How messages flow to and from one client by quality of service (MQTT 3.1.1, section 4.3).

One rule: nothing is kept without a bound; what does not fit is left out, newest first.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from app.broker import packets
from app.broker.packets import Kind

if TYPE_CHECKING:
    from app.broker.limits import Limits

_HIGHEST_ID: Final = 0xFFFF


class Pipe(Protocol):
    """The way to the client."""

    def send(self, data: bytes, *, message: bool = False, may_drop: bool = False) -> None:
        """Send a packet; a message is counted, and may be left out if the client is slow."""


@dataclass(slots=True)
class Message:
    """A message on its way; the bytes of QoS 0 are built once for all who get them."""

    topic: str
    payload: bytes = field(repr=False)
    _ready: dict[bool, bytes] = field(default_factory=dict, repr=False)

    def at_most_once(self, *, retain: bool) -> bytes:
        """Return the packet for QoS 0."""
        if retain not in self._ready:
            ready = packets.publish(self.topic, self.payload, 0, 0, retain=retain)
            self._ready[retain] = ready
        return self._ready[retain]


@dataclass(slots=True)
class _Sent:
    message: Message
    qos: int
    retain: bool
    received: bool = False  # QoS 2: the client has it, we owe it a PUBREL


class Flow:
    """The messages of one session, connected or away. The loop's thread only."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pipe: Pipe | None = None
        self._in_flight: OrderedDict[int, _Sent] = OrderedDict()
        self._waiting: deque[_Sent] = deque()
        self._taken: OrderedDict[int, None] = OrderedDict()  # ids of QoS 2 not yet released
        self._bytes = 0
        self._last_id = 0
        self.left_out = 0

    # ------------------------------------------------------------ to the client

    def connect(self, pipe: Pipe) -> None:
        """Send to `pipe` from now on, first of all again what was not acknowledged."""
        self._pipe = pipe
        for packet_id, sent in self._in_flight.items():
            if sent.received:
                pipe.send(packets.acknowledgement(Kind.PUBREL, packet_id))
            else:
                self._send(packet_id, sent, again=True)
        self._go_on()

    def disconnect(self, pipe: Pipe) -> None:
        """Keep what comes from now on, unless another pipe has taken over already."""
        if self._pipe is pipe:
            self._pipe = None

    def deliver(self, message: Message, qos: int, *, retain: bool = False) -> None:
        """Send a message, or keep it for later; QoS 0 is never kept."""
        if not qos:
            if self._pipe is not None:
                ready = message.at_most_once(retain=retain)
                self._pipe.send(ready, message=True, may_drop=True)
            return
        size, kept = len(message.payload), len(self._in_flight) + len(self._waiting)
        full = self._bytes + size > self._limits.queued_bytes and kept > 0
        if full or len(self._waiting) >= self._limits.queued:
            self.left_out += 1
            return
        self._bytes += size
        self._waiting.append(_Sent(message, qos, retain))
        self._go_on()

    def acknowledged(self, kind: Kind, packet_id: int) -> None:
        """Take a PUBACK, PUBREC or PUBCOMP; one that fits nothing changes nothing."""
        sent = self._in_flight.get(packet_id)
        if kind is Kind.PUBREC:
            # Also for one we know nothing of: the client waits for it.
            if sent is not None and sent.qos == packets.MOST_QOS:
                sent.received = True
            if self._pipe is not None and (sent is None or sent.received):
                self._pipe.send(packets.acknowledgement(Kind.PUBREL, packet_id))
            return
        wanted = 1 if kind is Kind.PUBACK else packets.MOST_QOS
        if sent is None or sent.qos != wanted or (wanted > 1 and not sent.received):
            return
        del self._in_flight[packet_id]
        self._bytes -= len(sent.message.payload)
        self._go_on()

    def _go_on(self) -> None:
        while (
            self._pipe is not None
            and self._waiting
            and len(self._in_flight) < self._limits.in_flight
        ):
            sent = self._waiting.popleft()
            packet_id = self._free_id()
            self._in_flight[packet_id] = sent
            self._send(packet_id, sent)

    def _send(self, packet_id: int, sent: _Sent, *, again: bool = False) -> None:
        topic, payload = sent.message.topic, sent.message.payload
        retain = sent.retain
        data = packets.publish(topic, payload, sent.qos, packet_id, retain=retain, again=again)
        if self._pipe is not None:
            self._pipe.send(data, message=True)

    def _free_id(self) -> int:
        while True:
            self._last_id = self._last_id % _HIGHEST_ID + 1
            if self._last_id not in self._in_flight:
                return self._last_id

    # ------------------------------------------------------------ from the client

    def take(self, packet_id: int) -> bool:
        """Say whether a QoS 2 message with this id is new; it is known until `release`."""
        if packet_id in self._taken:
            return False
        self._taken[packet_id] = None
        if len(self._taken) > self._limits.queued:
            self._taken.popitem(last=False)
        return True

    def release(self, packet_id: int) -> None:
        """Forget the id of a QoS 2 message: the client has been told that it came."""
        self._taken.pop(packet_id, None)

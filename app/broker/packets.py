"""Packets of MQTT 3.1.1 as they arrive, checked byte for byte, and the few we build ourselves.

One rule: what is against the standard (OASIS MQTT 3.1.1, sections 2 and 3) is never passed on.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from app.broker.model import RefusalWhy

MQTT_3_1_1 = 4
MQTT_5 = 5
MOST_QOS = 2
_ID_BYTES = 2
_NAMES = {b"MQTT", b"MQIsdp"}
# Flags of CONNECT, section 3.1.2.
_RESERVED, _CLEAN, _WILL, _WILL_RETAIN = 0x01, 0x02, 0x04, 0x20
_PASSWORD, _NAME = 0x40, 0x80


class Kind(enum.IntEnum):
    """The types of packets that matter here, section 2.2.1."""

    CONNECT = 1
    PUBLISH = 3
    PUBACK = 4
    PUBREC = 5
    PUBREL = 6
    PUBCOMP = 7
    SUBSCRIBE = 8
    UNSUBSCRIBE = 10
    PINGREQ = 12
    DISCONNECT = 14


class Code(enum.IntEnum):
    """Return codes of CONNACK, section 3.2.2.3."""

    VERSION = 1
    CLIENT_ID = 2
    UNAVAILABLE = 3
    LOGIN = 4
    NOT_ALLOWED = 5


class PacketError(Exception):
    """A packet that is not passed on; `answer` is what the client is told, often nothing."""

    def __init__(self, why: RefusalWhy, answer: bytes = b"", name: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.answer = answer
        self.name = name


@dataclass(frozen=True, slots=True)
class Will:
    """What is published for a client that is lost."""

    topic: str
    payload: bytes = field(repr=False)
    qos: int = 0
    retain: bool = False


@dataclass(frozen=True, slots=True)
class Connect:
    """What a client asks for; `name` and `password` are None if it gave none."""

    client_id: str
    clean: bool
    keep_alive_s: int
    name: str | None = None
    password: bytes | None = field(default=None, repr=False)
    will: Will | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """A message as it arrives, without its payload."""

    topic: str
    qos: int


def refusal(code: Code) -> bytes:
    """Return the CONNACK that refuses."""
    return bytes((0x20, 2, 0, code))


def publish(
    topic: str, payload: bytes, qos: int, packet_id: int, *, retain: bool, again: bool = False
) -> bytes:
    """Return a PUBLISH; `packet_id` counts only above QoS 0, `again` marks a second try."""
    place = packet_id.to_bytes(_ID_BYTES, "big") if qos else b""
    body = _string(topic.encode()) + place + payload
    return bytes((0x30 | again << 3 | qos << 1 | retain,)) + _length(len(body)) + body


def acknowledgement(kind: Kind, packet_id: int) -> bytes:
    """Return a PUBACK, PUBREC, PUBREL or PUBCOMP."""
    flags = 2 if kind is Kind.PUBREL else 0
    return bytes((kind << 4 | flags, _ID_BYTES)) + packet_id.to_bytes(_ID_BYTES, "big")


def connect(asked: Connect, client_id: str) -> bytes:
    """Return a CONNECT that asks the same under `client_id`, without login and keep-alive."""
    flags = _CLEAN if asked.clean else 0
    tail = _string(client_id.encode())
    if asked.will is not None:
        flags |= _WILL | asked.will.qos << 3 | (_WILL_RETAIN if asked.will.retain else 0)
        tail += _string(asked.will.topic.encode()) + _string(asked.will.payload)
    body = _string(b"MQTT") + bytes((MQTT_3_1_1, flags, 0, 0)) + tail
    return bytes((Kind.CONNECT << 4,)) + _length(len(body)) + body


def read_connect(flags: int, body: bytes) -> Connect:
    """Read a CONNECT; raises PacketError with the answer its sender understands."""
    given = _Bytes(body, RefusalWhy.NOT_MQTT)
    if given.string() not in _NAMES:
        raise PacketError(RefusalWhy.NOT_MQTT)
    version = given.number(1)
    if version == MQTT_5:
        # Section 3.2.2.2 of MQTT 5: unsupported version, no properties.
        raise PacketError(RefusalWhy.VERSION, b"\x20\x03\x00\x84\x00")
    if version != MQTT_3_1_1:
        raise PacketError(RefusalWhy.VERSION, refusal(Code.VERSION))
    given.why = RefusalWhy.PROTOCOL
    wishes, keep_alive_s = given.number(1), given.number(2)
    if flags or not _wishes_fit(wishes):
        raise PacketError(RefusalWhy.PROTOCOL)
    client_id, will = given.text(), None
    if wishes & _WILL:
        topic, payload = given.text(), given.string()
        will = Will(topic, payload, wishes >> 3 & 3, bool(wishes & _WILL_RETAIN))
    name = given.text() if wishes & _NAME else None
    password = given.string() if wishes & _PASSWORD else None
    given.end()
    return Connect(client_id, bool(wishes & _CLEAN), keep_alive_s, name, password, will)


def read_publish(flags: int, body: bytes) -> Publish:
    """Read the head of a PUBLISH; raises PacketError."""
    given, qos = _Bytes(body), flags >> 1 & 3
    topic = given.text()
    if qos > MOST_QOS or (qos == 0 and flags & 8):
        raise PacketError(RefusalWhy.PROTOCOL)
    if qos and not given.number(2):
        raise PacketError(RefusalWhy.PROTOCOL)
    return Publish(topic, qos)


def read_filters(kind: Kind, body: bytes) -> int:
    """Check a SUBSCRIBE or UNSUBSCRIBE and return how many filters it holds; raises PacketError."""
    given, number = _Bytes(body), 0
    if not given.number(2):
        raise PacketError(RefusalWhy.PROTOCOL)
    while given.left():
        given.text()
        if kind is Kind.SUBSCRIBE and given.number(1) > MOST_QOS:
            raise PacketError(RefusalWhy.PROTOCOL)
        number += 1
    if not number:
        raise PacketError(RefusalWhy.PROTOCOL)
    return number


def kind_of(head: int) -> Kind:
    """Return the type of a packet from its first byte; raises PacketError if clients send none."""
    try:
        kind = Kind(head >> 4)
    except ValueError:
        raise PacketError(RefusalWhy.PROTOCOL) from None
    wanted = 2 if kind in {Kind.PUBREL, Kind.SUBSCRIBE, Kind.UNSUBSCRIBE} else 0
    if kind is not Kind.PUBLISH and head & 0x0F != wanted:
        raise PacketError(RefusalWhy.PROTOCOL)
    return kind


def check_short(kind: Kind, body: bytes) -> None:
    """Check the packets that hold nothing but an id, or nothing at all; raises PacketError."""
    bare = kind in {Kind.PINGREQ, Kind.DISCONNECT}
    if len(body) != (0 if bare else _ID_BYTES) or (not bare and not any(body)):
        raise PacketError(RefusalWhy.PROTOCOL)


def _wishes_fit(wishes: int) -> bool:
    qos, with_will = wishes >> 3 & 3, bool(wishes & _WILL)
    if wishes & _RESERVED or qos > MOST_QOS:
        return False
    if not with_will and (qos or wishes & _WILL_RETAIN):
        return False
    return bool(wishes & _NAME) or not wishes & _PASSWORD


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(2, "big") + data


def _length(number: int) -> bytes:
    """Return the remaining length, section 2.2.3."""
    digits = bytearray()
    while True:
        number, digit = divmod(number, 128)
        digits.append(digit | (0x80 if number else 0))
        if not number:
            return bytes(digits)


class _Bytes:
    """The rest of a packet, taken from the front; what is missing is a PacketError."""

    def __init__(self, data: bytes, why: RefusalWhy = RefusalWhy.PROTOCOL) -> None:
        self.why = why
        self._data = data
        self._at = 0

    def left(self) -> int:
        return len(self._data) - self._at

    def number(self, length: int) -> int:
        return int.from_bytes(self._take(length), "big")

    def string(self) -> bytes:
        return self._take(self.number(2))

    def text(self) -> str:
        try:
            text = self.string().decode()
        except UnicodeDecodeError:
            raise PacketError(self.why) from None
        if "\0" in text:
            raise PacketError(self.why)
        return text

    def end(self) -> None:
        if self.left():
            raise PacketError(self.why)

    def _take(self, length: int) -> bytes:
        if self.left() < length:
            raise PacketError(self.why)
        start, self._at = self._at, self._at + length
        return self._data[start : self._at]

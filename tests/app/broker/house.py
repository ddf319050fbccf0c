"""The broker in the test's own loop, and a client that says exactly what a test wants it to."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from app.broker import packets
from app.broker.accounts import Accounts
from app.broker.careful import CarefulBroker
from app.broker.guard import Guard, listening_socket
from app.broker.limits import Limits
from app.broker.model import Account
from app.broker.packets import Connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.broker.model import RefusalWhy
    from app.broker.packets import Will

PATIENCE_S = 10.0
CORE = Account("core", "core-password", ("#",), ("#",), ours=True)
BULB = Account("bulb", "bulb-password", ("bulb/#", "all/+"), ("bulb/#",))
PUMP = Account("pump", "pump-password", ("pump/#", "all/+"), ("pump/#", "all/+"))
ACCOUNTS = (CORE, BULB, PUMP)
# Refusals that come at once need no patience.
QUICK = Limits(look_s=0.05)


class House:
    """A broker behind its guard on a free port."""

    def __init__(self, limits: Limits = QUICK, accounts: tuple[Account, ...] = ACCOUNTS) -> None:
        self.limits = limits
        self.accounts = Accounts(accounts)
        self.broker = CarefulBroker(limits, self.accounts)
        self.changed = asyncio.Event()
        self.guard = Guard(self.accounts, self.broker.serve, self.changed.set, limits)
        self._clients: list[Wire] = []

    async def __aenter__(self) -> Self:
        await self.broker.start()
        await self.guard.open(listening_socket("127.0.0.1", 0))
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            client.abort()
        await self.guard.close()
        await self.broker.shutdown()
        assert not self.guard._connections
        assert not self.guard._by_key
        assert not self.guard._shares

    @property
    def port(self) -> int:
        return self.guard.port

    async def plain(self) -> Wire:
        """Return a connection that has said nothing yet."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        client = Wire(reader, writer)
        self._clients.append(client)
        return client

    async def client(
        self,
        account: Account = CORE,
        client_id: str = "",
        *,
        clean: bool = True,
        keep_alive_s: int = 0,
        will: Will | None = None,
    ) -> Wire:
        """Return a client that has logged in."""
        client = await self.plain()
        asked = Connect(client_id or account.name, clean, keep_alive_s, will=will)
        client.send(login(account.name, account.password, asked))
        answer = await client.next()
        assert answer.kind == 2, answer
        assert answer.body[1] == 0, answer
        client.session_present = bool(answer.body[0])
        return client

    async def until(self, true: Callable[[], object]) -> None:
        """Return when `true` is; it is asked again with every change."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                self.changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), 0.02)

    async def refusal(self, why: RefusalWhy) -> str:
        """Return the name in the refusal for this reason, when there is one."""
        found: list[str] = []

        def there() -> bool:
            found[:] = [one.name for one in self.guard.refusals() if one.why is why]
            return bool(found)

        await self.until(there)
        return found[-1]


@dataclass(frozen=True, slots=True)
class Packet:
    """What came."""

    kind: int
    flags: int
    body: bytes

    @property
    def message(self) -> tuple[str, bytes]:
        """Topic and payload of a PUBLISH."""
        length = struct.unpack_from("!H", self.body)[0]
        after = 2 + length + (2 if self.qos else 0)
        return self.body[2 : 2 + length].decode(), self.body[after:]

    @property
    def qos(self) -> int:
        return self.flags >> 1 & 3

    @property
    def packet_id(self) -> int:
        if self.kind != 3:
            return int.from_bytes(self.body[:2], "big")
        length = struct.unpack_from("!H", self.body)[0]
        return int.from_bytes(self.body[2 + length : 4 + length], "big")


class Wire:
    """A client without manners of its own."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.session_present = False
        self._id = 0

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def next(self) -> Packet:
        """Return the next packet; raises EOFError or ConnectionError at the end."""
        async with asyncio.timeout(PATIENCE_S):
            first = (await self.reader.readexactly(1))[0]
            length, shift = 0, 0
            while True:
                digit = (await self.reader.readexactly(1))[0]
                length |= (digit & 127) << shift
                shift += 7
                if not digit & 128:
                    break
            return Packet(first >> 4, first & 15, await self.reader.readexactly(length))

    async def heard(self) -> tuple[str, bytes]:
        """Return the next message, which must be the next packet."""
        packet = await self.next()
        assert packet.kind == 3, packet
        return packet.message

    async def closed(self) -> bytes:
        """Return what still came before the other side closed."""
        rest = b""
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionError):
                while data := await self.reader.read(65536):
                    rest += data
        return rest

    def next_id(self) -> int:
        self._id += 1
        return self._id

    async def subscribe(self, *filters: str, qos: int = 0) -> list[int]:
        """Subscribe and return the codes of the answer."""
        self.send(subscribe(self.next_id(), *((one, qos) for one in filters)))
        answer = await self.next()
        assert answer.kind == 9, answer
        return list(answer.body[2:])

    async def unsubscribe(self, *filters: str) -> None:
        body = self.next_id().to_bytes(2, "big") + b"".join(text(one) for one in filters)
        self.send(b"\xa2" + length(len(body)) + body)
        assert (await self.next()).kind == 11

    async def publish(
        self, topic: str, payload: bytes = b"x", qos: int = 0, *, retain: bool = False
    ) -> None:
        """Publish and wait for what acknowledges it."""
        packet_id = self.next_id() if qos else 0
        self.send(packets.publish(topic, payload, qos, packet_id, retain=retain))
        if qos == 1:
            assert await self.next() == Packet(4, 0, packet_id.to_bytes(2, "big"))
        if qos == 2:
            assert await self.next() == Packet(5, 0, packet_id.to_bytes(2, "big"))
            self.send(b"\x62\x02" + packet_id.to_bytes(2, "big"))
            assert await self.next() == Packet(7, 0, packet_id.to_bytes(2, "big"))

    async def ping(self) -> None:
        """Return when everything sent before was carried out: packets are, one by one."""
        self.send(b"\xc0\x00")
        assert (await self.next()).kind == 13

    async def leave(self) -> None:
        """Say goodbye and wait for the end."""
        self.send(b"\xe0\x00")
        assert await self.closed() == b""
        self.abort()

    def abort(self) -> None:
        self.writer.transport.abort()


def text(one: str) -> bytes:
    return packets._string(one.encode())


def length(number: int) -> bytes:
    return packets._length(number)


def subscribe(packet_id: int, *filters: tuple[str, int]) -> bytes:
    """Return a SUBSCRIBE."""
    body = packet_id.to_bytes(2, "big") + b"".join(text(one) + bytes([qos]) for one, qos in filters)
    return b"\x82" + length(len(body)) + body


def login(name: str | None, password: str | None, asked: Connect, version: int = 4) -> bytes:
    """Return a CONNECT, written here once more, apart from the program's own reader."""
    flags, tail = 2 if asked.clean else 0, text(asked.client_id)
    if asked.will is not None:
        flags |= 4 | asked.will.qos << 3 | asked.will.retain << 5
        tail += text(asked.will.topic) + packets._string(asked.will.payload)
    if name is not None:
        flags |= 0x80
        tail += text(name)
    if password is not None:
        flags |= 0x40
        tail += text(password)
    body = text("MQTT") + struct.pack("!BBH", version, flags, asked.keep_alive_s) + tail
    return b"\x10" + length(len(body)) + body


def limits(**others: float) -> Limits:
    """Return the quick limits with some of them changed."""
    return replace(QUICK, **others)

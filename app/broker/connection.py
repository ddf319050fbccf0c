"""One client's socket behind the guard: whole checked packets in, bounded bytes out.

One rule: what a client does not take, or asks for too fast, costs that client alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final, Protocol

from app.broker import filters, packets
from app.broker.limits import Bucket
from app.broker.model import Client, RefusalWhy
from app.broker.packets import Kind, PacketError

if TYPE_CHECKING:
    from app.broker.limits import Limits
    from app.broker.packets import Connect

_LENGTH_BYTES: Final = 4
_MORE: Final = 0x80
_LINGER_S: Final = 1.0
_ACKNOWLEDGEMENTS = {Kind.PUBACK, Kind.PUBREC, Kind.PUBCOMP}
_SHORT = _ACKNOWLEDGEMENTS | {Kind.PUBREL, Kind.PINGREQ, Kind.DISCONNECT}
_IPV4_AS_IPV6: Final = "::ffff:"


class Host(Protocol):
    """What a connection asks of the guard it came through."""

    limits: Limits

    def refuse(self, connection: Connection, why: RefusalWhy, name: str = "") -> None:
        """Note that somebody was refused."""

    def slow_down(self, connection: Connection, cost: float, now: float) -> float:
        """Return the seconds this connection has to wait for the sake of all."""


class Connection:
    """A socket that was accepted; who it is shows after the login. The loop's thread only."""

    def __init__(
        self, host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        peer = writer.get_extra_info("peername") or ("", 0)
        self.address: str = str(peer[0]).removeprefix(_IPV4_AS_IPV6)
        self.port: int = peer[1]
        self.account = ""
        self.key = ""
        self.ours = False
        self.asked: Connect | None = None
        self.since = self.last = time.monotonic()
        self.since_ms = time.time_ns() // 1_000_000
        self.ended = asyncio.Event()
        self.heard = self.sent = self.left_out = 0
        self.stalled_since = 0.0
        self._host = host
        self._limits = host.limits
        self._reader = reader
        self._writer = writer
        self._transport = writer.transport
        self._first = b""
        self._bucket = Bucket(self._limits.rate, self._limits.burst, self.since)
        self._acknowledgements_due = 0
        self._slowed_since = 0.0
        self._killed = asyncio.Event()
        # `drain` waits from half of what would cost a client its messages.
        self._transport.set_write_buffer_limits(high=self._limits.soft_bytes // 2)

    def told(self) -> Client:
        """Return what others may see of it."""
        client_id = self.asked.client_id if self.asked is not None else ""
        return Client(self.account, client_id, self.address, self.since_ms, self.heard, self.sent)

    # ------------------------------------------------------------ in

    async def read_connect(self) -> Connect:
        """Read the first packet, which asks to log in; raises PacketError, EOFError, OSError."""
        first = (await self._reader.readexactly(1))[0]
        if first >> 4 != Kind.CONNECT:
            raise PacketError(RefusalWhy.NOT_MQTT)
        _, body = await self._body(self._limits.connect_bytes)
        return packets.read_connect(first & 0x0F, body)

    def let_in(self, asked: Connect, key: str, *, ours: bool) -> None:
        """Go on as this client; the first packet to pass on asks for no more than it may."""
        self.asked, self.key, self.ours = asked, key, ours
        self._first = packets.connect(asked, key)

    async def next_packet(self) -> bytes:
        """Return the next whole packet; raises ConnectionResetError at the end of it all."""
        if self._first:
            first, self._first = self._first, b""
            return first
        # What the packet before asked for is done first, also if this one is the last.
        await asyncio.sleep(0)
        try:
            return await self._next()
        except PacketError as wrong:
            self.show_out(wrong.why)
            raise ConnectionResetError from wrong
        except (OSError, EOFError) as gone:
            raise ConnectionResetError from gone

    async def _next(self) -> bytes:
        first = (await self._reader.readexactly(1))[0]
        kind = packets.kind_of(first)
        head, body = await self._body(self._limits.packet_bytes)
        self.last = time.monotonic()
        cost = self._check(kind, first & 0x0F, body)
        if not self.ours:
            await self._wait(cost + len(body) / self._limits.bytes_for_one)
        return bytes((first,)) + head + body

    def _check(self, kind: Kind, flags: int, body: bytes) -> float:
        """Return what a packet costs; raises PacketError if it may not be passed on."""
        if kind is Kind.PUBLISH:
            if not filters.is_topic(packets.read_publish(flags, body).topic):
                raise PacketError(RefusalWhy.TOPIC)
            self.heard += 1
            return 1.0
        if kind in _SHORT:
            packets.check_short(kind, body)
            if kind in _ACKNOWLEDGEMENTS and self._acknowledgements_due > 0:
                self._acknowledgements_due -= 1
                return 0.0
            return 1.0
        if kind is Kind.CONNECT:
            raise PacketError(RefusalWhy.PROTOCOL)
        return float(packets.read_filters(kind, body))

    async def _wait(self, cost: float) -> None:
        now = time.monotonic()
        wait_s = max(self._bucket.take(cost, now), self._host.slow_down(self, cost, now))
        if not wait_s:
            self._slowed_since = 0.0
            return
        self._slowed_since = self._slowed_since or now
        if now - self._slowed_since > self._limits.slowed_s:
            self._slowed_since = now
            self._host.refuse(self, RefusalWhy.TOO_FAST, self.account)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await self._killed.wait()
            raise ConnectionResetError

    async def _body(self, most_bytes: int) -> tuple[bytes, bytes]:
        length, head = 0, b""
        for place in range(_LENGTH_BYTES):
            head += await self._reader.readexactly(1)
            length |= (head[-1] & ~_MORE) << 7 * place
            if not head[-1] & _MORE:
                break
        else:
            why = RefusalWhy.PROTOCOL if self.account else RefusalWhy.NOT_MQTT
            raise PacketError(why)
        if length > most_bytes:
            raise PacketError(RefusalWhy.TOO_BIG)
        return head, await self._reader.readexactly(length)

    # ------------------------------------------------------------ out

    def send(self, data: bytes, *, message: bool = False, may_drop: bool = False) -> None:
        """Send a packet; leave out what may be, and end the client, if it does not take them."""
        if self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        if waiting > self._limits.soft_bytes:
            self.stalled_since = self.stalled_since or time.monotonic()
            if may_drop:
                self.left_out += 1
                return
            if waiting > self._limits.hard_bytes:
                self.show_out(RefusalWhy.SLOW)
                return
        self._transport.write(data)
        if message:
            self.sent += 1
            self._acknowledgements_due += data[0] >> 1 & 3

    async def room(self) -> None:
        """Return when the client has taken most of what it was sent; raises when it is gone."""
        await self._writer.drain()

    async def answer(self, data: bytes) -> None:
        """Send the last packet and end; the other side is left the time to read it."""
        with contextlib.suppress(OSError, TimeoutError):
            self._transport.write(data)
            if self._transport.can_write_eof():
                self._transport.write_eof()
            # Closed with something unread, the answer would be lost on its way.
            async with asyncio.timeout(_LINGER_S):
                while await self._reader.read(self._limits.packet_bytes):
                    pass
        self._transport.close()

    # ------------------------------------------------------------ end

    def look(self, now: float) -> None:
        """End it if it has been silent, or has not taken what it was sent, for too long."""
        if self.asked is None:
            return
        keep_alive_s = self.asked.keep_alive_s
        if now - self.last > (1.5 * keep_alive_s or self._limits.silence_s):
            self.kill()
        elif self.stalled_since:
            if self._transport.get_write_buffer_size() <= self._limits.soft_bytes:
                self.stalled_since = 0.0
            elif now - self.stalled_since > self._limits.stalled_s:
                self.show_out(RefusalWhy.SLOW)

    def misses(self) -> None:
        """Tell that it asked for a topic it may not have; it stays."""
        self._host.refuse(self, RefusalWhy.TOPIC, self.account)

    def show_out(self, why: RefusalWhy) -> None:
        """End it at once, and tell."""
        if not self._transport.is_closing():
            self._host.refuse(self, why, self.account)
            self.kill()

    def closing(self) -> bool:
        """Say whether it has ended, or is about to."""
        return self._transport.is_closing()

    def kill(self) -> None:
        """End it at once: its last will is published."""
        self._killed.set()
        self._transport.abort()

    def close(self) -> None:
        """End it after what was sent, if the other side takes that soon."""
        self._transport.close()
        if self._transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(_LINGER_S, self._transport.abort)

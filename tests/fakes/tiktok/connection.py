"""One WebSocket connection of a client: what it did, and every way to send to it or to fail it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.fakes.tiktok.evidence import Ack, Entered, Heartbeat, News, Sent, stamp_ns
from tests.fakes.tiktok.frames import ClientFrame, Encoded, parse_client_frame, push_frame
from tests.fakes.tiktok.proto import WireError, decode, encode, first_int

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.fakes.tiktok.messages import Msg

_CONTINUED, _BINARY = 0, 2
_BURST = 64
# struct linger {on, seconds}: two shorts on Windows, two ints elsewhere.
_LINGER_NOT_AT_ALL = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


def socket_frame(opcode: int, body: bytes, *, final: bool = True) -> bytes:
    """Return an unmasked WebSocket frame (RFC 6455, 5.2), as servers send it."""
    first = bytes([opcode | (0x80 if final else 0)])
    if len(body) < 126:
        return first + bytes([len(body)]) + body
    if len(body) < 1 << 16:
        return first + b"\x7e" + len(body).to_bytes(2, "big") + body
    return first + b"\x7f" + len(body).to_bytes(8, "big") + body


class Connection:
    """One client on the push server, with the evidence of all it did."""

    def __init__(
        self,
        index: int,
        answer: web.WebSocketResponse,
        request: web.Request,
        news: News,
        *,
        happened: Callable[[Sequence[Msg]], None],
        answer_heartbeats: bool,
    ) -> None:
        """Note the handshake; `index` counts the connections of this stream from 0.

        `happened` hears of every message, also of those a silent connection swallows.
        """
        transport = request.transport
        if transport is None:
            raise ConnectionResetError("the client left during the handshake")
        self.index = index
        self.socket = answer
        self.path = request.path
        self.query: Mapping[str, str] = dict(request.query)
        self.headers: Mapping[str, str] = dict(request.headers)
        self.opened_ns = stamp_ns()
        self.acks: list[Ack] = []
        self.heartbeats: list[Heartbeat] = []
        self.entered: list[Entered] = []
        self.others: list[ClientFrame] = []
        self.nonsense: list[bytes | str] = []
        self.sent: list[Sent] = []
        self.wanted_acks: list[int] = []
        self.open = True
        self.close_code: int | None = None
        self._transport = transport
        self._news = news
        self._happened = happened
        self._line = asyncio.Lock()
        self._missing_acks: set[int] = set()
        self._answer_heartbeats = answer_heartbeats
        self._muted = False
        self._hung = False

    # ------------------------------------------------------------ sending

    async def send(self, frame: Encoded) -> None:
        """Send a frame and note when; a muted or hung connection swallows it."""
        self._happened(frame.msgs)
        if self._silent():
            return
        async with self._line:
            self._note(frame)
            await self.socket.send_bytes(frame.data)

    async def send_many(self, frames: Iterable[Encoded]) -> None:
        """Send frames as fast as the client takes them, letting the loop breathe in between."""
        for count, frame in enumerate(frames, 1):
            await self.send(frame)
            if count % _BURST == 0:
                await asyncio.sleep(0)

    async def send_raw(self, data: bytes | str) -> None:
        """Send a binary or text message with any content."""
        if self._silent():
            return
        async with self._line:
            if isinstance(data, str):
                await self.socket.send_str(data)
            else:
                await self.socket.send_bytes(data)

    async def send_split(self, frame: Encoded, parts: int) -> None:
        """Send one message as several WebSocket fragments."""
        self._happened(frame.msgs)
        if self._silent():
            return
        size = max(1, -(-len(frame.data) // parts))
        pieces = [frame.data[at : at + size] for at in range(0, len(frame.data), size)]
        async with self._line:
            self._note(frame)
            for number, piece in enumerate(pieces):
                opcode = _CONTINUED if number else _BINARY
                self._write(socket_frame(opcode, piece, final=number == len(pieces) - 1))
                await asyncio.sleep(0)

    async def send_dribble(self, frame: Encoded, size: int, pause_s: float) -> None:
        """Send one message in small TCP writes."""
        self._happened(frame.msgs)
        if self._silent():
            return
        data = socket_frame(_BINARY, frame.data)
        async with self._line:
            self._note(frame)
            for at in range(0, len(data), size):
                self._write(data[at : at + size])
                await asyncio.sleep(pause_s)

    def _note(self, frame: Encoded) -> None:
        if frame.need_ack:
            self.wanted_acks.append(frame.log_id)
            self._missing_acks.add(frame.log_id)
        self.sent.append(Sent(frame.log_id, frame.msgs, stamp_ns()))

    def _write(self, data: bytes) -> None:
        if self._transport.is_closing():
            raise ConnectionResetError("the client has gone")
        self._transport.write(data)

    def _silent(self) -> bool:
        return self._muted or self._hung

    # ------------------------------------------------------------ failing

    def abort(self, *, reset: bool = True) -> None:
        """Drop TCP at once without a close frame, by RST (unsent bytes are lost) or by FIN."""
        tcp = self._transport.get_extra_info("socket")
        if reset and tcp is not None and tcp.fileno() != -1:
            tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT_AT_ALL)
        self._transport.abort()

    def hang(self) -> None:
        """Stop reading and sending, for ever; the socket stays open."""
        self._hung = True
        self._transport.pause_reading()

    def mute(self, *, answer_heartbeats: bool = True) -> None:
        """Send no more messages."""
        self._muted = True
        self._answer_heartbeats = answer_heartbeats

    # ------------------------------------------------------------ evidence

    def all_acked(self) -> bool:
        """Say whether every frame that wanted an ack has got one."""
        return not self._missing_acks

    def sent_at_ns(self, msg_id: int) -> int:
        """Return when the first frame with this message went out; KeyError if none did."""
        return self.send_times_ns()[msg_id]

    def send_times_ns(self) -> dict[int, int]:
        """Return {message id: when it first went out} of everything sent here."""
        times: dict[int, int] = {}
        for sent in self.sent:
            for msg in sent.msgs:
                times.setdefault(msg.msg_id, sent.at_ns)
        return times

    async def until(self, fact: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Wait until a fact about this connection is true; raise TimeoutError otherwise."""
        await self._news.until(fact, timeout_s)

    async def closed(self, timeout_s: float = 10.0) -> int | None:
        """Wait for the end of the connection and return the close code, None for a bare drop."""
        await self.until(lambda: not self.open, timeout_s)
        return self.close_code

    # ------------------------------------------------------------ reading

    async def read(self) -> None:
        """Read until the client has gone."""
        try:
            async for message in self.socket:
                if message.type == WSMsgType.BINARY:
                    await self._take(message.data)
                else:
                    self.nonsense.append(message.data)
                self._news.tell()
        finally:
            self.open = False
            self.close_code = self.socket.close_code
            self._news.tell()

    async def _take(self, data: bytes) -> None:
        try:
            frame = parse_client_frame(data)
            fields = decode(frame.payload) if frame.kind in {"hb", "im_enter_room"} else {}
        except WireError:
            self.nonsense.append(data)
            return
        if frame.kind == "ack":
            self.acks.append(Ack(frame.log_id, frame.payload, stamp_ns()))
            self._missing_acks.discard(frame.log_id)
        elif frame.kind == "hb":
            room_id, seq = first_int(fields, 1), first_int(fields, 2)
            self.heartbeats.append(Heartbeat(room_id, seq, stamp_ns()))
            await self._answer("hb", b"")
        elif frame.kind == "im_enter_room":
            self.entered.append(Entered(fields, stamp_ns()))
            await self._answer("im_enter_room_resp", encode((1, first_int(fields, 1))))
        else:
            self.others.append(frame)

    async def _answer(self, kind: str, payload: bytes) -> None:
        if self._hung or (kind == "hb" and not self._answer_heartbeats):
            return
        frame = push_frame(payload, kind=kind, compress=False)
        async with self._line:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_bytes(frame)

"""TikTok's frames, without a socket: bytes in, messages and replies out.

One rule: no frame, however broken, raises or stops the reader; it is counted and forgotten.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError

from app.live.schema import EnterRoom, FetchResult, HeartBeat, PushFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

# A busy room sends frames of some 10 KB; only an attack unpacks to more than this.
UNPACKED_LIMIT = 16 << 20
DEFAULT_HEARTBEAT_S = 10.0
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's wbits for one gzip member


@dataclass(frozen=True, slots=True)
class Received:
    """One data frame: its messages (BaseMessage: method, payload, msg_id, is_history) and replies.

    `server_ms` is TikTok's clock, 0 if it did not say.
    """

    messages: Sequence[Any]
    replies: tuple[bytes, ...] = ()
    server_ms: int = 0


@dataclass(slots=True)
class FrameCounts:
    """What came over one or many connections, in frames."""

    frames: int = 0
    data_frames: int = 0
    bad_frames: int = 0


@dataclass(slots=True)
class FrameReader:
    """Reads the frames of one connection to one stream.

    `enter_id` is a random positive number below 2**63, one per connection.
    """

    room_id: int
    enter_id: int
    counts: FrameCounts = field(default_factory=FrameCounts)
    _heartbeats: int = 0

    def enter(self) -> bytes:
        """Return the frame that enters the stream; the first thing to send."""
        body = EnterRoom(
            room_id=self.room_id,
            live_id=12,
            identity=b"audience",
            enter_unique_id=self.enter_id,
            filter_welcome_msg=b"0",
        )
        return _frame(b"im_enter_room", body.SerializeToString())

    def heartbeat(self) -> bytes:
        """Return the next sign of life."""
        self._heartbeats += 1
        body = HeartBeat(room_id=self.room_id, send_packet_seq_id=self._heartbeats)
        return _frame(b"hb", body.SerializeToString())

    def receive(self, data: bytes | str) -> Received | None:
        """Take one WebSocket message; None if it carries no messages (heartbeat, text, broken)."""
        counts = self.counts
        counts.frames += 1
        if isinstance(data, str) or not data:
            return None
        try:
            frame = PushFrame.FromString(data)
            if frame.payload_type != b"msg":
                return None
            if not frame.payload:
                raise ValueError("frame without content")
            result = FetchResult.FromString(unpack(frame.payload))
        except (DecodeError, ValueError, zlib.error):
            counts.bad_frames += 1
            return None
        counts.data_frames += 1
        replies: tuple[bytes, ...] = ()
        if result.need_ack:
            replies = (_frame(b"ack", result.internal_ext or b"-", frame.log_id),)
        if result.is_first:
            # TikTok starts the conversation anew: it wants to be told again where we are.
            replies = (self.enter(), *replies)
        return Received(result.messages, replies, result.now)


def read_first(body: bytes) -> Received:
    """Return what the sign answer brings: the messages from before we came. Raises ValueError."""
    try:
        result = FetchResult.FromString(body)
    except DecodeError as error:
        raise ValueError("not a fetch result") from error
    return Received(result.messages, (), result.now)


def unpack(payload: bytes, limit: int = UNPACKED_LIMIT) -> bytes:
    """Return the payload, unpacked if it is gzip; raises ValueError above `limit` bytes.

    The magic alone decides: a header may lie, and no fetch result begins with these two bytes.
    """
    if payload[:2] != _GZIP_MAGIC:
        return payload
    gunzip = zlib.decompressobj(_GZIP)
    data = gunzip.decompress(payload, limit)
    if gunzip.unconsumed_tail:
        raise ValueError("frame unpacks to too much")
    if not gunzip.eof:
        raise ValueError("frame is cut short")
    return data


def heartbeat_interval_s(options: str) -> float:
    """Return the interval the Handshake-Options header asks for ("a=1; ping-interval=10; ..")."""
    for part in options.split(";"):
        name, _, value = part.strip().partition("=")
        if name == "ping-interval":
            try:
                return min(max(float(value), 1.0), 60.0)
            except ValueError:
                break
    return DEFAULT_HEARTBEAT_S


def _frame(kind: bytes, payload: bytes, log_id: int = 0) -> bytes:
    frame = PushFrame(payload_type=kind, payload_encoding=b"pb", payload=payload, log_id=log_id)
    data: bytes = frame.SerializeToString()
    return data

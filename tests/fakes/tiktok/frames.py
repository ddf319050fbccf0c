"""Push frames and fetch results as the push server writes them, whole or broken on purpose."""

from __future__ import annotations

import gzip
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.tiktok.messages import Msg, now_ms
from tests.fakes.tiktok.proto import decode, encode, first_bytes, first_int, first_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_log_ids = itertools.count(1)


def new_log_id() -> int:
    """Return a frame id this process has not used before; acks answer with it."""
    return next(_log_ids)


@dataclass(frozen=True, slots=True)
class PushAddress:
    """Where the sign server sends the client: push_server and its route parameters."""

    url: str
    route_params: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """A ProtoMessageFetchResult, the body of every push frame and of the sign answer."""

    msgs: Sequence[Msg] = ()
    cursor: str = ""
    internal_ext: str = ""
    need_ack: bool = False
    is_first: bool = False
    push: PushAddress | None = None
    heartbeat_ms: int = 10_000

    def encode(self) -> bytes:
        """Return the wire bytes: 1 messages, 2 cursor, 5 internal_ext, 9 need_ack, 10 push."""
        return encode(
            (1, [msg.encode() for msg in self.msgs]),
            (2, self.cursor),
            (3, 1000),
            (4, now_ms()),
            (5, self.internal_ext),
            (6, 1),
            (7, self.push.route_params if self.push else None),
            (8, self.heartbeat_ms),
            (9, self.need_ack),
            (10, self.push.url if self.push else None),
            (11, self.is_first),
        )


@dataclass(frozen=True, slots=True)
class Encoded:
    """A push frame ready for the socket, and what it carries, to find it again in evidence."""

    data: bytes
    log_id: int = 0
    msgs: tuple[Msg, ...] = ()
    need_ack: bool = False


def push_frame(
    payload: bytes,
    *,
    kind: str = "msg",
    log_id: int | None = None,
    compress: bool = True,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return a WebcastPushFrame: 2 log_id, 5 headers, 6 encoding, 7 payload_type, 8 payload.

    `headers` replaces the truthful compress_type header, so that a frame can lie about itself.
    """
    if headers is None:
        headers = {"compress_type": "gzip" if compress else "none"}
    return encode(
        (2, new_log_id() if log_id is None else log_id),
        (3, 8888),
        (4, 8),
        (5, [encode((1, key), (2, value)) for key, value in headers.items()]),
        (6, "pb"),
        (7, kind),
        (8, gzip.compress(payload, 6, mtime=0) if compress else payload),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Script step: these messages in one push frame. `kind` is the payload type."""

    msgs: Sequence[Msg]
    gzip: bool = True
    need_ack: bool = True
    is_first: bool = False
    kind: str = "msg"
    cursor: str = ""

    def encode(self) -> Encoded:
        """Return the frame ready to send; encode once and send often for speed."""
        log_id, at_ms = new_log_id(), now_ms()
        body = FetchResult(
            msgs=self.msgs,
            cursor=self.cursor or f"t-{at_ms}_r-{log_id}_d-1_u-1_h-1",
            internal_ext=internal_ext(at_ms, log_id),
            need_ack=self.need_ack,
            is_first=self.is_first,
        )
        data = push_frame(body.encode(), kind=self.kind, log_id=log_id, compress=self.gzip)
        return Encoded(data, log_id, tuple(self.msgs), self.need_ack)


def internal_ext(at_ms: int, seq: int) -> str:
    """Return the opaque text a client has to send back in its ack."""
    return (
        f"fetch_time:{at_ms}|start_time:0|ack_ids:,,|flag:0|seq:{seq}|"
        f"next_cursor:{at_ms}_{seq}|wss_info:0-{at_ms}-0-0"
    )


@dataclass(frozen=True, slots=True)
class ClientFrame:
    """A push frame a client sent: ack, hb, im_enter_room or something else."""

    kind: str
    log_id: int
    payload: bytes
    encoding: str = "pb"


def parse_client_frame(data: bytes) -> ClientFrame:
    """Return what a client sent; raise WireError when it is not a push frame."""
    fields = decode(data)
    return ClientFrame(
        kind=first_text(fields, 7),
        log_id=first_int(fields, 2),
        payload=first_bytes(fields, 8),
        encoding=first_text(fields, 6),
    )


def truncated(msgs: Sequence[Msg], keep: int = 200) -> bytes:
    """Return a valid frame cut after `keep` bytes."""
    return Frame(msgs).encode().data[:keep]


def gzip_without_header(msgs: Sequence[Msg]) -> bytes:
    """Return a gzip payload whose frame does not say so; only the magic bytes tell."""
    body = FetchResult(msgs=msgs, cursor="c", internal_ext="e", need_ack=True).encode()
    return push_frame(body, headers={})


def header_without_gzip(msgs: Sequence[Msg]) -> bytes:
    """Return a plain payload whose header claims gzip."""
    body = FetchResult(msgs=msgs, cursor="c", internal_ext="e", need_ack=True).encode()
    return push_frame(body, compress=False, headers={"compress_type": "gzip"})


def broken_gzip(msgs: Sequence[Msg]) -> bytes:
    """Return a frame whose gzip stream is damaged in the middle."""
    body = FetchResult(msgs=msgs, cursor="c", internal_ext="e").encode()
    packed = bytearray(gzip.compress(body, 6, mtime=0))
    packed[len(packed) // 2] ^= 0xFF
    return push_frame(bytes(packed), compress=False, headers={"compress_type": "gzip"})


def gzip_bomb(expanded: int = 64 << 20) -> bytes:
    """Return a small frame that unpacks to `expanded` zero bytes."""
    return push_frame(bytes(expanded))


def padded(msgs: Sequence[Msg], size: int = 1_200_000) -> bytes:
    """Return a good frame of at least `size` bytes on the wire: an unknown field fills it up."""
    filler = encode((999, bytes(size)))
    body = FetchResult(msgs=msgs, cursor="c", internal_ext="e", need_ack=True).encode()
    return push_frame(body + filler, compress=False)


def twisted_frame() -> bytes:
    """Return a push frame whose payload is a number and whose log id is a string."""
    return encode((2, "not a number"), (7, "msg"), (8, 12345))

"""The smallest client of the push server: it shows what the server really sends, byte by byte."""

from __future__ import annotations

import contextlib
import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from tests.fakes.tiktok.frames import push_frame
from tests.fakes.tiktok.proto import Fields, decode, encode, first_bytes, first_int, first_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.tiktok.room import Room
    from tests.fakes.tiktok.server import FakeTikTok


@dataclass(frozen=True)
class Got:
    """One push frame as it arrived."""

    kind: str
    log_id: int
    headers: dict[str, str]
    body: bytes

    @property
    def result(self) -> Fields:
        return decode(
            gzip.decompress(self.body) if self.headers.get("compress_type") == "gzip" else self.body
        )

    @property
    def methods(self) -> list[str]:
        return [first_text(decode(msg), 1) for msg in self.result.get(1, [])]

    @property
    def msg_ids(self) -> list[int]:
        return [first_int(decode(msg), 3) for msg in self.result.get(1, [])]


class RawClient:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse, room_id: int) -> None:
        self.socket = socket
        self.room_id = room_id

    async def enter(self) -> None:
        fields = encode((1, self.room_id), (4, 12), (5, "audience"))
        await self.socket.send_bytes(push_frame(fields, kind="im_enter_room", compress=False))
        assert (await self.frame()).kind == "im_enter_room_resp"

    async def heartbeat(self, seq: int = 1) -> None:
        fields = encode((1, self.room_id), (2, seq))
        await self.socket.send_bytes(push_frame(fields, kind="hb", compress=False))

    async def ack(self, got: Got) -> None:
        ext = first_bytes(got.result, 5)
        await self.socket.send_bytes(push_frame(ext, kind="ack", log_id=got.log_id, compress=False))

    async def frame(self, timeout_s: float = 10.0) -> Got:
        data = await self.socket.receive_bytes(timeout=timeout_s)
        fields = decode(data)
        headers = {first_text(h, 1): first_text(h, 2) for h in map(decode, fields.get(5, []))}
        return Got(first_text(fields, 7), first_int(fields, 2), headers, first_bytes(fields, 8))

    async def silent(self, for_s: float = 0.2) -> bool:
        try:
            await self.socket.receive(timeout=for_s)
        except TimeoutError:
            return True
        return False


@contextlib.asynccontextmanager
async def raw_client(tiktok: FakeTikTok, room: Room | None = None) -> AsyncIterator[RawClient]:
    room_id = (room or tiktok.room).room_id
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(
            tiktok.push_url,
            params={"room_id": str(room_id)},
            protocols=["echo-protocol"],
            max_msg_size=0,
            timeout=aiohttp.ClientWSTimeout(ws_close=2.0),
        ) as socket,
    ):
        yield RawClient(socket, room_id)

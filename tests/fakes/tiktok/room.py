"""One stream of the loopback TikTok: what it plays to each connection, and what was seen of it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from tests.fakes.tiktok.evidence import News
from tests.fakes.tiktok.frames import Encoded, Frame
from tests.fakes.tiktok.messages import ROOM_ID, Msg
from tests.fakes.tiktok.switches import Switches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.fakes.tiktok.connection import Connection
    from tests.fakes.tiktok.gifts import GiftKind
    from tests.fakes.tiktok.script import Script

OFFLINE, ONLINE = 4, 2
_KEEP_RECENT = 500


class Room:
    """A streamer and the stream. All attributes may be set before or while clients come.

    `scripts[n]` plays on the n-th connection, `default_script` on all further ones.
    `backlogs[n]` rides in the n-th sign answer; `redeliver` adds the last so many messages sent,
    marked as history, as TikTok does after a reconnect.
    """

    def __init__(self, unique_id: str, room_id: int = ROOM_ID) -> None:
        """Make a stream that is live, quiet and well behaved."""
        self.unique_id = unique_id
        self.room_id = room_id
        self.live = True
        self.exists = True
        self.switches = Switches()
        self.scripts: list[Script] = []
        self.default_script: Script = ()
        self.backlogs: list[Sequence[Msg]] = []
        self.redeliver = 0
        self.ping_interval_s = 10
        self.answer_heartbeats = True
        self.handshake_headers: dict[str, str] = {}
        self.retry_after_s = 60
        self.extra_gifts: tuple[GiftKind, ...] = ()
        self.connections: list[Connection] = []
        self.fetches = 0
        self.news = News()
        self._recent: dict[int, Msg] = {}

    @property
    def status(self) -> int:
        """Return TikTok's word for the state of the stream."""
        return ONLINE if self.live and self.exists else OFFLINE

    def script_for(self, index: int) -> Script:
        """Return what the connection with this index gets."""
        return self.scripts[index] if index < len(self.scripts) else self.default_script

    def next_backlog(self) -> list[Msg]:
        """Return the messages of the next sign answer and count the fetch."""
        turn, self.fetches = self.fetches, self.fetches + 1
        planned = list(self.backlogs[turn]) if turn < len(self.backlogs) else []
        recent = list(self._recent.values())[-self.redeliver :] if self.redeliver else []
        return [*(msg.as_history() for msg in recent), *planned]

    def remember(self, msgs: Sequence[Msg]) -> None:
        """Note what happened in the stream, for redelivery; whether anybody saw it or not."""
        for msg in msgs:
            self._recent[msg.msg_id] = msg
        while len(self._recent) > _KEEP_RECENT:
            del self._recent[next(iter(self._recent))]

    def open_connections(self) -> list[Connection]:
        """Return the connections that are alive now."""
        return [connection for connection in self.connections if connection.open]

    async def connection_opened(self, index: int = 0, timeout_s: float = 10.0) -> Connection:
        """Wait for the connection with this index; it has not said anything yet."""
        await self.news.until(lambda: len(self.connections) > index, timeout_s)
        return self.connections[index]

    async def connection(self, index: int = 0, timeout_s: float = 10.0) -> Connection:
        """Wait for the connection with this index and return it once it has entered the room."""
        found = await self.connection_opened(index, timeout_s)
        await self.news.until(lambda: bool(found.entered) or not found.open, timeout_s)
        return found

    async def until(self, fact: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Wait until any fact about this stream is true; raise TimeoutError otherwise."""
        await self.news.until(fact, timeout_s)

    async def push(self, *msgs: Msg, need_ack: bool = True) -> Encoded:
        """Send the messages in one frame to every open connection; returns the frame sent."""
        frame = Frame(msgs, need_ack=need_ack).encode()
        self.remember(msgs)
        await self.push_encoded([frame])
        return frame

    async def push_encoded(self, frames: Sequence[Encoded]) -> None:
        """Send ready frames, in order, to every open connection, as fast as it takes them."""
        for connection in self.open_connections():
            with contextlib.suppress(ConnectionError):  # it left meanwhile; the others stay
                await connection.send_many(frames)

    async def push_paced(self, frames: Sequence[Encoded], per_s: float) -> None:
        """Send ready frames at a steady rate to every open connection; late ones go at once."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        for number, frame in enumerate(frames):
            wait_s = started + number / per_s - loop.time()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            await self.push_encoded([frame])

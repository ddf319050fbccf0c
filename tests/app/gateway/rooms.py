"""A small real room for the server, and a bare client that says what it is told to."""

from __future__ import annotations

import asyncio
import contextlib

from websockets.asyncio.client import connect

from app.gateway import server as server_module
from app.gateway.messages import CheckLive, Fire, Hello, Reply, from_core
from app.gateway.server import Patience, Server
from app.gateway.views import Snapshot


class SmallRoom:
    """Counts what it is asked, answers at once, except CheckLive, which waits for `go`."""

    def __init__(self):
        self.asked = []
        self.go = asyncio.Event()
        self.watch = []
        self.version = "small"

    def snapshot(self):
        return Snapshot(version=self.version, pid=1, started_ms=2, waiting=len(self.asked))

    async def handle(self, request):
        self.asked.append(request)
        if isinstance(request, CheckLive):
            await self.go.wait()
        if isinstance(request, Fire) and request.gift == "boom":
            raise RuntimeError("boom")
        return Reply(id=request.id)


class House:
    """A server with its room."""

    def __init__(self, client_bytes=server_module.MAX_CLIENT_BYTES, **patience):
        self.room = SmallRoom()
        self.server = Server(
            self.room,
            on_watch=self.room.watch.append,
            patience=Patience(**patience),
            client_bytes=client_bytes,
        )
        self._number = 0

    async def __aenter__(self):
        self.port = await self.server.start()
        return self

    async def __aexit__(self, *_):
        await self.server.stop()

    def token(self):
        self._number += 1
        token = f"token-{self._number}"
        self.server.allow(token)
        return token

    def dial(self, **headers):
        return connect(
            f"ws://127.0.0.1:{self.port}",
            proxy=None,
            compression=None,
            additional_headers=headers or None,
        )

    @contextlib.asynccontextmanager
    async def guest(self):
        """A client that was let in; its welcome is read."""
        async with self.dial() as socket:
            await socket.send(Hello(token=self.token()).model_dump_json())
            welcome = await heard(socket)
            assert welcome.type == "welcome"
            yield socket


async def until(look):
    async with asyncio.timeout(10):
        while not look():  # noqa: ASYNC110 - another task's state, and it tells nobody
            await asyncio.sleep(0.01)


async def heard(socket):
    async with asyncio.timeout(10):
        return from_core.validate_json(await socket.recv())

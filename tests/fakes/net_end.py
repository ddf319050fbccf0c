"""The far end of a network cable: something with addresses on this computer, in its own thread.

One rule: what is behind it is written from its maker's documents, never from our driver.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, web

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

_WAIT_S = 10.0


@web.middleware
async def _unless_given_up(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Leave a request that was cut off in the middle."""
    try:
        return await handler(request)
    except ConnectionResetError:
        return web.Response(status=400)


class NetEnd(ABC):
    """A device at 127.0.0.1:`port`, with HTTP and WebSockets. `begin` runs on its own loop.

    What it changes is changed in `told`, and may be read while waiting with `wait_for`.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.port = 0
        self._tls = tls
        self.sockets: set[web.WebSocketResponse] = set()
        self.connections = 0
        self._news = threading.Condition()
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, name="net end")
        self._thread.start()
        self.run(self._begin)

    @abstractmethod
    def routes(self) -> list[web.AbstractRouteDef]:
        """Say what it answers."""

    async def begin(self) -> None:
        """Open what is not HTTP."""

    async def end(self) -> None:
        """Close what is not HTTP."""

    def run(self, function: Callable[[], Any]) -> Any:
        """Run a coroutine function on the device's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(function(), self.loop).result(_WAIT_S)

    def wait_for(self, true: Callable[[], bool], timeout_s: float = _WAIT_S) -> bool:
        """Block until something is true of this device; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    @contextlib.contextmanager
    def told(self) -> Any:
        """Change something, and wake who waits for it."""
        with self._news:
            yield
            self._news.notify_all()

    def unplug(self) -> None:
        """Lose every connection at once, and take no new one."""

        async def gone() -> None:
            if self._site is not None:
                await self._site.stop()
                self._site = None
            await self.end()
            server = self._runner.server if self._runner is not None else None
            for one in server.connections if server is not None else ():
                if one.transport is not None:
                    one.transport.abort()

        self.run(gone)

    def close(self) -> None:
        """End; may be called again."""
        if self.loop.is_closed():
            return
        self.run(self._end)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_WAIT_S)
        self.loop.close()

    async def socket(self, request: web.Request, **more: Any) -> web.WebSocketResponse:
        """Accept a WebSocket that is closed at our end."""
        link = web.WebSocketResponse(**more)
        await link.prepare(request)
        self.sockets.add(link)
        with self.told():
            self.connections += 1
        return link

    async def _begin(self) -> None:
        app = web.Application(client_max_size=1 << 20, middlewares=[_unless_given_up])
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self._tls)
        await self._site.start()
        self.port = self._runner.addresses[0][1]
        await self.begin()

    async def _end(self) -> None:
        await self.end()
        for one in list(self.sockets):
            with contextlib.suppress(Exception):
                async with asyncio.timeout(0.2):
                    await one.close(code=WSCloseCode.GOING_AWAY)
        if self._runner is not None:
            await self._runner.cleanup()

    def _live(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        if left:
            self.loop.run_until_complete(asyncio.wait(left, timeout=_WAIT_S))
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())

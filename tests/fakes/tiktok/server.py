"""The loopback TikTok: web pages, webcast API, sign server and push server on one local port.

It uses no code of the program it judges, and binds 127.0.0.1 only.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.fakes.tiktok import pages, signing, tls
from tests.fakes.tiktok.connection import Connection
from tests.fakes.tiktok.evidence import Request, stamp_ns
from tests.fakes.tiktok.messages import ROOM_ID, Msg
from tests.fakes.tiktok.room import Room
from tests.fakes.tiktok.script import run_script

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from types import TracebackType

    from aiohttp.typedefs import Handler

    from tests.fakes.tiktok.frames import Encoded

PUSH_PATH = "/webcast/im/ws_proxy/ws_reuse_supplement/"
FALLBACK_PATH = "/fallback/webcast/"

_HANDSHAKE_REFUSALS = {
    "device_blocked": (200, "415", "DEVICE_BLOCKED"),
    "illegal_key": (200, "417", "illegal secret key"),
    "400": (400, "400", "bad request"),
    "403": (403, "403", "forbidden"),
    "502": (502, "502", "bad gateway"),
}


@dataclass(frozen=True, slots=True)
class Urls:
    """The three base addresses a client has to be told."""

    app: str
    webcast: str
    sign: str


class FakeTikTok:
    """A whole TikTok LIVE on one port; use it as an async context manager.

    `room` is the first stream, more come by `add_room`. Leaving the context raises the first error
    of a script (a WaitAck nobody answered, an exception in a Call) unless one is under way already.
    """

    def __init__(
        self, unique_id: str = "creator", *, room_id: int = ROOM_ID, tls: bool = False
    ) -> None:
        """Prepare a server with one live stream; `tls` serves https and wss with our own CA."""
        self.room = Room(unique_id, room_id)
        self.rooms: dict[int, Room] = {room_id: self.room}
        self.requests: list[Request] = []
        self.script_errors: list[Exception] = []
        self.port = 0
        self._tls = tls
        self._runner: web.AppRunner | None = None
        self._stopping = asyncio.Event()

    # ------------------------------------------------------------ life

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; port 0 takes a free one, told by `port` and `urls`."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", port))
        self.port = listener.getsockname()[1]
        context: ssl.SSLContext | None = tls.server_context() if self._tls else None
        await web.SockSite(self._runner, listener, ssl_context=context).start()
        return self

    async def stop(self) -> None:
        """Drop every connection and free the port."""
        self._stopping.set()
        for room in self.rooms.values():
            for connection in room.open_connections():
                connection.abort()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        """Start on a free port."""
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and raise what went wrong in a script."""
        await self.stop()
        if error is None and self.script_errors:
            raise self.script_errors[0]

    # ------------------------------------------------------------ addresses

    @property
    def base(self) -> str:
        """Return the address all others start with."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def urls(self) -> Urls:
        """Return what stands for www.tiktok.com, webcast.tiktok.com/webcast and the sign server."""
        return Urls(app=self.base, webcast=f"{self.base}/webcast", sign=self.base)

    @property
    def push_url(self) -> str:
        """Return the address of the push server, as the sign answer tells it."""
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.port}{PUSH_PATH}"

    @contextlib.contextmanager
    def overrides(self) -> Iterator[None]:
        """Point the TikTokLive library here through its public settings, and back afterwards."""
        # The library costs seconds to import; most tests of the server never need it.
        from TikTokLive.client.web.web_settings import WebDefaults

        names = ("tiktok_app_url", "tiktok_webcast_url", "tiktok_sign_url")
        before = {name: getattr(WebDefaults, name) for name in names}
        WebDefaults.tiktok_app_url = self.urls.app
        WebDefaults.tiktok_webcast_url = self.urls.webcast
        WebDefaults.tiktok_sign_url = self.urls.sign
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(WebDefaults, name, value)

    # ------------------------------------------------------------ streams and evidence

    def add_room(self, unique_id: str, room_id: int) -> Room:
        """Add one more stream."""
        room = self.rooms[room_id] = Room(unique_id, room_id)
        return room

    async def push(self, room: Room, *msgs: Msg, need_ack: bool = True) -> Encoded:
        """Send the messages in one frame to every open connection of the stream."""
        return await room.push(*msgs, need_ack=need_ack)

    def calls(self, part: str) -> list[Request]:
        """Return the requests whose path contains `part`, oldest first."""
        return [request for request in self.requests if part in request.path]

    def _user(self, unique_id: str) -> Room | None:
        return next((room for room in self.rooms.values() if room.unique_id == unique_id), None)

    def _asked(self, request: web.Request, name: str = "room_id") -> Room | None:
        value = request.query.get(name, "")
        return self.rooms.get(int(value)) if value.isdigit() else None

    # ------------------------------------------------------------ endpoints

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._note])
        application.add_routes(
            [
                web.get("/webcast/fetch", self._sign_fetch),
                web.post("/webcast/sign_url", self._sign_url),
                web.get("/webcast/rate_limits", self._rate_limits),
                web.get("/webcast/room/check_alive/", self._check_alive),
                web.get("/webcast/room/info/", self._room_info),
                web.get("/webcast/room/info_by_user/", self._user_info),
                web.get("/webcast/gift/list/", self._gift_list),
                web.get("/api-live/user/room/", self._api_room),
                web.get("/@{user}/live", self._live_page),
                web.get("/@{user}", self._profile_page),
                web.get(PUSH_PATH, self._push_server),
                web.get(FALLBACK_PATH, self._push_server),
            ]
        )
        return application

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests.append(
            Request(
                request.method,
                request.path,
                dict(request.query),
                dict(request.headers),
                stamp_ns(),
            )
        )
        for room in self.rooms.values():
            room.news.tell()
        try:
            response: web.StreamResponse = await handler(request)
        except pages.Hanging:
            await self._stopping.wait()
            return web.Response(status=503)
        except pages.Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as error:
            self.script_errors.append(error)
            raise
        return response

    async def _live_page(self, request: web.Request) -> web.StreamResponse:
        user = request.match_info["user"]
        return pages.live_page(self._user(user), user)

    async def _profile_page(self, request: web.Request) -> web.StreamResponse:
        user = request.match_info["user"]
        return pages.profile_page(self.room.unique_id if user.isdigit() else user)

    async def _api_room(self, request: web.Request) -> web.StreamResponse:
        user = request.query.get("uniqueId", "")
        return pages.api_room(self._user(user), user)

    async def _check_alive(self, request: web.Request) -> web.StreamResponse:
        return pages.check_alive(self.rooms, request.query.get("room_ids", ""))

    async def _room_info(self, request: web.Request) -> web.StreamResponse:
        return pages.room_info(self._asked(request))

    async def _user_info(self, request: web.Request) -> web.StreamResponse:
        return pages.room_info(self._user(request.query.get("unique_id", "")))

    async def _gift_list(self, request: web.Request) -> web.StreamResponse:
        return pages.gift_list(self._asked(request), request.query, self.base)

    async def _sign_fetch(self, request: web.Request) -> web.StreamResponse:
        room = self._asked(request)
        if room is None:
            return web.json_response({"code": 404, "message": "no such room"}, status=404)
        mode = room.switches.take("sign")
        if mode == "reset":
            raise pages.Dropped
        fallback = self.push_url.replace(PUSH_PATH, FALLBACK_PATH)
        return signing.sign_fetch(room, mode, self.push_url, fallback)

    async def _sign_url(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        mode = self.room.switches.take("sign_url")
        return signing.sign_url(mode, asked["url"], asked.get("userAgent", ""))

    async def _rate_limits(self, request: web.Request) -> web.StreamResponse:
        del request
        return signing.rate_limits(self.room.switches.take("rate_limits"))

    # ------------------------------------------------------------ push server

    async def _push_server(self, request: web.Request) -> web.StreamResponse:
        room = self._asked(request)
        if room is None:
            return web.Response(status=400, headers={"Handshake-Msg": "illegal room_id"})
        mode = room.switches.take("handshake")
        if mode == "hang":
            raise pages.Hanging
        if mode == "reset":
            raise pages.Dropped
        if mode in _HANDSHAKE_REFUSALS:
            status, word, text = _HANDSHAKE_REFUSALS[mode]
            refused = {"Handshake-Status": word, "Handshake-Msg": text}
            return web.Response(status=status, body=b"", headers=refused)
        return await self._serve(room, request, options=mode != "no_options")

    async def _serve(
        self, room: Room, request: web.Request, *, options: bool
    ) -> web.WebSocketResponse:
        answer = web.WebSocketResponse(
            protocols=("echo-protocol",), compress=False, max_msg_size=0, timeout=2.0
        )
        answer.headers["Handshake-Status"] = "0"
        answer.headers["Handshake-Msg"] = "OK"
        if options:
            answer.headers["Handshake-Options"] = (
                f"sample-ratio=0; ping-interval={room.ping_interval_s}; max-frame=1"
            )
        answer.headers.update(room.handshake_headers)
        await answer.prepare(request)
        connection = Connection(
            len(room.connections),
            answer,
            request,
            room.news,
            happened=room.remember,
            answer_heartbeats=room.answer_heartbeats,
        )
        room.connections.append(connection)
        room.news.tell()
        await self._play(room, connection)
        return answer

    async def _play(self, room: Room, connection: Connection) -> None:
        """Read to the end; the script runs beside and dies with the connection."""
        async with asyncio.TaskGroup() as group:
            script = group.create_task(self._run_script(room, connection))
            await connection.read()
            script.cancel()

    async def _run_script(self, room: Room, connection: Connection) -> None:
        try:
            await run_script(room.script_for(connection.index), connection)
        except ConnectionError:
            return
        except Exception as error:  # noqa: BLE001 - raised when the test leaves the server
            if connection.open:
                error.add_note(f"in the script of connection {connection.index}")
                self.script_errors.append(error)
                room.news.tell()

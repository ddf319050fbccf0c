"""The local door: programs on this computer call rules by name, and OBS shows the overlay's texts.

One rule: shut unless the user opens it; only this computer, only with the token, never a web page.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import itertools
import json
import logging
import secrets
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app import paths
from app.core.events import Called
from app.core.notices import Level, Notice, NoticeCode
from app.redaction import hide

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from app.gateway.house import House

log = logging.getLogger(__name__)

TOKEN_NAME: Final = "door"  # noqa: S105 - a name, not a secret
_MAX_BODY_BYTES: Final = 8192
_MOST_CALLS_A_SECOND: Final = 50
_MOST_OVERLAYS: Final = 8
_WAITING_TEXTS: Final = 20
_KEEP_ALIVE_S: Final = 15.0
_END_S: Final = 2.0
# Whoever connects has something to say, and few do at a time.
MOST_CONNECTIONS: Final = 128
REQUEST_S: Final = 5.0
# What browsers say of a request that another site's page made; programs say nothing.
_OWN_PAGES: Final = ("same-origin", "none", "")


class CallBody(BaseModel):
    """What may be sent along with a call."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    text: str = Field(default="", max_length=500)
    numbers: dict[str, float] = Field(default_factory=dict, max_length=20)


class Door:
    """Serves while it is open. Loop's thread only."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._numbers = itertools.count(house.clock.wall_ms() * 1000)
        self._token = ""
        self._open: tuple[int, Any, asyncio.Task[None]] | None = None
        self._overlays: set[asyncio.Queue[dict[str, Any]]] = set()
        self._second, self._calls = 0, 0

    @property
    def port(self) -> int:
        """Where it is open; 0 while it is shut."""
        return 0 if self._open is None else self._open[0]

    @property
    def watched(self) -> bool:
        """Whether an overlay is open somewhere."""
        return bool(self._overlays)

    async def use(self, port: int) -> None:
        """Be open at this port of this computer, or shut for 0; told in words if it cannot be."""
        if port == self.port:
            return
        await self.shut()
        if port:
            await self._begin(port)

    async def shut(self) -> None:
        """Close it and every connection."""
        if self._open is None:
            return
        _, server, task = self._open
        self._open = None
        server.should_exit = True
        # Overlays read for ever.
        server.force_exit = True
        for overlay in tuple(self._overlays):
            overlay.put_nowait({})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await asyncio.shield(task)
        task.cancel()

    async def token(self, *, fresh: bool = False) -> str:
        """Return what programs must send; made when it is first asked for, or anew."""
        if fresh or not self._token:
            kept = "" if fresh else await self._house.secrets.get(TOKEN_NAME)
            if not kept:
                kept = secrets.token_urlsafe(24)
                await self._house.secrets.put(TOKEN_NAME, kept)
            hide(kept)
            self._token = kept
        return self._token

    def show(self, text: str, seconds: float) -> bool:
        """Show a text on every open overlay; False if there is none."""
        for overlay in self._overlays:
            if overlay.full():
                overlay.get_nowait()
            overlay.put_nowait({"text": text, "seconds": seconds})
        return bool(self._overlays)

    # ------------------------------------------------------------ serving

    async def _begin(self, port: int) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            listener.close()
            values = {"port": str(port), "why": error.strerror or type(error).__name__}
            self._house.notices.tell(
                Notice("door", Level.WARNING, NoticeCode.DOOR_PORT_TAKEN, values)
            )
            return
        await self.token()
        server = quiet_server(self._app())
        task = self._house.tasks.spawn("local door", server.serve(sockets=[listener]))
        self._open = (port, server, task)

    def _app(self) -> Starlette:
        from starlette.applications import Starlette
        from starlette.routing import Route

        return Starlette(
            routes=[
                Route("/call/{name}", self._call, methods=["POST"]),
                Route("/overlay", self._overlay),
                Route("/overlay/texts", self._texts),
            ],
        )

    async def _call(self, request: Request) -> Response:
        refused = _stranger(request, self.port) or await self._refused(request)
        if refused is not None:
            return refused
        raw = await _body(request)
        if raw is None:
            return _said(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        try:
            body = CallBody.model_validate_json(raw) if raw.strip() else CallBody()
        except ValidationError as error:
            return _said(HTTPStatus.BAD_REQUEST, str(error.errors(include_url=False)[0]["msg"]))
        house = self._house
        event = Called(
            id=f"call/{next(self._numbers)}",
            at_ms=house.clock.wall_ms(),
            name=str(request.path_params["name"])[:60],
            text=body.text,
            numbers_sent=body.numbers,
        )
        house.line.on_event(event, house.clock.monotonic())
        return _said(HTTPStatus.ACCEPTED, event.id)

    async def _refused(self, request: Request) -> Response | None:
        if "origin" in request.headers:
            return _said(HTTPStatus.FORBIDDEN, "not for web pages")
        sent = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(sent.encode(), (await self.token()).encode()):
            return _said(HTTPStatus.UNAUTHORIZED, "send the token as Authorization: Bearer")
        second = int(self._house.clock.monotonic())
        if second != self._second:
            self._second, self._calls = second, 0
        self._calls += 1
        if self._calls > _MOST_CALLS_A_SECOND:
            return _said(HTTPStatus.TOO_MANY_REQUESTS, "too many calls")
        return None

    # ------------------------------------------------------------ the overlay

    async def _overlay(self, request: Request) -> Response:
        from starlette.responses import HTMLResponse

        refused = _stranger(request, self.port)
        if refused is not None:
            return refused
        page = paths.resources() / "overlay" / "text.html"
        headers = {
            "Content-Security-Policy": "default-src 'self' 'unsafe-inline'",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(await asyncio.to_thread(page.read_text, "utf-8"), headers=headers)

    async def _texts(self, request: Request) -> Response:
        from starlette.responses import StreamingResponse

        refused = _stranger(request, self.port)
        if refused is None and len(self._overlays) >= _MOST_OVERLAYS:
            refused = _said(HTTPStatus.SERVICE_UNAVAILABLE, "too many overlays")
        if refused is not None:
            return refused
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        overlay: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_WAITING_TEXTS)
        self._overlays.add(overlay)
        try:
            yield ": hello\n\n"
            while self._open is not None:
                try:
                    async with asyncio.timeout(_KEEP_ALIVE_S):
                        text = await overlay.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if text:
                    yield f"data: {json.dumps(text)}\n\n"
        finally:
            self._overlays.discard(overlay)


def _stranger(request: Request, port: int) -> Response | None:
    """Refuse whoever came by another name: a web page that plays with names, another computer."""
    host = request.headers.get("host", "")
    if host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        return _said(HTTPStatus.FORBIDDEN, "only as 127.0.0.1")
    # A picture on a web page can knock too, and would keep the overlay's place for ever.
    if request.headers.get("sec-fetch-site", "") not in _OWN_PAGES:
        return _said(HTTPStatus.FORBIDDEN, "not for web pages")
    return None


async def _body(request: Request) -> bytes | None:
    """Return what was sent, None if it is too much or comes too slowly."""
    found = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REQUEST_S):
            async for piece in request.stream():
                found += piece
                if len(found) > _MAX_BODY_BYTES:
                    return None
            return found
    return None


def _said(status: HTTPStatus, text: str) -> Response:
    from starlette.responses import JSONResponse

    name = "id" if status is HTTPStatus.ACCEPTED else "error"
    return JSONResponse({name: text}, status_code=status)


def _brief() -> type[asyncio.Protocol]:
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Brief(H11Protocol):
        """A connection that is closed unless it asks for something soon."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the library does
            """Take it, if there are not too many."""
            super().connection_made(transport)
            if len(self.connections) > MOST_CONNECTIONS:
                transport.abort()
            else:
                _ = self.loop.call_later(REQUEST_S, self._end_if_silent)

        def _end_if_silent(self) -> None:
            # Given as not yet there by whoever made it.
            asked: object = self.cycle
            if asked is None:
                self.transport.abort()

    return Brief


def quiet_server(app: Callable[..., Any]) -> Any:  # noqa: ANN401 - the library is imported lazily
    """Return a server inside a program that has its own signals and its own log."""
    from uvicorn import Config, Server

    # It tells every request there is.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)

    class Quiet(Server):
        """uvicorn's server without its hold on the process."""

        @contextlib.contextmanager
        def capture_signals(self) -> Generator[None, None, None]:
            """Leave them alone."""
            yield

    config = Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        http=_brief(),
        ws="none",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=_MAX_BODY_BYTES,
    )
    return Quiet(config)

"""The control channel's server: a WebSocket on this computer, opened by one-time tokens only.

One rule: a client that hangs, floods or lies costs itself its connection and nobody else anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import ValidationError
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from app.gateway.messages import (
    PROTOCOL_VERSION,
    AnyRequest,
    Bye,
    Changed,
    Hello,
    Refused,
    Reply,
    Status,
    Stop,
    Watch,
    Welcome,
    from_desk,
)
from app.gateway.outbox import Outbox, Written, to_json, unwatched
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.asyncio.server import Server as WebSocketServer
    from websockets.asyncio.server import ServerConnection
    from websockets.http11 import Request as HttpRequest
    from websockets.http11 import Response

    from app.gateway.message import Message
    from app.gateway.views import Snapshot

log = logging.getLogger(__name__)
# What strangers send is their mistake: the library's errors about it are no errors of ours.
_quiet = logging.getLogger("app.gateway.websockets")
_quiet.setLevel(logging.CRITICAL)

MAX_CLIENTS: Final = 8
MAX_STRANGERS: Final = 16
MAX_BYTES: Final = 256 * 1024
# Of a client that was let in: a whole rule document fits.
MAX_CLIENT_BYTES: Final = 24 * 1024 * 1024
MAX_AT_ONCE: Final = 32
MAX_TOKENS: Final = 64
CLOSE_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the server waits, in seconds, and how long a token lives.

    `token_late_s`: a client may be faster than the line from the guardian that brings its token.
    `send_s`: a client that reads nothing for so long is let go.
    """

    hello_s: float = 3.0
    token_s: float = 30.0
    token_late_s: float = 0.5
    send_s: float = 60.0


class Room(Protocol):
    """What the server shows and asks; called from the loop's thread."""

    def snapshot(self) -> Snapshot:
        """Return the whole state now."""

    async def handle(self, request: AnyRequest) -> Reply:
        """Carry out one request and answer with its `id`.

        Status and Watch never come here. Stop must have latched before the first await. An
        exception becomes Reply(ok=False, code="failed").
        """


class Server:
    """The server. Everything but `allow` belongs to the loop's thread."""

    def __init__(
        self,
        room: Room,
        *,
        on_watch: Callable[[bool], None] | None = None,
        patience: Patience | None = None,
        client_bytes: int = MAX_CLIENT_BYTES,
    ) -> None:
        """Take the room; `on_watch` is told when the first client watches and the last stops.

        `client_bytes` is the longest message of a client that was let in.
        """
        self._client_bytes = client_bytes
        self._room = room
        self._on_watch = on_watch
        self._tasks = Tasks()
        self._patience = patience or Patience()
        self._tokens = _Tokens(self._patience)
        self._clients: set[_Client] = set()
        self._strangers = 0
        self._server: WebSocketServer | None = None
        self._watched = False

    @property
    def clients(self) -> int:
        """How many clients are let in."""
        return len(self._clients)

    @property
    def watched(self) -> bool:
        """Whether anybody looks at feed and progress; publish less when nobody does."""
        return self._watched

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1 and return the port (a free one for 0)."""
        self._server = await serve(
            self._meet,
            "127.0.0.1",
            port,
            process_request=_check_caller,
            compression=None,
            server_header=None,
            open_timeout=self._patience.hello_s,
            ping_interval=None,
            close_timeout=CLOSE_S,
            max_size=MAX_BYTES,
            logger=_quiet,
        )
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def stop(self, why: str = "quit") -> None:
        """Say Bye to every client and close; waits about a second for one that hangs."""
        for client in list(self._clients):
            client.say(Bye(why=why))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                for client in list(self._clients):
                    await client.idle.wait()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        await self._tasks.cancel_all()

    def allow(self, token: str) -> None:
        """Let the holder of `token` in once, within 30 s. Any thread."""
        self._tokens.add(token)

    def publish(self, changed: Changed) -> None:
        """Send a change to every client; costs nothing when there is none, and never waits."""
        if not self._clients:
            return
        less: Changed | None = None
        if any(not client.watching for client in self._clients):
            less = unwatched(changed)
        for client in self._clients:
            part = changed if client.watching else less
            if part is not None:
                client.change(part)

    # ------------------------------------------------------------ one connection

    async def _meet(self, connection: ServerConnection) -> None:
        if self._strangers >= MAX_STRANGERS:
            return
        self._strangers += 1
        try:
            refusal = await self._hello(connection)
        finally:
            self._strangers -= 1
        if refusal is None and len(self._clients) >= MAX_CLIENTS:
            refusal = "too_many"
        with contextlib.suppress(ConnectionClosed):
            if refusal is not None:
                log.info("refused a client of the control channel: %s", refusal)
                await connection.send(to_json(Refused(code=refusal)))
                return
            await self._attend(connection)

    async def _hello(self, connection: ServerConnection) -> str | None:
        """Return why the client is not let in, or None."""
        try:
            async with asyncio.timeout(self._patience.hello_s):
                raw = await connection.recv()
        except (TimeoutError, ConnectionClosed):
            return "bad_token"
        # By hand, because another version's greeting may have other fields. The token first: a
        # stranger learns nothing, not even our version.
        hello = _fields(raw)
        if hello.get("type") != "hello" or not await self._tokens.take(str(hello.get("token"))):
            return "bad_token"
        return None if hello.get("protocol") == PROTOCOL_VERSION else "other_version"

    async def _attend(self, connection: ServerConnection) -> None:
        client = _Client(connection, self._patience.send_s)
        connection.protocol.max_size = self._client_bytes
        # No await between the snapshot and the first change this client gets.
        client.say(Welcome(snapshot=self._room.snapshot()))
        self._clients.add(client)
        self._look()
        sender = self._tasks.spawn("channel sender", client.send_all())
        try:
            await self._read(client)
        finally:
            self._clients.discard(client)
            self._look()
            sender.cancel()

    async def _read(self, client: _Client) -> None:
        async for raw in client.connection:
            request = _request(raw)
            if isinstance(request, Reply):
                client.say(request)
            elif isinstance(request, Stop):
                # At once, and not behind what waits.
                await self._answer(client, request)
            elif isinstance(request, Status):
                client.box.forget_changes()
                client.say(Reply(id=request.id, snapshot=self._room.snapshot()))
            elif isinstance(request, Watch):
                client.watching = request.on
                self._look()
                client.say(Reply(id=request.id))
            elif client.busy >= MAX_AT_ONCE:
                client.say(Reply(id=request.id, ok=False, code="busy"))
            else:
                client.busy += 1
                _ = self._tasks.spawn(
                    f"request {request.type}", self._answer_later(client, request)
                )

    async def _answer_later(self, client: _Client, request: AnyRequest) -> None:
        try:
            await self._answer(client, request)
        finally:
            client.busy -= 1

    async def _answer(self, client: _Client, request: AnyRequest) -> None:
        try:
            reply = await self._room.handle(request)
        except Exception:
            log.exception("request %s failed", request.type)
            reply = Reply(id=request.id, ok=False, code="failed")
        if reply.rules is None:
            client.say(reply)
        else:
            client.say(Written(text=await asyncio.to_thread(to_json, reply)))

    def _look(self) -> None:
        watched = any(client.watching for client in self._clients)
        if watched != self._watched:
            self._watched = watched
            if self._on_watch is not None:
                self._on_watch(watched)


class _Client:
    """One client that was let in."""

    def __init__(self, connection: ServerConnection, send_s: float) -> None:
        self.connection = connection
        self._send_s = send_s
        self.box = Outbox()
        self.watching = True
        self.busy = 0
        self._over = False
        self.idle = asyncio.Event()
        self._wake = asyncio.Event()

    def say(self, message: Message) -> None:
        if not self.box.say(message):
            log.info("a client of the control channel does not read its replies; closed")
            self.connection.transport.abort()
        self._more()

    def change(self, changed: Changed) -> None:
        self.box.change(changed)
        self._more()

    def _more(self) -> None:
        if not self._over:
            self.idle.clear()
            self._wake.set()

    async def send_all(self) -> None:
        """Send what waits for as long as the connection lives."""
        try:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self._wake.wait()
                    self._wake.clear()
                    while (message := self.box.take()) is not None:
                        await self._send(message)
                    self.idle.set()
        finally:
            self._over = True
            self.idle.set()

    async def _send(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._send_s):
                await self.connection.send(to_json(message))
        except TimeoutError:
            # It comes back with a new token and gets a whole snapshot.
            self.connection.transport.abort()


class _Tokens:
    """One-time tokens and when they end. Adding is for any thread."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, token: str) -> None:
        now = time.monotonic()
        with self._lock:
            self._until = {one: until for one, until in self._until.items() if until > now}
            while len(self._until) >= MAX_TOKENS:
                del self._until[next(iter(self._until))]
            self._until[token] = now + self._patience.token_s

    async def take(self, token: str) -> bool:
        """Say whether `token` is good; it never is again."""
        until = time.monotonic() + self._patience.token_late_s
        while not self._take_now(token):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.02)
        return True

    def _take_now(self, token: str) -> bool:
        now, given = time.monotonic(), token.encode()
        with self._lock:
            found = [one for one in self._until if hmac.compare_digest(one.encode(), given)]
            return any(self._until.pop(one) > now for one in found)


def _check_caller(connection: ServerConnection, request: HttpRequest) -> Response | None:
    """Refuse web pages: they send an Origin, or, after playing with names, another Host."""
    hosts = [one.rpartition(":")[0] for one in request.headers.get_all("Host")]
    if request.headers.get_all("Origin") or hosts not in (["127.0.0.1"], ["localhost"]):
        log.info("refused a web page at the control channel")
        return connection.respond(HTTPStatus.FORBIDDEN, "Not for web pages.\n")
    return None


def _request(raw: str | bytes) -> AnyRequest | Reply:
    """Return the request in a message, or the reply that refuses it."""
    try:
        request = from_desk.validate_json(raw)
    except ValidationError as error:
        kinds = {one["type"] for one in error.errors(include_input=False, include_url=False)}
        unknown = bool(kinds & {"union_tag_invalid", "union_tag_not_found"})
        code = "unknown_request" if unknown else "bad_request"
        return Reply(id=_id_of(raw), ok=False, code=code)
    if isinstance(request, Hello):
        return Reply(id=0, ok=False, code="bad_request")
    return request


def _fields(raw: str | bytes) -> dict[str, object]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _id_of(raw: str | bytes) -> int:
    number = _fields(raw).get("id")
    return number if isinstance(number, int) else 0

"""Requests to a device that speaks HTTP; the only file that knows httpx here.

One rule: never through a proxy, never to another address than asked, answers are bounded.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json as json_text
import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from drivers.contract import Cause, DriverError, SafeRecipe, who_listens
from drivers.transports.sentences import ODD_LETTERS, SIGN_IN, TOO_SLOW, WEB_ADDRESS
from drivers.transports.side_loop import in_thread, side
from drivers.transports.tcp import tls_context
from drivers.transports.told import network_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    import httpx

log = logging.getLogger(__name__)

_MOST_BYTES = 4 * 1024 * 1024
# Small devices forget connections they have not used for longer.
_KEEP_S = 4.0
_LONGEST_S = 60.0
_TRIES = 2
_LAST_WORDS_S = 0.5
_WRONG_PASSWORD = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """Whom to ask. Paths are added to `base_url` ("http://192.168.1.7", with a path if need be).

    `user` and `password` are sent as Basic, or as Digest if `digest`. Small devices take one
    request at a time, in order (`most_at_once` 1). `any_certificate` takes what signs itself.
    """

    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    user: str = ""
    password: str = field(default="", repr=False)
    digest: bool = False
    any_certificate: bool = False
    timeout_s: float = 2.0
    most_at_once: int = 1
    most_waiting: int = 32


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]  # names in lower case

    def json(self) -> Any:  # noqa: ANN401 - whatever the device says; callers check it
        """Return the body as JSON; raises DriverError(BAD_ANSWER) if it is none."""
        try:
            return json_text.loads(self.body)
        except ValueError as error:
            raise DriverError(Cause.BAD_ANSWER, "JSON") from error


class HttpSession:
    """Requests to one device, in the side loop. Order of calls: open -> (ask | send_now)* -> close.

    There is no connection that could be lost: a device is gone when `ask` raises NO_ANSWER.
    """

    def __init__(self, options: HttpOptions) -> None:
        self._options = options
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._client: httpx.AsyncClient | None = None
        self._era = 0
        self._held = False
        self._waiting = 0
        self._entered = False
        # Only the side loop touches what is below.
        self._overheard = who_listens()
        self._turn: asyncio.Semaphore | None = None
        self._running: set[asyncio.Task[Any] | None] = set()
        self._sending: set[asyncio.Task[Any] | None] = set()

    async def open(self) -> None:
        """Get ready; nothing is sent. Raises DriverError(BAD_CONFIG) for an address of no sense."""
        _split(self._options.base_url)
        self._overheard = who_listens()
        side.enter()
        self._entered = True
        try:
            client = await in_thread("http client", _make_client, self._options)
        except ValueError as error:
            await self.close()
            raise DriverError(Cause.BAD_CONFIG, say=ODD_LETTERS) from error
        except BaseException:
            await self.close()
            raise
        with self._lock:
            self._client = client

    async def ask(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        body: bytes = b"",
        timeout_s: float | None = None,
        any_status: bool = False,
        turns_on: bool = False,
    ) -> HttpAnswer:
        """Send a request once and await its answer on the caller's loop; `json` None sends `body`.

        Raises DriverError: NOT_FOUND (the name), NO_ANSWER, BAD_ANSWER, BAD_CONFIG (401, 403, a
        certificate), REFUSED (any other status from 300, unless `any_status`; given up by
        `send_now`; too many waiting; it `turns_on` something and `release` was not called since
        `send_now`). `timeout_s` counts the waiting for its turn, too.
        """
        request = _Request(method, _url(self._options, path), *_content(json, body))
        limit_s = self._options.timeout_s if timeout_s is None else timeout_s
        with self._lock:
            client, era = self._client, self._era
            if client is None:
                raise DriverError(Cause.LOST, "closed")
            if turns_on and self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            if self._waiting >= self._options.most_waiting:
                raise DriverError(Cause.REFUSED, say=TOO_SLOW)
            self._waiting += 1
        self._overheard("out", f"{method} {path} ".encode() + request.content)
        try:
            answer = await side.run(self._ask(client, request, era, limit_s))
        finally:
            with self._lock:
                self._waiting -= 1
        self._overheard("in", f"{answer.status} ".encode() + answer.body)
        return answer if any_status else _checked(answer)

    def send_now(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        body: bytes = b"",
    ) -> bool:
        """Send STOP from any thread, before all others; False if the session is closed.

        From here until `release`, what `turns_on` is refused. Everything asked before and not yet
        answered is given up (its `ask` raises REFUSED), and what is asked from now on waits until
        this one has arrived or failed. What the device has already read of an older request it
        may still carry out: `make_safe` asks again and hears the answer. Tried twice, so send only
        what may arrive twice; several calls go out side by side.
        """
        request = _Request(method, _url(self._options, path), *_content(json, body))
        with self._lock:
            self._held = True
            if self._client is None:
                return False
            self._overheard("out", f"{method} {path} ".encode() + request.content)
            self._era += 1
            return side.call(self._give_up) and side.start(self._send(self._client, request))

    def release(self) -> None:
        """Let things be turned on again: `make_safe` calls it, then asks for OFF."""
        with self._lock:
            self._held = False

    async def close(self) -> None:
        """Give up what is asked and let go; what was sent by `send_now` is still sent."""
        with self._lock:
            client, self._client = self._client, None
            self._era += 1
        if not self._entered:
            return
        self._entered = False
        try:
            with contextlib.suppress(DriverError):
                await side.run(self._end(client))
        finally:
            await side.leave()

    # ------------------------------------------------------------------ the side loop's side

    async def _ask(
        self, client: httpx.AsyncClient, request: _Request, era: int, limit_s: float
    ) -> HttpAnswer:
        me = asyncio.current_task()
        self._running.add(me)
        try:
            async with asyncio.timeout(limit_s):
                while self._sending:
                    await asyncio.wait(filter(None, self._sending))
                async with self._whose_turn():
                    if era != self._era:
                        raise DriverError(Cause.REFUSED, "stopped")
                    return await _exchange(client, request)
        except asyncio.CancelledError:
            if era != self._era:
                raise DriverError(Cause.REFUSED, "stopped") from None
            raise
        except Exception as error:
            raise _why(error) from error
        finally:
            self._running.discard(me)

    async def _send(self, client: httpx.AsyncClient, request: _Request) -> None:
        me = asyncio.current_task()
        self._sending.add(me)
        try:
            for _ in range(_TRIES):
                if await self._arrived(client, request):
                    return
        finally:
            self._sending.discard(me)

    async def _arrived(self, client: httpx.AsyncClient, request: _Request) -> bool:
        try:
            async with asyncio.timeout(self._options.timeout_s):
                answer = await _exchange(client, request)
        except Exception as error:  # noqa: BLE001 - nobody waits for it; the next try may do
            log.debug("a request did not arrive: %s", _why(error).cause)
            return False
        return answer.status < 500  # noqa: PLR2004 - asking again helps only against its own faults

    def _whose_turn(self) -> asyncio.Semaphore:
        if self._turn is None:
            self._turn = asyncio.Semaphore(self._options.most_at_once)
        return self._turn

    def _give_up(self) -> None:
        for task in self._running:
            if task is not None:
                task.cancel()

    async def _end(self, client: httpx.AsyncClient | None) -> None:
        self._give_up()
        try:
            if self._sending:
                await asyncio.wait(filter(None, self._sending), timeout=_LAST_WORDS_S)
        finally:
            for task in self._sending:
                if task is not None:
                    task.cancel()
            if client is not None:
                await client.aclose()


def request_recipe(
    options: HttpOptions, method: str, path: str, *, json: object = None, body: bytes = b""
) -> SafeRecipe | None:
    """Return the recipe that sends one request, confirmed by a status of 2xx.

    None if a stranger cannot send it: Digest needs an answer first.
    """
    import httpx

    parts, url = _split(options.base_url), httpx.URL(_url(options, path))
    tls = parts.scheme == "https"
    if options.digest:
        return None
    content, headers = _content(json, body)
    port = parts.port or (443 if tls else 80)
    if options.user or options.password:
        secret = base64.b64encode(f"{options.user}:{options.password}".encode()).decode()
        headers["Authorization"] = f"Basic {secret}"
    lines = [
        f"{method} {url.raw_path.decode()} HTTP/1.1",
        f"Host: {url.netloc.decode()}",
        *(f"{name}: {value}" for name, value in {**options.headers, **headers}.items()),
        f"Content-Length: {len(content)}",
        "Connection: close",
    ]
    frame = "\r\n".join([*lines, "", ""]).encode("latin-1") + content
    host = parts.hostname or ""
    return SafeRecipe(
        "tcp",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        (frame,),
        answer_s=1.0,
        options={"http": 1}
        | ({"tls": 1} if tls else {})
        | ({"any_certificate": 1} if tls and options.any_certificate else {}),
    )


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    content: bytes
    headers: dict[str, str]


def _content(json: object, body: bytes) -> tuple[bytes, dict[str, str]]:
    if json is None:
        return body, {}
    text = json_text.dumps(json, ensure_ascii=False, separators=(",", ":"))
    return text.encode(), {"Content-Type": "application/json"}


def _url(options: HttpOptions, path: str) -> str:
    # Whole from the start: a path that looks like an address must not lead elsewhere.
    return f"{options.base_url.rstrip('/')}/{path.lstrip('/')}"


def _split(base_url: str) -> SplitResult:
    try:
        parts = urlsplit(base_url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise DriverError(Cause.BAD_CONFIG, str(error), say=WEB_ADDRESS) from error
    if not sound:
        raise DriverError(Cause.BAD_CONFIG, say=WEB_ADDRESS)
    return parts


def _make_client(options: HttpOptions) -> httpx.AsyncClient:
    try:
        import httpx
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "httpx") from error
    # It would write every address to the log, with the secrets that some devices want in it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    auth: httpx.Auth | None = None
    if options.user or options.password:
        kind = httpx.DigestAuth if options.digest else httpx.BasicAuth
        auth = kind(options.user, options.password)
    tls = options.base_url.startswith("https:")
    return httpx.AsyncClient(
        headers=dict(options.headers),
        auth=auth,
        verify=tls_context(options.any_certificate) if tls else False,
        # Every wait has a stricter limit of ours around it.
        timeout=_LONGEST_S,
        limits=httpx.Limits(
            max_keepalive_connections=options.most_at_once, keepalive_expiry=_KEEP_S
        ),
        # A device's address is on this network; a proxy of the computer would not find it.
        trust_env=False,
    )


async def _exchange(client: httpx.AsyncClient, request: _Request) -> HttpAnswer:
    asked = client.build_request(
        request.method,
        request.url,
        content=request.content,
        headers=request.headers,
    )
    answer = await client.send(asked, stream=True)
    try:
        body = bytearray()
        async for more in answer.aiter_bytes():
            body += more
            if len(body) > _MOST_BYTES:
                raise DriverError(Cause.BAD_ANSWER)
    finally:
        await answer.aclose()
    return HttpAnswer(answer.status_code, bytes(body), dict(answer.headers))


def _checked(answer: HttpAnswer) -> HttpAnswer:
    if answer.status in _WRONG_PASSWORD:
        raise DriverError(Cause.BAD_CONFIG, f"status {answer.status}", say=SIGN_IN)
    if not 200 <= answer.status < 300:  # noqa: PLR2004 - HTTP's own numbers
        raise DriverError(Cause.REFUSED, f"status {answer.status}")
    return answer


def _why(error: Exception) -> DriverError:
    """Say why httpx failed: the system's own error is some way down."""
    import httpx

    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError):
        return DriverError(Cause.BAD_CONFIG, type(error).__name__, say=WEB_ADDRESS)
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        # A connection that ends before a word was said is no answer.
        silent = "without sending" in str(error)
        return DriverError(Cause.NO_ANSWER if silent else Cause.BAD_ANSWER, str(error))
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, OSError | DriverError):
            return network_error(below)
        below = below.__cause__ or below.__context__
    return DriverError(Cause.NO_ANSWER, type(error).__name__)

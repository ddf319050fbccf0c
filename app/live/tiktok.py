"""Gets signed addresses of TikTok, by TikTokLive; only this file knows that library.

One rule: the library signs and builds the address; the socket and everything on it are ours.
"""

from __future__ import annotations

import asyncio
import email.utils
import gc
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from app.core.links import LinkReason
from app.link import LinkError
from app.live.lean import spare_models
from app.live.net import REQUEST_TIMEOUT_S, reason_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    import httpx

    from app.link import Clock
    from app.live.net import Addresses, Browser

# Objects and classes of the library; it has no types of its own.
Library: TypeAlias = Any

RATE_LIMIT_FLOOR_S = 60.0
RATE_LIMIT_CAP_S = 24 * 3600.0
_OK, _UNAUTHORIZED, _FORBIDDEN, _TOO_MANY = 200, 401, 403, 429
# Seconds of a wait never look like a date; dates have been above this since 2001.
_EPOCH_FROM = 1e9
# What the socket's address says of the browser; the rest are the library's own words.
_SOCKET_BROWSER = (
    "browser_name",
    "browser_platform",
    "browser_version",
    "screen_height",
    "screen_width",
)


@dataclass(frozen=True, slots=True)
class SignedAddress:
    """Where to connect, valid for some 30 s and once. `first` is the sign answer's own message.

    `proxied` means that it does not lead to TikTok but to a stand-in of the sign server.
    """

    url: str
    cookie: str
    user_agent: str
    first: bytes
    proxied: bool


@dataclass(slots=True)
class _Answered:
    """What the sign server answered last, as seen below the library."""

    status: int = 0
    headers: Mapping[str, str] | None = None
    body: bytes = b""


class Signer:
    """Signs addresses. One library client is reused until TikTok refuses its browser."""

    def __init__(
        self,
        addresses: Addresses,
        browser: Browser,
        trusted: Callable[[], ssl.SSLContext],
        clock: Clock,
        *,
        key: str = "",
    ) -> None:
        """Take where the sign server is; `key` is the user's own key, sent as a header only."""
        self.browser = browser
        self._addresses = addresses
        self._trusted = trusted
        self._clock = clock
        self._key = key
        self._client: Library = None
        self._answered = _Answered()
        self._one_at_a_time = asyncio.Lock()

    async def sign(self, user: str, room_id: int) -> SignedAddress:
        """Return a fresh address of a running stream; raises LinkError saying what went wrong.

        The library is imported on first use, in a thread: it takes seconds.
        """
        async with self._one_at_a_time:
            self._answered = _Answered()
            try:
                if self._client is None:
                    self._client = await asyncio.to_thread(self._make_client, user)
                return await self._start(room_id)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                raise self._explain(error) from error

    async def sign_page(self, url: str) -> str:
        """Return the address of a page with its signature; raises LinkError. Costs as `sign`."""
        async with self._one_at_a_time:
            self._answered = _Answered()
            try:
                if self._client is None:
                    self._client = await asyncio.to_thread(self._make_client, "")
                signed = await self._client.web.signer.webcast_sign(
                    url=url,
                    method="GET",
                    sign_url_type="xhr",
                    payload="",
                    user_agent=self.browser.user_agent,
                )
            except asyncio.CancelledError:
                raise
            except Exception as error:
                raise self._explain(error) from error
        return str(signed.signed_url)

    async def use_browser(self, browser: Browser) -> None:
        """Be somebody else from now on: a new client, nothing of the old one is kept."""
        async with self._one_at_a_time:
            await self._drop()
            self.browser = browser

    async def close(self) -> None:
        """Let go of the connections to the sign server."""
        async with self._one_at_a_time:
            await self._drop()

    # ------------------------------------------------------------ the library

    async def _start(self, room_id: int) -> SignedAddress:
        task = await self._client.start(room_id=room_id, fetch_live_check=False)
        url, cookie = await task
        return SignedAddress(
            url=url,
            cookie=cookie,
            user_agent=self.browser.user_agent,
            first=self._answered.body,
            proxied=self._is_stand_in(url),
        )

    def _is_stand_in(self, url: str) -> bool:
        host = urlsplit(url).hostname or ""
        if b"fallback proxy" in self._answered.body[:2000]:
            return True
        ours = {urlsplit(self._addresses.app).hostname, urlsplit(self._addresses.webcast).hostname}
        return not (host.endswith(".tiktok.com") or host in ours)

    def _make_client(self, user: str) -> Library:
        client = _client_class()(
            user,
            web_kwargs={
                "httpx_kwargs": {
                    "headers": {"User-Agent": self.browser.user_agent},
                    "params": self.browser.params(quoted=True),
                    "timeout": REQUEST_TIMEOUT_S,
                    "verify": self._trusted(),
                },
                "signer_kwargs": {"sign_api_base": self._addresses.sign},
            },
        )
        # The library's own client of the sign server checks no certificates and waits for ever.
        client.web.signer.sdk_client.set_async_httpx_client(self._sign_client())
        # It writes to stderr by itself; what matters of its errors reaches us as exceptions.
        client.logger.handlers.clear()
        client.logger.setLevel(logging.CRITICAL)
        return client

    def _sign_client(self) -> httpx.AsyncClient:
        import httpx

        headers = {"User-Agent": "TikTokLive.py/7.0.1"}
        if self._key:
            headers["X-Api-Key"] = self._key
        return httpx.AsyncClient(
            base_url=self._addresses.sign,
            headers=headers,
            timeout=REQUEST_TIMEOUT_S,
            verify=self._trusted(),
            event_hooks={"response": [self._note_answer]},
        )

    async def _note_answer(self, response: httpx.Response) -> None:
        body = await response.aread()
        self._answered = _Answered(response.status_code, response.headers, body)

    async def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            # Not client.close(): it tries to run the loop that is running.
            await client.web.close()
            await client.web.signer.client.aclose()

    # ------------------------------------------------------------ errors

    def _explain(self, error: Exception) -> LinkError:
        answered = self._answered
        if answered.status == _TOO_MANY:
            wait_s = rate_limit_wait_s(answered.headers or {}, self._clock.wall_ms())
            return LinkError(LinkReason.RATE_LIMITED, wait_s, detail="HTTP 429")
        if answered.status == _UNAUTHORIZED:
            return LinkError(LinkReason.BAD_SIGN_KEY, blocked=True)
        if answered.status == _FORBIDDEN and answered.body.lstrip()[:1] == b"{":
            return LinkError(LinkReason.PREMIUM_ONLY, blocked=True)
        if answered.status not in (0, _OK):
            detail = f"HTTP {answered.status}"
            return LinkError(LinkReason.SIGN_SERVER_DOWN, detail=detail)
        return self._explain_silence(error, answered)

    def _explain_silence(self, error: Exception, answered: _Answered) -> LinkError:
        import httpx

        detail = type(error).__name__
        cause = error.__cause__ if isinstance(error.__cause__, httpx.HTTPError) else error
        if isinstance(cause, (httpx.HTTPError, OSError)):
            if reason_of(cause) is LinkReason.TLS_REFUSED:
                return LinkError(LinkReason.TLS_REFUSED, detail=detail)
            return LinkError(LinkReason.SIGN_SERVER_DOWN, detail=detail)
        if detail == "SignAPIError" or (answered.status == _OK and not answered.body):
            return LinkError(LinkReason.SIGN_SERVER_DOWN, detail="empty answer")
        return LinkError(LinkReason.UNEXPECTED_ANSWER, detail=detail)


def rate_limit_wait_s(headers: Mapping[str, str], wall_ms: int) -> float:
    """Return how long the sign server wants us to wait: at least a minute, at most a day.

    `Retry-After` and small `RateLimit-Reset` are seconds, large ones UTC epoch seconds. (The
    library reads `RateLimit-Remaining`, the quota that is left, as the wait.)
    """
    now_s = _server_time_s(headers.get("Date", "")) or wall_ms / 1000.0
    waits = [RATE_LIMIT_FLOOR_S]
    for name in ("Retry-After", "RateLimit-Reset", "X-RateLimit-Reset"):
        try:
            told = float(headers.get(name, ""))
        except ValueError:
            continue
        waits.append(told - now_s if told > _EPOCH_FROM else told)
    return min(max(waits), RATE_LIMIT_CAP_S)


def _server_time_s(date: str) -> float:
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except ValueError:
        return 0.0


_class: list[Library] = []


def _client_class() -> Library:
    if not _class:
        _class.append(_make_class())
    return _class[0]


def _make_class() -> Library:
    spare_models()
    from TikTokLive.client.client import TikTokLiveClient
    from TikTokLive.client.web.web_settings import WebDefaults
    from TikTokLive.client.ws.ws_utils import build_webcast_uri
    from TikTokLive.proto import ProtoMessageFetchResult

    # Building the first validator of a class takes long; here it does not hold the loop.
    ProtoMessageFetchResult().parse(b"\x0a\x03\x0a\x01x")
    # The library leaves 130,000 objects behind; looking through them takes 60 ms each time, in the
    # middle of a gift.
    gc.freeze()

    class Client(TikTokLiveClient):
        """The library's client without its socket: the task of `start` returns the address."""

        async def _ws_client_loop(  # type: ignore[override] # returns the address, not None
            self,
            initial_webcast_response: Library,
            process_connect_events: bool,  # noqa: FBT001 - the library's signature
            compress_ws_events: bool,  # noqa: FBT001 - the library's signature
        ) -> tuple[str, str]:
            params = {
                **WebDefaults.ws_client_params,
                **{name: self._web.params[name] for name in _SOCKET_BROWSER},
                "room_id": self._room_id,
                "compress": "gzip",
            }
            url = build_webcast_uri(
                initial_webcast_response, params, WebDefaults.ws_client_params_append_str
            )
            return url, self._ws.get_ws_cookie_string(self._web.cookies)

    return Client

"""Sends web requests.

One rule: no redirect is followed, no secret is ever part of an address, and no name that anybody
could have written in a pack of rules leads into the user's own network.
"""

from __future__ import annotations

import asyncio
import importlib.util
import ipaddress
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urlsplit

from app.core.effects import Webhook
from app.core.outcome import Drop
from app.core.pack_guard import PackError, check_url, is_public
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import ModuleType

    import httpx

    from app.core.effects import Effect

_TIMEOUT_S: Final = 10.0
_MOST_TRIED: Final = 3
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class WebhookOutlet(Outlet):
    """Sends one HTTP request for each effect; any answer below 400 is a success."""

    key: ClassVar[str] = Webhook.outlet
    at_once: ClassVar[int] = 4

    def __init__(
        self,
        secret: Callable[[str], Awaitable[str]],
        look_up: Callable[..., Sequence[tuple[Any, ...]]] = socket.getaddrinfo,
    ) -> None:
        """Take what gives a secret by its name, "" if there is none, and what looks names up."""
        self._secret = secret
        self._look_up = look_up
        self._client: httpx.AsyncClient | None = None
        self._names = ThreadPoolExecutor(2, "names of webhooks")

    async def carry_out(self, effect: Effect) -> str:
        """Send it; the word for the receipt is the answer's status."""
        if not isinstance(effect, Webhook):
            raise OutletError(Drop.UNSUPPORTED)
        parts = urlsplit(effect.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise OutletError(Drop.REFUSED, "address")
        headers = {"Content-Type": _content_type(effect.body)}
        if effect.secret:
            value = await self._secret(effect.secret)
            if not value:
                raise NotSetUpError(effect.secret)
            headers["Authorization"] = f"Bearer {value}"
        return await self._send(effect, headers)

    async def close(self) -> None:
        """Close what connections are kept."""
        self._names.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _send(self, effect: Webhook, headers: dict[str, str]) -> str:
        httpx = _httpx()
        if self._client is None:
            # Kept connections are told apart by address only, and one may have many names.
            limits = httpx.Limits(max_keepalive_connections=0)
            self._client = httpx.AsyncClient(
                timeout=_TIMEOUT_S, follow_redirects=False, limits=limits
            )
        try:
            url = httpx.URL(effect.url)
            for address in await self._addresses(effect.url, url):
                try:
                    status = await self._asked(effect, url, address, headers)
                    break
                except httpx.ConnectError:
                    continue
            else:
                raise OutletError(Drop.OFFLINE, "ConnectError")
        except (httpx.TimeoutException, TimeoutError):
            raise OutletError(Drop.NO_ANSWER, "timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            # The address may hold what nobody else should read; its host says enough.
            raise OutletError(Drop.OFFLINE, type(error).__name__) from None
        if status >= HTTPStatus.BAD_REQUEST:
            raise OutletError(Drop.REFUSED, f"HTTP {status}")
        return f"HTTP {status}"

    async def _asked(
        self, effect: Webhook, url: httpx.URL, address: str, headers: dict[str, str]
    ) -> int:
        """Send it to this address under the name in `url`; return the answer's status."""
        if self._client is None:
            raise OutletError(Drop.STOPPED)
        content = effect.body.encode() if effect.method != "GET" else None
        asking = self._client.stream(
            effect.method,
            url.copy_with(host=address),
            content=content,
            headers={"Host": url.netloc.decode(), **headers},
            extensions={"sni_hostname": url.raw_host.decode()},
        )
        # What else it answers nobody reads: it may be without end.
        async with asking as answer:
            return answer.status_code

    async def _addresses(self, text: str, url: httpx.URL) -> list[str]:
        """Return where the host is; a name of the world must not lead home."""
        host = url.raw_host.decode().strip("[]")
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            found = await self._looked_up(host)
        if not found:
            raise OutletError(Drop.OFFLINE, "no such host")
        # A name that belongs at home was written by the user: rules of strangers hold none.
        if _of_the_world(text):
            found = [one for one in found if _is_outside(one)]
        if not found:
            raise OutletError(Drop.AT_HOME, host)
        return [str(one) for one in sorted(found, key=lambda one: one.version)][:_MOST_TRIED]

    async def _looked_up(self, host: str) -> list[_Address]:
        # In threads of its own: without a network they hang, and others need the program's.
        loop = asyncio.get_running_loop()
        asking = loop.run_in_executor(
            self._names, partial(self._look_up, host, None, type=socket.SOCK_STREAM)
        )
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                found = await asking
        except OSError:
            return []
        return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


def _httpx() -> ModuleType:
    if "sniffio" not in sys.modules and importlib.util.find_spec("sniffio") is None:
        # The library looks for this one before every request; None says that it is not there.
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # as documented
    import httpx

    return httpx


def _of_the_world(url: str) -> bool:
    try:
        _ = check_url(url)
    except PackError:
        return False
    return True


def _is_outside(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address in _TRANSLATED:
        # How networks without old addresses reach those that have no other.
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return is_public(address)


def _content_type(body: str) -> str:
    looks_like_json = body.lstrip().startswith(("{", "["))
    return "application/json" if looks_like_json else "text/plain; charset=utf-8"

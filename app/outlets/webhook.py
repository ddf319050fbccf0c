"""Sends web requests.

One rule: no redirect is followed and no secret is ever part of an address.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from app.core.effects import Webhook
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from app.core.effects import Effect

_TIMEOUT_S = 10.0


class WebhookOutlet(Outlet):
    """Sends one HTTP request for each effect; any answer below 400 is a success."""

    key: ClassVar[str] = Webhook.outlet
    at_once: ClassVar[int] = 4

    def __init__(self, secret: Callable[[str], Awaitable[str]]) -> None:
        """Take what gives a secret by its name, "" if there is none."""
        self._secret = secret
        self._client: httpx.AsyncClient | None = None

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
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _send(self, effect: Webhook, headers: dict[str, str]) -> str:
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False)
        content = effect.body.encode() if effect.method != "GET" else None
        try:
            answer = await self._client.request(
                effect.method, effect.url, content=content, headers=headers
            )
        except (httpx.TimeoutException, TimeoutError):
            raise OutletError(Drop.NO_ANSWER, "timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            # The address may hold what nobody else should read; its host says enough.
            raise OutletError(Drop.OFFLINE, type(error).__name__) from None
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise OutletError(Drop.REFUSED, f"HTTP {answer.status_code}")
        return f"HTTP {answer.status_code}"


def _content_type(body: str) -> str:
    looks_like_json = body.lstrip().startswith(("{", "["))
    return "application/json" if looks_like_json else "text/plain; charset=utf-8"

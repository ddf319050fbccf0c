"""Asks TikTok whether somebody is live, and in which room; costs no signature.

One rule: an answer is live, offline or not found only if TikTok said so; all else is unknown.
"""

from __future__ import annotations

import asyncio
import enum
import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.core.links import LinkReason
from app.live.net import REQUEST_TIMEOUT_S, reason_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    import httpx

    from app.live.net import Addresses, Browser

_STATE = re.compile(r'<script id="SIGI_STATE" type="application/json">(.*?)</script>', re.DOTALL)
_OFFLINE_STATUS = 4
_REFUSALS = frozenset({401, 403, 429})
# What room/info says of an 18+ or private LIVE to who is not logged in. Other refusals bring the
# same `prompts` (10011: wrong parameters), so only the number tells.
_LIMITED_STATUS = 4003110
_SERVER_ERROR = 500
# A page that asks for a login looks like a captcha or has no room; a lost network is no such page.
_MAYBE_LIMITED = frozenset({LinkReason.BLOCKED_BY_TIKTOK, LinkReason.UNEXPECTED_ANSWER})
# What every page of TikTok says when it asks for something.
PAGE_PARAMS = {
    "aid": "1988",
    "app_language": "en",
    "app_name": "tiktok_web",
    "browser_language": "en-US",
    "browser_online": "true",
    "channel": "tiktok_web",
    "cookie_enabled": "true",
    "device_platform": "web_pc",
    "focus_state": "true",
    "is_fullscreen": "false",
    "is_page_visible": "true",
    "user_is_login": "false",
    "webcast_language": "en",
}


class Answer(enum.StrEnum):
    """What TikTok said of a user."""

    LIVE = "live"
    OFFLINE = "offline"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer; `reason` says why it is unknown.

    When live: the stream's `room_id`, the streamer's own `host_id`, and `since_ms`, the UTC epoch
    ms when it began (0 if not told).
    """

    answer: Answer
    room_id: int = 0
    host_id: int = 0
    since_ms: int = 0
    reason: LinkReason = LinkReason.NONE
    detail: str = ""


class Lookup:
    """Asks TikTok. `browser` is asked at every call, since it may change after a refusal."""

    def __init__(
        self,
        addresses: Addresses,
        browser: Callable[[], Browser],
        trusted: Callable[[], ssl.SSLContext],
    ) -> None:
        """Take where to ask and as whom; nothing is sent yet."""
        self._addresses = addresses
        self._browser = browser
        self._trusted = trusted

    async def find(self, user: str) -> Looked:
        """Say whether a (clean) user name is live now, and where."""
        client = await self._client()
        async with client:
            found = await self._by_page(client, user)
            if found.answer in (Answer.UNKNOWN, Answer.NOT_FOUND):
                # A page without a stream may also be a page that hides it from us.
                found = _surer(found, await self._by_api(client, user, found.host_id))
            if found.reason in _MAYBE_LIMITED and await self._limited_user(client, user):
                return Looked(Answer.UNKNOWN, reason=LinkReason.AGE_RESTRICTED)
            if found.answer is Answer.LIVE and await self._alive(client, found.room_id) is False:
                return Looked(Answer.OFFLINE, host_id=found.host_id)
        return found

    async def is_alive(self, room_id: int) -> bool | None:
        """Say whether a stream still runs; None if TikTok does not tell."""
        client = await self._client()
        async with client:
            return await self._alive(client, room_id)

    async def is_limited(self, room_id: int) -> bool:
        """Say whether TikTok shows a stream only to some viewers; False if it does not tell.

        Streams that are limited to adults send gifts to everybody all the same; only their
        description is hidden. So ask beside or after connecting, never before.
        """
        client = await self._client()
        async with client:
            return await self._limited(client, "room/info", {"room_id": str(room_id)})

    async def _client(self) -> httpx.AsyncClient:
        # Loading the package and the certificates takes up to 0.2 s: not on the loop.
        return await asyncio.to_thread(self._make_client)

    def _make_client(self) -> httpx.AsyncClient:
        import httpx

        # It logs every address at INFO, once a minute for hours.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        return httpx.AsyncClient(
            headers=self._browser().headers(),
            timeout=REQUEST_TIMEOUT_S,
            verify=self._trusted(),
            follow_redirects=True,
        )

    async def _get(
        self, client: httpx.AsyncClient, url: str, params: dict[str, str] | None = None
    ) -> tuple[httpx.Response | None, Looked]:
        import httpx

        try:
            response = await client.get(url, params=params)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            known = isinstance(error, (httpx.TransportError, OSError))
            reason = reason_of(error) if known else LinkReason.UNEXPECTED_ANSWER
            return None, _unknown(reason, type(error).__name__)
        if response.status_code in _REFUSALS:
            return None, _unknown(LinkReason.BLOCKED_BY_TIKTOK, f"HTTP {response.status_code}")
        if response.status_code >= _SERVER_ERROR:
            return None, _unknown(LinkReason.UNEXPECTED_ANSWER, f"HTTP {response.status_code}")
        return response, _unknown(LinkReason.UNEXPECTED_ANSWER)

    async def _by_page(self, client: httpx.AsyncClient, user: str) -> Looked:
        response, failed = await self._get(client, f"{self._addresses.app}/@{user}/live")
        if response is None:
            return failed
        match = _STATE.search(response.text)
        if match is None:
            # A captcha or a consent page instead of the stream.
            return _unknown(LinkReason.BLOCKED_BY_TIKTOK, "page without a stream")
        state = _json(match[1])
        if state is None:
            return _unknown(LinkReason.UNEXPECTED_ANSWER, "broken page")
        if "LiveRoom" not in state:
            return Looked(Answer.NOT_FOUND)
        return _room_of(_at(state, "LiveRoom", "liveRoomUserInfo"))

    async def _by_api(self, client: httpx.AsyncClient, user: str, host_id: int) -> Looked:
        params = {**PAGE_PARAMS, **self._browser().params(), "uniqueId": user, "sourceType": "54"}
        url = f"{self._addresses.app}/api-live/user/room/"
        response, failed = await self._get(client, url, params)
        if response is None:
            return failed
        body = _json(response.text)
        if body is None:
            return _unknown(LinkReason.UNEXPECTED_ANSWER, "broken answer")
        if body.get("message") == "user_not_found":
            return Looked(Answer.NOT_FOUND)
        return _room_of(_at(body, "data"), host_id)

    async def _alive(self, client: httpx.AsyncClient, room_id: int) -> bool | None:
        params = {**PAGE_PARAMS, **self._browser().params(), "room_ids": str(room_id)}
        url = f"{self._addresses.webcast}/room/check_alive/"
        response, _failed = await self._get(client, url, params)
        body = _json(response.text) if response is not None else None
        rooms = body.get("data") if body is not None else None
        if not isinstance(rooms, list) or not rooms or not isinstance(rooms[0], dict):
            return None
        alive = rooms[0].get("alive")
        return alive if isinstance(alive, bool) else None

    async def _limited_user(self, client: httpx.AsyncClient, user: str) -> bool:
        return await self._limited(client, "room/info_by_user", {"unique_id": user})

    async def _limited(self, client: httpx.AsyncClient, path: str, asked: dict[str, str]) -> bool:
        params = {**PAGE_PARAMS, **self._browser().params(), **asked}
        response, _failed = await self._get(client, f"{self._addresses.webcast}/{path}/", params)
        body = _json(response.text) if response is not None else None
        return body is not None and body.get("status_code") == _LIMITED_STATUS


def _room_of(info: dict[str, Any], host_id: int = 0) -> Looked:
    user = _at(info, "user")
    status = user.get("status")
    host_id = _number(user.get("id")) or host_id
    if status == _OFFLINE_STATUS:
        return Looked(Answer.OFFLINE, host_id=host_id)
    room_id = _number(user.get("roomId"))
    if room_id:
        since_ms = _number(_at(info, "liveRoom").get("startTime")) * 1000
        return Looked(Answer.LIVE, room_id, host_id, since_ms)
    return Looked(
        Answer.UNKNOWN,
        host_id=host_id,
        reason=LinkReason.UNEXPECTED_ANSWER,
        detail="no room in the answer",
    )


def _surer(page: Looked, api: Looked) -> Looked:
    """Return what both answers together say; a network error beats a strange page."""
    if api.answer is not Answer.UNKNOWN:
        return api
    if page.answer is Answer.NOT_FOUND:
        # Only one of two ways says so, and that one is known to say it to robots too.
        return api
    if page.reason is LinkReason.BLOCKED_BY_TIKTOK and api.reason is LinkReason.UNEXPECTED_ANSWER:
        return page
    return api


def _unknown(reason: LinkReason, detail: str = "") -> Looked:
    return Looked(Answer.UNKNOWN, reason=reason, detail=detail)


def _json(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _at(value: dict[str, Any], *path: str) -> dict[str, Any]:
    for key in path:
        inner = value.get(key)
        if not isinstance(inner, dict):
            return {}
        value = inner
    return value


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isdecimal() else 0

"""What the sign server answers: the first fetch result, and every refusal it is known for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.tiktok.frames import FetchResult, PushAddress, internal_ext
from tests.fakes.tiktok.messages import now_ms
from tests.fakes.tiktok.pages import Hanging

if TYPE_CHECKING:
    from tests.fakes.tiktok.room import Room

_TRACE = {"X-Request-Id": "request-1", "X-Agent-Id": "agent-1", "X-Log-Code": "OK"}
COOKIE = "ttwid=1%7Cloopback; Path=/; Domain=tiktok.com; HttpOnly; Secure"
FALLBACK_TEXT = "Connected through Euler Stream fallback proxy"

_REFUSALS = {
    "401": "The provided API Key is invalid.",
    "403": "This endpoint is not part of your plan.",
    "500": "Something went wrong.",
    "503": "API is not ready for connections yet.",
}


def sign_fetch(room: Room, mode: str, push_url: str, fallback_url: str) -> web.Response:
    """Return the answer of GET /webcast/fetch in this mood."""
    if mode == "hang":
        raise Hanging
    if mode in _REFUSALS:
        body = {"code": int(mode), "message": _REFUSALS[mode]}
        return web.json_response(body, status=int(mode), headers=_TRACE)
    if mode.startswith("429"):
        return _too_many(mode, room.retry_after_s)
    if mode == "empty":
        return web.Response(body=b"", headers=_TRACE)
    return _signed(room, mode, push_url, fallback_url)


def _too_many(mode: str, wait_s: int) -> web.Response:
    """Return a 429 that tells the wait in one of the ways seen, or not at all."""
    epoch = str(int(time.time()) + wait_s)
    spent = {"RateLimit-Limit": "10", "RateLimit-Remaining": "0"}
    told = {
        "429": {**spent, "RateLimit-Reset": epoch},
        "429_epoch": {**spent, "RateLimit-Reset": epoch},
        "429_seconds": {**spent, "RateLimit-Reset": str(wait_s)},
        "429_retry_after": {"Retry-After": str(wait_s)},
        "429_x_reset": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": epoch},
        "429_bare": {},
    }[mode]
    label = "rate_limit_account_day"
    body = {"code": 429, "message": "Too many connections started", "limit_label": label}
    return web.json_response(body, status=429, headers={**_TRACE, **told})


def _signed(room: Room, mode: str, push_url: str, fallback_url: str) -> web.Response:
    backlog = room.next_backlog()
    at_ms, turn = now_ms(), room.fetches
    if mode == "garbage":
        body = b"\xff" * 40
    elif mode == "fallback":
        push = PushAddress(fallback_url, {"token": "not-a-real-token"})
        body = FetchResult(cursor=FALLBACK_TEXT, is_first=True, push=push).encode()
    else:
        params = {"imprp": "abc/123=", "wrss": "WRSS (x) y", "ws_reuse": "1"}
        body = FetchResult(
            msgs=backlog,
            cursor="" if mode == "no_cursor" else f"t-{at_ms}_r-{turn}_d-1_u-1_h-1",
            internal_ext=internal_ext(at_ms, turn),
            is_first=mode != "not_first",
            push=None if mode == "no_push_server" else PushAddress(push_url, params),
            heartbeat_ms=room.ping_interval_s * 1000,
        ).encode()
    headers = {**_TRACE, "X-Room-Id": str(room.room_id)}
    if mode != "no_cookie":
        headers["X-Set-TT-Cookie"] = COOKIE
    return web.Response(body=body, headers=headers, content_type="application/protobuf")


def sign_url(mode: str, url: str, user_agent: str) -> web.Response:
    """Return the answer of POST /webcast/sign_url: the same address with signs on it.

    "premium" is a 403 in the body of a 200, "elsewhere" an address of somebody else.
    """
    if mode == "hang":
        raise Hanging
    if mode == "empty":
        return web.Response(body=b"", headers=_TRACE)
    if mode == "429":
        return _too_many("429_retry_after", 60)
    if mode in _REFUSALS:
        body = {"code": int(mode), "message": _REFUSALS[mode]}
        return web.json_response(body, status=int(mode), headers=_TRACE)
    if mode == "elsewhere":
        url = "http://127.0.0.1:9/webcast/gift/list/?x=1"
    joint = "&" if "?" in url else "?"
    answer = {
        "signedUrl": f"{url}{joint}msToken=x&X-Bogus=y",
        "userAgent": user_agent,
        "browserName": "Mozilla",
        "browserVersion": "5.0",
        "tokens": {"msToken": "x", "X-Bogus": "y"},
        "requestHeaders": {},
    }
    code, words = (403, _REFUSALS["403"]) if mode == "premium" else (200, "")
    return web.json_response({"code": code, "message": words, "response": answer})


def rate_limits(mode: str) -> web.Response:
    """Return the answer of GET /webcast/rate_limits: what is left of the day, hour and minute."""
    if mode == "hang":
        raise Hanging
    if mode == "500":
        return web.Response(status=500, text="Internal Server Error")
    if mode == "empty":
        return web.Response(body=b"")

    def left(maximum: int) -> dict[str, int | None]:
        return {
            "max": maximum,
            "remaining": 0 if mode == "spent" else maximum - 1,
            "reset_at": None,
        }

    return web.json_response(
        {
            "code": 200,
            "message": "",
            "load_shedding": {"at": 0, "chance": 0},
            "day": left(2500),
            "hour": left(250),
            "minute": left(10),
        }
    )

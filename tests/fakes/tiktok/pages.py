"""What www.tiktok.com and webcast.tiktok.com answer about a stream, in every mood."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.tiktok import giftlist
from tests.fakes.tiktok.room import OFFLINE, Room
from tests.fakes.tiktok.viewers import STREAMER

if TYPE_CHECKING:
    from collections.abc import Mapping

_CAPTCHA = "<html><head><title>TikTok</title></head><body>Drag the slider to fit</body></html>"
_REFUSED_INFO = {
    "age_restricted": (4003110, "This LIVE is for viewers over 18"),
    "wrong_params": (10011, "Request params error"),
}
_DENIED = "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>Access Denied</BODY></HTML>"


def html(body: str, status: int = 200) -> web.Response:
    """Return an HTML answer."""
    return web.Response(text=body, status=status, content_type="text/html")


def _script(name: str, content: str) -> str:
    return f'<script id="{name}" type="application/json">{content}</script>'


class Hanging(Exception):  # noqa: N818 - not an error: the endpoint is told to never answer
    """Raised instead of an answer that shall never come."""


class Dropped(Exception):  # noqa: N818 - not an error: the endpoint is told to drop TCP
    """Raised to end the connection with a reset instead of an answer."""


def _common_fault(mode: str) -> web.Response | None:
    if mode == "hang":
        raise Hanging
    if mode == "empty":
        return web.Response(body=b"")
    if mode == "500":
        return web.Response(status=500, text="Internal Server Error")
    if mode == "broken":
        return web.Response(text='{"data": [', content_type="application/json")
    return None


def live_page(room: Room | None, unique_id: str) -> web.Response:
    """Return /@user/live with the SIGI_STATE of the stream; no such user has no LiveRoom."""
    mode = room.switches.take("page") if room else "never_live"
    if mode == "captcha":
        return html(_CAPTCHA)
    if mode == "blocked_ip":
        return html(_DENIED, status=403)
    if mode == "no_state":
        return html("<!DOCTYPE html><html><body></body></html>")
    if mode == "broken":
        return html(_script("SIGI_STATE", '{"LiveRoom": {'))
    fault = _common_fault(mode)
    if fault is not None:
        return fault
    state = _live_state(room, unique_id, mode)
    body = f"<!DOCTYPE html><html><body>{_script('SIGI_STATE', json.dumps(state))}</body></html>"
    return html(body)


def _live_state(room: Room | None, unique_id: str, mode: str) -> dict[str, Any]:
    if room is None or mode == "never_live" or not room.exists:
        return {"AppContext": {}}
    user: dict[str, Any] = {
        "id": str(STREAMER.id),
        "uniqueId": unique_id,
        "nickname": "Creator",
        "status": room.status,
    }
    if mode != "no_room":
        user["roomId"] = str(room.room_id)
    live_room = {"status": room.status, "title": "hello", "streamId": "0"}
    return {"LiveRoom": {"liveRoomUserInfo": {"user": user, "liveRoom": live_room}}}


def profile_page(unique_id: str) -> web.Response:
    """Return /@user, also asked as /@numeric-id to learn the name."""
    user = {"user": {"id": str(STREAMER.id), "uniqueId": unique_id}}
    scope = {"__DEFAULT_SCOPE__": {"webapp.user-detail": {"userInfo": user}}}
    return html(_script("__UNIVERSAL_DATA_FOR_REHYDRATION__", json.dumps(scope)))


def api_room(room: Room | None, unique_id: str) -> web.Response:
    """Return /api-live/user/room/: the room id by JSON, when the page did not tell."""
    mode = room.switches.take("api") if room else "not_found"
    fault = _common_fault(mode)
    if fault is not None:
        return fault
    if room is None or mode == "not_found" or not room.exists:
        return web.json_response({"message": "user_not_found", "statusCode": 19881007, "data": {}})
    user: dict[str, Any] = {"uniqueId": unique_id, "status": room.status}
    if mode != "no_room":
        user["roomId"] = str(room.room_id)
    data = {"user": user, "liveRoom": {"status": room.status, "title": "hello"}}
    return web.json_response({"message": "", "statusCode": 0, "data": data})


def check_alive(rooms: dict[int, Room], asked: str) -> web.Response:
    """Return /webcast/room/check_alive/ for the comma separated room ids."""
    entries: list[dict[str, Any]] = []
    for name in filter(str.isdigit, asked.split(",")):
        room = rooms.get(int(name))
        mode = room.switches.take("alive") if room else "dead"
        fault = _common_fault(mode)
        if fault is not None:
            return fault
        alive = room is not None and mode == "ok" and room.status != OFFLINE
        entries.append({"alive": alive, "room_id": int(name), "room_id_str": name})
    now_ms = int(time.time() * 1000)
    return web.json_response({"data": entries, "extra": {"now": now_ms}, "status_code": 0})


def room_info(room: Room | None) -> web.Response:
    """Return /webcast/room/info/."""
    mode = room.switches.take("info") if room else "empty"
    fault = _common_fault(mode)
    if room is None or fault is not None:
        return fault or web.Response(body=b"")
    if mode in _REFUSED_INFO:
        status_code, words = _REFUSED_INFO[mode]
        data = {"message": words, "prompts": words}
        now_ms = int(time.time() * 1000)
        return web.json_response(
            {"data": data, "extra": {"now": now_ms}, "status_code": status_code}
        )
    owner = {
        "id_str": str(STREAMER.id),
        "display_id": room.unique_id,
        "nickname": STREAMER.nickname,
    }
    stream: dict[str, Any] = {
        "id": room.room_id,
        "id_str": str(room.room_id),
        "title": "hello",
        "status": room.status,
        "user_count": 42,
        "like_count": 1234,
        "owner": owner,
        "create_time": int(time.time()) - 100,
        "stats": {"total_user": 500},
    }
    return web.json_response({"data": stream, "status_code": 0})


def gift_list(room: Room | None, asked: Mapping[str, str], base: str) -> web.Response:
    """Return /webcast/gift/list/ in the language that is asked for."""
    mode = room.switches.take("gift_list") if room else "ok"
    fault = _common_fault(mode)
    if fault is not None:
        return fault
    return giftlist.gift_list(mode, asked, base, room.extra_gifts if room else ())

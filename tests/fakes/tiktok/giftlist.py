"""The answer of /webcast/gift/list/ as the real one writes it, and every way it goes wrong.

One rule: names are in the language that the asked tag begins with, ids are the same everywhere.
"""

from __future__ import annotations

import gzip
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.tiktok.gifts import CATALOGUE, GiftKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SIGNED = "X-Bogus"
# What the gifts are called elsewhere; those that are not here keep their English name.
NAMES: dict[str, dict[int, str]] = {
    "vi": {
        5655: "Hoa hồng",
        5487: "Ngón tay trái tim",
        5879: "Bánh rán",
        6369: "Sư tử",
        9072: "Vũ trụ TikTok",
    },
}
_BOMB = 64 << 20


def gift_list(
    mode: str, asked: Mapping[str, str], base: str, extra: tuple[GiftKind, ...] = ()
) -> web.Response:
    """Return the answer in this mood; `extra` are gifts that only this stream has.

    "unsigned_403" and "unsigned_empty" are how the real one treats who has no signature.
    """
    if mode.startswith("unsigned_") and SIGNED not in asked:
        mode = mode.removeprefix("unsigned_")
    moods: dict[str, Callable[[], web.Response]] = {
        "403": lambda: web.Response(status=403, body=b""),
        "empty": lambda: web.Response(body=b""),
        "429": lambda: web.Response(status=429, body=b"", headers={"Retry-After": "60"}),
        "refused": _refused,
        "html": lambda: web.Response(text="<html></html>", content_type="text/html"),
        "moved": lambda: web.Response(
            status=302, headers={"Location": f"{base}/webcast/elsewhere"}
        ),
        "huge": lambda: web.Response(body=b" " * (20 << 20), content_type="application/json"),
        "bomb": _bomb,
        "hostile": lambda: _answer(_hostile()),
    }
    if mode in moods:
        return moods[mode]()
    language = asked.get("webcast_language", "en").partition("-")[0]
    names = NAMES.get(language, {})
    kinds = [_struct(kind, names.get(kind.id, kind.name), base) for kind in (*CATALOGUE, *extra)]
    return _answer(kinds)


def _answer(gifts: list[Any]) -> web.Response:
    page = {"display": True, "page_name": "Gifts", "page_type": 1, "region": "", "gifts": gifts[:2]}
    data = {"doodle_templates": [], "gifts": gifts, "gifts_info": {}, "pages": [page]}
    now_ms = int(time.time() * 1000)
    body = json.dumps({"data": data, "extra": {"now": now_ms}, "status_code": 0}).encode()
    return web.Response(
        body=gzip.compress(body, 1),
        headers={"Content-Encoding": "gzip"},
        content_type="application/json",
    )


def _struct(kind: GiftKind, name: str, base: str) -> dict[str, Any]:
    picture = {
        "avg_color": "#EBCECE",
        "height": 0,
        "image_type": 0,
        "is_animated": False,
        "open_web_url": "",
        "uri": f"webcast-va/{kind.id}",
        "url_list": [f"{base}/img/{kind.id}.webp"],
        "width": 0,
    }
    return {
        "action_type": 0,
        "can_put_in_gift_box": False,
        "color_infos": [],
        "combo": kind.combo,
        "describe": f"sent {name}",
        "diamond_count": kind.coins,
        "duration": 1000,
        "for_linkmic": True,
        "icon": picture,
        "id": kind.id,
        "image": picture,
        "is_broadcast_gift": False,
        "is_displayed_on_panel": True,
        "item_type": 1,
        "lock_info": {"lock": False, "lock_type": 0},
        "name": name,
        "primary_effect_id": 0,
        "region": "",
        "tracker_params": {},
        "type": kind.type,
    }


def _refused() -> web.Response:
    data = {"message": "Request params error", "prompts": "Request params error"}
    return web.json_response({"data": data, "extra": {"now": 0}, "status_code": 10011})


def _bomb() -> web.Response:
    """Return a small answer that unpacks to 64 MB."""
    return web.Response(
        body=gzip.compress(b" " * _BOMB, 1),
        headers={"Content-Encoding": "gzip"},
        content_type="application/json",
    )


def _hostile() -> list[Any]:
    """Return entries that are wrong in every way, and one real gift among them."""
    return [
        None,
        "Rose",
        {"id": "5655", "name": "Rose"},
        {"id": -1, "name": "Minus"},
        {"id": 2**70, "name": "Large"},
        {
            "id": 5655,
            "name": "R\u202eose\n" * 500,
            "diamond_count": -5,
            "type": "1",
            "combo": "yes",
        },
        {"id": 5269, "name": {"a": []}, "diamond_count": 10**12, "type": [], "combo": None},
        {"id": 77_001, "name": "Real", "diamond_count": 3, "type": 1, "combo": True},
    ]

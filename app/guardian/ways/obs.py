"""Recipes for OBS Studio: requests over obs-websocket 5, after its greeting.

One rule: one connection an address; each recipe is confirmed if OBS did every request of it.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

from drivers.codecs.obs import proof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from websockets.sync.connection import Connection

    from app.guardian.recipes import Recipe

CONNECT_S = 1.0
PAUSE_S = 0.1
_HELLO, _IDENTIFY, _IDENTIFIED, _REQUEST, _ANSWER = 0, 1, 2, 6, 7


def prepare() -> None:
    """Import the client, so that a moment of need does not wait for the disk."""
    import websockets.sync.client  # noqa: F401 - see above


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send each recipe on a connection of its own."""
    return [_send(recipe, open_s) for recipe in recipes]


def _send(recipe: Recipe, open_s: float) -> bool:
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    until = time.monotonic() + open_s
    while True:
        try:
            with connect(
                f"ws://{recipe.address}",
                subprotocols=[Subprotocol("obswebsocket.json")],
                open_timeout=CONNECT_S,
                close_timeout=PAUSE_S,
                proxy=None,
            ) as link:
                return _talk(link, recipe)
        except ConnectionError:
            if time.monotonic() > until:
                raise
        threading.Event().wait(PAUSE_S)


def _talk(link: Connection, recipe: Recipe) -> bool:
    until = time.monotonic() + recipe.answer_s
    hello = _next(link, _HELLO, until)
    identify: dict[str, Any] = {"rpcVersion": 1, "eventSubscriptions": 0}
    if "authentication" in hello:
        asked, password = hello["authentication"], str(recipe.options.get("password", ""))
        identify["authentication"] = proof(password, asked["salt"], asked["challenge"])
    link.send(json.dumps({"op": _IDENTIFY, "d": identify}))
    _next(link, _IDENTIFIED, until)
    for number, frame in enumerate(recipe.frames):
        data = {**json.loads(frame), "requestId": str(number)}
        link.send(json.dumps({"op": _REQUEST, "d": data}))
    answers = [_next(link, _ANSWER, until) for _ in recipe.frames]
    return all(one["requestStatus"]["result"] for one in answers)


def _next(link: Connection, code: int, until: float) -> dict[str, Any]:
    """Wait for the next message of a kind; TimeoutError when time is up."""
    while True:
        told = json.loads(link.recv(timeout=max(0.0, until - time.monotonic())))
        if told["op"] == code:
            data: dict[str, Any] = told["d"]
            return data

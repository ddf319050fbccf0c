"""Recipes as datagrams. One rule: they may get lost, so each is sent more than once."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.guardian.recipes import Recipe

TIMES = 3
APART_S = 0.03


def prepare() -> None:
    """Nothing to import beyond Python itself."""


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send each recipe `TIMES` times; confirmed only where an answer is expected and comes."""
    del open_s  # nothing is opened
    return [_send(recipe) for recipe in recipes]


def _send(recipe: Recipe) -> bool:
    host, _, port = recipe.address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as link:
        if family == socket.AF_INET:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for _ in range(TIMES):
            for frame in recipe.frames:
                link.sendto(frame, (host, int(port)))
            threading.Event().wait(APART_S)
        return bool(recipe.expect) and _answered(link, recipe)


def _answered(link: socket.socket, recipe: Recipe) -> bool:
    until = time.monotonic() + recipe.answer_s
    # So many that none of what was asked, each `TIMES` times, can be without one.
    missing = TIMES * (recipe.answers - 1) + 1
    while (left_s := until - time.monotonic()) > 0:
        link.settimeout(left_s)
        try:
            missing -= recipe.expect in link.recv(4096)
            if not missing:
                return True
        except OSError:
            return False
    return False

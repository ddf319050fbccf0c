"""Recipes over a TCP connection: what speaks HTTP or MQTT, too, its bytes made beforehand.

One rule: a certificate is checked like everywhere; one try after another until time is up.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.guardian.recipes import Recipe

log = logging.getLogger(__name__)

CONNECT_S = 1.0
PAUSE_S = 0.1


def prepare() -> None:
    """Import what reads the answers to HTTP."""
    from app.guardian import http_answers  # noqa: F401 - the import is the point


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send each recipe on a connection of its own."""
    return [_send(recipe, open_s) for recipe in recipes]


def _send(recipe: Recipe, open_s: float) -> bool:
    if recipe.options.get("apart"):
        return _send_apart(recipe, open_s)
    host, _, port = recipe.address.rpartition(":")
    tls = _tls(recipe)
    until = time.monotonic() + open_s
    while True:
        try:
            with _connect(host.strip("[]"), int(port), tls=tls) as link:
                return _talk(link, recipe)
        except ConnectionError:
            if time.monotonic() > until:
                raise
        threading.Event().wait(PAUSE_S)


def _send_apart(recipe: Recipe, open_s: float) -> bool:
    """Send every frame on a connection of its own, as a device that speaks HTTP wants it."""
    options, confirmed = {**recipe.options, "apart": 0}, []
    for frame in recipe.frames:
        try:
            alone = replace(recipe, frames=(frame,), options=options)
            confirmed.append(_send(alone, open_s))
        except OSError as error:
            log.info("%s: a recipe did not arrive: %s", recipe.address, error)
            confirmed.append(False)
    return all(confirmed)


def _tls(recipe: Recipe) -> ssl.SSLContext | None:
    if not recipe.options.get("tls", 0):
        return None
    context = ssl.create_default_context()
    if recipe.options.get("any_certificate", 0):
        # The user said so of this device: its certificate is its own.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _connect(host: str, port: int, *, tls: ssl.SSLContext | None) -> socket.socket:
    link = socket.create_connection((host, port), timeout=CONNECT_S)
    return link if tls is None else tls.wrap_socket(link, server_hostname=host)


def _talk(link: socket.socket, recipe: Recipe) -> bool:
    for frame in recipe.frames:
        link.sendall(frame)
    until = time.monotonic() + recipe.answer_s
    if recipe.options.get("http", 0):
        return _http_answers(link, recipe, until)
    if not recipe.expect:
        # Let it be taken before the connection goes: some devices forget what a reset interrupts.
        link.shutdown(socket.SHUT_WR)
    heard = b""
    while (left_s := until - time.monotonic()) > 0:
        link.settimeout(left_s)
        try:
            data = link.recv(4096)
        except TimeoutError:
            return False
        if not data:
            return False
        heard = (heard + data)[-4096:]
        if recipe.expect and heard.count(recipe.expect) >= recipe.answers:
            # It may be the answer of somebody in between, who only passes it on.
            return not recipe.options.get("only_taken", 0)
    return False


def _http_answers(link: socket.socket, recipe: Recipe, until: float) -> bool:
    from app.guardian import http_answers

    answers = len(recipe.frames)
    try:
        return http_answers.all_good(link, answers, recipe.expect, lambda: until - time.monotonic())
    except TimeoutError:
        return False

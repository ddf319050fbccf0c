"""Recipes over a serial port. One rule: the port may still be held, and the board may restart."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from serial import Serial

    from app.guardian.recipes import Recipe

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.002
LAST_PAUSE_S = 0.1
WRITE_S = 0.5
# Some boards take a silence for the end of a frame.
AGAIN_S = 0.02
READ_S = 0.02


def prepare() -> None:
    """Import pyserial."""
    import serial  # noqa: F401 - the import is the point


def send(recipes: Sequence[Recipe], open_s: float) -> list[bool]:
    """Send the recipes of one port in order; once more unless all of them must have arrived."""
    began = time.monotonic()
    port = _open(recipes[0], open_s)
    try:
        _set_rts(port, recipes[0])
        answers = [_send(port, recipe) for recipe in recipes]
        boot_wait_s = max(recipe.boot_wait_s for recipe in recipes)
        if any(_may_be_lost(one) for one, heard in zip(recipes, answers, strict=True) if not heard):
            # Opening the port may also have reset the board: it was deaf to the first attempt.
            _listen(port, max(boot_wait_s, AGAIN_S), lambda _: False)
            answers = [_send(port, recipe) for recipe in recipes]
        took_ms = (time.monotonic() - began) * 1000
        log.info("%s: recipes sent in %.0f ms", recipes[0].address, took_ms)
        return answers
    finally:
        with contextlib.suppress(OSError):
            port.close()


def _open(recipe: Recipe, open_s: float) -> Serial:
    import serial

    until = time.monotonic() + open_s
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            return serial.Serial(
                recipe.address,
                recipe.speed_baud,
                parity=str(recipe.options.get("parity", "N")),
                stopbits=float(recipe.options.get("stop_bits", 1)),
                timeout=READ_S,
                write_timeout=WRITE_S,
                exclusive=True,
            )
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
        threading.Event().wait(pause_s)
        pause_s = min(LAST_PAUSE_S, pause_s * 1.5)


def _set_rts(port: Serial, recipe: Recipe) -> None:
    if "rts" in recipe.options:
        # Some cables switch their driver on with it; what has no such line needs none.
        with contextlib.suppress(OSError):
            port.rts = bool(recipe.options["rts"])


def _may_be_lost(recipe: Recipe) -> bool:
    """Say whether a recipe that was not confirmed may not have been understood.

    The board may have restarted, or the core died in the middle of a frame, which swallows what
    comes next; but a break begins a frame anew.
    """
    return recipe.boot_wait_s > 0 or not recipe.options.get("break_ms", 0)


def _send(port: Serial, recipe: Recipe) -> bool:
    """Send the frames; True if the expected answer came in time."""
    break_s = float(recipe.options.get("break_ms", 0)) / 1000.0
    for frame in recipe.frames:
        if break_s:
            _break(port, break_s)
        port.write(frame)
    if sys.platform == "win32" or break_s:
        port.flush()  # closing drops what waits; elsewhere it is sent, and a drain may hang
    if not recipe.expect:
        return False
    return _listen(
        port, recipe.answer_s, lambda heard: heard.count(recipe.expect) >= recipe.answers
    )


def _break(port: Serial, break_s: float) -> None:
    """Hold the line down; pyserial's own break lasts a quarter of a second on POSIX systems."""
    port.flush()
    port.break_condition = True
    threading.Event().wait(break_s)
    port.break_condition = False


def _listen(port: Serial, for_s: float, enough: Callable[[bytes], bool]) -> bool:
    heard = b""
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        heard = (heard + port.read(max(1, port.in_waiting)))[-4096:]
        if enough(heard):
            return True
    return False

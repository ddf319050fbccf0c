"""Safe recipes: what to send to a device, and where, when the core can no longer do it.

One rule: a device that cannot be reached costs bounded time, and nobody else's safety.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from serial import Serial

log = logging.getLogger(__name__)

# The port of a process that was killed a moment ago may still be held.
OPEN_S = 2.0
FIRST_PAUSE_S = 0.002
LAST_PAUSE_S = 0.1
WRITE_S = 0.5
READ_S = 0.02
# What sending takes beyond the waits a recipe itself asks for.
EXTRA_S = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Plain data, as `drivers.contract.SafeRecipe` has it; times in seconds."""

    kind: str
    address: str
    frames: tuple[bytes, ...]
    speed_baud: int
    expect: bytes
    answer_s: float
    boot_wait_s: float

    @property
    def longest_s(self) -> float:
        """How long sending may take at most."""
        return OPEN_S + self.boot_wait_s + 2 * self.answer_s + EXTRA_S


def read(message: Mapping[str, Any]) -> Recipe:
    """Return the recipe in a message of the core; ValueError, KeyError or TypeError if none is."""
    return Recipe(
        kind=str(message["kind"]),
        address=str(message["address"]),
        frames=tuple(bytes.fromhex(one) for one in message["frames"]),
        speed_baud=int(message["speed_baud"]),
        expect=bytes.fromhex(message["expect"]),
        answer_s=min(5.0, float(message["answer_s"])),
        boot_wait_s=min(5.0, float(message["boot_wait_s"])),
    )


def prepare() -> None:
    """Import what sending needs, so that a moment of need does not wait for the disk."""
    try:
        import serial  # noqa: F401 - the import is the point
    except ImportError:
        log.exception("pyserial is missing: serial devices cannot be made safe after a crash")


def send_all(recipes: Mapping[str, Recipe]) -> dict[str, bool]:
    """Send every recipe, side by side for each port; say which devices confirmed. Blocks."""
    ports: dict[tuple[str, str, int], list[str]] = {}
    for device_id, recipe in recipes.items():
        ports.setdefault((recipe.kind, recipe.address, recipe.speed_baud), []).append(device_id)
    confirmed = dict.fromkeys(recipes, False)

    def send(device_ids: Sequence[str]) -> None:
        try:
            answers = _send_port([recipes[one] for one in device_ids])
        except Exception as error:  # noqa: BLE001 - whatever a port throws, the others go on
            log.warning("could not make %s safe: %s", ", ".join(device_ids), error)
            return
        confirmed.update(zip(device_ids, answers, strict=True))

    threads = [
        threading.Thread(target=send, args=(ids,), name="recipe", daemon=True)
        for ids in ports.values()
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + max((one.longest_s for one in recipes.values()), default=0.0)
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return dict(confirmed)


def _send_port(recipes: Sequence[Recipe]) -> list[bool]:
    """Send the recipes of one port in order."""
    first = recipes[0]
    if first.kind != "serial":
        raise ValueError(f"no way to send a recipe of kind {first.kind!r}")
    began = time.monotonic()
    port = _open(first.address, first.speed_baud)
    try:
        answers = [_send(port, recipe) for recipe in recipes]
        boot_wait_s = max(recipe.boot_wait_s for recipe in recipes)
        if boot_wait_s and not all(answers):
            # Opening the port may have reset the board: it was deaf to the first attempt.
            _listen(port, boot_wait_s, lambda _: False)
            answers = [_send(port, recipe) for recipe in recipes]
        log.info("%s: recipes sent in %.0f ms", first.address, (time.monotonic() - began) * 1000)
        return answers
    finally:
        with contextlib.suppress(OSError):
            port.close()


def _open(address: str, speed_baud: int) -> Serial:
    import serial

    until = time.monotonic() + OPEN_S
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            return serial.Serial(
                address, speed_baud, timeout=READ_S, write_timeout=WRITE_S, exclusive=True
            )
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
        threading.Event().wait(pause_s)
        pause_s = min(LAST_PAUSE_S, pause_s * 1.5)


def _send(port: Serial, recipe: Recipe) -> bool:
    """Send the frames; True if the expected answer came in time."""
    for frame in recipe.frames:
        port.write(frame)
    if sys.platform == "win32":
        port.flush()  # closing drops what waits; elsewhere it is sent, and a drain may hang
    if not recipe.expect:
        return False
    return _listen(port, recipe.answer_s, lambda heard: recipe.expect in heard)


def _listen(port: Serial, for_s: float, enough: Callable[[bytes], bool]) -> bool:
    heard = b""
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        heard = (heard + port.read(max(1, port.in_waiting)))[-4096:]
        if enough(heard):
            return True
    return False

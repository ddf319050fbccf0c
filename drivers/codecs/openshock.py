"""Lines of OpenShock hubs on USB: a command and JSON, answered by a line that begins with $SYS$.

One rule: only an answer of the hub's own says that it took a command; it also repeats what we say.
Source: OpenShock/Firmware, rftransmit.cpp, JsonSerial.cpp and SerialInputHandler.cpp (April 2026).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from drivers.codecs.shockers import Op, Order
from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MODELS: Final = ("caixianlin", "petrainer", "petrainer998dr", "wellturnt330", "d80")
# Asks for the pin of the radio: every firmware knows it, and it changes nothing.
ASK: Final = b"rftxpin\n"
TAKEN: Final = b"$SYS$|Success|"
_LINE = re.compile(rb"\$SYS\$\|(Success|Error|Response)\|([^\r\n]*)\r?\n")
_WORDS: Final = {Op.SHOCK: "shock", Op.VIBRATE: "vibrate", Op.BEEP: "sound"}


def transmit(model: str, order: Order) -> bytes:
    """Return the line that carries out an order."""
    return _line(model, order.shocker, _WORDS[order.op], order.percent, order.length_ms)


def stop(shockers: Iterable[tuple[int, str]]) -> bytes:
    """Return the lines that end whatever these shockers do, each with its model."""
    return b"".join(_line(model, shocker, "stop", 0, 0) for shocker, model in shockers)


def taken(times: int) -> Callable[[bytes], bool | None]:
    """Return what reads that so many commands were taken; it raises REFUSED if one was not."""

    def read(heard: bytes) -> bool | None:
        answers = _LINE.findall(heard)
        for kind, text in answers:
            if kind == b"Error":
                raise DriverError(Cause.REFUSED, text.decode("ascii", "replace")[:80])
        return True if sum(kind == b"Success" for kind, _ in answers) >= times else None

    return read


def all_taken(times: int) -> Callable[[bytes], bool | None]:
    """Return what reads that so many commands were taken before ASK was answered.

    It raises REFUSED if one was refused, BAD_ANSWER if an answer is missing.
    """

    def read(heard: bytes) -> bool | None:
        if pin_of(heard) is None:
            return None
        if not taken(times)(heard):
            raise DriverError(Cause.BAD_ANSWER)
        return True

    return read


def pin_of(heard: bytes) -> str | None:
    """Return the radio's pin, as a sign of life; None while it was not told."""
    for kind, text in _LINE.findall(heard):
        name, _, value = text.partition(b"|")
        # Its name has changed with the firmware.
        if kind == b"Response" and name.endswith(b"Pin"):
            return str(value.decode("ascii", "replace"))[:8]
    return None


def _line(model: str, shocker: int, kind: str, percent: int, length_ms: int) -> bytes:
    wanted = {
        "model": model,
        "id": shocker,
        "type": kind,
        "intensity": percent,
        "durationMs": length_ms,
    }
    return b"rftransmit " + json.dumps(wanted, separators=(",", ":")).encode() + b"\n"

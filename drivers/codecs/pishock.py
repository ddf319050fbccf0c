"""Lines of PiShock hubs on USB: JSON objects, one a line.

One rule: what a hub tells of itself holds the passwords of its Wi-Fi; it is shown to nobody.
Source: the serial interface as PiShock's own Python package (zerario/Python-PiShock 1.2) speaks it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drivers.codecs.shockers import Order

ASK: Final = b'{"cmd": "info"}\n'
TOLD: Final = b"TERMINALINFO: "
_TOLD_LINE = re.compile(rb"TERMINALINFO: ([^\r\n]*)\r?\n")


@dataclass(frozen=True, slots=True)
class Hub:
    """What a hub told of itself, without its secrets."""

    version: str
    shockers: tuple[int, ...]
    paused: frozenset[int] = frozenset()


def operate(order: Order) -> bytes:
    """Return the line that carries out an order."""
    wanted: dict[str, object] = {
        "id": order.shocker,
        "op": order.op.value,
        "duration": order.length_ms,
        "intensity": order.percent,
    }
    return _line(wanted)


def end(shockers: Iterable[int]) -> bytes:
    """Return the lines that end whatever these shockers do."""
    return b"".join(_line({"id": one, "op": "end", "duration": 0}) for one in shockers)


def hub_of(heard: bytes) -> Hub | None:
    """Return what the hub told, None while it has not; BAD_ANSWER if it cannot be read."""
    found = _TOLD_LINE.search(heard)
    if found is None:
        return None
    try:
        told = json.loads(found[1])
        shockers = [(int(one["id"]), bool(one.get("paused"))) for one in told.get("shockers", ())]
        version = str(told.get("version", "?"))[:40]
    except (ValueError, ArithmeticError, TypeError, KeyError, AttributeError, RecursionError):
        # Not a word of it: there are passwords in it.
        raise DriverError(Cause.BAD_ANSWER) from None
    paused = frozenset(number for number, stands in shockers if stands)
    return Hub(version, tuple(number for number, _ in shockers), paused)


def _line(value: dict[str, object]) -> bytes:
    return json.dumps({"cmd": "operate", "value": value}).encode() + b"\n"

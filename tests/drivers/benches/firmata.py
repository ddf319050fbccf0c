"""Benches of Firmata: boards of our own making, and where it is built a stock sketch on an Uno."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from drivers.firmata import Firmata
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.avr import uno

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"port": "COM3"}

PINS: list[dict[str, Any]] = [
    {"kind": "switch", "pin": "8"},
    {"kind": "switch", "pin": "A0", "low": True},
    {"kind": "level", "pin": "3", "load": "light"},
    {"kind": "servo", "pin": "10", "from_degrees": 20, "to_degrees": 160, "rest_degrees": 40},
]
MOTORS: list[dict[str, Any]] = [
    {"pins": ["4", "5"], "enable_pin": "6", "max_rpm": 100},
    {"wiring": "four_half", "pins": ["A1", "A2", "A3", "A4"], "steps_per_round": 400},
]


def _pins(_folder: Path) -> Bench:
    from tests.fakes.firmata_board import FirmataBoard

    board = FirmataBoard(steppers=False, rest={14: 1, 10: 40})
    return _bench(board, {"outputs": PINS})


def _motors(_folder: Path) -> Bench:
    from tests.fakes.firmata_board import FirmataBoard

    # The drivers of motors take LOW for "on": the pin that enables one is theirs.
    return _bench(FirmataBoard(), {"outputs": [], "motors": MOTORS})


def _bench(board: Any, settings: dict[str, Any]) -> Bench:
    heard = Heard()
    driver = Firmata(Firmata.settings_for(port=board.path, **settings), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


def rests(board: uno.Uno) -> bool:
    """Whether the pins of PINS rest on a real board; the servo by the length of its pulses."""
    return (
        not board[8].high
        and board[14].high
        and board[3].level < 0
        and not board[3].high
        and abs(board[10].width_us - servo_us(40)) < 25
    )


def servo_us(degrees: float) -> float:
    """Return the pulse that Arduino's servo library makes of an angle, in microseconds."""
    return 544 + (2400 - 544) * degrees / 180


def _uno(_folder: Path) -> Bench:
    board, heard = uno.Uno("standard_firmata"), Heard()
    driver = Firmata(Firmata.settings_for(port=board.path, outputs=PINS), heard.events())
    return Bench(
        driver,
        heard,
        lambda: board.wait_for(lambda: rests(board), 0.1),
        board.wait_for,
        board.close,
        board.close,
    )


BENCHES: dict[str, Callable[[Path], Bench]] = {
    "firmata with four pins": _pins,
    "firmata with two motors": _motors,
    "firmata with the stock sketch on an Uno": _uno,
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    if os.name != "posix":
        return "pseudo terminals need a POSIX system"
    return uno.why_not("standard_firmata") if "Uno" in name else ""

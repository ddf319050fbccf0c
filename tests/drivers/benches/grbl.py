"""Benches of Grbl: a board of our own making, and where it is built Grbl itself on an Uno."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from drivers.grbl import Grbl
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.avr import uno

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes.grbl_board import GrblBoard

SETTINGS = {"port": "COM3"}
# Grbl's own pins on an Uno (cpu_map.h).
STEP_X, STEP_Y, DIRECTION_X = 2, 3, 5


def _board(_folder: Path) -> Bench:
    from tests.fakes.grbl_board import GrblBoard

    return _bench(GrblBoard())


def _motors(_folder: Path) -> Bench:
    from tests.fakes.grbl_board import SETTINGS as BOARD
    from tests.fakes.grbl_board import GrblBoard

    switches = BOARD | {22: 1, 103: 250.0, 113: 600.0, 123: 100.0}
    board = GrblBoard(settings=switches, axes=4, home_s=9.0)
    return _bench(board, motors=[{"axis": axis} for axis in "XYZA"], home=True)


def _bench(board: GrblBoard, **settings: object) -> Bench:
    heard = Heard()
    driver = Grbl(Grbl.settings_for(port=board.path, **settings), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


def still(board: uno.Uno) -> bool:
    """Whether the motor makes no step for a while: at 60 rounds a minute it makes one in 5 ms."""
    before, until = board[STEP_X].rises, time.monotonic() + 0.05
    return not board.wait_for(lambda: board[STEP_X].rises > before, until - time.monotonic())


def _uno(_folder: Path) -> Bench:
    board, heard = uno.Uno("grbl"), Heard()
    driver = Grbl(Grbl.settings_for(port=board.path), heard.events())

    def wait_for(true: Callable[[], bool]) -> bool:
        until = time.monotonic() + 10
        while not (right := true()) and time.monotonic() < until:
            board.wait_for(lambda: False, 0.01)
        return right

    return Bench(driver, heard, lambda: still(board), wait_for, board.close, board.close)


BENCHES: dict[str, Callable[[Path], Bench]] = {
    "grbl with a motor": _board,
    "grbl with all its motors": _motors,
    "grbl itself on an Uno": _uno,
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    if os.name != "posix":
        return "pseudo terminals need a POSIX system"
    return uno.why_not("grbl") if "Uno" in name else ""

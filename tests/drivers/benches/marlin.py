"""A bench of a board with Marlin."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.marlin import Marlin
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.marlin_board import MarlinBoard

SETTINGS = {"port": "COM3"}


def _motor(_folder: Path) -> Bench:
    from tests.fakes.marlin_board import MarlinBoard

    heard, board = Heard(), MarlinBoard()
    return _bench(heard, board, motors=[{"steps_per_round": 3200}])


def _motors(_folder: Path) -> Bench:
    from tests.fakes.marlin_board import MarlinBoard

    heard, board = Heard(), MarlinBoard(home_s=9.0)
    motors = [{"axis": axis, "steps_per_round": 3200} for axis in "XYZE"]
    return _bench(heard, board, motors=motors, home=True)


def _bench(heard: Heard, board: MarlinBoard, **settings: object) -> Bench:
    driver = Marlin(Marlin.settings_for(port=board.path, **settings), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


BENCHES = {"marlin with a motor": _motor, "marlin with all its motors": _motors}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

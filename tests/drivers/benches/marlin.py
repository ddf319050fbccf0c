"""A bench of a board with Marlin."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.marlin import Marlin
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"port": "COM3"}


def _motor(_folder: Path) -> Bench:
    from tests.fakes.marlin_board import MarlinBoard

    heard, board = Heard(), MarlinBoard()
    driver = Marlin(Marlin.settings_for(port=board.path, steps_per_round=3200), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


BENCHES = {"marlin with a motor": _motor}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

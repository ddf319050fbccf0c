"""Benches of Modbus relay boards: an ordinary one, and one with timers of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.modbus_relay import ModbusRelay
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"port": "COM3"}


def _board(model: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.modbus_board import ModbusBoard

        heard, board = Heard(), ModbusBoard(timed=model == "waveshare")
        settings = ModbusRelay.settings_for(port=board.path, channels=4, model=model)
        driver = ModbusRelay(settings, heard.events())
        return Bench(
            driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug
        )

    return make


BENCHES = {
    "modbus_relay on an ordinary board": _board("standard"),
    "modbus_relay on a board with timers": _board("waveshare"),
}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

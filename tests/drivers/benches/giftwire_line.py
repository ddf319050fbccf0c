"""Benches of boards that speak the Giftwire line protocol: a fake one, and the real sketch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.giftwire_line import GiftwireLine
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.firmware import sketch
from tests.fakes.firmware.board import Board
from tests.fakes.firmware.sketch import Sketch

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"port": "COM3"}


def _board(folder: Path) -> Bench:
    heard = Heard()
    board = Board(folder / "ttyGIFT")
    driver = GiftwireLine(GiftwireLine.settings_for(port=board.path), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


def _sketch(folder: Path) -> Bench:
    heard = Heard()
    board = Sketch(folder / "ttyGIFT")
    driver = GiftwireLine(
        GiftwireLine.settings_for(port=board.path, checksum=False), heard.events()
    )
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


BENCHES = {
    "giftwire_line on a fake board": _board,
    "giftwire_line on the real sketch": _sketch,
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    if os.name != "posix":
        return "pseudo terminals need a POSIX system"
    return sketch.why_not() if "sketch" in name else ""

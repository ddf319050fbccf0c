"""Benches of LED strips: one that takes Adalight, and one that takes TPM2 and answers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.pixels_serial import PixelsSerial
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"port": "COM3"}


def _board(protocol: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.pixel_board import PixelBoard

        heard, board = Heard(), PixelBoard()
        settings = PixelsSerial.settings_for(port=board.path, protocol=protocol, leds=30)
        driver = PixelsSerial(settings, heard.events())
        return Bench(
            driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug
        )

    return make


BENCHES = {
    "pixels_serial with Adalight": _board("adalight"),
    "pixels_serial with TPM2": _board("tpm2"),
}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

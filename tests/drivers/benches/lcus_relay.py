"""A bench of an LCUS relay board."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.lcus_relay import LcusRelay
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.relay_board import RelayBoard

SETTINGS = {"port": "COM3"}


def _four_relays(_folder: Path) -> Bench:
    from tests.fakes.relay_board import RelayBoard

    return _bench(RelayBoard(), channels=4)


def _telling(_folder: Path) -> Bench:
    from tests.fakes.relay_board import RelayBoard

    return _bench(RelayBoard(tells="lines"), model="asked", channels=4)


def _bench(board: RelayBoard, **settings: object) -> Bench:
    heard = Heard()
    driver = LcusRelay(LcusRelay.settings_for(port=board.path, **settings), heard.events())
    return Bench(driver, heard, lambda: board.resting, board.wait_for, board.close, board.unplug)


BENCHES = {
    "lcus_relay with four relays": _four_relays,
    "lcus_relay that tells its state": _telling,
}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

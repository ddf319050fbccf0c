"""Benches of USB relay boards without a port, on the stand-in hidapi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.hid_relay import HidRelay
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.hid_bus import HidBus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _board(way: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        heard, bus = Heard(), HidBus()
        board = bus.plug(4, way=way)
        driver = HidRelay(HidRelay.settings_for(channels=4), heard.events())
        return Bench(
            driver,
            heard,
            lambda: not board.closed,
            bus.wait_for,
            bus.close,
            lambda: bus.unplug(board),
        )

    return make


BENCHES = {
    "hid_relay that tells which are on": _board("plain"),
    "hid_relay that never tells": _board("never"),
}

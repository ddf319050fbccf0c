"""Benches of boards behind Bluetooth: a fake one, and the real sketch behind a serial module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.ble_uart import BleUart
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.bluez import bus
from tests.fakes.firmware import sketch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.contract import Driver
    from tests.fakes.firmware.board import Board
    from tests.fakes.firmware.sketch import Sketch

SETTINGS = {"device": "24:0A:C4:00:00:01"}


def _behind(make_board: Callable[[Path], Board | Sketch], *, hm10: bool) -> Callable[[Path], Bench]:
    def make(folder: Path) -> Bench:
        from tests.fakes.bluez.daemon import Bluez
        from tests.fakes.bluez.serial_module import SerialModule

        heard, board, bluez = Heard(), make_board(folder / "ttyGIFT"), Bluez()
        module = SerialModule(bluez, board.path, hm10=hm10)
        bluez.add(module)
        driver = BleUart(BleUart.settings_for(device=module.address), heard.events())

        def close() -> None:
            module.close()
            bluez.close()
            board.close()

        return Bench(
            driver,
            heard,
            lambda: board.resting,
            board.wait_for,
            close,
            lambda: bluez.drop(module),
            abandon=_abandon,
        )

    return make


def _board(link: Path) -> Board:
    from tests.fakes.firmware.board import Board

    return Board(link)


def _sketch(link: Path) -> Sketch:
    from tests.fakes.firmware.sketch import Sketch

    return Sketch(link)


async def _abandon(driver: Driver) -> None:
    from tests.fakes.bluez.crash import crash

    pipe, driver._pipe = driver._pipe, None
    await crash(pipe.link)


BENCHES = {
    "ble_uart on a fake board": _behind(_board, hm10=False),
    "ble_uart on the real sketch behind an HM-10": _behind(_sketch, hm10=True),
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return bus.why_not() or (sketch.why_not() if "sketch" in name else "")

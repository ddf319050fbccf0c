"""Every driver on its bench: how to make one, to see what its outputs do, and to pull its cable.

One rule: a driver without a bench fails the contract suite, so a new one is never forgotten.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.contract import (
    Capability,
    Driver,
    DriverError,
    DriverEvents,
    Flash,
    Instruction,
    Kind,
    Observation,
    Play,
    Pulse,
    Rotate,
    SetLevel,
    Switch,
)
from drivers.giftwire_line import GiftwireLine
from drivers.simulated import Simulated
from tests.fakes.firmware import sketch
from tests.fakes.firmware.board import Board
from tests.fakes.firmware.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Something that turns each kind of output on for long enough to look.
ON: dict[Kind, Instruction] = {
    Kind.MOTOR: Rotate(50, 60),
    Kind.LIGHT: Flash(20, rate_hz=1.0),
    Kind.LEVEL: SetLevel(0.5),
    Kind.SWITCH: Switch(on=True),
    Kind.PULSE: Pulse(),
    Kind.EFFECT: Play("confetti"),
}


class Heard:
    """What a driver told through its callbacks."""

    def __init__(self) -> None:
        self.lost: list[DriverError] = []
        self.observations: list[Observation] = []
        self.pressed = 0
        self.ended: list[str] = []

    def events(self) -> DriverEvents:
        return DriverEvents(
            self.lost.append, self.observations.append, self._press, self.ended.append
        )

    def _press(self) -> None:
        self.pressed += 1


@dataclass
class Bench:
    """One driver with its world. `lose` is None where nothing can be lost."""

    driver: Driver
    heard: Heard
    resting: Callable[[], bool]
    wait_for: Callable[[Callable[[], bool]], bool]
    close: Callable[[], None]
    lose: Callable[[], None] | None = None

    async def open(self) -> tuple[Capability, ...]:
        return await self.driver.open()


def _practice(machine: str, *, self_timed: bool = True) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        heard = Heard()
        settings = Simulated.settings_for(machine=machine, self_timed=self_timed)
        driver = Simulated(settings, heard.events())
        return Bench(driver, heard, lambda: driver.resting, lambda true: true(), lambda: None)

    return make


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


BENCHES: dict[str, Callable[[Path], Bench]] = {
    "simulated motor": _practice("motor"),
    "simulated light": _practice("light"),
    "simulated relay": _practice("relay"),
    "simulated relay, host-timed": _practice("relay", self_timed=False),
    "simulated effects": _practice("effects"),
    "giftwire_line on a fake board": _board,
    "giftwire_line on the real sketch": _sketch,
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    if "sketch" in name:
        return sketch.why_not()
    return "pseudo terminals need a POSIX system" if "board" in name and os.name != "posix" else ""


def example_settings(driver: type[Driver]) -> dict[str, Any]:
    """Return settings each driver accepts."""
    return {"giftwire_line": {"port": "COM3"}}.get(driver.key, {})

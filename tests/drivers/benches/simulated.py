"""Benches of the practice devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.simulated import Simulated
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _practice(machine: str, *, self_timed: bool = True) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        heard = Heard()
        settings = Simulated.settings_for(machine=machine, self_timed=self_timed)
        driver = Simulated(settings, heard.events())
        return Bench(driver, heard, lambda: driver.resting, lambda true: true(), lambda: None)

    return make


BENCHES = {
    "simulated motor": _practice("motor"),
    "simulated light": _practice("light"),
    "simulated relay": _practice("relay"),
    "simulated relay, host-timed": _practice("relay", self_timed=False),
    "simulated effects": _practice("effects"),
    "simulated servo": _practice("servo"),
    "simulated fan": _practice("fan"),
    "simulated puffer": _practice("puffer"),
}

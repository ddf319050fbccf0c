"""A bench of an sACN box with a lamp and a fog machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.sacn import Sacn
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.dmx_box import SacnBox

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.contract import Driver

FIXTURES = [{"type": "rgbw", "start": 1}, {"type": "fog", "start": 512}]
SETTINGS = {"universe": 7, "fixtures": FIXTURES}


async def drop_socket(driver: Driver) -> None:
    """Leave the box as kill -9 does."""
    assert isinstance(driver, Sacn)
    await driver._line.pipe.close()


def _box(_folder: Path) -> Bench:
    heard, box = Heard(), SacnBox()
    settings = Sacn.settings_for(
        host="127.0.0.1", port=box.port, universe=box.universe, fixtures=FIXTURES
    )
    return Bench(
        Sacn(settings, heard.events()),
        heard,
        lambda: not any(box.line),
        box.wait_for,
        box.close,
        box.close,
        abandon=drop_socket,
    )


BENCHES = {"sacn box with lamp and fog": _box}

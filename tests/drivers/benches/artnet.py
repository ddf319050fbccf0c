"""A bench of an Art-Net box with a lamp, a moving head and a relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.artnet import ArtNet
from tests.drivers.benches.bench import Bench, Heard
from tests.fakes.dmx_box import ArtNetBox

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.contract import Driver

FIXTURES = [
    {"type": "dimmer_rgb", "start": 1},
    {"type": "head", "start": 10},
    {"type": "relay", "start": 20},
]
# The head rests in the middle of its ways.
AT_REST = bytes(9) + b"\x80\x80" + bytes(13)
SETTINGS = {"host": "192.168.1.50", "fixtures": FIXTURES}


async def drop_socket(driver: Driver) -> None:
    """Leave the box as kill -9 does."""
    assert isinstance(driver, ArtNet)
    await driver._line.pipe.close()


def _box(_folder: Path) -> Bench:
    heard, box = Heard(), ArtNetBox()
    settings = ArtNet.settings_for(
        host="127.0.0.1", port=box.port, universe=box.universe, fixtures=FIXTURES
    )
    return Bench(
        ArtNet(settings, heard.events()),
        heard,
        # Before the first frame it holds nothing.
        lambda: box.line in (b"", AT_REST),
        box.wait_for,
        box.close,
        box.close,
        abandon=drop_socket,
    )


BENCHES = {"artnet box with lamp, head and relay": _box}

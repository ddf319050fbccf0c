"""A bench of a DMX USB Pro with a lamp, a moving head and a fog machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.enttec_pro import EnttecPro
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

FIXTURES = [
    {"type": "rgb", "start": 1},
    {"type": "head", "start": 10},
    {"type": "fog", "start": 20},
]
# The head rests in the middle of its ways.
AT_REST = bytes(9) + b"\x80\x80" + bytes(501)
SETTINGS = {"port": "COM3", "fixtures": FIXTURES}


def _box(_folder: Path) -> Bench:
    from tests.fakes.enttec_box import EnttecBox

    heard, box = Heard(), EnttecBox()
    settings = EnttecPro.settings_for(port=box.path, fixtures=FIXTURES)
    driver = EnttecPro(settings, heard.events())
    return Bench(driver, heard, lambda: box.line == AT_REST, box.wait_for, box.close, box.unplug)


BENCHES = {"enttec_pro with lamp, head and fog": _box}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

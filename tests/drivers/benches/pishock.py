"""A bench of a PiShock hub with two shockers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.pishock import PiShock
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

SHOCKERS = [420, 421]
SETTINGS = {"port": "COM3", "shockers": SHOCKERS}


def _two_shockers(_folder: Path) -> Bench:
    from tests.fakes.pishock_hub import PiShockHub

    heard, hub = Heard(), PiShockHub(*SHOCKERS)
    driver = PiShock(PiShock.settings_for(port=hub.path, shockers=SHOCKERS), heard.events())
    return Bench(driver, heard, lambda: hub.resting, hub.wait_for, hub.close, hub.unplug)


BENCHES = {"pishock with two shockers": _two_shockers}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

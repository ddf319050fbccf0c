"""A bench of a OpenShock hub with two shockers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.openshock import OpenShock
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

SHOCKERS = [{"id": 12345}, {"id": 7, "model": "petrainer"}]
SETTINGS = {"port": "COM3", "shockers": SHOCKERS}


def _two_shockers(_folder: Path) -> Bench:
    from tests.fakes.openshock_hub import OpenShockHub

    heard, hub = Heard(), OpenShockHub()
    driver = OpenShock(OpenShock.settings_for(port=hub.path, shockers=SHOCKERS), heard.events())
    return Bench(driver, heard, lambda: hub.resting, hub.wait_for, hub.close, hub.unplug)


BENCHES = {"openshock with two shockers": _two_shockers}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

"""Acme lamp: its bench."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.drivers.benches.bench import Bench, Heard
from tests.drivers.skeletons.cable.driver import AcmeLamp

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"port": "COM3"}


def _one(_folder: Path) -> Bench:
    from tests.drivers.skeletons.cable.far_end import AcmeLampEnd

    heard, far = Heard(), AcmeLampEnd()
    driver = AcmeLamp(AcmeLamp.settings_for(port=far.path), heard.events())
    return Bench(driver, heard, lambda: far.resting, far.wait_for, far.close, far.unplug)


BENCHES = {"acme_lamp": _one}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

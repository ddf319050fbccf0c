"""A bench of an Open DMX cable with a lamp and a moving head."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from drivers.open_dmx import OpenDmx
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

FIXTURES = [{"type": "rgb", "start": 1}, {"type": "head", "start": 10}]
# The head rests in the middle of its ways.
AT_REST = bytes(9) + b"\x80\x80" + bytes(13)
SETTINGS = {"port": "COM3", "fixtures": FIXTURES}


def _cable(_folder: Path) -> Bench:
    from tests.fakes.dmx_line import DmxLine

    heard, line = Heard(), DmxLine()
    driver = OpenDmx(OpenDmx.settings_for(port=line.path, fixtures=FIXTURES), heard.events())
    # Before the first frame the lamps see nothing.
    return Bench(
        driver,
        heard,
        lambda: line.line in (b"", AT_REST),
        line.wait_for,
        line.close,
        line.unplug,
    )


BENCHES = {"open_dmx with lamp and head": _cable}


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    return "" if os.name == "posix" else "pseudo terminals need a POSIX system"

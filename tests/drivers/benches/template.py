"""Benches of a device of somebody's own: on a cable, where it answers, and over TCP without."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from drivers.template import Template
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.contract import Driver

OUTPUTS: list[dict[str, Any]] = [
    {"name": "Relay", "kind": "switch", "on": "REL 1", "off": "REL 0"},
    {"name": "Lamp", "kind": "light", "on": "LED {color}", "off": "LED 0", "load": "light"},
    {"name": "Fan", "kind": "level", "on": "FAN {level:255}", "off": "FAN 0", "load": "motor"},
    {
        "name": "Motor",
        "kind": "motor",
        "on": "MOT {sign}{rounds} {rpm}",
        "run": "MOT {sign}{rpm} {ms}",
        "off": "MOT 0",
        "load": "motor",
    },
    {
        "name": "Shot",
        "kind": "pulse",
        "on": "SHOT {ms}",
        "self_timed": True,
        "load": "harmless",
    },
]
SETTINGS = {"port": "COM3", "outputs": OUTPUTS}


async def _hang_up(driver: Driver) -> None:
    speech, driver._speech = driver._speech, None
    await speech._pipe.close()


def _on_a_cable(_folder: Path) -> Bench:
    from tests.fakes.own_device import OwnBoard

    heard, board = Heard(), OwnBoard()
    settings = Template.settings_for(
        port=board.path, outputs=OUTPUTS, answer="OK", all_off="ALL OFF", heartbeat="ALIVE"
    )
    return Bench(
        Template(settings, heard.events()),
        heard,
        lambda: board.resting,
        board.wait_for,
        board.close,
        board.unplug,
        _hang_up,
    )


def _over_tcp(_folder: Path) -> Bench:
    from tests.fakes.own_device import OwnNetDevice

    heard, device = Heard(), OwnNetDevice("tcp")
    settings = Template.settings_for(
        way="tcp", host="127.0.0.1", host_port=device.port, outputs=OUTPUTS[:4]
    )
    return Bench(
        Template(settings, heard.events()),
        heard,
        lambda: device.resting,
        device.wait_for,
        device.close,
        device.hang_up,
        _hang_up,
    )


BENCHES = {
    "template on a cable, with answers": _on_a_cable,
    "template over TCP, without answers": _over_tcp,
}


def why_not(name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    needs = "cable" in name and os.name != "posix"
    return "pseudo terminals need a POSIX system" if needs else ""

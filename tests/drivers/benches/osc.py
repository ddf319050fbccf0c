"""A bench of a program that understands OSC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drivers.osc import Osc
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from pathlib import Path

    from drivers.contract import Driver

OUTPUTS: list[dict[str, Any]] = [
    {"name": "Layer", "kind": "level", "address": "/layer/1/opacity", "load": "harmless"},
    {"name": "Blitz", "kind": "switch", "address": "/blitz", "numbers": "bool", "load": "light"},
    {"name": "Wash", "kind": "light", "address": "/wash", "numbers": "int", "most": 255},
    {"name": "Hit", "kind": "pulse", "address": "/hit", "numbers": "int", "load": "harmless"},
    {"name": "Cue", "kind": "effect", "address": "/cue", "effects": ["one", "two"]},
]
SETTINGS = {"outputs": OUTPUTS}


async def _vanish(driver: Driver) -> None:
    assert isinstance(driver, Osc)
    speech, driver._speech = driver._speech, None
    await speech._pipe.close()


def _program(_folder: Path) -> Bench:
    from tests.fakes.osc_program import OscProgram

    heard, program = Heard(), OscProgram()
    settings = Osc.settings_for(port=program.port, outputs=OUTPUTS)
    driver = Osc(settings, heard.events())

    def end() -> None:
        program.close()
        # Nobody knows before something is sent.
        driver.stop_now()

    return Bench(
        driver,
        heard,
        lambda: program.resting,
        program.wait_for,
        program.close,
        end,
        _vanish,
    )


BENCHES = {"osc to a program on this computer": _program}

"""Benches of OBS Studio: with a password, and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.contract import Play
from drivers.obs import Obs
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


async def _vanish(driver: Obs) -> None:
    link, driver._talk = driver._link, None
    await link.close()


def _studio(password: str, sources: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.obs_studio import ObsStudio

        heard, far = Heard(), ObsStudio(password)
        before = far.look
        settings = Obs.settings_for(port=far.port, password=password, sources=sources)
        return Bench(
            Obs(settings, heard.events()),
            heard,
            lambda: far.look == before,
            far.wait_for,
            far.close,
            far.unplug,
            _vanish,
            on={"scene": Play("Party")},
        )

    return make


BENCHES = {
    "obs with a password": _studio("geheim", "Confetti"),
    "obs without a password": _studio("", "Main/Confetti, lights off"),
}

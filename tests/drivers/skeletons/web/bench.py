"""Acme lamp: its bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.drivers.benches.bench import Bench, Heard
from tests.drivers.skeletons.web.driver import AcmeLamp

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"host": "192.168.1.40"}


async def _abandon(driver: AcmeLamp) -> None:
    """Leave without a word; nothing stands between two requests."""
    await driver._http.close()


def _one(_folder: Path) -> Bench:
    from tests.drivers.skeletons.web.far_end import AcmeLampEnd

    heard, far = Heard(), AcmeLampEnd()
    driver = AcmeLamp(AcmeLamp.settings_for(host="127.0.0.1", port=far.port), heard.events())
    return Bench(
        driver,
        heard,
        lambda: far.resting,
        far.wait_for,
        far.close,
        far.unplug,
        _abandon,
        connected=False,
    )


BENCHES = {"acme_lamp": _one}

"""Acme lamp: its bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.drivers.benches.bench import Bench, Heard
from tests.drivers.skeletons.udp.driver import AcmeLamp

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"host": "192.168.1.40"}


def _one(_folder: Path) -> Bench:
    from tests.drivers.skeletons.udp.far_end import AcmeLampEnd

    heard, far = Heard(), AcmeLampEnd()
    driver = AcmeLamp(AcmeLamp.settings_for(host="127.0.0.1", port=far.port), heard.events())

    def lose() -> None:
        far.close()
        driver.stop_now()  # nobody knows before something is sent

    return Bench(driver, heard, lambda: far.resting, far.wait_for, far.close, lose)


BENCHES = {"acme_lamp": _one}

"""Benches of toys behind Intiface: a simple one, and three of all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.buttplug import Buttplug
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


async def _vanish(driver: Buttplug) -> None:
    """Cut the connection without a word, as the system does for a process that was killed."""
    from drivers.transports.intiface import _link
    from drivers.transports.side_loop import side

    link, driver._link = driver._link, None
    side.call(_link(link._client).transport.abort)
    link._told.silence()
    await link.close()


def _server(*kinds: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes import intiface

        heard = Heard()
        far = intiface.Intiface(*(getattr(intiface, one)() for one in kinds))
        settings = Buttplug.settings_for(address=f"ws://127.0.0.1:{far.port}")
        return Bench(
            Buttplug(settings, heard.events()),
            heard,
            lambda: far.resting,
            far.wait_for,
            far.close,
            far.unplug,
            _vanish,
        )

    return make


BENCHES = {
    "buttplug with one toy": _server("vibe"),
    "buttplug with toys of all kinds": _server("vibe", "stroker", "wearable"),
}

"""Benches of WLED: one that goes back to what was on, one that goes back to a preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.wled import Wled
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"host": "192.168.1.40"}


async def _vanish(driver: Wled) -> None:
    await driver._show.close()
    for one in (driver._udp, driver._news, driver._http):
        await one.close()
    driver._http = None


def _controller(rest_preset: int) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes.wled import WledDevice

        heard, far = Heard(), WledDevice()
        if rest_preset:
            far.state["ps"] = rest_preset
            far.state["bri"] = 40
            far.state["seg"][0]["fx"] = 2
        rest = far.shown
        settings = Wled.settings_for(host="127.0.0.1", port=far.port, rest_preset=rest_preset)
        return Bench(
            Wled(settings, heard.events()),
            heard,
            lambda: far.shown == rest,
            far.wait_for,
            far.close,
            far.unplug,
            _vanish,
        )

    return make


BENCHES = {
    "wled that shows a colour of its own": _controller(0),
    "wled that goes back to a preset": _controller(3),
}

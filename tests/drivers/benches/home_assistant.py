"""Benches of Home Assistant: lights that were on, and everything that can be switched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.home_assistant import HomeAssistant
from tests.drivers.benches.bench import Bench, Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"entities": "light.desk, switch.plug", "token": "secret"}


async def _vanish(driver: HomeAssistant) -> None:
    link, driver._talk = driver._link, None
    for name in list(driver._blinks):
        driver._end_blinking(name)
    await link.close()


def _house(entities: str, **settings: str) -> Callable[[Path], Bench]:
    def make(_folder: Path) -> Bench:
        from tests.fakes import home_assistant as fake

        heard, far = Heard(), fake.HomeAssistant()
        names = [one.strip() for one in entities.split(",")]
        before = {name: _look(far, name) for name in names}
        told = {"address": f"http://127.0.0.1:{far.port}", "token": fake.TOKEN}
        driver = HomeAssistant(
            HomeAssistant.settings_for(entities=entities, **told, **settings), heard.events()
        )
        return Bench(
            driver,
            heard,
            lambda: all(_look(far, name) == before[name] for name in names),
            far.wait_for,
            far.close,
            far.unplug,
            _vanish,
        )

    return make


def _look(far: object, name: str) -> tuple[object, ...]:
    thing = far.things[name]
    if thing["state"] != "on":
        return (thing["state"],)
    told = thing["attributes"]
    mode = told.get("color_mode")
    return (thing["state"], told.get("brightness"), mode, mode == "hs" and told.get("rgb_color"))


BENCHES = {
    "home_assistant with a light that is on": _house("light.desk"),
    "home_assistant with things of all kinds": _house(
        "switch.plug, siren.horn, fan.big, number.power, light.plain, light.bulb, script.dance, sensor.heat"
    ),
}

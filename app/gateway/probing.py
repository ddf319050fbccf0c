"""Asks, for a dry run, whether what rules reach outside the devices could be reached now.

One rule: it connects at most; nothing is shown, said or sent.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, OutletError
from app.outlets.sound import sounds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.gateway.house import House
    from app.gateway.outside import Outside
    from app.gateway.rule_views import DryResult, PlannedView

_LIMIT_S: Final = 1.5
_PREFIX: Final = "outlet:"
# The overlay is set up, and nobody has it open.
UNSEEN: Final = "unseen"


class Probe:
    """Looks at the outlets that a dry run would use. Loop's thread only."""

    def __init__(self, house: House, outside: Outside) -> None:
        self._house = house
        self._outside = outside
        self._asked: dict[str, Callable[[], Awaitable[str]]] = {
            "sound": self._sound,
            "speech": self._speech,
            "obs": self._obs,
            "mqtt": self._mqtt,
            "overlay": self._overlay,
        }

    async def told(self, dry: DryResult) -> DryResult:
        """Return the same with the problem of each thing that could not be done now."""
        outlets = {view.device_id.removeprefix(_PREFIX) for view in dry.commands}
        asked = sorted(outlets & self._asked.keys())
        if not asked:
            return dry
        answers = await asyncio.gather(*(_answer(self._asked[name]()) for name in asked))
        problems = dict(zip(asked, answers, strict=True))
        known = await asyncio.to_thread(sounds, self._outside.sound_folders)
        commands: list[PlannedView] = []
        for view in dry.commands:
            problem = problems.get(view.device_id.removeprefix(_PREFIX), "")
            if not problem and "sound" in view.args and view.args["sound"] not in known:
                problem = Drop.NOT_FOUND.value
            commands.append(view.model_copy(update={"problem": problem}) if problem else view)
        return dry.model_copy(update={"commands": tuple(commands)})

    async def _sound(self) -> str:
        return _unless(self._house.settings.values.sound_level)

    async def _speech(self) -> str:
        return _unless(self._house.settings.values.speech_level)

    async def _obs(self) -> str:
        await self._outside.obs.reach()
        return ""

    async def _mqtt(self) -> str:
        await self._outside.mqtt.reach()
        return ""

    async def _overlay(self) -> str:
        door = self._outside.door
        if not door.port:
            raise NotSetUpError
        return "" if door.watched else UNSEEN


def _unless(level: float) -> str:
    if not level:
        raise NotSetUpError
    return ""


async def _answer(asked: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(_LIMIT_S):
            return await asked
    except TimeoutError:
        return Drop.NO_ANSWER.value
    except OutletError as error:
        return error.drop.value

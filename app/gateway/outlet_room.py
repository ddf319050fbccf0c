"""Tries out what rules reach outside the devices, lists what may be chosen there, presses keys.

One rule: who tries something out is answered with its fate, and nothing of it is counted.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.core.effects import PlaySound, Speak
from app.core.forms import Pick
from app.core.hotkeys import written
from app.core.outcome import Drop
from app.core.walk import spots, variables_in
from app.gateway import messages as m
from app.gateway.outside import WEBHOOK_PREFIX
from app.gateway.outside_views import UsesResult
from app.gateway.refusal import RefusedError
from app.gateway.setting_forms import forms
from app.outlets.outlet import OutletError
from app.outlets.sound import sounds
from app.store.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from app.core.rules import Rule
    from app.gateway.house import House
    from app.gateway.outside import Outside
    from app.gateway.pretend import Rehearsal
    from app.store.db import Database

_LIMIT_S: Final = 20.0
T = TypeVar("T")


class OutletRoom:
    """Answers for the outlets. Loop's thread only."""

    def __init__(
        self, house: House, outside: Outside, database: Database, rehearsal: Rehearsal
    ) -> None:
        self._house = house
        self._outside = outside
        self._rehearsal = rehearsal
        # The names alone: a keyring does not tell what it holds.
        self._secrets = Kept(database, "secret")

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.PressKeys: self._press_keys,
            m.TryOutlet: self._try_outlet,
            m.ListSounds: self._list_sounds,
            m.ListScenes: self._list_scenes,
            m.GetUses: self._get_uses,
            m.GetSettingForms: self._get_forms,
            m.SetSecret: self._set_secret,
        }

    async def _press_keys(self, request: m.PressKeys) -> m.Reply:
        try:
            keys = written(request.keys)
        except ValueError as error:
            raise RefusedError("bad_value") from error
        pressed = self._rehearsal.keyed(keys)
        self._house.line.on_event(pressed, self._house.clock.monotonic())
        return m.Reply(id=request.id, event_id=pressed.id)

    # ------------------------------------------------------------ trying out

    async def _try_outlet(self, request: m.TryOutlet) -> m.Reply:
        makes_noise = request.outlet in ("sound", "speech")
        if makes_noise and self._house.hub.latched:
            raise RefusedError("stopped")
        return m.Reply(id=request.id, names=await _fate(self._try(request)))

    async def _try(self, request: m.TryOutlet) -> tuple[str, ...]:
        outside, what = self._outside, request.what.strip()
        if request.outlet == "sound":
            return (await outside.sound.carry_out(PlaySound(what or (await self._sounds())[0])),)
        if request.outlet == "speech":
            return (await outside.speech.carry_out(Speak(what or "Giftwire")),)
        if request.outlet == "obs":
            return tuple(await outside.obs.scenes())
        await outside.mqtt.reach()
        return ()

    async def _list_sounds(self, request: m.ListSounds) -> m.Reply:
        return m.Reply(id=request.id, names=await _fate(self._sounds()))

    async def _sounds(self) -> tuple[str, ...]:
        found = await asyncio.to_thread(sounds, self._outside.sound_folders)
        if not found:
            raise OutletError(Drop.NOT_FOUND)
        return tuple(sorted(found, key=str.casefold))

    async def _list_scenes(self, request: m.ListScenes) -> m.Reply:
        return m.Reply(id=request.id, scenes=await _fate(self._outside.obs.scenes()))

    # ------------------------------------------------------------ what rules name

    async def _get_uses(self, request: m.GetUses) -> m.Reply:
        rules = self._house.rules.document.rules.rules
        variables, secrets = await asyncio.to_thread(_uses, rules)
        kept = tuple(await self._secrets.all())
        uses = UsesResult(variables=variables, secrets=secrets, kept=kept)
        return m.Reply(id=request.id, uses=uses)

    async def _get_forms(self, request: m.GetSettingForms) -> m.Reply:
        return m.Reply(id=request.id, forms=forms(request.group))

    async def _set_secret(self, request: m.SetSecret) -> m.Reply:
        name, value = request.name.strip(), request.value.strip()
        await self._house.secrets.put(WEBHOOK_PREFIX + name, value)
        if value:
            self._secrets.put(name, {})
        else:
            self._secrets.drop(name)
        return m.Reply(id=request.id)


async def _fate(doing: Awaitable[T]) -> T:
    """Return what came of it; raises RefusedError with why nothing did."""
    try:
        async with asyncio.timeout(_LIMIT_S):
            return await doing
    except TimeoutError as error:
        raise RefusedError(Drop.NO_ANSWER.value) from error
    except OutletError as error:
        raise RefusedError(error.drop.value, detail=error.detail[:200]) from error


def _uses(rules: Iterable[Rule]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the ids of the rules that name each variable, and each secret."""
    variables: dict[str, list[str]] = {}
    secrets: dict[str, list[str]] = {}
    for rule in rules:
        for name in variables_in((rule,)):
            variables.setdefault(name, []).append(rule.id)
        for name in {str(one.value) for one in spots(rule) if one.pick == Pick.SECRET} - {""}:
            secrets.setdefault(name, []).append(rule.id)
    return (
        {name: tuple(ids) for name, ids in variables.items()},
        {name: tuple(ids) for name, ids in secrets.items()},
    )

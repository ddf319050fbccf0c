"""Answers requests about single devices: adding, settings, replacing, limits, consent, budgets.

One rule: secrets go to the store of secrets before the hub hears of the device.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.devices import keys
from app.devices.arming import Arming
from app.devices.budgets import Budget
from app.devices.config import DeviceConfig
from app.devices.consent import PHRASES, TEXTS, is_phrase, needs_consent
from app.devices.families import GROUPS, can_be_found, group_of
from app.devices.roster import new_id
from app.devices.trial import try_out
from app.gateway import messages as m
from app.gateway.device_mapping import limits_of, loosens, tried_view
from app.gateway.device_views import ConsentView, DeviceFormView, DriversResult, DriverView
from app.gateway.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.board import Board
    from app.gateway.house import House
    from drivers.contract import Capability, Driver


_LONGEST_NAME: Final = 80


class DeviceRoom:
    """Answers for devices. Loop's thread only."""

    def __init__(self, house: House, board: Board) -> None:
        self._house = house
        self._board = board
        self._hub = house.hub
        # A device changes one thing after the other, or a trial would meet itself at the port.
        self._one_by_one = asyncio.Lock()

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.Discover: self._discover,
            m.GetDrivers: self._get_drivers,
            m.AddDevice: self._add,
            m.GetDeviceForm: self._get_form,
            m.ConfigureDevice: self._configure,
            m.TryDevice: self._try,
            m.ReplaceDevice: self._replace,
            m.RenameDevice: self._rename,
            m.ForgetDevice: self._forget,
            m.SetDeviceLimits: self._set_limits,
            m.GetConsent: self._get_consent,
            m.GiveConsent: self._give_consent,
            m.ArmDevice: self._arm,
            m.SetBudget: self._set_budget,
            m.Refill: self._refill,
        }

    # ------------------------------------------------------------ adding

    async def _discover(self, request: m.Discover) -> m.Reply:
        found = await self._hub.discover()
        views = tuple(
            m.FoundView(
                driver=one.driver,
                title=one.title,
                detail=one.detail,
                simulated=self._kind(one.driver).simulated,
                settings=one.settings,
            )
            for one in found
        )
        result = m.DiscoverResult(found=views, broken=dict(self._house.broken))
        return m.Reply(id=request.id, discover=result)

    async def _get_drivers(self, request: m.GetDrivers) -> m.Reply:
        views = [_driver_view(one) for one in self._hub.catalog.found.values()]
        views.sort(key=lambda one: (GROUPS.index(one.group), one.title))
        drivers = DriversResult(drivers=tuple(views), broken=dict(self._house.broken))
        return m.Reply(id=request.id, drivers=drivers)

    async def _add(self, request: m.AddDevice) -> m.Reply:
        kind, device_id = self._kind(request.driver), new_id()
        given = await self._house.brokers.completed(kind, request.settings)
        settings = await self._sealed(kind, device_id, given, {})
        name = request.name.strip()
        self._hub.add_config(DeviceConfig(device_id, name, request.driver, settings))
        self._house.devices.note_new(device_id)
        await self._changed(device_id)
        return m.Reply(id=request.id, device_id=device_id)

    async def _get_form(self, request: m.GetDeviceForm) -> m.Reply:
        config = self._hub.config(request.device_id)
        kind = self._hub.catalog.found.get(config.driver)
        fields = keys.secret_fields(kind) if kind is not None else frozenset()
        form = DeviceFormView(
            device_id=config.id,
            driver=config.driver,
            name=config.name,
            settings=keys.shown(kind, config.settings),
            secrets={field: field in config.settings for field in sorted(fields)},
        )
        return m.Reply(id=request.id, device_form=form)

    async def _configure(self, request: m.ConfigureDevice) -> m.Reply:
        async with self._one_by_one:
            config = self._hub.config(request.device_id)
            kind = self._kind(config.driver)
            settings = await self._sealed(kind, config.id, request.settings, config.settings)
            await self._hub.configure(config.id, settings)
            await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _try(self, request: m.TryDevice) -> m.Reply:
        if self._hub.latched:
            raise RefusedError("stopped")
        kind, device_id = self._kind(request.driver), request.device_id
        async with self._one_by_one:
            kept = self._hub.config(device_id).settings if device_id else {}
            own = _whole(kind, request.settings, kept)
            given = await self._house.brokers.completed(kind, own)
            _check(kind, given)
            go_on = await self._hub.pause(device_id) if device_id else None
            try:
                tried = await try_out(kind, given, self._hub)
            finally:
                if go_on is not None:
                    go_on()
        return m.Reply(id=request.id, tried=tried_view(tried))

    async def _replace(self, request: m.ReplaceDevice) -> m.Reply:
        async with self._one_by_one:
            config, kind = self._hub.config(request.device_id), self._kind(request.driver)
            before = config.settings if config.driver == request.driver else {}
            settings = await self._sealed(kind, config.id, request.settings, before)
            await self._forget_secrets(config, settings)
            await self._hub.replace_with(config.id, request.driver, settings)
            await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _rename(self, request: m.RenameDevice) -> m.Reply:
        name = request.name.strip()
        if request.capability:
            return await self._rename_output(request, name)
        if not name:
            raise RefusedError("bad_value")
        made = self._hub.made_by_id(request.device_id)
        if made is not None:
            self._hub.put_made(replace(made, name=name))
        else:
            self._hub.rename(request.device_id, name)
        await self._changed(request.device_id)
        return m.Reply(id=request.id)

    async def _rename_output(self, request: m.RenameDevice, name: str) -> m.Reply:
        capability = self._output(request.device_id, request.capability)
        config = self._hub.config(request.device_id)
        names = {**config.names, capability.id: name[:_LONGEST_NAME]}
        self._hub.adjust(replace(config, names={key: one for key, one in names.items() if one}))
        await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _forget(self, request: m.ForgetDevice) -> m.Reply:
        async with self._one_by_one:
            device_id = request.device_id
            if self._hub.made_by_id(device_id) is None:
                config = self._hub.config(device_id)
                await self._hub.remove(device_id)
                await self._forget_secrets(config, {})
                await self._house.devices.forget(device_id)
            else:
                await self._hub.remove(device_id)
            await self._changed(device_id)
        return m.Reply(id=request.id)

    # ------------------------------------------------------------ limits, consent, budgets

    async def _set_limits(self, request: m.SetDeviceLimits) -> m.Reply:
        capability = self._output(request.device_id, request.capability)
        config = self._hub.config(request.device_id)
        try:
            wanted = limits_of(request.limits)
        except ValueError as error:
            raise RefusedError("bad_value", field=str(error)) from error
        before = config.limits.get(capability.id)
        hurts = needs_consent(capability) and loosens(capability, before, wanted)
        if hurts and not is_phrase(request.phrase):
            raise RefusedError("consent_needed")
        self._hub.set_limits(config.id, {**config.limits, capability.id: wanted})
        await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _get_consent(self, request: m.GetConsent) -> m.Reply:
        config = self._consenting(request.device_id)
        view = ConsentView(
            device_id=config.id,
            text=TEXTS[request.language],
            phrase=PHRASES[request.language],
            given_ms=config.consent_ms,
        )
        return m.Reply(id=request.id, consent=view)

    async def _give_consent(self, request: m.GiveConsent) -> m.Reply:
        config = self._consenting(request.device_id)
        if request.phrase and not is_phrase(request.phrase):
            raise RefusedError("wrong_phrase")
        at_ms = self._house.clock.wall_ms() if request.phrase else None
        self._hub.consent(config.id, at_ms)
        await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _arm(self, request: m.ArmDevice) -> m.Reply:
        worker = self._hub.worker(request.device_id)
        if worker is None or worker.gates.arming is Arming.NEVER:
            raise RefusedError("not_needed")
        hurts = worker.gates.arming is Arming.EACH_SESSION
        if request.armed and hurts and worker.config.consent_ms is None:
            raise RefusedError("consent_needed")
        if request.armed and hurts and self._hub.latched:
            raise RefusedError("stopped")
        self._hub.arm(request.device_id, armed=request.armed)
        await self._changed(request.device_id)
        return m.Reply(id=request.id)

    async def _set_budget(self, request: m.SetBudget) -> m.Reply:
        capability = self._output(request.device_id, request.capability)
        budget = Budget(request.on_s_per_day, request.shots, request.service_after_s)
        config = self._hub.config(request.device_id)
        self._hub.adjust(replace(config, budgets={**config.budgets, capability.id: budget}))
        await self._changed(config.id)
        return m.Reply(id=request.id)

    async def _refill(self, request: m.Refill) -> m.Reply:
        capability = self._output(request.device_id, request.capability)
        worker = self._hub.worker(request.device_id)
        if worker is not None:
            worker.gates.refill(capability.id, request.what)
        self._board.device_changed(request.device_id)
        return m.Reply(id=request.id)

    # ------------------------------------------------------------ within

    def _kind(self, key: str) -> type[Driver]:
        kind = self._hub.catalog.found.get(key)
        if kind is None:
            raise RefusedError("unknown_driver")
        return kind

    def _output(self, device_id: str, output: str) -> Capability:
        self._hub.config(device_id)
        capability = self._hub.capability((device_id, output))
        if capability is None:
            raise RefusedError("unknown_capability")
        return capability

    def _consenting(self, device_id: str) -> DeviceConfig:
        config = self._hub.config(device_id)
        if not any(needs_consent(one) for one in self._hub.capabilities(device_id)):
            raise RefusedError("not_needed")
        return config

    async def _sealed(
        self,
        kind: type[Driver],
        device_id: str,
        settings: Mapping[str, Any],
        kept: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Check settings, put their secrets away, and return what may be seen."""
        _check(kind, _whole(kind, settings, kept))
        sealed, texts = keys.sealed(kind, device_id, settings, kept)
        for name, text in texts.items():
            await self._house.secrets.put(name, text)
        return sealed

    async def _forget_secrets(self, config: DeviceConfig, but: Mapping[str, Any]) -> None:
        for field, value in config.settings.items():
            if keys.is_named(value) and but.get(field) != value:
                await self._house.secrets.put(str(value[keys.NAMED]), "")

    async def _changed(self, device_id: str) -> None:
        self._board.device_changed(device_id)
        if self._hub.known(device_id):
            await self._house.devices.keep_consent(self._hub, device_id)
        await self._house.devices.save(self._hub)
        await self._house.brokers.own.fit()


def _whole(
    kind: type[Driver], settings: Mapping[str, Any], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Return settings with the names of the device's own secrets where none is given."""
    fields = keys.secret_fields(kind)
    own = {field: kept[field] for field in fields if keys.is_named(kept.get(field))}
    given = {
        field: value
        for field, value in settings.items()
        if field not in fields or not keys.is_named(value)
    }
    return {**own, **given}


def _check(kind: type[Driver], settings: Mapping[str, Any]) -> None:
    try:
        keys.check(kind, settings)
    except keys.BadSettingsError as error:
        told = {**error.values, "field": error.field, "problem": error.source}
        raise RefusedError("bad_settings", **told) from error


def _driver_view(kind: type[Driver]) -> DriverView:
    return DriverView(
        key=kind.key,
        title=kind.title,
        summary=kind.summary,
        icon=kind.icon,
        group=group_of(kind),
        simulated=kind.simulated,
        found=can_be_found(kind),
        form=kind.Settings.model_json_schema(),
    )

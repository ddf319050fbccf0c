"""The configured devices on the disk, what they can do, and the limits that new ones begin with.

One rule: what the hub has is what is saved; a device that cannot be saved still works.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from typing import TYPE_CHECKING

from app.devices.config import DeviceConfig
from app.devices.hub import UnknownDeviceError
from app.i18n import language_of
from app.store import upgrades
from app.store.devicefile import (
    VERSION,
    DeviceFile,
    SavedCapability,
    SavedDevice,
    device_document,
)
from app.store.upgrades import NewerDocumentError, upgrade
from drivers.contract import Capability, Hazard, Kind, Limits, QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.store.settings import Settings

_NO_LIMITS = Limits()
# Role, English and Vietnamese name, machine. The name is the user's from then on.
_PRACTICE = (
    ("motor", "Motor", "Động cơ", "motor"),
    ("light", "Light", "Đèn", "light"),
    ("relay", "Relay", "Rơ-le", "relay"),
    ("effect", "Effects", "Hiệu ứng", "effects"),
)


def practice_devices(language: str = "en") -> tuple[DeviceConfig, ...]:
    """Return the pretend devices of a demo: a motor, a light, a relay and an effect machine.

    `language` is that of the settings and names them; "system" is what this computer speaks.
    """
    language = language_of(language)
    return tuple(
        DeviceConfig(
            f"practice-{role}",
            vi if language == "vi" else en,
            "simulated",
            {"machine": machine},
            role,
        )
        for role, en, vi, machine in _PRACTICE
    )


class DeviceBook:
    """Reads and saves the devices' file; gives new devices the user's usual limits."""

    def __init__(self, path: Path, settings: Settings, on_notice: Callable[[Notice], None]) -> None:
        self._file = device_document(path, on_notice)
        self._settings = settings
        self._new: set[str] = set()
        # By device; those of a demo are not in here and not kept.
        self._known: dict[str, tuple[Capability, ...]] = {}
        self._saving = asyncio.Lock()

    def load(self) -> tuple[DeviceConfig, ...]:
        """Return what was configured; blocks on the disk."""
        saved = self._file.load().devices
        # Added, but gone again before it told what it can do: it has no limits of its own yet.
        self._new.update(device.id for device in saved if not device.limits)
        configs = tuple(_config(device) for device in saved)
        self._known = {config.id: config.known for config in configs}
        return configs

    async def save(self, hub: Hub) -> None:
        """Write what the hub has now; raises SaveError."""
        # One after the other, else an older list may be the last to reach the disk.
        async with self._saving:
            devices = tuple(_saved(config) for config in hub.configs)
            await asyncio.to_thread(self._file.save, DeviceFile(devices=devices))

    def note_new(self, device_id: str) -> None:
        """Give this device the usual limits as soon as it has told what it can do."""
        self._new.add(device_id)
        self._known[device_id] = ()

    def learn(self, hub: Hub, device_id: str) -> bool:
        """Note what a device can do, and limit a new one; True if there is something to save."""
        if device_id not in self._known:
            return False
        try:
            known = hub.capabilities(device_id)
        except UnknownDeviceError:
            return False
        learned = known != self._known[device_id]
        self._known[device_id] = known
        return self.limit_new(hub, device_id) or learned

    def limit_new(self, hub: Hub, device_id: str) -> bool:
        """Do what `note_new` promised, if it can be done now; True if limits were set."""
        if device_id not in self._new:
            return False
        device = hub.device(device_id)
        if device is None or not device.capabilities:
            return False
        self._new.discard(device_id)
        values = self._settings.values
        usual = Limits(
            max_level=values.default_max_level,
            max_on_s=values.default_max_on_s,
            max_rpm=values.default_max_rpm,
        )
        hub.set_limits(device_id, {one.capability.id: usual for one in device.capabilities})
        return True


def read_configs(path: Path) -> tuple[DeviceConfig, ...]:
    """Return the devices of a file that belongs to somebody else; none if it cannot be read."""
    try:
        content = upgrade(json.loads(path.read_bytes()), to=VERSION, steps=upgrades.DEVICES)
        saved = DeviceFile.model_validate(content).devices
    except (OSError, ValueError, TypeError, NewerDocumentError):
        return ()
    return tuple(_config(device) for device in saved)


def _config(saved: SavedDevice) -> DeviceConfig:
    return DeviceConfig(
        saved.id,
        saved.name,
        saved.driver,
        saved.settings,
        saved.role,
        {capability: _limits(values) for capability, values in saved.limits.items()},
        tuple(one for kept in saved.capabilities if (one := _capability(kept)) is not None),
    )


def _capability(saved: SavedCapability) -> Capability | None:
    try:
        return Capability(
            saved.id,
            Kind(saved.kind),
            saved.title,
            Hazard(saved.hazard),
            self_timed=saved.self_timed,
            readback=saved.readback,
            policy=QueuePolicy(saved.policy),
            limits=_limits(saved.limits),
            effects=saved.effects,
        )
    except ValueError:
        # A kind of another version: the device tells anew when it is open.
        return None


def _limits(values: Mapping[str, float]) -> Limits:
    known = {field.name for field in dataclasses.fields(Limits)}
    return Limits(**{name: value for name, value in values.items() if name in known})


def _saved(config: DeviceConfig) -> SavedDevice:
    return SavedDevice(
        id=config.id,
        name=config.name,
        driver=config.driver,
        role=config.role,
        settings=dict(config.settings),
        limits={capability: _set_ones(limits) for capability, limits in config.limits.items()},
        capabilities=tuple(_saved_capability(one) for one in config.known),
    )


def _saved_capability(capability: Capability) -> SavedCapability:
    return SavedCapability(
        id=capability.id,
        kind=capability.kind.value,
        title=capability.title,
        hazard=capability.hazard.value,
        self_timed=capability.self_timed,
        readback=capability.readback,
        policy=capability.policy.value,
        limits=_set_ones(capability.limits),
        effects=capability.effects,
    )


def _set_ones(limits: Limits) -> dict[str, float]:
    return {
        field.name: getattr(limits, field.name)
        for field in dataclasses.fields(limits)
        if getattr(limits, field.name) != getattr(_NO_LIMITS, field.name)
    }

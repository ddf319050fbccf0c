"""The configured devices on the disk, and the limits that new ones begin with.

One rule: what the hub has is what is saved; a device that cannot be saved still works.
"""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from app.devices.config import DeviceConfig
from app.store.devicefile import DeviceFile, SavedDevice, device_document
from drivers.contract import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.store.settings import Settings

_NO_LIMITS = Limits()
_PRACTICE = (
    ("motor", "Motor", "motor"),
    ("light", "Light", "light"),
    ("relay", "Relay", "relay"),
    ("effect", "Effects", "effects"),
)


def practice_devices() -> tuple[DeviceConfig, ...]:
    """Return the pretend devices of a demo: a motor, a light, a relay and an effect machine."""
    return tuple(
        DeviceConfig(f"practice-{role}", name, "simulated", {"machine": machine}, role)
        for role, name, machine in _PRACTICE
    )


class DeviceBook:
    """Reads and saves the devices' file; gives new devices the user's usual limits."""

    def __init__(self, path: Path, settings: Settings, on_notice: Callable[[Notice], None]) -> None:
        self._file = device_document(path, on_notice)
        self._settings = settings
        self._new: set[str] = set()
        self._saving = asyncio.Lock()

    def load(self) -> tuple[DeviceConfig, ...]:
        """Return what was configured; blocks on the disk."""
        saved = self._file.load().devices
        # Added, but gone again before it told what it can do: it has no limits of its own yet.
        self._new.update(device.id for device in saved if not device.limits)
        return tuple(_config(device) for device in saved)

    async def save(self, hub: Hub) -> None:
        """Write what the hub has now; raises SaveError."""
        # One after the other, else an older list may be the last to reach the disk.
        async with self._saving:
            devices = tuple(_saved(config) for config in hub.configs)
            await asyncio.to_thread(self._file.save, DeviceFile(devices=devices))

    def note_new(self, device_id: str) -> None:
        """Give this device the usual limits as soon as it has told what it can do."""
        self._new.add(device_id)

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


def _config(saved: SavedDevice) -> DeviceConfig:
    known = {field.name for field in dataclasses.fields(Limits)}
    limits = {
        capability: Limits(**{name: value for name, value in set_.items() if name in known})
        for capability, set_ in saved.limits.items()
    }
    return DeviceConfig(saved.id, saved.name, saved.driver, saved.settings, saved.role, limits)


def _saved(config: DeviceConfig) -> SavedDevice:
    limits = {
        capability: {
            field.name: getattr(limit, field.name)
            for field in dataclasses.fields(limit)
            if getattr(limit, field.name) != getattr(_NO_LIMITS, field.name)
        }
        for capability, limit in config.limits.items()
    }
    return SavedDevice(
        id=config.id,
        name=config.name,
        driver=config.driver,
        role=config.role,
        settings=dict(config.settings),
        limits=limits,
    )

"""The configured devices on the disk, what they can do, and the limits that new ones begin with.

One rule: what the hub has is what is saved; a device that cannot be saved still works.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from typing import TYPE_CHECKING, Any

from app.devices.budgets import Spent
from app.devices.config import DeviceConfig
from app.devices.hub import UnknownDeviceError
from app.gateway.consents import Consents
from app.gateway.saveddevices import config_of, file_of, made_of, together_of
from app.i18n import language_of
from app.store import upgrades
from app.store.devicefile import VERSION, DeviceFile, device_document
from app.store.kept import Kept
from app.store.upgrades import NewerDocumentError, upgrade
from drivers.contract import Capability, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.store.db import Database
    from app.store.secrets import Secrets
    from app.store.settings import Settings

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

    def __init__(
        self,
        path: Path,
        settings: Settings,
        on_notice: Callable[[Notice], None],
        database: Database,
    ) -> None:
        self._file = device_document(path, on_notice)
        self._saved = DeviceFile()
        self._consents = Consents(database)
        self._used = Kept(database, "used")
        self._spent = Kept(database, "spent")
        self._settings = settings
        self._new: set[str] = set()
        # By device; those of a demo are not in here and not kept.
        self._known: dict[str, tuple[Capability, ...]] = {}
        self._saving = asyncio.Lock()

    def load(self) -> tuple[DeviceConfig, ...]:
        """Return what was configured; blocks on the disk."""
        self._saved = self._file.load()
        saved = self._saved.devices
        # Added, but gone again before it told what it can do: it has no limits of its own yet.
        self._new.update(device.id for device in saved if not device.limits)
        configs = tuple(config_of(device) for device in saved)
        self._known = {config.id: config.known for config in configs}
        return configs

    async def save(self, hub: Hub) -> None:
        """Write what the hub has now; raises SaveError."""
        # One after the other, else an older list may be the last to reach the disk.
        async with self._saving:
            await asyncio.to_thread(self._file.save, file_of(hub))

    async def start(self, hub: Hub, secrets: Secrets, *, demo: bool) -> None:
        """Read what was configured and have the hub begin; in a demo, practice devices if none."""
        configs = self.load()
        if demo and not configs:
            configs = practice_devices(self._settings.values.language)
        used = await self._used.all()
        hub.secrets = secrets.get
        hub.together = together_of(self._saved)
        for made in made_of(self._saved):
            hub.put_made(made)
        configs = tuple(dataclasses.replace(one, used=one.id in used) for one in configs)
        await hub.start(await self._consents.load(configs, secrets))
        for key, kept in (await self._spent.all()).items():
            device_id, _, output = key.partition("/")
            if (spent := _spent_of(kept)) is not None:
                hub.remember(device_id, output, spent)
        hub.on_spent = self._keep_spent

    def keep_used(self, config: DeviceConfig) -> None:
        """Remember whether a hand tried it."""
        if config.used:
            self._used.put(config.id, {})
        else:
            self._used.drop(config.id, durable=True)

    async def keep_consent(self, hub: Hub, device_id: str) -> None:
        """Remember whether a consent was typed, for which limits, and whether a hand tried it."""
        self.keep_used(hub.config(device_id))
        await self._consents.keep(hub, device_id)

    async def forget(self, device_id: str) -> None:
        """Forget what is remembered of a device beside its file."""
        await self._consents.forget(device_id)
        self._used.drop(device_id)
        for output in self._known.pop(device_id, ()):
            self._spent.drop(f"{device_id}/{output.id}")

    def _keep_spent(self, device_id: str, output: str, spent: Spent) -> None:
        self._spent.put(f"{device_id}/{output}", dataclasses.asdict(spent))

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
        own = {one.capability.id: one.own for one in device.capabilities if one.own != Limits()}
        hub.set_limits(device_id, {one.capability.id: usual for one in device.capabilities} | own)
        return True


def read_file(path: Path) -> DeviceFile:
    """Return a file of devices that belongs to somebody else; an empty one if it cannot be read."""
    try:
        content = upgrade(json.loads(path.read_bytes()), to=VERSION, steps=upgrades.DEVICES)
        return DeviceFile.model_validate(content)
    except (OSError, ValueError, TypeError, NewerDocumentError):
        return DeviceFile()


def read_configs(path: Path) -> tuple[DeviceConfig, ...]:
    """Return the devices of a file that belongs to somebody else; none if it cannot be read."""
    return tuple(config_of(device) for device in read_file(path).devices)


def _spent_of(kept: Mapping[str, Any]) -> Spent | None:
    try:
        return Spent(
            int(kept["day"]), float(kept["on_s_today"]), int(kept["shots"]), float(kept["worn_s"])
        )
    except (KeyError, TypeError, ValueError):
        return None

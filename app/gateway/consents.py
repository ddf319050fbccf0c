"""The consents that were typed, each under a seal: what was copied or edited by hand is none.

One rule: the seal's key is where this computer keeps passwords, never beside what it seals.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import secrets as random
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.devices.consent import needs_consent
from app.gateway.saveddevices import limits_from, set_ones
from app.store.kept import Kept
from drivers.contract import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.devices.config import DeviceConfig
    from app.devices.hub import Hub
    from app.store.db import Database

KEY: Final = "consent"


class KeyPlace(Protocol):
    """Where the key of the seals is kept."""

    async def get(self, name: str) -> str:
        """Return a secret, "" if there is none or it cannot be read now."""

    async def put(self, name: str, value: str) -> object:
        """Keep a secret."""


class Consents:
    """Which devices that hurt may be used, by whom it was typed at this computer."""

    def __init__(self, database: Database) -> None:
        self._kept = Kept(database, "consent")
        self._known: dict[str, dict[str, Any]] = {}
        self._place: KeyPlace | None = None
        self._key = ""

    async def load(
        self, configs: Iterable[DeviceConfig], place: KeyPlace
    ) -> tuple[DeviceConfig, ...]:
        """Return the devices with their consents, under the limits that were consented to."""
        self._place = place
        kept = await self._kept.all()
        # The keyring is asked for it only where something hurts: it may ask its owner.
        self._key = await place.get(KEY) if kept else ""
        return tuple(self._with_consent(one, kept.get(one.id, {})) for one in configs)

    async def keep(self, hub: Hub, device_id: str) -> None:
        """Remember whether a consent was typed, and for which limits of what hurts."""
        config = hub.config(device_id)
        if config.consent_ms is None:
            await self.forget(device_id)
            return
        hurting = {one.id for one in hub.capabilities(device_id) if needs_consent(one)}
        limits = {key: set_ones(one) for key, one in config.limits.items() if key in hurting}
        self._known[device_id] = {
            "at_ms": config.consent_ms,
            "limits": limits,
            "what": _what(config),
        }
        if not self._key:
            await self._renew()
        else:
            self._seal(device_id)

    async def forget(self, device_id: str) -> None:
        """Forget a consent, so that no copy of an older day brings it back."""
        if self._known.pop(device_id, None) is not None:
            await self._renew()
        self._kept.drop(device_id, durable=True)

    async def _renew(self) -> None:
        self._key = random.token_hex(32)
        if self._place is not None:
            await self._place.put(KEY, self._key)
        for device_id in self._known:
            self._seal(device_id)

    def _seal(self, device_id: str) -> None:
        known = self._known[device_id]
        self._kept.put(device_id, {**known, "seal": self._seal_of(device_id, known)}, durable=True)

    def _seal_of(self, device_id: str, known: Mapping[str, Any]) -> str:
        text = json.dumps([device_id, known], sort_keys=True)
        return hmac.new(self._key.encode(), text.encode(), hashlib.sha256).hexdigest()

    def _with_consent(self, config: DeviceConfig, kept: Mapping[str, Any]) -> DeviceConfig:
        known = {name: one for name, one in kept.items() if name != "seal"}
        sealed = hmac.compare_digest(str(kept.get("seal", "")), self._seal_of(config.id, known))
        at_ms, told = known.get("at_ms"), known.get("limits", {})
        if not (self._key and sealed and isinstance(at_ms, int)) or known["what"] != _what(config):
            return config
        limits = dict(config.limits)
        for output, values in told.items():
            limits[output] = limits.get(output, Limits()).narrowed(limits_from(values))
        self._known[config.id] = known
        return dataclasses.replace(config, consent_ms=at_ms, limits=limits)


def _what(config: DeviceConfig) -> str:
    """Return what the consent was for: under other settings it is other hardware."""
    text = json.dumps([config.driver, config.settings], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()

"""Our own broker and all the others as desks see them, and how others are asked what they know.

One rule: pictures hold no secret; a password goes to the broker it was entered for, nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.devices import keys
from app.devices.discovery import KnownBroker
from app.gateway import lan
from app.gateway.broker_accounts import OURSELVES
from app.gateway.broker_views import (
    BrokerAccountView,
    BrokerClientView,
    BrokerRefusalView,
    BrokerView,
    KnownBrokerView,
)
from app.gateway.brokerbook import BrokerBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.broker.model import BrokerStatus
    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.gateway.brokerbook import Running
    from app.store.secrets import Secrets
    from app.store.settings import Settings
    from drivers.contract import Driver

_WHERE: Final = ("host", "port", "user", "tls", "any_certificate")
_OUTSIDE: Final = "mqtt_password"


class Brokers:
    """Knows every broker. Loop's thread only."""

    def __init__(
        self,
        path: Path,
        hub: Hub,
        settings: Settings,
        secrets: Secrets,
        on_notice: Callable[[Notice], None],
        make: Callable[[Callable[[BrokerStatus], None]], Running],
    ) -> None:
        """`path` is the file of our own broker, `make` makes it; it tells what is true of it."""
        self.own = BrokerBook(path, hub, secrets, on_notice, make)
        self._hub = hub
        self._settings = settings
        self._secrets = secrets
        hub.brokers = self.known

    def view(self) -> BrokerView:
        """Return the picture."""
        saved, status = self.own.saved, self.own.status
        return BrokerView(
            on=saved.on,
            reach=saved.reach,
            port=status.port or saved.port,
            stage=status.stage.value,
            reason=status.reason.value,
            addresses=lan.addresses() if saved.on and saved.reach == "home" else (),
            clients=tuple(_client_views(self.own)),
            accounts=tuple(
                BrokerAccountView(name=one.name, kind=one.kind, devices=one.devices)
                for one in saved.accounts
            ),
            refusals=tuple(
                BrokerRefusalView(
                    at_ms=one.at_ms, address=one.address, name=one.name, why=one.why.value
                )
                for one in status.refusals
            ),
            known=tuple(_known_view(settings, names) for settings, names, _ in self._others()),
        )

    async def known(self) -> tuple[KnownBroker, ...]:
        """Return every broker that can be asked now, with the way in."""
        found: list[KnownBroker] = []
        if self.own.online:
            found.append(KnownBroker({"host": ""}, await self.own.address()))
        for settings, _, secret in self._others():
            password = await self._secrets.get(secret) if secret else ""
            whole = {**settings, "password": password}
            found.append(KnownBroker(settings, whole, str(settings["host"])))
        return tuple(found)

    async def completed(self, kind: type[Driver], settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return settings with the password that is known for this very broker and user.

        Only if none is given: a device that was found there can be added as it is.
        """
        given = dict(settings)
        if "password" in given or not given.get("host") or not keys.asks_for_broker(kind):
            return given
        where = _where(kind, given)
        for other, _, secret in self._others():
            if other == where and secret:
                return given | {"password": await self._secrets.get(secret)}
        return given

    def _others(self) -> Iterator[tuple[dict[str, Any], tuple[str, ...], str]]:
        """Yield each broker that is not ours, the devices behind it, and its password's name."""
        found: list[tuple[dict[str, Any], list[str], str]] = []
        for config in self._hub.configs:
            kind = self._hub.catalog.found.get(config.driver)
            if kind is None or not config.settings.get("host") or not keys.asks_for_broker(kind):
                continue
            where, password = _where(kind, config.settings), config.settings.get("password")
            secret = str(password[keys.NAMED]) if keys.is_named(password) and password else ""
            same = next((names for place, names, _ in found if place == where), None)
            if same is None:
                found.append((where, [config.name], secret))
            else:
                same.append(config.name)
        values = self._settings.values
        if values.mqtt_host and not values.mqtt_own:
            settings = (
                values.mqtt_host,
                values.mqtt_port,
                values.mqtt_user,
                values.mqtt_tls,
                False,
            )
            where = dict(zip(_WHERE, settings, strict=True))
            if not any(place == where for place, _, _ in found):
                found.append((where, [], _OUTSIDE if values.mqtt_password else ""))
        for place, names, secret in found:
            yield place, tuple(names), secret


def _where(kind: type[Driver], settings: Mapping[str, Any]) -> dict[str, Any]:
    fields = kind.Settings.model_fields
    return {name: settings.get(name, fields[name].default) for name in _WHERE}


def _known_view(settings: Mapping[str, Any], names: tuple[str, ...]) -> KnownBrokerView:
    return KnownBrokerView.model_validate({**settings, "names": names})


def _client_views(book: BrokerBook) -> Iterator[BrokerClientView]:
    for one in book.status.clients:
        # We are everywhere; nobody has to be told.
        if one.account != OURSELVES:
            yield BrokerClientView(
                account=one.account,
                client_id=one.client_id,
                address=one.address,
                since_ms=one.since_ms,
                heard=one.heard,
                sent=one.sent,
            )

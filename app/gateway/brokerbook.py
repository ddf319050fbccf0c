"""Our own MQTT broker as the program uses it: when it runs, who may log in, how we get in.

One rule: what devices need is worked out from the devices; nobody keeps a list of rights by hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets as random
import socket
import sys
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.broker.model import DEFAULT_PORT, LOOPBACK, BrokerConfig, BrokerStatus
from app.core.links import LinkStage
from app.devices import keys
from app.gateway.broker_accounts import (
    OURSELVES,
    Login,
    account_name,
    allowed,
    fitted,
    new_password,
    ourselves,
)
from app.gateway.refusal import RefusedError
from app.redaction import hide
from app.store.brokerfile import BrokerFile, SavedAccount, broker_document
from app.store.documents import SaveError
from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from app.core.notices import Notice
    from app.devices.hub import Hub
    from app.store.secrets import Secrets

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - chosen by the streamer, and every account has a password
# A broker that begins is there within a second; drivers try again by themselves.
WAIT_S: Final = 4.0
MOST_PROGRAMS: Final = 20
_PORTS_TRIED: Final = 20


class Running(Protocol):
    """The broker at work: `app.broker.own_broker.OwnBroker`."""

    async def set(self, config: BrokerConfig | None) -> None:
        """Have it run like this from now on; None: not at all."""

    async def stop(self) -> None:
        """End it."""


class BrokerBook:
    """Keeps the broker's settings and accounts. Loop's thread only, but for `load`."""

    def __init__(
        self,
        path: Path,
        hub: Hub,
        secrets: Secrets,
        on_notice: Callable[[Notice], None],
        make: Callable[[Callable[[BrokerStatus], None]], Running],
    ) -> None:
        self._hub = hub
        self._secrets = secrets
        self._on_notice = on_notice
        self._file = broker_document(path, on_notice)
        self._running = make(self._take)
        self._password = random.token_urlsafe(24)
        hide(self._password)
        self._passwords: dict[str, str] = {}
        self._told: BrokerConfig | None = None
        self._here: set[str] = set()
        self._online = asyncio.Event()
        self._one_by_one = asyncio.Lock()
        self.saved = BrokerFile()
        self.status = BrokerStatus()
        # Called when it looks different, and when it can be used.
        self.on_change: Callable[[], None] = _nothing
        self.on_online: Callable[[], None] = _nothing
        hub.broker = self.address

    def load(self) -> None:
        """Read the file; blocks on the disk."""
        self.saved = self._file.load()

    async def stop(self) -> None:
        """End the broker."""
        await self._running.stop()

    # ------------------------------------------------------------------ the way in

    async def address(self, wait_s: float = WAIT_S) -> Mapping[str, Any]:
        """Return what a client in this program must know; raises DriverError(BROKER_OFF)."""
        if not self.saved.on:
            raise DriverError(Cause.BROKER_OFF)
        try:
            async with asyncio.timeout(wait_s):
                await self._online.wait()
        except TimeoutError:
            raise DriverError(Cause.BROKER_OFF, self.status.reason.value) from None
        return {**self._way(), "tls": False, "any_certificate": False}

    def way(self) -> dict[str, Any] | None:
        """Return host, port, user and password as they are now; None while it does not listen."""
        return self._way() if self.online else None

    def _way(self) -> dict[str, Any]:
        port = self.status.port
        return {"host": LOOPBACK, "port": port, "user": OURSELVES, "password": self._password}

    @property
    def online(self) -> bool:
        """Whether it listens."""
        return self._online.is_set()

    # ------------------------------------------------------------------ on and off

    async def change(
        self, *, on: bool | None = None, reach: str | None = None, port: int | None = None
    ) -> None:
        """Take over new settings, and have them hold. Raises RefusedError, SaveError."""
        saved = self.saved
        fresh = saved.model_copy(
            update={
                "on": saved.on if on is None else on,
                "reach": saved.reach if reach is None else reach,
                "port": saved.port if port is None else port,
            }
        )
        begins = fresh.on and (not saved.on or fresh.port != saved.port)
        if begins and (fresh.port == 0 or fresh.port != self.status.port):
            found = await asyncio.to_thread(_free_port, _bind(fresh), fresh.port)
            if not found:
                raise RefusedError("port_taken", port=str(fresh.port or DEFAULT_PORT))
            fresh = fresh.model_copy(update={"port": found})
        try:
            await self._keep(fresh)
        finally:
            # What cannot be saved holds until the program ends.
            await self.fit()

    async def fit(self) -> None:
        """See who needs an account now, and tell the broker."""
        async with self._one_by_one:
            logins = self._logins()
            wanted = fitted(self.saved.accounts, logins)
            if wanted != self.saved.accounts:
                await self._replace(wanted)
            for one in wanted:
                # A locked keyring would ask its owner each time.
                if not self._passwords.get(one.name) and not self._secrets.locked:
                    self._passwords[one.name] = await self._secrets.get(_secret_name(one.name))
                    hide(self._passwords[one.name])
            await self._tell(allowed(wanted, logins, self._passwords))

    async def _tell(self, accounts: tuple[Any, ...]) -> None:
        saved, config = self.saved, None
        if saved.on:
            everybody = (ourselves(self._password), *accounts)
            config = BrokerConfig(_bind(saved), saved.port or DEFAULT_PORT, everybody)
        if config != self._told:
            self._told = config
            await self._running.set(config)
        self.on_change()

    async def _replace(self, accounts: tuple[SavedAccount, ...]) -> None:
        """Make passwords for who is new, forget those of who is gone, and keep the list."""
        names = {one.name for one in accounts}
        for gone in {one.name for one in self.saved.accounts} - names:
            self._passwords.pop(gone, None)
            await self._secrets.put(_secret_name(gone), "")
        for new in names - {one.name for one in self.saved.accounts}:
            await self._renew(new)
        try:
            await self._keep(self.saved.model_copy(update={"accounts": accounts}))
        except SaveError as error:
            self._on_notice(error.notice)

    async def _renew(self, name: str) -> None:
        self._passwords[name] = password = new_password()
        hide(password)
        await self._secrets.put(_secret_name(name), password)

    async def _keep(self, saved: BrokerFile) -> None:
        if saved != self.saved:
            self.saved = saved
            await asyncio.to_thread(self._file.save, saved)

    # ------------------------------------------------------------------ accounts

    def account_of(self, device_id: str) -> SavedAccount | None:
        """Return the account a device logs in with."""
        return next((one for one in self.saved.accounts if device_id in one.devices), None)

    def account(self, name: str) -> SavedAccount | None:
        """Return an account by its name."""
        return next((one for one in self.saved.accounts if one.name == name), None)

    async def password(self, name: str, *, fresh: bool = False) -> str:
        """Return the password of an account, or make a new one; who has the old one is cut off.

        Raises RefusedError: what cannot be read now is not thrown away.
        """
        if not self._passwords.get(name) and self._secrets.locked and not fresh:
            raise RefusedError("keyring_locked")
        if fresh or not self._passwords.get(name):
            await self._renew(name)
            await self.fit()
        return self._passwords[name]

    async def let_in(self, name: str) -> SavedAccount:
        """Make an account for another program. Raises RefusedError."""
        if not name.strip():
            raise RefusedError("bad_value", field="name")
        async with self._one_by_one:
            known = self.saved.accounts
            if sum(one.kind == "program" for one in known) >= MOST_PROGRAMS:
                raise RefusedError("too_many")
            free = account_name(name, {one.name for one in known})
            account = SavedAccount(name=free, kind="program")
            await self._replace((*known, account))
        await self.fit()
        return account

    async def let_go(self, name: str) -> None:
        """Let a program in no more. Raises RefusedError."""
        account = self.account(name)
        if account is None or account.kind != "program":
            raise RefusedError("not_found")
        async with self._one_by_one:
            await self._replace(tuple(one for one in self.saved.accounts if one.name != name))
        await self.fit()

    def login(self, device_id: str) -> Login | None:
        """Return how a device logs in here; None if it does not."""
        return next((one for one in self._logins() if one.device_id == device_id), None)

    def _logins(self) -> tuple[Login, ...]:
        found = []
        for config in self._hub.configs:
            driver = self._hub.catalog.found.get(config.driver)
            at = None if driver is None else keys.login_of(driver, config.settings)
            if at is not None:
                found.append(Login(config.id, config.name, at))
        return tuple(found)

    # ------------------------------------------------------------------ from the broker

    def _take(self, status: BrokerStatus) -> None:
        was, self.status = self._online.is_set(), status
        here = {one.account for one in status.clients}
        come, self._here = here - self._here, here
        if status.stage is LinkStage.ONLINE and status.port:
            self._online.set()
        else:
            self._online.clear()
        if self._online.is_set() and not was:
            self._wake(one.device_id for one in self._logins())
            self.on_online()
        self._wake(
            device for one in self.saved.accounts if one.name in come for device in one.devices
        )
        self.on_change()

    def _wake(self, devices: Iterable[str]) -> None:
        """Have devices that wait for their next try not wait for it."""
        for device_id in devices:
            with contextlib.suppress(LookupError):
                self._hub.try_now(device_id)


def _nothing() -> None:
    """Mind nothing."""


def _secret_name(account: str) -> str:
    return f"broker/{account}"


def _bind(saved: BrokerFile) -> str:
    return EVERYWHERE if saved.reach == "home" else LOOPBACK


def _free_port(bind: str, port: int) -> int:
    """Return `port` if nobody listens there, the first usual free one for 0; else 0."""
    tried = [port] if port else range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED)
    return next((one for one in tried if _is_free(bind, one)), 0)


def _is_free(bind: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        # What listened a moment ago does not count; on Windows the same word means "share it".
        if sys.platform != "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((bind, port))
        except OSError:
            return False
    return True


__all__ = ["MOST_PROGRAMS", "BrokerBook", "Running"]

"""Keys and passwords: in the system's keyring, and never in a file anybody can read.

One rule: a secret is given to who asks for it by name, and to no log, message or setting.
"""

from __future__ import annotations

import asyncio
import enum
import logging
import os
import threading
from typing import TYPE_CHECKING, TypeVar

from app.core.notices import Level, Notice, NoticeCode
from app.store.vault import Vault, VaultLockedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)
T = TypeVar("T")

SERVICE = "Giftwire"
ENV_PREFIX = "GIFTWIRE_"
PASSPHRASE_VARIABLE = "GIFTWIRE_PASSPHRASE"  # noqa: S105 - a name, not a passphrase
# A locked keyring asks its owner for a password; nobody waits longer than this for the answer.
_ASK_S = 60.0
# When a locked keyring is asked again: seldom, because it may ask its owner each time.
AGAIN_S = (60.0, 300.0, 900.0, 1800.0)


class Kept(enum.StrEnum):
    """Where secrets are kept on this computer."""

    KEYRING = "keyring"
    FILE = "file"
    THIS_RUN = "this_run"


class Secrets:
    """Secrets by name, for one profile. An environment variable GIFTWIRE_<NAME> goes first.

    Kept in the keyring. Without one: in an encrypted file in `folder` if GIFTWIRE_PASSPHRASE is
    set (what it opens is as safe as it), else in memory only, and a notice says so once.
    """

    def __init__(
        self,
        profile: str,
        folder: Path | None,
        on_notice: Callable[[Notice], None],
        *,
        environ: Mapping[str, str] | None = None,
        backend: Callable[[], KeyringBackend | None] | None = None,
        ask_s: float = _ASK_S,
    ) -> None:
        self._profile = profile
        self._folder = folder
        self._on_notice = on_notice
        self._environ = os.environ if environ is None else environ
        self._find = backend or system_keyring
        self._ask_s = ask_s
        self._backend: KeyringBackend | None = None
        self._vault: Vault | None = None
        self._kept: Kept | None = None
        self._this_run: dict[str, str] = {}
        self._told = False
        # What a locked keyring did not give, how often it was asked, and when it is asked next.
        self._missed: set[str] = set()
        self._asked = 0
        self._due_s: float | None = None
        # Called when keys can be read that could not be.
        self.on_open: Callable[[], Awaitable[None]] = _nothing

    async def kept(self) -> Kept:
        """Say where secrets are kept; the first call looks for a keyring, which takes a moment."""
        if self._kept is None:
            try:
                self._backend = await self._in_thread(self._find)
            except Exception as error:  # noqa: BLE001 - backends are other people's code
                _log.info("no keyring: %s", type(error).__name__)
            self._kept = Kept.KEYRING if self._backend is not None else self._without_keyring()
        return self._kept

    async def get(self, name: str) -> str:
        """Return a secret, or "" if there is none or it cannot be read now."""
        given = self._environ.get(ENV_PREFIX + name.upper())
        if given:
            return given
        if name in self._this_run:
            return self._this_run[name]
        kept, backend, vault = await self.kept(), self._backend, self._vault
        try:
            if kept is Kept.KEYRING and backend is not None:
                user = self._user(name)
                found = await self._in_thread(lambda: backend.get_password(SERVICE, user)) or ""
                self._missed.discard(name)
                return found
            if vault is not None:
                return await self._in_thread(lambda: vault.get(name))
        except VaultLockedError:
            self._on_notice(Notice("secrets", Level.WARNING, NoticeCode.SECRETS_LOCKED))
        except Exception as error:  # noqa: BLE001 - backends are other people's code
            self._failed(error)
            if kept is Kept.KEYRING:
                self._locked(name)
        return ""

    @property
    def locked(self) -> bool:
        """Whether the keyring did not give what it was asked for, and has not since."""
        return bool(self._missed)

    def due(self, now_s: float) -> bool:
        """Say whether a locked keyring is to be asked again; `now_s` is monotonic seconds."""
        if not self._missed:
            return False
        if self._due_s is None:
            self._due_s = now_s + AGAIN_S[min(self._asked, len(AGAIN_S) - 1)]
        return now_s >= self._due_s

    async def ask_again(self) -> None:
        """Ask for what was not given; if it is now, say so and let it be used."""
        self._due_s = None
        self._asked += 1
        missed = sorted(self._missed)
        if not missed or not await self._gives(missed[0]):
            return
        for name in missed[1:]:
            await self.get(name)
        if not self._missed:
            self._asked = 0
            self._on_notice(Notice("keyring", Level.INFO, NoticeCode.KEYRING_OPEN))
            await self.on_open()

    async def _gives(self, name: str) -> bool:
        await self.get(name)
        return name not in self._missed

    def _locked(self, name: str) -> None:
        if not self._missed:
            self._on_notice(Notice("keyring", Level.WARNING, NoticeCode.KEYRING_LOCKED))
        self._missed.add(name)

    async def put(self, name: str, value: str) -> Kept:
        """Keep a secret ("": forget it) and say where; at worst it is kept for this run."""
        kept, backend, vault = await self.kept(), self._backend, self._vault
        self._this_run.pop(name, None)
        try:
            if kept is Kept.KEYRING and backend is not None:
                user = self._user(name)
                await self._in_thread(lambda: _store(backend, user, value))
                self._missed.discard(name)
                return Kept.KEYRING
            if vault is not None:
                await self._in_thread(lambda: vault.put(name, value))
                return Kept.FILE
        except VaultLockedError:
            self._on_notice(Notice("secrets", Level.WARNING, NoticeCode.SECRETS_LOCKED))
        except Exception as error:  # noqa: BLE001 - backends are other people's code
            self._failed(error)
        if value:
            self._this_run[name] = value
            self._tell()
        return Kept.THIS_RUN

    def _user(self, name: str) -> str:
        return f"{self._profile}/{name}"

    def _without_keyring(self) -> Kept:
        passphrase = self._environ.get(PASSPHRASE_VARIABLE, "")
        if passphrase and self._folder is not None and Vault.possible():
            self._vault = Vault(self._folder / "secrets.json", passphrase)
            return Kept.FILE
        return Kept.THIS_RUN

    def _failed(self, error: Exception) -> None:
        # The error's text could hold what must not be written down.
        _log.info("the place for keys failed: %s", type(error).__name__)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._on_notice(Notice("secrets", Level.WARNING, NoticeCode.SECRETS_THIS_RUN_ONLY))

    async def _in_thread(self, run: Callable[[], T]) -> T:
        """Run in a thread of its own, which cannot hold up the end of the program if it hangs."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def work() -> None:
            try:
                result = run()
            except Exception as error:  # noqa: BLE001 - handed to whoever asked
                tell(_fail, answer, error)
            else:
                tell(_answer, answer, result)

        def tell(how: Callable[..., None], *what: object) -> None:
            try:
                loop.call_soon_threadsafe(how, *what)
            except RuntimeError:
                _log.debug("a keyring answered after the end")

        threading.Thread(target=work, name="store-secrets", daemon=True).start()
        return await asyncio.wait_for(answer, self._ask_s)


async def _nothing() -> None:
    pass


def system_keyring() -> KeyringBackend | None:
    """Return the keyring of this system, or None if it has none that keeps anything. Slow."""
    import keyring
    from keyring.backends import fail, null

    backend = keyring.get_keyring()
    return None if isinstance(backend, fail.Keyring | null.Keyring) else backend


def _store(backend: KeyringBackend, user: str, value: str) -> None:
    from keyring.errors import PasswordDeleteError

    if value:
        backend.set_password(SERVICE, user, value)
        return
    try:
        backend.delete_password(SERVICE, user)
    except PasswordDeleteError:
        _log.debug("there was nothing to forget")


def _answer(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[T], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)

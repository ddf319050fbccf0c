"""Who may log in, and what each may read and write.

One rule: an unknown name and a wrong password take the same way and the same time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from app.broker import filters
from app.broker.model import RefusalWhy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.broker.model import Account


class Accounts:
    """The accounts of now; passwords are held as keyed digests only."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        # New in every process: digests are worth nothing elsewhere. Fast on purpose: passwords
        # are long and random, and a slow check would be a way to hold up everybody else.
        self._key = secrets.token_bytes(32)
        self._nobody = secrets.token_bytes(32)
        self._accounts: dict[str, Account] = {}
        self._digests: dict[str, bytes] = {}
        self.replace(accounts)

    def replace(self, accounts: Iterable[Account]) -> set[str]:
        """Take new accounts; return the names that are gone or have another password now."""
        before = dict(self._digests)
        self._accounts = {one.name: one for one in accounts if one.name and one.password}
        self._digests = {
            name: self._digest(one.password.encode()) for name, one in self._accounts.items()
        }
        return {name for name, digest in before.items() if self._digests.get(name) != digest}

    def check(self, name: str | None, password: bytes | None) -> RefusalWhy | None:
        """Return why this login is refused, None if it is right."""
        expected = self._digests.get(name or "", self._nobody)
        right = hmac.compare_digest(self._digest(password or b""), expected)
        if right:
            return None
        if name is None or password is None:
            return RefusalWhy.NO_LOGIN
        return RefusalWhy.WRONG_PASSWORD if name in self._digests else RefusalWhy.UNKNOWN_ACCOUNT

    def knows(self, name: str) -> bool:
        """Say whether there is such an account."""
        return name in self._accounts

    def is_ours(self, name: str) -> bool:
        """Say whether the account is the program's own."""
        return name in self._accounts and self._accounts[name].ours

    def may_read(self, name: str, wanted: str) -> bool:
        """Say whether the account may subscribe to the filter `wanted`."""
        account = self._accounts.get(name)
        return account is not None and filters.any_holds(wanted, account.read)

    def may_write(self, name: str, topic: str) -> bool:
        """Say whether the account may publish to `topic`."""
        account = self._accounts.get(name)
        if account is None or not filters.is_topic(topic):
            return False
        return filters.any_matches(topic, account.write)

    def _digest(self, password: bytes) -> bytes:
        return hashlib.blake2b(password, key=self._key, digest_size=32).digest()

"""Who may log in at our own broker: which accounts devices need, their names and passwords.

One rule: pure, but for the making of passwords; an account may do what its devices do, no more.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.broker.model import Account
from app.store.brokerfile import SavedAccount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from drivers.contract import AtBroker

# Who we are there ourselves; nobody else is called that.
OURSELVES: Final = "giftwire"
_EVERYTHING: Final = ("#",)
_LONGEST: Final = 24
# Nothing that looks like something else: it is typed from one screen into another.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True, slots=True)
class Login:
    """A device that logs in at our broker, and what it does there."""

    device_id: str
    name: str
    at: AtBroker


def new_password() -> str:
    """Return a random password of 59 bits that is easily typed: three groups of four."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def account_name(name: str, taken: Collection[str]) -> str:
    """Return a free name for an account, of what somebody calls the thing: "Đèn bàn": "den-ban"."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    base = "-".join(words)[:_LONGEST].strip("-") or "device"
    found, count = base, 2
    while found in taken or found == OURSELVES:
        found, count = f"{base}-{count}", count + 1
    return found


def fitted(accounts: Iterable[SavedAccount], logins: Iterable[Login]) -> tuple[SavedAccount, ...]:
    """Return the accounts that are needed: old ones keep their names, devices of one client share.

    Accounts of devices that are gone are left out; those of programs stay.
    """
    clients = _by_client(logins)
    kept: list[SavedAccount] = []
    for account in accounts:
        if account.kind == "program":
            kept.append(account)
            continue
        of_it = [one for one in clients if any(x.device_id in account.devices for x in one)]
        if of_it:
            clients.remove(of_it[0])
            devices = tuple(one.device_id for one in of_it[0])
            kept.append(account.model_copy(update={"devices": devices}))
    for several in clients:
        name = account_name(several[0].name, {one.name for one in kept})
        kept.append(SavedAccount(name=name, devices=tuple(one.device_id for one in several)))
    return tuple(kept)


def allowed(
    accounts: Iterable[SavedAccount], logins: Iterable[Login], passwords: Mapping[str, str]
) -> tuple[Account, ...]:
    """Return the accounts as the broker takes them; one without a password is left out."""
    at = {one.device_id: one.at for one in logins}
    found: list[Account] = []
    for one in accounts:
        if not passwords.get(one.name):
            continue
        mine = [at[device] for device in one.devices if device in at]
        wide = one.kind == "program"
        read = _EVERYTHING if wide else _each(part.read for part in mine)
        write = _EVERYTHING if wide else _each(part.write for part in mine)
        found.append(Account(one.name, passwords[one.name], read, write))
    return tuple(found)


def ourselves(password: str) -> Account:
    """Return our own account."""
    return Account(OURSELVES, password, _EVERYTHING, _EVERYTHING, ours=True)


def _by_client(logins: Iterable[Login]) -> list[list[Login]]:
    clients: dict[str, list[Login]] = {}
    for one in logins:
        clients.setdefault(one.at.client or f"device {one.device_id}", []).append(one)
    return list(clients.values())


def _each(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))

"""Answers requests about our own broker: switching it on, and how somebody logs in there.

One rule: a password leaves only in the answer to who asked for that account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.broker.model import LOOPBACK
from app.gateway import lan
from app.gateway import messages as m
from app.gateway.broker_views import LoginLine, LoginView
from app.gateway.refusal import RefusedError
from drivers.contract import N_, AtBroker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.brokerbook import BrokerBook
    from app.gateway.house import House

# For a program that gets an account of its own.
_PROGRAM: Final = AtBroker(
    ("#",),
    ("#",),
    N_("In that program's settings for MQTT."),
    (
        (N_("Server"), "{host}"),
        (N_("Port"), "{port}"),
        (N_("User"), "{user}"),
        (N_("Password"), "{password}"),
    ),
    N_("Save there; it logs in at once. It can then read and switch everything at this broker."),
    quoted=False,
)


class BrokerRoom:
    """Answers for the broker. Loop's thread only."""

    def __init__(self, house: House) -> None:
        self._book: BrokerBook = house.brokers.own

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {
            m.SetBroker: self._set,
            m.GetLogin: self._get_login,
            m.AddLogin: self._add_login,
            m.DropLogin: self._drop_login,
        }

    async def _set(self, request: m.SetBroker) -> m.Reply:
        await self._book.change(on=request.on, reach=request.reach, port=request.port)
        return m.Reply(id=request.id)

    async def _get_login(self, request: m.GetLogin) -> m.Reply:
        book = self._book
        login = book.login(request.device_id) if request.device_id else None
        account = book.account(request.account)
        if login is not None:
            account = book.account_of(login.device_id)
        elif account is not None and account.devices:
            login = book.login(account.devices[0])
        if account is None:
            raise RefusedError("not_found")
        password = await book.password(account.name, fresh=request.fresh)
        at = _PROGRAM if login is None else login.at
        view = login_view(account.name, account.kind, at, self._filled(account.name, password))
        return m.Reply(id=request.id, login=view)

    async def _add_login(self, request: m.AddLogin) -> m.Reply:
        account = await self._book.let_in(request.name)
        password = await self._book.password(account.name)
        filled = self._filled(account.name, password)
        view = login_view(account.name, account.kind, _PROGRAM, filled)
        return m.Reply(id=request.id, login=view)

    async def _drop_login(self, request: m.DropLogin) -> m.Reply:
        await self._book.let_go(request.account)
        return m.Reply(id=request.id)

    def _filled(self, name: str, password: str) -> dict[str, str]:
        saved = self._book.saved
        hosts = lan.addresses() if saved.reach == "home" else ()
        return {
            "host": hosts[0] if hosts else LOOPBACK,
            "port": str(self._book.status.port or saved.port),
            "user": name,
            "password": password,
        }


def login_view(name: str, kind: Any, at: AtBroker, filled: Mapping[str, str]) -> LoginView:  # noqa: ANN401 - a literal
    """Return how somebody logs in, with everything filled in."""
    return LoginView(
        account=name,
        kind=kind,
        where=at.where,
        after=at.after,
        quoted=at.quoted,
        lines=tuple(
            LoginLine(word=word, text=_fill(text, filled), secret="{password}" in text)
            for word, text in at.lines
        ),
    )


def _fill(text: str, filled: Mapping[str, str]) -> str:
    for slot, value in filled.items():
        text = text.replace(f"{{{slot}}}", value)
    return text

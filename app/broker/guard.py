"""The door of the broker: who may come in, how many, and that nobody stays who has gone.

One rule: the broker behind it sees nobody who has not logged in.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import socket
import sys
import time
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Final

from app.broker import packets
from app.broker.connection import Connection
from app.broker.limits import Bucket, Limits, Tries
from app.broker.model import RefusalWhy
from app.broker.packets import Code, PacketError
from app.broker.refusals import Refusals
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Container

    from app.broker.accounts import Accounts
    from app.broker.model import Client, Refusal
    from app.broker.packets import Connect

log = logging.getLogger(__name__)

_BACKLOG: Final = 128
# What a client that is slowed down has sent meanwhile, and is carried out even if it is gone.
_READ_AHEAD_BYTES: Final = 16 * 1024
_TAKEOVER_S: Final = 5.0
_MOST_KNOWN: Final = 1000
# Seconds of silence, between questions, and how many of them: a far end that lost its power is
# found within two minutes whatever keep-alive it named.
_TCP = (("TCP_KEEPIDLE", 60), ("TCP_KEEPALIVE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))


class Guard:
    """Lets clients in and hands each to `serve` until it ends. The loop's thread only."""

    def __init__(
        self,
        accounts: Accounts,
        serve: Callable[[Connection], Awaitable[None]],
        on_change: Callable[[], None],
        limits: Limits | None = None,
    ) -> None:
        """`on_change` is called when somebody came, went or was refused."""
        self.limits = limits or Limits()
        self.port = 0
        self._accounts = accounts
        self._serve = serve
        self._on_change = on_change
        self._connections: set[Connection] = set()
        self._by_key: dict[str, Connection] = {}
        self._refusals = Refusals()
        self._tries = Tries(self.limits)
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._all = Bucket(self.limits.rate_all, self.limits.burst_all, time.monotonic())
        self._shares: dict[str, Bucket] = {}
        self._server: asyncio.Server | None = None
        self._tasks = Tasks()

    def clients(self) -> tuple[Client, ...]:
        """Return who is logged in, in the order they came."""
        inside = [one for one in self._connections if one.asked is not None]
        return tuple(one.told() for one in sorted(inside, key=lambda one: one.since))

    def refusals(self) -> tuple[Refusal, ...]:
        """Return who was not let in or was shown out lately, oldest first."""
        return self._refusals.all()

    async def open(self, listening: socket.socket) -> None:
        """Accept on a socket that is bound."""
        self._server = await asyncio.start_server(
            self._accepted, sock=listening, limit=_READ_AHEAD_BYTES, backlog=_BACKLOG
        )
        self.port = listening.getsockname()[1]
        _ = self._tasks.spawn("broker watchdog", self._watch())

    async def close(self) -> None:
        """Stop accepting, end every connection and return when all have ended."""
        if self._server is not None:
            self._server.close()
        await self._tasks.cancel_all()
        connections = list(self._connections)
        for one in connections:
            one.kill()
        await asyncio.gather(*(one.ended.wait() for one in connections))

    def drop(self, keys: Container[str], accounts: Container[str] = ()) -> None:
        """End the connections of these sessions and of these accounts."""
        for one in list(self._connections):
            if one.key in keys or (one.account and one.account in accounts):
                one.kill()

    # ------------------------------------------------------------ what connections ask

    def refuse(self, connection: Connection, why: RefusalWhy, name: str = "") -> None:
        """Note that somebody was refused."""
        self._refusals.add(time.time_ns() // 1_000_000, connection.address, name, why)
        self._on_change()

    def slow_down(self, connection: Connection, cost: float, now: float) -> float:
        """Return the seconds this connection has to wait for the sake of all.

        An account has a share however many connections it opens, so that nobody starves the rest.
        """
        share = self._shares.get(connection.account)
        if share is None:
            limits = self.limits
            share = Bucket(limits.rate_account, limits.burst_account, now)
            self._shares[connection.account] = share
        return max(share.take(cost, now), self._all.take(cost, now))

    # ------------------------------------------------------------ one connection

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        if not self._has_room(connection):
            self.refuse(connection, RefusalWhy.TOO_MANY)
            connection.kill()
            return
        _prepare(writer.get_extra_info("socket"))
        self._connections.add(connection)
        try:
            await self._let_in(connection)
            self._on_change()
            await self._serve(connection)
        except PacketError as wrong:
            self.refuse(connection, wrong.why, wrong.name)
            await connection.answer(wrong.answer)
        except (OSError, EOFError):
            pass  # gone before it was in
        except Exception:
            log.exception("a connection failed")
        finally:
            self._gone(connection)

    def _gone(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if self._by_key.get(connection.key) is connection:
            del self._by_key[connection.key]
        if connection.account not in {one.account for one in self._connections}:
            self._shares.pop(connection.account, None)
        connection.close()
        connection.ended.set()
        self._on_change()

    def _has_room(self, connection: Connection) -> bool:
        here = Counter(one.address for one in self._connections)
        if len(self._connections) >= self.limits.connections:
            return False
        if here[connection.address] >= self.limits.connections_each:
            return False
        waiting = [one for one in self._connections if not one.account]
        if len(waiting) >= self.limits.waiting:
            # Whoever holds most places without logging in gives one back: nobody is locked out.
            most = Counter(one.address for one in waiting).most_common(1)[0][0]
            oldest = min((one for one in waiting if one.address == most), key=lambda one: one.since)
            oldest.show_out(RefusalWhy.TOO_MANY)
        return True

    async def _let_in(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(self.limits.connect_s):
                asked = await connection.read_connect()
        except TimeoutError:
            raise PacketError(RefusalWhy.SILENT) from None
        name = self._log_in(connection.address, asked)
        self._check(name, asked)
        connection.account = name
        # Every account has its own client ids: no device can take another one's place.
        client_id = asked.client_id or f"\0{secrets.token_hex(8)}"
        key = f"{name}\0{client_id}"
        await self._take_over(key)
        if connection.closing():
            raise ConnectionResetError
        self._by_key[key] = connection
        connection.let_in(asked, key, ours=self._accounts.is_ours(name))

    def _log_in(self, address: str, asked: Connect) -> str:
        now, name = time.monotonic(), asked.name or ""
        # A client that has been in from there is not locked out by a neighbour that guesses.
        who = f"{address} {name}" if (address, name) in self._known else address
        if not self._tries.allowed(who, now):
            answer = packets.refusal(Code.UNAVAILABLE)
            raise PacketError(RefusalWhy.TOO_MANY_TRIES, answer, name)
        why = self._accounts.check(asked.name, asked.password)
        if why is not None:
            self._tries.failed(who, now)
            raise PacketError(why, packets.refusal(Code.LOGIN), name)
        self._known[address, name] = None
        self._known.move_to_end((address, name))
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return name

    def _check(self, name: str, asked: Connect) -> None:
        nameless = not asked.client_id and not asked.clean
        if nameless or not (asked.client_id or "x").isprintable():
            raise PacketError(RefusalWhy.CLIENT_ID, packets.refusal(Code.CLIENT_ID), name)
        if asked.will is not None and not self._accounts.may_write(name, asked.will.topic):
            raise PacketError(RefusalWhy.WILL, packets.refusal(Code.NOT_ALLOWED), name)

    async def _take_over(self, key: str) -> None:
        """End the older connection of the same client, and wait until its will is published."""
        try:
            async with asyncio.timeout(_TAKEOVER_S):
                while (old := self._by_key.get(key)) is not None:
                    old.kill()
                    await old.ended.wait()
        except TimeoutError:
            answer = packets.refusal(Code.UNAVAILABLE)
            raise PacketError(RefusalWhy.CLIENT_ID, answer, key.partition("\0")[0]) from None

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.limits.look_s)
            now = time.monotonic()
            for one in list(self._connections):
                one.look(now)


def listening_socket(bind: str, port: int) -> socket.socket:
    """Return a bound socket; raises OSError. On Windows nobody else can bind the same port."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There, the option of the other systems would let two programs share the port.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.bind((bind, port))
        made.listen(_BACKLOG)
        made.setblocking(False)  # noqa: FBT003 - the standard library's signature
    except OSError:
        made.close()
        raise
    return made


def _prepare(accepted: socket.socket) -> None:
    with contextlib.suppress(OSError):
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _TCP:
        option = getattr(socket, name, None)
        if option is not None:
            with contextlib.suppress(OSError):
                accepted.setsockopt(socket.IPPROTO_TCP, option, value)

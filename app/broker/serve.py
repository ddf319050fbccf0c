"""The process that is the broker: orders on its standard input, news on its output.

One rule: it outlives its input by a moment only, in which the guardian says OFF through it.
"""

from __future__ import annotations

import asyncio
import errno
import io
import json
import logging
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from app.broker import messages
from app.broker.accounts import Accounts
from app.broker.guard import Guard, listening_socket
from app.broker.limits import Limits
from app.broker.pipes import News, read_lines
from app.core.links import LinkReason
from app.tasks import Tasks

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from app.broker.careful import CarefulBroker

log = logging.getLogger(__name__)

# The guardian notices a dead core after a second at most and sends its recipes at once.
GRACE_S: Final = 3.0
# A broker before us may still be in its grace.
PORT_RETRY_S: Final = 0.25
# News go out together, and at least so often: silence means that we hang.
NEWS_S: Final = 0.2
BEAT_S: Final = 2.0


def serve_standard() -> int:
    """Serve on the standard input and output; returns the exit code.

    Whatever else prints is led to the standard error: the output is for news alone.
    """
    sys.stdout = sys.stderr
    _allow_sockets()
    # Neither is closed or buffered: threads use them until the process ends.
    return asyncio.run(serve(io.FileIO(0, closefd=False), io.FileIO(1, "w", closefd=False)))


def _allow_sockets() -> None:
    """Ask for as many open files as there may be clients; macOS gives 256 unasked."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * Limits().connections
    if soft < wanted and (hard == resource.RLIM_INFINITY or hard >= wanted):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def serve(orders: io.RawIOBase, news: io.RawIOBase, grace_s: float = GRACE_S) -> int:
    """Be the broker that the orders describe until they say `end`, or end themselves."""
    told = News(news)
    root = logging.getLogger()
    root.addHandler(told)
    try:
        await _serve(read_lines(orders), told, grace_s)
    except Exception:
        log.exception("the broker ended by an error")
        return 1
    finally:
        root.removeHandler(told)
        told.end()
    return 0


async def _serve(lines: asyncio.Queue[bytes], told: News, grace_s: float) -> None:
    first = await lines.get()
    if not first:
        return
    order = json.loads(first)
    wanted = messages.read_config(order["config"])
    try:
        listening = await _listen(wanted.bind, wanted.port, order["wait_s"])
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = LinkReason.PORT_TAKEN if taken else LinkReason.PORT_DENIED
        told.put(messages.line({"failed": reason, "detail": error.strerror or ""}))
        return
    house = _House(order, told)
    try:
        await house.open(listening)
        while line := await lines.get():
            order = json.loads(line)
            if "end" in order:
                return
            house.change(order)
        await asyncio.sleep(grace_s)
    finally:
        await house.close()


class _House:
    """The broker, its guard and the news of both."""

    def __init__(self, order: Mapping[str, Any], told: News) -> None:
        from app.broker.careful import CarefulBroker

        limits = Limits()
        self._told = told
        self._revision: int = order["revision"]
        self._accounts = Accounts(messages.read_config(order["config"]).accounts)
        self._broker: CarefulBroker = CarefulBroker(limits, self._accounts)
        self._news = asyncio.Event()
        self._guard = Guard(self._accounts, self._broker.serve, self._news.set, limits)
        self._tasks = Tasks()

    async def open(self, listening: socket.socket) -> None:
        await self._broker.start()
        await self._guard.open(listening)
        self._tell()
        _ = self._tasks.spawn("broker news", self._tell_on())

    def change(self, order: Mapping[str, Any]) -> None:
        """Take new accounts; whoever may stay does."""
        gone = self._accounts.replace(messages.read_config(order["config"]).accounts)
        self._guard.drop(self._broker.forget(gone), gone)
        self._revision = order["revision"]
        self._tell()

    async def close(self) -> None:
        await self._tasks.cancel_all()
        await self._guard.close()
        await self._broker.shutdown()

    def _tell(self) -> None:
        guard = self._guard
        news = messages.status(guard.port, self._revision, guard.clients(), guard.refusals())
        self._told.put(news)

    async def _tell_on(self) -> None:
        while True:
            try:
                async with asyncio.timeout(BEAT_S):
                    await self._news.wait()
            except TimeoutError:
                pass  # the counts of messages change without a word
            self._news.clear()
            self._tell()
            await asyncio.sleep(NEWS_S)


async def _listen(bind: str, port: int, wait_s: float) -> socket.socket:
    """Return a listening socket; waits for a port that is taken, then raises OSError."""
    until = time.monotonic() + wait_s
    while True:
        try:
            return listening_socket(bind, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() >= until:
                raise
        await asyncio.sleep(PORT_RETRY_S)

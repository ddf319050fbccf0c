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
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from app.broker import messages
from app.broker.accounts import Accounts
from app.broker.guard import Guard, listening_socket
from app.broker.limits import Limits
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
_NEWS_S: Final = 0.2
BEAT_S: Final = 2.0
_QUIET: Final = ("amqtt", "transitions", "asyncio")


def serve_standard() -> int:
    """Serve on the standard input and output; returns the exit code.

    Whatever else prints is led to the standard error: the output is for news alone.
    """
    sys.stdout = sys.stderr
    # Neither is closed or buffered: threads use them until the process ends.
    return asyncio.run(serve(io.FileIO(0, closefd=False), io.FileIO(1, "w", closefd=False)))


async def serve(orders: io.RawIOBase, news: io.RawIOBase, grace_s: float = GRACE_S) -> int:
    """Be the broker that the orders describe until they say `end`, or end themselves."""
    lines = _read(orders)
    first = await lines.get()
    if not first:
        return 0
    told = _News(news)
    order = json.loads(first)
    wanted = messages.read_config(order["config"])
    try:
        listening = await _listen(wanted.bind, wanted.port, order["wait_s"])
    except OSError as error:
        reason = LinkReason.PORT_DENIED
        if error.errno == errno.EADDRINUSE:
            reason = LinkReason.PORT_TAKEN
        told.last(messages.line({"failed": reason, "detail": error.strerror or ""}))
        return 0
    house = _House(order, told)
    await house.open(listening)
    try:
        while line := await lines.get():
            order = json.loads(line)
            if "end" in order:
                return 0
            house.change(order)
        await asyncio.sleep(grace_s)
    finally:
        await house.close()
    return 0


class _House:
    """The broker, its guard and the news of both."""

    def __init__(self, order: Mapping[str, Any], told: _News) -> None:
        from app.broker.careful import CarefulBroker

        for name in _QUIET:
            # They tell what clients send; what matters of it is told by us.
            logging.getLogger(name).setLevel(logging.CRITICAL)
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
        self._told.end()

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
            await asyncio.sleep(_NEWS_S)


class _News:
    """Writes the newest news in a thread: a core that hangs holds up nobody but itself."""

    def __init__(self, out: io.RawIOBase) -> None:
        self._out = out
        self._newest = b""
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write, name="news", daemon=True)
        self._thread.start()

    def put(self, news: bytes) -> None:
        """Write this next, unless there is something newer by then."""
        with self._changed:
            self._newest = news
            self._changed.notify()

    def last(self, news: bytes) -> None:
        """Write this and end."""
        self.put(news)
        self.end()

    def end(self) -> None:
        """Write what is left, if somebody takes it, and end."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join(1.0)

    def _write(self) -> None:
        while True:
            with self._changed:
                while not self._newest and not self._ended:
                    self._changed.wait()
                news, self._newest = self._newest, b""
            if not news:
                return
            try:
                while news:
                    news = news[self._out.write(news) or 0 :]
            except (OSError, ValueError):
                return  # the core is gone


def _read(orders: io.RawIOBase) -> asyncio.Queue[bytes]:
    """Return a queue of the lines that come in, at last an empty one."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[bytes] = asyncio.Queue()

    def read() -> None:
        # A thread, because pipes cannot be awaited on every system.
        try:
            for line in orders:
                loop.call_soon_threadsafe(lines.put_nowait, line)
        except (OSError, ValueError):
            pass  # the same as the end
        try:
            loop.call_soon_threadsafe(lines.put_nowait, b"")
        except RuntimeError:
            return  # we ended first

    threading.Thread(target=read, name="orders", daemon=True).start()
    return lines


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

"""One background thread with an event loop, for everything that is neither serial nor HID.

One rule: it starts with its first user and ends with its last; nothing on it may block.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)
T = TypeVar("T")

_END_S = 2.0


class SideLoop:
    """A loop of its own, so that STOP goes out while the program's loop is blocked.

    Order of calls: enter -> (call | start | run)* -> leave, once each for every user. Transports
    do it in `open` and `close`; a driver that only uses transports never needs this class.
    """

    def __init__(self, name: str = "side loop") -> None:
        self._name = name
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._started: set[concurrent.futures.Future[Any]] = set()

    def enter(self) -> None:
        """Start the thread if it does not run; from any thread, returns at once."""
        with self._lock:
            self._users += 1
            if self._loop is None:
                self._loop = _QuickLoop()
                self._thread = threading.Thread(
                    target=_live, args=(self._loop,), name=self._name, daemon=True
                )
                self._thread.start()

    async def leave(self) -> None:
        """End the thread if nobody else uses it; what still runs there is cancelled."""
        with self._lock:
            self._users -= 1
            if self._users > 0 or self._loop is None or self._thread is None:
                return
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        loop.call_soon_threadsafe(loop.stop)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await in_thread(self._name + " end", thread.join, _END_S)

    def call(self, function: Callable[..., object], *args: object) -> bool:
        """Call a function on the side loop soon, from any thread; False if the loop is not up.

        Calls are carried out in the order they were made. An error is logged.
        """
        with self._lock:
            if self._loop is None:
                return False
            self._loop.call_soon_threadsafe(function, *args)
            return True

    def start(self, coro: Coroutine[Any, Any, object]) -> bool:
        """Run a coroutine on the side loop, from any thread, and wait for nothing; False if down.

        An error it ends with is logged.
        """
        with self._lock:
            if self._loop is None:
                coro.close()
                return False
            future = asyncio.run_coroutine_threadsafe(coro, self._loop)
            self._started.add(future)
        future.add_done_callback(self._ended)
        return True

    async def run(self, coro: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the side loop and await its result on the caller's loop.

        Cancelling the caller cancels it. Raises DriverError(LOST) if the side loop is down or ends.
        """
        with self._lock:
            if self._loop is None:
                coro.close()
                raise DriverError(Cause.LOST, "closed")
            future = asyncio.run_coroutine_threadsafe(_outcome(coro), self._loop)
        try:
            result, error = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            me = asyncio.current_task()
            if me is None or me.cancelling():
                raise
            raise DriverError(Cause.LOST, "closed") from None
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # a T whenever there is no error

    def _ended(self, future: concurrent.futures.Future[Any]) -> None:
        with self._lock:
            self._started.discard(future)
        if not future.cancelled() and (error := future.exception()) is not None:
            log.error("something on the side loop failed: %r", error, exc_info=error)


side = SideLoop()


async def _outcome(coro: Coroutine[Any, Any, T]) -> tuple[T | None, Exception | None]:
    """Await it; an error is a result, since nobody takes one whose waiter was cancelled."""
    try:
        return await coro, None
    except Exception as error:  # noqa: BLE001 - it belongs to whoever awaits
        return None, error


async def in_thread(name: str, function: Callable[..., T], *args: object) -> T:
    """Call a blocking function in a thread of its own and await it, on any loop.

    A call that never returns does not hold up the end of the program, as a pool's would.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # a T whenever there is no error

    def work() -> None:
        result, error = None, None
        try:
            result = function(*args)
        except BaseException as failure:  # noqa: BLE001 - it belongs to whoever awaits
            error = failure
        # After the loop's end there is nobody left to tell.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=work, name=name, daemon=True).start()
    return await done


# The selector loop on Windows, too: it alone takes UDP answers of closed ports without dying.
class _QuickLoop(asyncio.SelectorEventLoop):
    """Looks names up in a daemon thread: a name that never answers must not hold up an exit."""

    async def getaddrinfo(  # type: ignore[override]  # the sockets' own names for what it returns
        self,
        host: bytes | str | None,
        port: bytes | str | int | None,
        *,
        family: int = 0,
        type: int = 0,  # noqa: A002 - asyncio's own name
        proto: int = 0,
        flags: int = 0,
    ) -> list[tuple[int, int, int, str, tuple[object, ...]]]:
        def look_up() -> list[tuple[int, int, int, str, tuple[object, ...]]]:
            return list(socket.getaddrinfo(host, port, family, type, proto, flags))

        return await in_thread(f"look up {host!r}", look_up)


def _live(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=_END_S / 2))
        # Connections that were closed a moment ago say good-bye in the next turns.
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()

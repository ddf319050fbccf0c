"""The loopback TikTok on a thread and loop of its own, for tests and benches that block theirs."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from tests.fakes.tiktok.server import FakeTikTok

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

T = TypeVar("T")


class ThreadedTikTok:
    """A running server and the way to its loop. Set switches and scripts before clients come."""

    def __init__(self, tiktok: FakeTikTok, loop: asyncio.AbstractEventLoop) -> None:
        self.tiktok = tiktok
        self._loop = loop

    def call(self, work: Coroutine[Any, Any, T], timeout_s: float = 30.0) -> T:
        """Run a coroutine such as `room.push(...)` on the server's loop and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)


@contextlib.contextmanager
def in_thread(unique_id: str = "creator", *, tls: bool = False) -> Iterator[ThreadedTikTok]:
    """Serve while the block runs; script errors are raised at its end."""
    ready = threading.Event()
    box: list[tuple[FakeTikTok, asyncio.AbstractEventLoop, asyncio.Event]] = []
    errors: list[BaseException] = []

    async def serve() -> None:
        async with FakeTikTok(unique_id, tls=tls) as tiktok:
            leave = asyncio.Event()
            box.append((tiktok, asyncio.get_running_loop(), leave))
            ready.set()
            await leave.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:  # noqa: BLE001 - raised again in the thread of the test
            errors.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="loopback TikTok")
    thread.start()
    ready.wait()
    if errors:
        raise errors[0]
    tiktok, loop, leave = box[0]
    try:
        yield ThreadedTikTok(tiktok, loop)
    finally:
        loop.call_soon_threadsafe(leave.set)
        thread.join()
    if errors:
        raise errors[0]

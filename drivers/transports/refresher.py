"""A thread that repeats the newest frame: DMX, Art-Net, sACN, LED strips.

One rule: the newest frame goes out next, whatever was shown before it; STOP waits for no rate.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from typing import TYPE_CHECKING

from drivers.contract import DriverError
from drivers.transports.side_loop import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_JOIN_S = 2.0


class Refresher:
    """Repeats a picture `rate_hz` times a second through `send`, in one thread of its own.

    A picture is a frame, or a function that makes one from the seconds since it was shown (a
    flash goes on while the program's loop is blocked). `send(frame)` is called in that thread
    only, so it may count sequence numbers; it returns whether the system took the bytes, and
    must not block for long. Order of calls: open -> show* -> close; `close` is idempotent.
    """

    def __init__(
        self,
        name: str,
        send: Callable[[bytes], bool],
        *,
        rate_hz: float,
        fastest_hz: float = 44.0,
    ) -> None:
        """`rate_hz` 0 never repeats a frame; new and moving ones go out `fastest_hz` a second."""
        self._name = name
        self._send = send
        self._repeat_s = 1.0 / rate_hz if rate_hz > 0 else None
        self._gap_s = 1.0 / fastest_hz
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()  # re-entrant; guards everything below
        self._picture: bytes | Callable[[float], bytes] | None = None
        self._shown_at = 0.0
        self._number = 0
        self._taken = 0
        self._urgent = False
        self._closing = False
        self._last: tuple[bytes, ...] = ()
        self._waiting: list[tuple[int, asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self._failed = False

    def open(self) -> None:
        """Start the thread; nothing is sent before the first `show`."""
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def show(self, picture: bytes | Callable[[float], bytes], *, urgent: bool = False) -> None:
        """Make this the newest picture, from any thread; urgent ones go out at once."""
        with self._change:
            self._picture = picture
            self._shown_at = time.monotonic()
            self._number += 1
            self._urgent = self._urgent or urgent
            self._change.notify_all()

    async def taken(self, timeout_s: float) -> bool:
        """Wait until the picture that is newest now, or a newer one, was taken by the system."""
        loop = asyncio.get_running_loop()
        with self._change:
            if self._taken >= self._number:
                return True
            future = loop.create_future()
            entry = (self._number, loop, future)
            self._waiting.append(entry)
        try:
            async with asyncio.timeout(timeout_s):
                await future
        except TimeoutError:
            return False
        finally:
            with self._change, contextlib.suppress(ValueError):
                self._waiting.remove(entry)
        return True

    async def close(self, *last: bytes) -> None:
        """Send the `last` frames (a good-bye, in order) and end the thread."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        with self._change:
            self._last = last
            self._closing = True
            self._change.notify_all()
        await in_thread(f"{self._name} end", thread.join, _JOIN_S)

    # ------------------------------------------------------------------ the thread's side

    def _run(self) -> None:
        sent_at = -self._gap_s
        while self._wait_turn(sent_at):
            with self._change:
                picture, number = self._picture, self._number
                since_s = time.monotonic() - self._shown_at
                self._urgent = False
            if picture is None:
                continue
            sent_at = time.monotonic()
            if self._sent(picture, since_s):
                self._tell(number)
        for frame in self._last:
            self._sent(frame, 0.0)

    def _wait_turn(self, sent_at: float) -> bool:
        """Wait until something is due; False when it is time to end."""
        with self._change:
            while not self._closing:
                due = self._due(sent_at)
                wait_s = None if due is None else due - time.monotonic()
                if wait_s is not None and wait_s <= 0:
                    return True
                self._change.wait(wait_s)
            return False

    def _due(self, sent_at: float) -> float | None:
        if self._urgent:
            return -1.0
        if self._picture is None:
            return None
        if self._taken < self._number or callable(self._picture):
            return sent_at + self._gap_s
        return None if self._repeat_s is None else sent_at + self._repeat_s

    def _sent(self, picture: bytes | Callable[[float], bytes], since_s: float) -> bool:
        try:
            return self._send(picture(since_s) if callable(picture) else picture)
        except (DriverError, OSError) as error:
            log.debug("%s: not sent: %s", self._name, error)
        except Exception:
            # Said once: the same fault comes again with every frame.
            if not self._failed:
                self._failed = True
                log.exception("%s: a frame failed", self._name)
        return False

    def _tell(self, number: int) -> None:
        with self._change:
            self._taken = max(self._taken, number)
            ready = [one for one in self._waiting if one[0] <= number]
        for _, loop, future in ready:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, future)


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)

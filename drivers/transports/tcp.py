"""A TCP connection, with TLS if asked: bytes both ways.

One rule: writes never block, what waits is bounded, and a silent break is noticed in seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import sys
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import Cause, DriverError, who_listens
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.side_loop import in_thread, side
from drivers.transports.told import Told, checked_port, network_error

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST_WRITES_S = 0.3
_ALIVE_AFTER_S = 3
_ALIVE_EVERY_S = 1
_ALIVE_TRIES = 4
# The systems' own numbers, which Python's socket module does not name.
_WINDOWS_TCP_MAXRT = 5
_MACOS_TCP_RXT_CONNDROPTIME = 0x80


@dataclass(frozen=True, slots=True)
class TcpOptions:
    """Where to connect. With `tls` the certificate is checked unless `any_certificate`.

    A device that takes not one byte for `write_timeout_s` is lost (NO_ANSWER).
    """

    host: str
    port: int
    tls: bool = False
    any_certificate: bool = False
    connect_timeout_s: float = 3.0
    write_timeout_s: float = 2.0


class TcpPipe:
    """One TCP connection; see `drivers.transports.pipe.Pipe`. One object is one connection."""

    def __init__(self, options: TcpOptions) -> None:
        self._options = options
        self._told: Told[bytes] | None = None
        self._entered = False
        self._lock = threading.RLock()  # STOP comes from any thread; guards the queue
        self._out: deque[bytes] = deque()
        self._out_bytes = 0
        self._open = False
        self._overheard = who_listens()
        # Only the side loop touches what is below.
        self._transport: asyncio.Transport | None = None
        self._full = False
        self._stall: asyncio.TimerHandle | None = None
        self._change = asyncio.Event()

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Connect, or raise DriverError: NOT_FOUND (the name), NO_ANSWER, BAD_CONFIG (TLS)."""
        self._told = Told(on_bytes, on_lost)
        self._overheard = who_listens()
        side.enter()
        self._entered = True
        try:
            async with asyncio.timeout(self._options.connect_timeout_s):
                await side.run(self._connect())
        except (OSError, ValueError, OverflowError, DriverError) as error:
            await self.close()
            raise network_error(error) from error
        except BaseException:
            await self.close()
            raise

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand bytes to the side loop; from any thread, never blocks.

        Urgent bytes throw away what waits, but never cut a frame that is half sent.
        """
        with self._lock:
            if not self._open:
                return False
            if urgent:
                self._out.clear()
                self._out_bytes = 0
            elif self._out_bytes + len(data) > QUEUE_BYTES:
                return False
            self._out.append(data)
            self._out_bytes += len(data)
            self._overheard("out", data)
            return side.call(self._flush)

    async def written(self, timeout_s: float) -> bool:
        """Wait until the system took all that was handed over; False if it did not, or is lost."""
        try:
            return await side.run(self._until_taken(timeout_s))
        except DriverError:
            return False

    async def close(self) -> None:
        """Write what waits, if the device takes it at once, then end the connection."""
        if self._told is not None:
            self._told.silence()
        with self._lock:
            self._open = False
        if not self._entered:
            return
        self._entered = False
        try:
            with contextlib.suppress(DriverError):
                await side.run(self._hang_up())
        finally:
            await side.leave()

    # ------------------------------------------------------------------ the side loop's side

    async def _connect(self) -> None:
        options, loop = self._options, asyncio.get_running_loop()
        tls, host = None, options.host.strip("[]")
        if options.tls:
            tls = await in_thread("certificates", tls_context, options.any_certificate)
        transport, _ = await loop.create_connection(
            lambda: _Ends(self), host, checked_port(options.port), ssl=tls
        )
        self._transport = transport
        # A buffer of nothing: what the system does not take at once waits in our own queue.
        transport.set_write_buffer_limits(high=0)
        link = transport.get_extra_info("socket")
        if link is not None:
            notice_breaks(link, options.write_timeout_s)
        with self._lock:
            self._open = not (self._told is None or self._told.is_lost())

    def _flush(self) -> None:
        transport = self._transport
        while transport is not None and not self._full and not transport.is_closing():
            with self._lock:
                if not self._out:
                    break
                data = self._out.popleft()
                self._out_bytes -= len(data)
            transport.write(data)
        self._change.set()

    def full(self) -> None:
        """Stop writing: the system takes no more; give up if that lasts."""
        self._full = True
        loop = asyncio.get_running_loop()
        self._stall = loop.call_later(self._options.write_timeout_s, self._stalled)

    def free(self) -> None:
        """Go on writing."""
        self._full = False
        if self._stall is not None:
            self._stall.cancel()
        self._flush()

    def heard(self, data: bytes) -> None:
        """Take bytes from the other side."""
        self._overheard("in", data)
        if self._told is not None:
            self._told.put(data, len(data))

    def ended(self, error: BaseException | None) -> None:
        """Take word that the connection is no more."""
        with self._lock:
            self._open = False
            self._out.clear()
        if self._stall is not None:
            self._stall.cancel()
        if self._told is not None:
            reason = error or ConnectionError("the other side closed the connection")
            self._told.lose(network_error(reason, Cause.LOST))
        self._transport = None
        self._change.set()

    def _stalled(self) -> None:
        if self._told is not None:
            self._told.lose(DriverError(Cause.NO_ANSWER))
        if self._transport is not None:
            self._transport.abort()

    async def _hang_up(self) -> None:
        """Let the last bytes out, then close and wait until it is closed."""
        try:
            await self._until(lambda: self._transport is None or self._is_idle())
            if self._transport is not None and self._transport.can_write_eof():
                # What it still answers is heard out: a reset would undo our last words there.
                self._transport.write_eof()
                await self._until(lambda: self._transport is None)
            if self._transport is not None:
                self._transport.close()
                await self._until(lambda: self._transport is None)
        finally:
            if self._transport is not None:
                self._transport.abort()
        await self._until(lambda: self._transport is None)

    async def _until_taken(self, timeout_s: float) -> bool:
        await self._until(lambda: self._transport is None or self._is_idle(), timeout_s)
        return self._transport is not None and self._is_idle()

    def _is_idle(self) -> bool:
        return not (self._out or self._full)

    async def _until(self, true: Callable[[], bool], timeout_s: float = _LAST_WRITES_S) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while not true():
                    self._change.clear()
                    await self._change.wait()


class _Ends(asyncio.Protocol):
    """Hears for a pipe."""

    def __init__(self, pipe: TcpPipe) -> None:
        self._pipe = pipe

    def data_received(self, data: bytes) -> None:
        self._pipe.heard(data)

    def pause_writing(self) -> None:
        self._pipe.full()

    def resume_writing(self) -> None:
        self._pipe.free()

    def connection_lost(self, exc: Exception | None) -> None:
        self._pipe.ended(exc)


def tls_context(any_certificate: bool) -> ssl.SSLContext:  # noqa: FBT001 - called by threads
    """Return what checks certificates as the system does, or takes any. Slow: reads files."""
    context = ssl.create_default_context()
    if any_certificate:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def notice_breaks(link: socket.socket, unanswered_s: float) -> None:
    """Make the system notice that the other side is gone without a word.

    An idle connection is asked after three seconds, bytes nobody acknowledges count for
    `unanswered_s`; then the connection ends with an error.
    """
    with contextlib.suppress(OSError):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    wanted = {
        "TCP_KEEPIDLE": _ALIVE_AFTER_S,
        "TCP_KEEPALIVE": _ALIVE_AFTER_S,  # macOS's name for the same
        "TCP_KEEPINTVL": _ALIVE_EVERY_S,
        "TCP_KEEPCNT": _ALIVE_TRIES,
        "TCP_USER_TIMEOUT": round(unanswered_s * 1000),
    }
    numbers = [
        (getattr(socket, name), value) for name, value in wanted.items() if hasattr(socket, name)
    ]
    if sys.platform == "win32":
        numbers.append((_WINDOWS_TCP_MAXRT, max(1, round(unanswered_s))))
    elif sys.platform == "darwin":
        numbers.append((_MACOS_TCP_RXT_CONNDROPTIME, max(1, round(unanswered_s))))
    for number, value in numbers:
        with contextlib.suppress(OSError):
            link.setsockopt(socket.IPPROTO_TCP, number, value)

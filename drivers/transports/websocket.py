"""A WebSocket to a program or device: text messages both ways; the owner of `websockets` here.

One rule: writes never block, what waits is bounded, and a missing pong is a loss.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.contract import N_, Cause, DriverError, who_listens
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.sentences import SIGN_IN
from drivers.transports.side_loop import in_thread, side
from drivers.transports.tcp import notice_breaks, tls_context
from drivers.transports.told import Told, network_error

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from websockets.asyncio.client import ClientConnection

log = logging.getLogger(__name__)
# The package would write every message to the log, with the secrets that some greetings want.
_frames = logging.getLogger(f"{__name__}.frames")
_frames.setLevel(logging.WARNING)

_LAST_WRITES_S = 0.3
_CLOSE_S = 0.5
_UNANSWERED_S = 5.0
_WRONG_PASSWORD = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class WebSocketOptions:
    """Where to connect, such as "ws://127.0.0.1:4455".

    With wss:// the certificate is checked unless `any_certificate`. Every `ping_s` the other side
    is asked for a pong, which must come within `pong_s`; else it is lost.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    subprotocols: tuple[str, ...] = ()
    any_certificate: bool = False
    connect_timeout_s: float = 3.0
    ping_s: float = 5.0
    pong_s: float = 5.0
    most_bytes: int = 16 * 1024 * 1024


class WebSocketLink:
    """One WebSocket. Order of calls: open -> write_now* -> close; one object is one connection."""

    def __init__(self, options: WebSocketOptions) -> None:
        self._options = options
        self._told: Told[str] | None = None
        self._entered = False
        self._lock = threading.RLock()  # STOP comes from any thread; guards the queue
        self._out: deque[str] = deque()
        self._out_bytes = 0
        self._open = False
        self._overheard = who_listens()
        # Only the side loop touches what is below.
        self._link: ClientConnection | None = None
        self._closing = False
        self._wake = asyncio.Event()
        self._all_sent = asyncio.Event()
        self._ended = asyncio.Event()

    async def open(
        self, on_text: Callable[[str], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Connect and shake hands. The callbacks come on the caller's loop; loss is told once.

        Raises DriverError: NOT_FOUND (the name), NO_ANSWER, BAD_ANSWER (no WebSocket there),
        BAD_CONFIG (the address, a certificate, 401, 403).
        """
        self._told = Told(on_text, on_lost)
        self._overheard = who_listens()
        side.enter()
        self._entered = True
        try:
            async with asyncio.timeout(self._options.connect_timeout_s):
                await side.run(self._connect())
        except Exception as error:
            await self.close()
            raise _why(error) from error
        except BaseException:
            await self.close()
            raise

    def write_now(self, text: str, *, urgent: bool = False) -> bool:
        """Hand over one message from any thread; False if closed, lost or the queue is full.

        An urgent message goes first and what waited is thrown away.
        """
        with self._lock:
            if not self._open:
                return False
            if urgent:
                self._out.clear()
                self._out_bytes = 0
            elif self._out_bytes + len(text) > QUEUE_BYTES:
                return False
            self._out.append(text)
            self._out_bytes += len(text)
            self._overheard("out", text.encode())
            return side.call(self._wake.set)

    async def close(self) -> None:
        """Send what waits, if it is taken at once, say good-bye and let go; idempotent."""
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
        from websockets.asyncio.client import connect
        from websockets.typing import Subprotocol

        options = self._options
        tls: ssl.SSLContext | None = None
        if options.url.startswith("wss:"):
            tls = await in_thread("certificates", tls_context, options.any_certificate)
        link = await connect(
            options.url,
            ssl=tls,
            additional_headers=dict(options.headers),
            subprotocols=[Subprotocol(one) for one in options.subprotocols] or None,
            open_timeout=None,  # ours is around it
            ping_interval=options.ping_s,
            ping_timeout=options.pong_s,
            close_timeout=_CLOSE_S,
            max_size=options.most_bytes,
            logger=_frames,
            # It is on this computer or this network; a proxy would not find it.
            proxy=None,
        )
        notice_breaks(link.transport.get_extra_info("socket"), _UNANSWERED_S)
        self._link = link
        with self._lock:
            self._open = True
        side.start(self._live(link))

    async def _live(self, link: ClientConnection) -> None:
        """Send and hear until the connection ends, then say so."""
        side.start(self._send_all(link))
        error: Exception = ConnectionError("closed")
        try:
            async for message in link:
                if isinstance(message, str) and self._told is not None:
                    self._overheard("in", message.encode())
                    self._told.put(message, len(message))
        except Exception as failure:  # noqa: BLE001 - whatever it is, it ended the connection
            error = failure
        finally:
            with self._lock:
                self._open = False
                self._out.clear()
            self._closing = True
            self._wake.set()
            self._ended.set()
        if self._told is not None:
            self._told.lose(_why_lost(error, link))

    async def _send_all(self, link: ClientConnection) -> None:
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed):
            while True:
                with self._lock:
                    text = self._out.popleft() if self._out else None
                    self._out_bytes -= len(text or "")
                if text is not None:
                    await link.send(text)
                elif self._closing:
                    break
                else:
                    await self._wake.wait()
                    self._wake.clear()
        self._all_sent.set()

    async def _hang_up(self) -> None:
        """Let the last messages out, then close and wait until it is closed."""
        if self._link is None:
            return
        self._closing = True
        self._wake.set()
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LAST_WRITES_S):
                    await self._all_sent.wait()
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_CLOSE_S):
                    await self._link.close()
        finally:
            # Who reads nothing never lets our last bytes go.
            self._link.transport.abort()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await self._ended.wait()


def _why(error: Exception) -> DriverError:
    """Say why connecting failed."""
    from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI

    if isinstance(error, InvalidURI):
        return DriverError(
            Cause.BAD_CONFIG,
            say=N_("The address must begin with ws:// or wss://, with a name or number behind it."),
        )
    if isinstance(error, InvalidStatus):
        status = error.response.status_code
        cause = Cause.BAD_CONFIG if status in _WRONG_PASSWORD else Cause.BAD_ANSWER
        say = SIGN_IN if status in _WRONG_PASSWORD else ""
        return DriverError(cause, f"status {status}", say=say)
    if isinstance(error, InvalidHandshake | EOFError):
        return DriverError(Cause.BAD_ANSWER, str(error))
    return network_error(error)


def _why_lost(error: Exception, link: ClientConnection) -> DriverError:
    """Say why the connection ended: "4009 wrong password" is in the detail where it was said."""
    from websockets.exceptions import ConnectionClosed

    if isinstance(error, ConnectionClosed) and "ping timeout" in str(error):
        return DriverError(Cause.NO_ANSWER, "pong")
    code, reason = link.close_code, link.close_reason or ""
    if code is not None:
        return DriverError(Cause.LOST, f"{code} {reason}".strip())
    return network_error(error, Cause.LOST)

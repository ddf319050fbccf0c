"""What network transports share: telling the program's loop, and why a network failed.

One rule: news is bounded and in order, loss is told once, and after `silence` nothing is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import ssl
import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

from drivers.contract import Cause, DriverError
from drivers.transports import sentences
from drivers.transports.pipe import INBOX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_DENIED = frozenset({errno.EACCES, errno.EPERM})
_BUSY = frozenset({errno.EADDRINUSE})


class Told(Generic[T]):
    """Carries news from any thread to the loop it was made on; the oldest goes when it is full."""

    def __init__(
        self, on_news: Callable[[T], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_news, self._on_lost = on_news, on_lost
        self._lock = threading.RLock()
        self._waiting: deque[tuple[T, int]] = deque()
        self._size = 0
        self._lost = False
        self._silent = False

    def is_lost(self) -> bool:
        """Say whether a loss was reported."""
        return self._lost

    def put(self, news: T, size: int) -> None:
        """Hand over one piece of news of `size` bytes, from any thread."""
        with self._lock:
            first = not self._waiting
            self._waiting.append((news, size))
            self._size += size
            while self._size > INBOX_BYTES and len(self._waiting) > 1:
                self._size -= self._waiting.popleft()[1]
        if first:
            self._call(self._tell_news)

    def lose(self, error: DriverError) -> None:
        """Report the loss, from any thread; only the first is told, after the news before it."""
        with self._lock:
            if self._lost:
                return
            self._lost = True
        self._call(self._tell_loss, error)

    def silence(self) -> None:
        """Tell nothing any more: we let go of it ourselves."""
        self._silent = True

    def _tell_news(self) -> None:
        with self._lock:
            news = [one for one, _ in self._waiting]
            self._waiting.clear()
            self._size = 0
        for one in news:
            if not self._silent:
                self._on_news(one)

    def _tell_loss(self, error: DriverError) -> None:
        if not self._silent:
            self._on_lost(error)

    def _call(self, call: Callable[..., None], *args: object) -> None:
        # After the loop's end there is nobody left to tell.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *args)


def network_error(error: BaseException, lost: Cause = Cause.NO_ANSWER) -> DriverError:
    """Say why a network call failed; `lost` is the cause when the other side went or never came."""
    if isinstance(error, DriverError):
        return error
    number = getattr(error, "errno", None)
    say = ""
    if isinstance(error, TimeoutError):
        cause = Cause.NO_ANSWER
    elif isinstance(error, socket.gaierror | UnicodeError):
        cause, say = Cause.NOT_FOUND, sentences.NO_SUCH_ADDRESS
    elif isinstance(error, ssl.SSLCertVerificationError):
        cause, say = Cause.BAD_CONFIG, sentences.BAD_CERTIFICATE
    elif isinstance(error, ssl.SSLError):
        cause, say = Cause.BAD_ANSWER, sentences.NOT_SECURE
    elif isinstance(error, ValueError | OverflowError):
        cause, say = Cause.BAD_CONFIG, sentences.BAD_ADDRESS
    elif number in _DENIED:
        cause, say = Cause.NO_PERMISSION, sentences.KEPT_FROM_NETWORK
    elif number in _BUSY:
        cause, say = Cause.BUSY, sentences.TAKEN
    else:
        cause = lost
    return DriverError(cause, str(error) or type(error).__name__, say=say)


def checked_port(port: int) -> int:
    """Return the port, or raise DriverError(BAD_CONFIG); some systems would cut its bits off."""
    if not 0 < port < 1 << 16:
        raise DriverError(Cause.BAD_CONFIG, say=sentences.NO_SUCH_PORT, port=port)
    return port

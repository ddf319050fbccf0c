"""A network cable to somebody who listens here: pulled, put back, or silently cut.

One rule: `cut` loses packets as a device without power does: no good-bye, no reset, no answer.
"""

from __future__ import annotations

import contextlib
import ctypes
import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Linux' own numbers, which Python's socket module does not name, and a filter that drops all.
_ATTACH, _DETACH = 26, 27
_DROP_ALL = struct.pack("HBBI", 0x06, 0, 0, 0)
_RESET = struct.pack("ii", 1, 0)


def why_not() -> str:
    """Return why no cable can be cut here, or ""."""
    return "" if sys.platform == "linux" else "packets are dropped by a filter of Linux"


class NetCable:
    """Leads 127.0.0.1:`port` to another port of this computer; `links` counts connections made."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self.port = 0
        self.links = 0
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None
        self.plug()

    def plug(self) -> None:
        """Put it in; links that were cut and not yet given up go on where they were."""
        if self._listener is not None:
            for one in [self._listener, *(near for near, _ in self._pairs)]:
                with contextlib.suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, _DETACH, 0)
            return
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._begin(self._accept, self._listener)

    def cut(self) -> None:
        """Lose every packet from now on, of links there are and of those that are tried."""
        program = ctypes.create_string_buffer(_DROP_ALL, len(_DROP_ALL))
        filter_ = struct.pack("HL", 1, ctypes.addressof(program))
        with self._lock:
            for one in [self._listener, *(near for near, _ in self._pairs)]:
                if one is not None and one.fileno() >= 0:
                    one.setsockopt(socket.SOL_SOCKET, _ATTACH, filter_)

    def unplug(self) -> None:
        """Reset every link and refuse new ones."""
        listener, self._listener = self._listener, None
        if listener is not None:
            _end(listener)
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for near, far in pairs:
            with contextlib.suppress(OSError):
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            _end(far)
            _end(near)
        for thread in self._threads:
            thread.join(10)
        for near, far in pairs:
            near.close()
            far.close()
        self._threads.clear()
        if listener is not None:
            listener.close()

    close = unplug

    def _begin(self, work: Callable[..., None], *what: socket.socket) -> None:
        thread = threading.Thread(target=work, args=what, name="net cable")
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._to_port))
                except OSError:
                    near.close()
                    continue
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with self._lock:
                    self._pairs.append((near, far))
                    self.links += 1
                self._begin(_carry, near, far)
                self._begin(_carry, far, near)


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    # The end of one way is the end of that way only: what the other still says is carried.
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _end(one: socket.socket) -> None:
    """Wake whoever waits in it."""
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)

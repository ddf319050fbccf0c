"""Acme lamp: its far end, on this computer, over UDP.

One rule: written from the maker's sheet alone; a line it does not know does nothing.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class AcmeLampEnd:
    """One lamp; `level` 0 to 100, `heard` every datagram."""

    def __init__(self) -> None:
        self.level = 0
        self.hot = False
        self.heard: list[bytes] = []
        self._news = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._listen, name="acme_lamp")
        self._thread.start()

    @property
    def resting(self) -> bool:
        """Whether it is dark."""
        return self.level == 0

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of it; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def close(self) -> None:
        """End; may be called again."""
        if self._thread.is_alive():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
                waker.sendto(b"", ("127.0.0.1", self.port))
            self._thread.join(10)

    def _listen(self) -> None:
        with self._socket:
            while True:
                data, asker = self._socket.recvfrom(2048)
                if not data:
                    return
                with self._news:
                    self.heard.append(data)
                    answer = self._take(data)
                    self._news.notify_all()
                with contextlib.suppress(OSError):  # it may be gone
                    self._socket.sendto(answer, asker)

    def _take(self, line: bytes) -> bytes:
        if line[:1] == b"L" and line[1:].isdigit():
            self.level = 0 if self.hot else int(line[1:])
            return b"HOT" if self.hot else b"L"
        self.level = 0 if line == b"X" else self.level
        return b"X" if line == b"X" else b"?"

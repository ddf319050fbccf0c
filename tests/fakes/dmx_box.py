"""A DMX box on the network: one line, fed by datagrams, that keeps what it was told last.

One rule: written from the protocols' own documents; what is out of order changes nothing.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class DmxBox(ABC):
    """One box at `port`. `line` is what its lamps see; `heard` are all datagrams."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.line = b""
        self.heard: list[bytes] = []
        self.refused = 0
        self._news = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self.port: int = self._socket.getsockname()[1]
        self._ended = False
        self._thread = threading.Thread(target=self._listen, name="dmx box")
        self._thread.start()

    @abstractmethod
    def take(self, datagram: bytes) -> bool:
        """Carry a datagram out; False if it is none for this box."""

    def wait_for(self, true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Block until something is true of this box; False when it took too long."""
        with self._news:
            return self._news.wait_for(true, timeout_s)

    def close(self) -> None:
        """End, so that the system refuses what comes after; may be called again."""
        if self._ended:
            return
        self._ended = True
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(10)
        self._socket.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                datagram = self._socket.recv(2048)
                if self._ended:
                    return
                with self._news:
                    self.heard.append(datagram)
                    self.refused += not self.take(datagram)
                    self._news.notify_all()


class ArtNetBox(DmxBox):
    """Takes ArtDmx of one universe (Art-Net 4, release 1.4)."""

    universe = 3
    order = 0

    def take(self, datagram: bytes) -> bool:
        """Show what an ArtDmx frame of our universe says."""
        size = int.from_bytes(datagram[16:18], "big")
        if (
            datagram[:8] != b"Art-Net\0"
            or datagram[8:10] != b"\x00\x50"
            or int.from_bytes(datagram[10:12], "big") < 14
            or int.from_bytes(datagram[14:16], "little") != self.universe
            or not 2 <= size <= 512
            or size % 2
            or len(datagram) != 18 + size
        ):
            return False
        order = datagram[12]
        # A number a little lower is a frame that was overtaken; 0 has no place in the order.
        if order and self.order and 0 < (self.order - order) % 256 < 128:
            return True
        self.order = order
        self.line = datagram[18:]
        return True


class SacnBox(DmxBox):
    """Takes E1.31 data of one universe (ANSI E1.31-2018); keeps the last look of an ended stream.

    The layout is checked field by field; `sources` holds the last number of each that streams.
    """

    universe = 7

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.sources: dict[bytes, int] = {}
        self.priority = 0
        self.ended = 0
        super().__init__(host)

    def take(self, datagram: bytes) -> bool:
        """Show what a data packet of our universe says, unless it comes too late."""
        if not self._is_whole(datagram):
            return False
        source, order, ends = datagram[22:38], datagram[111], bool(datagram[112] & 0x40)
        last = self.sources.get(source)
        # E1.31, 6.7.2: up to 20 behind is late; more than that is a new beginning.
        if last is not None and -20 < (order - last + 128) % 256 - 128 <= 0:
            return True
        self.sources[source] = order
        if ends:
            del self.sources[source]
            self.ended += 1
        else:
            self.priority = datagram[108]
            self.line = datagram[126:]
        return True

    def _is_whole(self, datagram: bytes) -> bool:
        size = len(datagram)
        fields = {
            0: b"\x00\x10\x00\x00ASC-E1.17\x00\x00\x00",
            16: (0x7000 | size - 16).to_bytes(2, "big"),
            18: b"\x00\x00\x00\x04",
            38: (0x7000 | size - 38).to_bytes(2, "big"),
            40: b"\x00\x00\x00\x02",
            109: b"\x00\x00",
            113: self.universe.to_bytes(2, "big"),
            115: (0x7000 | size - 115).to_bytes(2, "big"),
            117: b"\x02\xa1\x00\x00\x00\x01",
            123: (size - 125).to_bytes(2, "big"),
            125: b"\x00",
        }
        return size <= 638 and all(datagram[at:].startswith(one) for at, one in fields.items())

"""A board with an LED strip behind a pseudo terminal: takes Adalight and TPM2 as WLED does.

One rule: written from WLED's wled_serial.cpp and the Adalight sketch, never from our driver.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd


class PixelBoard(FarEnd):
    """One board; `strip` is three bytes a LED as they came. Only `answers` boards answer a ping."""

    def __init__(self, *, answers: bool = True) -> None:
        self.strip = b""
        self.seen: list[bytes] = []
        self.answers = answers
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether every LED is dark."""
        return not any(self.strip)

    def take(self, data: bytes) -> bytes:
        """Show every whole frame; a byte that begins none is skipped."""
        while data:
            if b"Ada".startswith(data[:3]) or data.startswith(b"Ada"):
                size = self._adalight(data)
            elif data[:1] == b"\xc9":
                size = self._tpm2(data)
            else:
                size = 1
            if not size:
                return data
            data = data[size:]
        return data

    def _adalight(self, data: bytes) -> int:
        """Return how many bytes were used up, 0 if there must be more."""
        if len(data) < 6:
            return 0
        high, low, check = data[3:6]
        if high ^ low ^ 0x55 != check:
            return 1
        size = 3 * (high * 256 + low + 1)
        if len(data) < 6 + size:
            return 0
        self._show(data[6 : 6 + size])
        return 6 + size

    def _tpm2(self, data: bytes) -> int:
        if data[1:2] == b"\xaa":
            if self.answers:
                self.say(b"\xac")
            return 2
        if data[1:2] not in (b"", b"\xda"):
            return 1
        size = int.from_bytes(data[2:4], "big")
        if len(data) < max(5, size + 5):
            return 0
        if data[size + 4] != 0x36:
            return 1
        self._show(data[4 : size + 4])
        return size + 5

    def _show(self, pixels: bytes) -> None:
        self.strip = pixels
        self.seen.append(pixels)

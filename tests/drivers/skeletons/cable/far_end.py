"""Acme lamp: its far end, behind a pseudo terminal.

One rule: written from the maker's sheet alone; a line it does not know does nothing.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd


class AcmeLampEnd(FarEnd):
    """One lamp; `level` 0 to 100."""

    def __init__(self) -> None:
        self.level = 0
        self.hot = False
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether it is dark."""
        return self.level == 0

    def take(self, data: bytes) -> bytes:
        """Do and answer every whole line."""
        *lines, rest = data.split(b"\r")
        for line in lines:
            if line == b"X":
                self.level = 0
                self.say(b"X\r")
            elif line[:1] == b"L" and line[1:].isdigit():
                self.level = 0 if self.hot else int(line[1:])
                self.say(b"HOT\r" if self.hot else b"L\r")
        return rest

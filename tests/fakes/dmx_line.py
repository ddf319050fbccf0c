"""Lamps on a bare DMX cable, behind a pseudo terminal.

One rule: a pseudo terminal carries no breaks, so what makes a frame here is its length.
"""

from __future__ import annotations

from tests.fakes.far_end import FarEnd


class DmxLine(FarEnd):
    """A line on which frames have `size` channels; `line` is what its lamps see."""

    def __init__(self, size: int = 24) -> None:
        self._size = 1 + size
        self.line = b""
        self.frames: list[bytes] = []
        self.strange = 0
        super().__init__()

    def take(self, data: bytes) -> bytes:
        """Show every whole frame; one with another start code is not for lamps."""
        while len(data) >= self._size:
            frame, data = data[: self._size], data[self._size :]
            if frame[0]:
                self.strange += 1
                continue
            self.line = frame[1:]
            self.frames.append(self.line)
        return data

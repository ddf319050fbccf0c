"""Lines of text out of bytes as they come. One rule: what never ends is given up, not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 512


class Lines:
    """Takes bytes and returns whole lines, without blanks around them and without empty ones."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[str]:
        """Take bytes; yield the lines that became whole."""
        *whole, rest = (self._rest + data.replace(b"\r", b"\n")).split(b"\n")
        self._rest = rest[-_LONGEST:]
        for line in whole:
            text = line.decode("ascii", "replace").strip()
            if text:
                yield text[:_LONGEST]

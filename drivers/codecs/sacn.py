"""Streaming ACN (E1.31): DMX channels as UDP datagrams, 638 bytes each.

One rule: whoever ends a stream says so, so that nobody waits for it.
Source: ANSI E1.31-2018, "Lightweight streaming protocol for transport of DMX512 using ACN".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PORT: Final = 5568
SLOTS: Final = 512
MOST_UNIVERSE: Final = 63999
USUAL_PRIORITY: Final = 100
MOST_PRIORITY: Final = 200

# Three frames of which a receiver throws away one at most, whatever number it expects:
# it drops what is up to 20 behind (E1.31, 6.7.2), and these are 85 apart.
ANY_ORDER: Final = (0, 85, 170)

_NAME_BYTES: Final = 64
_ENDED: Final = 0x40


@dataclass(frozen=True, slots=True)
class Stream:
    """Who sends what to whom: `source` is 16 bytes of its own, `name` is shown to people."""

    universe: int
    source: bytes
    name: str = "Giftwire"
    priority: int = USUAL_PRIORITY

    @property
    def group(self) -> str:
        """The multicast group of the universe (E1.31, 9.3.1)."""
        return f"239.255.{self.universe >> 8}.{self.universe & 0xFF}"

    def show(self, slots: bytes, order: int) -> bytes:
        """Return the datagram that shows channels from 1 on; `order` is 0 to 255."""
        return self._packet(slots, order, 0)

    def end(self, order: int) -> bytes:
        """Return the datagram that says that nothing more comes."""
        return self._packet(b"", order, _ENDED)

    def _packet(self, slots: bytes, order: int, options: int) -> bytes:
        shown = b"\x00" + slots.ljust(SLOTS, b"\x00")
        channels = b"\x02\xa1" + _two(0) + _two(1) + _two(len(shown)) + shown
        framing = (
            (2).to_bytes(4, "big")
            + self.name.encode()[: _NAME_BYTES - 1].ljust(_NAME_BYTES, b"\x00")
            + bytes([self.priority])
            + _two(0)
            + bytes([order & 0xFF, options])
            + _two(self.universe)
            + _layer(channels)
        )
        root = (4).to_bytes(4, "big") + self.source + _layer(framing)
        return _two(0x10) + _two(0) + b"ASC-E1.17\x00\x00\x00" + _layer(root)


def _two(value: int) -> bytes:
    return value.to_bytes(2, "big")


def _layer(body: bytes) -> bytes:
    """Put flags and length, which counts itself, before a layer."""
    return _two(0x7000 | len(body) + 2) + body

"""Art-Net: DMX channels as UDP datagrams.

One rule: a frame says its universe and where it stands in the order, nothing else.
Source: Artistic Licence, "Art-Net 4 Protocol Release V1.4", ArtDmx.
"""

from __future__ import annotations

from typing import Final

PORT: Final = 6454
MOST_UNIVERSE: Final = 0x7FFF

_ID: Final = b"Art-Net\x00"
_OP_DMX: Final = 0x5000
_VERSION: Final = 14


def show(universe: int, slots: bytes, order: int = 0) -> bytes:
    """Return the datagram for an even number of channels, 2 to 512.

    `universe` is net, sub-net and universe in one number; `order` 1 to 255, 0 if there is none.
    """
    return (
        _ID
        + _OP_DMX.to_bytes(2, "little")
        + _VERSION.to_bytes(2, "big")
        + bytes([order, 0])
        + universe.to_bytes(2, "little")
        + len(slots).to_bytes(2, "big")
        + slots
    )


def next_order(order: int) -> int:
    """Return the number of the next frame; 0 is left out, it means that there is no order."""
    return order % 255 + 1

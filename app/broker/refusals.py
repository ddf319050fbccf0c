"""Who was not let in or was shown out, newest last, for the streamer to read.

One rule: whoever knocks a thousand times is told once, with the last time.
"""

from __future__ import annotations

from app.broker.model import KEPT_REFUSALS, Refusal, RefusalWhy

_LONGEST_NAME = 64


class Refusals:
    """The newest refusals, each kind of each address and name once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, RefusalWhy], Refusal] = {}

    def add(self, at_ms: int, address: str, name: str, why: RefusalWhy) -> None:
        """Note one; `name` is what a stranger sent."""
        shown = "".join(one if one.isprintable() else "?" for one in name[:_LONGEST_NAME])
        kind = (address, shown, why)
        self._kept.pop(kind, None)
        self._kept[kind] = Refusal(at_ms, address, shown, why)
        if len(self._kept) > KEPT_REFUSALS:
            del self._kept[next(iter(self._kept))]

    def all(self) -> tuple[Refusal, ...]:
        """Return them, oldest first."""
        return tuple(self._kept.values())

"""How things were before we changed them, kept over a lost connection.

One rule: the oldest is kept until somebody confirmed that things are again as they were.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Before(Generic[T]):
    """One a driver, for all its objects: each object is one connection, this outlives them.

    The loop's thread only. Without it a driver that connects again would take its own colour
    for the streamer's.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], T] = {}

    def keep(self, address: str, name: str, value: T) -> None:
        """Keep how something was, before the first byte that changes it."""
        self._kept.setdefault((address, name), value)

    def forget(self, address: str, name: str) -> None:
        """Take word that it is again as it was."""
        self._kept.pop((address, name), None)

    def take(self, address: str, name: str) -> T | None:
        """Return how it was if nobody brought it back since."""
        return self._kept.get((address, name))

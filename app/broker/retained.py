"""The messages that are kept for whoever subscribes later.

One rule: bounded in number and in bytes; what does not fit is not kept and nothing else is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.broker import filters
from app.broker.flow import Message

if TYPE_CHECKING:
    from app.broker.limits import Limits


class Retained:
    """The newest retained message of each topic."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kept: dict[str, tuple[Message, int]] = {}
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, topic: str, payload: bytes, qos: int) -> bool:
        """Keep a message, or forget the topic's if it is empty; False if there is no room."""
        self._forget(topic)
        if not payload:
            return True
        size = len(topic) + len(payload)
        full = len(self._kept) >= self._limits.retained
        if full or self.bytes + size > self._limits.retained_bytes:
            return False
        self._kept[topic] = (Message(topic, payload), qos)
        self.bytes += size
        return True

    def get(self, topic: str) -> tuple[Message, int] | None:
        """Return the message of a topic and its QoS."""
        return self._kept.get(topic)

    def topics(self, wanted: str) -> list[str]:
        """Return the topics with a message that the filter `wanted` matches."""
        if "#" not in wanted and "+" not in wanted:
            return [wanted] if wanted in self._kept else []
        return [topic for topic in self._kept if filters.matches(topic, wanted)]

    def _forget(self, topic: str) -> None:
        old = self._kept.pop(topic, None)
        if old is not None:
            self.bytes -= len(topic) + len(old[0].payload)

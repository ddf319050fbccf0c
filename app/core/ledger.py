"""What is written down before a gift is dispatched, and what a restart learns from it.

One rule: an entry is complete by itself, so that accounting resumes from the file alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class StreakKey(NamedTuple):
    """What makes frames one combo: who sent it, to whom, which gift, which group."""

    viewer_id: int
    receiver_id: int
    gift_id: int
    group_id: int


class MessageKey(NamedTuple):
    """What makes two messages of one stream the same message."""

    method: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One accounting step: this message was counted, and added `added` to its combo.

    `counted` is the combo's total after this entry. `streak` is None for gifts that do not combo.
    `message_id` 0 means no message caused it (a combo closed by our own time-out). `at_ms` is UTC
    epoch ms. `coins` is the price of one.
    """

    room_id: int
    method: str
    message_id: int
    counted: int
    added: int
    final: bool
    at_ms: int
    event_id: str
    streak: StreakKey | None = None
    order_id: str = ""
    gift_id: int = 0
    name: str = ""
    coins: int = 0
    viewer_id: int = 0
    handle: str = ""


@dataclass(frozen=True, slots=True)
class StreakCount:
    """How far a combo was counted: its total, whether its end was told, and when (`at_ms`)."""

    counted: int
    final: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What was counted before: messages and orders seen, and the last count of every combo.

    `entries` holds the same facts whole, oldest first.
    """

    seen: frozenset[MessageKey] = frozenset()
    orders: frozenset[str] = frozenset()
    streaks: Mapping[StreakKey, StreakCount] = field(default_factory=dict)
    entries: tuple[LedgerEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[LedgerEntry]) -> LedgerState:
        """Fold entries, oldest first, into a state; the last entry of a combo decides."""
        kept = tuple(entries)
        streaks = {
            entry.streak: StreakCount(entry.counted, entry.final, entry.at_ms)
            for entry in kept
            if entry.streak is not None
        }
        return cls(
            seen=frozenset(MessageKey(e.method, e.message_id) for e in kept if e.message_id),
            orders=frozenset(e.order_id for e in kept if e.order_id),
            streaks=streaks,
            entries=kept,
        )

"""This stream in numbers, counted as it happens.

One rule: only what came from a real stream counts; pretend and replayed events never do.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from app.core.events import Gift, LiveEvent, Source
from app.core.outcome import Delivery, Outcome, Reason, Stage
from app.gateway.views import StatsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.journal import StreamSums

_MINUTES = 60
_NOT_SKIPS = frozenset({Reason.NO_MATCH, Reason.COMBO_RUNNING, Reason.RULE_OFF, Reason.GROUP_OFF})


class Stats:
    """Counts gifts, coins, actions, skips and failures of the present stream."""

    def __init__(self, wall_ms: Callable[[], int]) -> None:
        self._wall_ms = wall_ms
        self._real: deque[str] = deque(maxlen=4096)
        self._real_set: set[str] = set()
        self.reset()

    def reset(self) -> None:
        """Begin a new stream: everything back to zero."""
        self.gifts = self.coins = self.actions = self.skipped = self.failed = 0
        self._minutes: deque[tuple[int, int]] = deque(maxlen=_MINUTES)

    def restore(self, sums: StreamSums) -> None:
        """Go on from what the journal knows of this stream."""
        self.gifts, self.coins, self.actions = sums.gifts, sums.coins, sums.actions
        self.skipped, self.failed = sums.skipped, sums.failed
        self._minutes.clear()
        self._minutes.extend(sums.minutes)

    def on_outcome(self, outcome: Outcome) -> None:
        """Count the event and what the rules said to it."""
        event = outcome.event
        if event.source is not Source.LIVE or outcome.continued:
            return
        self._remember(event)
        if isinstance(event, Gift):
            self.gifts += event.count
            self.coins += event.count * event.coins
            self._count_minute(event.count)
        for trace in outcome.traces:
            if not trace.ran and trace.steps[-1].reason not in _NOT_SKIPS:
                self.skipped += 1

    def on_delivery(self, delivery: Delivery) -> None:
        """Count what became of a command of a real event."""
        if delivery.event_id not in self._real_set:
            return
        match delivery.stage:
            case Stage.SENT:
                self.actions += 1
            case Stage.DROPPED:
                self.skipped += 1
            case Stage.FAILED:
                self.failed += 1
            case _:
                pass

    def view(self, *, unknown: int = 0, bad: int = 0, duplicates: int = 0) -> StatsView:
        """Return the numbers, with the reader's own counters put in."""
        return StatsView.model_construct(
            gifts=self.gifts,
            coins=self.coins,
            actions=self.actions,
            skipped=self.skipped,
            failed=self.failed,
            gifts_per_min=self._per_minute(),
            unknown_messages=unknown,
            bad_messages=bad,
            duplicates=duplicates,
        )

    def _remember(self, event: LiveEvent) -> None:
        if len(self._real) == self._real.maxlen:
            self._real_set.discard(self._real[0])
        self._real.append(event.id)
        self._real_set.add(event.id)

    def _count_minute(self, count: int) -> None:
        minute = self._wall_ms() // 60_000
        if self._minutes and self._minutes[-1][0] == minute:
            count += self._minutes.pop()[1]
        self._minutes.append((minute, count))

    def _per_minute(self) -> tuple[int, ...]:
        if not self._minutes:
            return ()
        now = self._wall_ms() // 60_000
        by_minute = dict(self._minutes)
        first = max(now - _MINUTES + 1, min(by_minute))
        return tuple(by_minute.get(minute, 0) for minute in range(first, now + 1))

"""How long to wait before the next attempt, by what went wrong, and how many signatures we may ask.

One rule: never in a tight loop. Reconnect storms get an address blocked for a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.core.links import LinkReason, backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.link import Clock

OFFLINE_POLL_S = 60.0
NOT_FOUND_POLL_S = 300.0
HEALTHY_AFTER_S = 30.0

# reason -> first wait and cap, in seconds; doubling in between.
_WAITS: dict[LinkReason, tuple[float, float]] = {
    LinkReason.SIGN_SERVER_DOWN: (5.0, 300.0),
    LinkReason.UNEXPECTED_ANSWER: (5.0, 300.0),
    LinkReason.TIMED_OUT: (5.0, 300.0),
    LinkReason.TLS_REFUSED: (5.0, 300.0),
    LinkReason.BLOCKED_BY_TIKTOK: (15.0, 300.0),
    LinkReason.AGE_RESTRICTED: (15.0, 300.0),
}
_DROPPED = (2.0, 60.0)
_DROPPED_WHEN_HEALTHY = (1.0, 60.0)
_POLLS = {
    LinkReason.OFFLINE: OFFLINE_POLL_S,
    LinkReason.STREAM_ENDED: OFFLINE_POLL_S,
    LinkReason.USER_NOT_FOUND: NOT_FOUND_POLL_S,
}
# Historic anonymous limits are 5 a minute and 30 an hour; we stay below.
BUDGET: tuple[tuple[int, int], ...] = ((5, 60_000), (25, 3_600_000))


class Patience:
    """Waits that grow while something stays wrong. `jitter` returns 0 to 1."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        """Start with the shortest waits."""
        self._jitter = jitter
        self._growing: dict[tuple[float, float], Iterator[float]] = {}

    def wait_s(self, reason: LinkReason, *, healthy: bool = False) -> float:
        """Return the next wait for this reason; `healthy` says that the link had held well."""
        poll_s = _POLLS.get(reason)
        if poll_s is not None:
            return poll_s * (0.8 + 0.2 * self._jitter())
        if healthy:
            self._growing.clear()
        dropped = _DROPPED_WHEN_HEALTHY if healthy else _DROPPED
        first_s, cap_s = _WAITS.get(reason, dropped)
        # A healthy link that drops again at once goes on where its own waits stood.
        key = (0.0, cap_s) if reason not in _WAITS else (first_s, cap_s)
        if key not in self._growing:
            self._growing[key] = backoff(first_s, cap_s, self._jitter)
        return next(self._growing[key])

    def reset(self) -> None:
        """Start again with the shortest waits."""
        self._growing.clear()


class BudgetMemory(Protocol):
    """Keeps the times of past signatures over a restart."""

    def load(self) -> Sequence[int]:
        """Return the times, UTC epoch ms, oldest first."""

    def save(self, times_ms: Sequence[int]) -> None:
        """Keep the times; called on the loop, so it must not block."""


class SignBudget:
    """Counts signatures: at most 5 a minute and 25 an hour, whatever asks for them."""

    def __init__(self, clock: Clock, memory: BudgetMemory | None = None) -> None:
        """Go on with what `memory` knows."""
        self._clock = clock
        self._memory = memory
        # Read when it is first needed: the file is opened after everything is built.
        self._times_ms: list[int] | None = None

    def take(self) -> float:
        """Take one signature and return 0, or take none and return the seconds to wait."""
        now_ms, times_ms = self._recent()
        wait_ms = 0
        for count, span_ms in BUDGET:
            recent = [at for at in times_ms if at > now_ms - span_ms]
            if len(recent) >= count:
                wait_ms = max(wait_ms, recent[-count] + span_ms - now_ms)
        if wait_ms:
            return wait_ms / 1000.0
        times_ms.append(now_ms)
        if self._memory is not None:
            self._memory.save(tuple(times_ms))
        return 0.0

    def take_spare(self) -> bool:
        """Take one for what can wait; False, and none taken, if that left less than half."""
        now_ms, times_ms = self._recent()
        for count, span_ms in BUDGET:
            if sum(at > now_ms - span_ms for at in times_ms) >= count // 2:
                return False
        return not self.take()

    def _recent(self) -> tuple[int, list[int]]:
        """Return the time, and when signatures were asked for that still count."""
        if self._times_ms is None:
            self._times_ms = list(self._memory.load()) if self._memory is not None else []
        now_ms = self._clock.wall_ms()
        longest_ms = max(span_ms for _count, span_ms in BUDGET)
        # A clock that was set back must not block us until it has caught up.
        self._times_ms = [at for at in self._times_ms if now_ms - longest_ms < at <= now_ms]
        return now_ms, self._times_ms

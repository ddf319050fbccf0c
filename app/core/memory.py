"""What the engine remembers between events: runs, cooldowns, used devices, counters of the stream.

One rule: memory is bounded, and it changes only when something really happened.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.core.events import Like, Source, StreamStarted, ViewerCount

if TYPE_CHECKING:
    from collections.abc import Container

    from app.core.events import Event, LiveEvent, Viewer
    from app.core.limits import RuleLimits

# About 2 MB for one rule in the worst case; beyond it the one who waited longest is let in early.
MAX_VIEWERS: Final = 20_000
HOUR_S: Final = 3_600.0


@dataclass(slots=True)
class RuleMemory:
    """What is remembered of one rule; `viewers` holds last runs, the longest ago first.

    `hours` holds the runs of the last hour where the rule counts them. `fired`: for which sources
    its trigger has fired and waits to be armed again.
    """

    last_run: float | None = None
    viewers: dict[int | str, float] = field(default_factory=dict)
    runs: dict[Source, int] = field(default_factory=dict)
    hours: dict[Source, deque[float]] = field(default_factory=dict)
    bags: dict[str, frozenset[int]] = field(default_factory=dict)
    fired: set[Source] = field(default_factory=set)

    def in_last_hour(self, source: Source, now: float) -> int:
        """Return how many of the runs it counts were within the last hour."""
        times = self.hours.get(source)
        if times is None:
            return 0
        while times and times[0] <= now - HOUR_S:
            times.popleft()
        return len(times)


class Memory:
    """What the engine remembers between events. Times are the monotonic seconds it was given.

    Runs in a stream are counted apart for live, replayed and pretend events: practice must not
    use up what viewers pay for. Cooldowns hold for all of them together, they protect the device.
    """

    def __init__(self, *, max_viewers: int = MAX_VIEWERS) -> None:
        self._rules: dict[str, RuleMemory] = {}
        self._rooms: dict[Source, int] = {}
        self._likes: dict[Source, int] = {}
        self._watching: dict[Source, int] = {}
        self._max_viewers = max_viewers
        # When any rule last used a device.
        self.used: dict[str, float] = {}

    def of(self, rule_id: str) -> RuleMemory | None:
        """Return what is remembered of a rule, None if it never ran."""
        return self._rules.get(rule_id)

    def keep_only(self, rule_ids: Container[str]) -> None:
        """Forget every rule but these."""
        gone = [rule_id for rule_id in self._rules if rule_id not in rule_ids]
        for rule_id in gone:
            del self._rules[rule_id]

    def take_notice(self, event: LiveEvent) -> None:
        """Remember what an event says about the stream as a whole."""
        if isinstance(event, Like):
            self.note_likes(event)
        elif isinstance(event, ViewerCount):
            self._watching[event.source] = event.count
        elif isinstance(event, StreamStarted):
            self.begin(event)

    def begin(self, event: StreamStarted) -> None:
        """Take notice of a stream: another one than before starts the counts per stream anew."""
        if self._rooms.get(event.source) == event.room_id:
            return
        self._rooms[event.source] = event.room_id
        # A new real stream ends the practice before it; a replay leaves the real one alone.
        fresh = list(Source) if event.source is Source.LIVE else [event.source]
        for source in fresh:
            self._likes.pop(source, None)
            self._watching.pop(source, None)
            for rule in self._rules.values():
                rule.runs.pop(source, None)
                rule.fired.discard(source)

    def likes_before(self, event: Like) -> int:
        """Return the stream's likes before this event.

        TikTok leaves like messages out under load, so the total of the last one seen counts.
        """
        before = self._likes.get(event.source)
        if before is None or before > event.total:
            return max(0, event.total - event.count)
        return before

    def note_likes(self, event: Like) -> None:
        """Remember the stream's likes after this event."""
        self._likes[event.source] = event.total

    def watching(self, source: Source) -> int:
        """Return how many were watching when that was last told; 0 before."""
        return self._watching.get(source, 0)

    def note_run(self, rule_id: str, limits: RuleLimits, event: Event, now: float) -> None:
        """Remember that a rule ran for this event."""
        rule = self._made(rule_id)
        rule.last_run = now
        source = event.source
        rule.runs[source] = rule.runs.get(source, 0) + 1
        if limits.max_per_hour is not None:
            # Only so many can count, however often the limit was changed meanwhile.
            times = rule.hours.get(source)
            if times is None or times.maxlen != limits.max_per_hour:
                times = rule.hours[source] = deque(times or (), maxlen=limits.max_per_hour)
            times.append(now)
        if limits.viewer_cooldown_s:
            self._note_viewer(rule.viewers, event.viewer, limits.viewer_cooldown_s, now)

    def bag(self, rule_id: str, bag: str) -> frozenset[int]:
        """Return what a rule took out of one of its bags."""
        rule = self._rules.get(rule_id)
        return frozenset() if rule is None else rule.bags.get(bag, frozenset())

    def take(self, rule_id: str, bag: str, index: int, size: int) -> None:
        """Take `index` out of a bag; when it is empty it is full again."""
        rule = self._made(rule_id)
        taken = rule.bags.get(bag, frozenset()) | {index}
        rule.bags[bag] = frozenset() if len(taken) >= size else taken

    def armed(self, rule_id: str, source: Source) -> bool:
        """Say whether a rule's trigger may fire, as it last said of itself."""
        rule = self._rules.get(rule_id)
        return rule is None or source not in rule.fired

    def arm(self, rule_id: str, source: Source, *, armed: bool) -> None:
        """Remember what a rule's trigger said of itself."""
        fired = self._made(rule_id).fired
        if armed:
            fired.discard(source)
        else:
            fired.add(source)

    def _made(self, rule_id: str) -> RuleMemory:
        rule = self._rules.get(rule_id)
        if rule is None:
            rule = self._rules[rule_id] = RuleMemory()
        return rule

    def _note_viewer(
        self, viewers: dict[int | str, float], viewer: Viewer, cooldown_s: float, now: float
    ) -> None:
        key = key_of(viewer)
        viewers.pop(key, None)
        viewers[key] = now
        # In the order of their last runs, so those whose rest is over stand in front.
        while True:
            first = next(iter(viewers))
            if now - viewers[first] < cooldown_s and len(viewers) <= self._max_viewers:
                return
            del viewers[first]


def key_of(viewer: Viewer) -> int | str:
    """Return what a viewer is remembered by: the id, or the handle of one without."""
    return viewer.id or viewer.handle

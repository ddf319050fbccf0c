"""What a rule may not exceed, and the memory that this takes: cooldowns, runs in a stream.

One rule: memory is bounded, and it changes only when a rule really ran.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from app.core.events import Like, LiveEvent, Source, StreamStarted, Viewer
from app.core.outcome import Reason, Step
from drivers.contract import N_, QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Container

DAY_S: Final = 86_400.0
# About 2 MB for one rule in the worst case; beyond it the one who waited longest is let in early.
MAX_VIEWERS: Final = 20_000
_LATER: Final = ("max_per_hour", "device_cooldown_s", "max_queued", "owed_for_s")


class RuleLimits(BaseModel):
    """LIMITS of one rule; what is 0 or empty limits nothing. Device limits come on top of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    cooldown_s: float = Field(
        default=0.0,
        ge=0,
        le=DAY_S,
        title=N_("Cooldown"),
        description=N_("After a run the rule rests this long."),
        json_schema_extra={"unit": "s"},
    )
    viewer_cooldown_s: float = Field(
        default=0.0,
        ge=0,
        le=DAY_S,
        title=N_("Cooldown per viewer"),
        description=N_("After a run the rule rests this long for the same viewer."),
        json_schema_extra={"unit": "s"},
    )
    max_per_stream: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000,
        title=N_("At most per stream"),
        description=N_("How many times the rule may run in one stream."),
    )
    ceiling: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000_000,
        title=N_("At most at once"),
        description=N_("One run counts this many at most, however many were sent."),
    )
    policy: QueuePolicy | None = Field(
        default=None,
        title=N_("If the device is busy"),
        description=N_(
            "Wait in line, replace what runs, add to it, or skip. Empty: as the device likes it."
        ),
    )
    max_per_hour: int | None = Field(
        default=None,
        ge=1,
        le=10_000,
        title=N_("At most per hour"),
        description=N_("How many times the rule may run within any 60 minutes."),
    )
    device_cooldown_s: float = Field(
        default=0.0,
        ge=0,
        le=DAY_S,
        title=N_("Cooldown per device"),
        description=N_("A device that any rule has just used rests this long for this rule."),
        json_schema_extra={"unit": "s"},
    )
    max_queued: int = Field(
        default=20,
        ge=1,
        le=1_000,
        title=N_("At most waiting"),
        description=N_("How many runs may wait for their turn; more are left out."),
    )
    owed_for_s: float | None = Field(
        default=None,
        ge=1,
        le=7 * DAY_S,
        title=N_("Keep as owed"),
        description=N_("A gift whose rule could not run is kept this long, for you to make good."),
        json_schema_extra={"unit": "s"},
    )

    @model_serializer(mode="wrap")
    def _brief(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write what came after version 1 of the file only where it is set."""
        written = handler(self)
        fields = type(self).model_fields
        for name in _LATER:
            if written.get(name) == fields[name].default:
                written.pop(name, None)
        return {**written}


@dataclass(slots=True)
class RuleMemory:
    """What is remembered of one rule; `viewers` holds last runs, the longest ago first."""

    last_run: float | None = None
    viewers: dict[int | str, float] = field(default_factory=dict)
    runs: dict[Source, int] = field(default_factory=dict)


class Memory:
    """What the engine remembers between events. Times are the monotonic seconds it was given.

    Runs in a stream are counted apart for live, replayed and pretend events: practice must not
    use up what viewers pay for. Cooldowns hold for all of them together, they protect the device.
    """

    def __init__(self, *, max_viewers: int = MAX_VIEWERS) -> None:
        self._rules: dict[str, RuleMemory] = {}
        self._rooms: dict[Source, int] = {}
        self._likes: dict[Source, int] = {}
        self._max_viewers = max_viewers

    def of(self, rule_id: str) -> RuleMemory | None:
        """Return what is remembered of a rule, None if it never ran."""
        return self._rules.get(rule_id)

    def keep_only(self, rule_ids: Container[str]) -> None:
        """Forget every rule but these."""
        self._rules = {key: kept for key, kept in self._rules.items() if key in rule_ids}

    def begin(self, event: StreamStarted) -> None:
        """Take notice of a stream: another one than before starts the counts per stream anew."""
        if self._rooms.get(event.source) == event.room_id:
            return
        self._rooms[event.source] = event.room_id
        # A new real stream ends the practice before it; a replay leaves the real one alone.
        fresh = list(Source) if event.source is Source.LIVE else [event.source]
        for source in fresh:
            self._likes.pop(source, None)
            for rule in self._rules.values():
                rule.runs.pop(source, None)

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

    def note_run(self, rule_id: str, limits: RuleLimits, event: LiveEvent, now: float) -> None:
        """Remember that a rule ran for this event."""
        rule = self._rules.get(rule_id)
        if rule is None:
            rule = self._rules[rule_id] = RuleMemory()
        rule.last_run = now
        rule.runs[event.source] = rule.runs.get(event.source, 0) + 1
        if limits.viewer_cooldown_s:
            self._note_viewer(rule.viewers, event.viewer, limits.viewer_cooldown_s, now)

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


def check_limits(
    limits: RuleLimits, rule: RuleMemory | None, event: LiveEvent, now: float
) -> list[Step]:
    """Return a step for each limit that is set, up to the first that stops the rule."""
    steps: list[Step] = []
    last = rule.last_run if rule else None
    seen = rule.viewers.get(key_of(event.viewer)) if rule else None
    rests = (
        ("limits:cooldown", limits.cooldown_s, last),
        ("limits:viewer_cooldown", limits.viewer_cooldown_s, seen),
    )
    for gate, cooldown_s, ran_at in rests:
        if not cooldown_s:
            continue
        left_s = 0.0 if ran_at is None else ran_at + cooldown_s - now
        if left_s > 0:
            values = (("left_s", left_s), ("cooldown_s", cooldown_s))
            return [*steps, Step(gate, passed=False, reason=Reason.COOLDOWN, values=values)]
        over = (("cooldown_s", cooldown_s),)
        steps.append(Step(gate, passed=True, reason=Reason.PASSED, values=over))
    if limits.max_per_stream is not None:
        steps.append(_runs_step(limits.max_per_stream, rule, event))
    return steps


def _runs_step(most: int, rule: RuleMemory | None, event: LiveEvent) -> Step:
    runs = rule.runs.get(event.source, 0) if rule else 0
    passed = runs < most
    reason = Reason.PASSED if passed else Reason.MAX_PER_STREAM
    return Step("limits:max_per_stream", passed, reason, (("runs", float(runs)), ("most", most)))


def check_ceiling(limits: RuleLimits, amount: int) -> tuple[int, Step | None]:
    """Return how many the run may count, and a step that tells it if that is set."""
    most = limits.ceiling
    if most is None:
        return amount, None
    if amount <= most:
        values = (("asked", float(amount)), ("most", float(most)))
        return amount, Step("limits:ceiling", passed=True, reason=Reason.PASSED, values=values)
    cut = (("limited", "amount"), ("asked", float(amount)), ("allowed", float(most)))
    return most, Step("limits:ceiling", passed=True, reason=Reason.LIMITED, values=cut)

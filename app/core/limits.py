"""What a rule may not exceed: cooldowns, runs in a stream or an hour, how many at once.

One rule: the limits ask what is remembered and change nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from app.core.memory import key_of
from app.core.outcome import Reason, Step
from drivers.contract import N_, QueuePolicy

if TYPE_CHECKING:
    from app.core.events import Event
    from app.core.memory import RuleMemory

DAY_S: Final = 86_400.0
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
        description=N_(
            "A gift whose rule could not run is kept this long, so that you can still run it."
        ),
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


def check_limits(
    limits: RuleLimits, rule: RuleMemory | None, event: Event, now: float
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
        runs = rule.runs.get(event.source, 0) if rule else 0
        steps.append(_runs_step(Reason.MAX_PER_STREAM, runs, limits.max_per_stream))
    if limits.max_per_hour is not None and (not steps or steps[-1].passed):
        runs = rule.in_last_hour(event.source, now) if rule else 0
        steps.append(_runs_step(Reason.MAX_PER_HOUR, runs, limits.max_per_hour))
    return steps


def _runs_step(full: Reason, runs: int, most: int) -> Step:
    passed = runs < most
    reason = Reason.PASSED if passed else full
    return Step(f"limits:{full.value}", passed, reason, (("runs", float(runs)), ("most", most)))


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

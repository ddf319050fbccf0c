"""One rule going through its gates for one event: WHEN, ONLY IF, whether it is on, LIMITS.

One rule: the first gate that fails ends it, and every gate is told.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from app.core.events import Gift, Source
from app.core.limits import check_ceiling, check_limits
from app.core.moves import failure
from app.core.outcome import Reason, Step
from app.core.parts import Facts

if TYPE_CHECKING:
    from app.core.compiled import Compiled
    from app.core.events import Event
    from app.core.ground import EngineGate, Ground
    from app.core.parts import Occasion

_RULE_ON: Final = Step("rule", passed=True, reason=Reason.PASSED)
# A gift that did not get its rule for one of these is owed, where the rule says so.
_OWED: Final = frozenset(
    {Reason.STOPPED, Reason.RULES_PAUSED, Reason.NO_DEVICE, Reason.WAITED_TOO_LONG}
)
# What a trigger answers to an event that it is not for.
_UNFIT: Final = frozenset({Reason.NO_MATCH, Reason.BELOW_COINS})


def occur(
    compiled: Compiled,
    occasion: Occasion,
    ground: Ground,
    steps: list[Step],
    *,
    tell: bool = True,
) -> Facts | None:
    """Go through WHEN; return the facts if the event fits. `tell`: say why not, if it does not."""
    when, source = compiled.rule.when, occasion.event.source
    if when.latches:
        # Whoever tries a rule out twice wants to see it run twice.
        armed = source is Source.PRETEND or ground.memory.armed(compiled.id, source)
        occasion = dataclasses.replace(occasion, armed=armed)
    try:
        verdict = when.match(occasion)
        values = verdict.values
        if tell and verdict.reason in _UNFIT:
            values = (*values, *when.why_not(occasion))
    except Exception as error:  # noqa: BLE001 - a part's fault stops its rule and no other
        steps.append(failed(compiled.gate_when, error))
        return None
    if verdict.armed is not None and not ground.dry:
        ground.memory.arm(compiled.id, source, armed=verdict.armed)
    steps.append(Step(compiled.gate_when, verdict.passed, verdict.reason, values))
    if not verdict.passed:
        return None
    return Facts(occasion.event, verdict.amount, ground.world, ground)


def hold(compiled: Compiled, facts: Facts, steps: list[Step]) -> bool:
    """Go through ONLY IF."""
    for gate, condition in compiled.conditions:
        try:
            verdict = condition.holds(facts)
        except Exception as error:  # noqa: BLE001 - as above
            steps.append(failed(gate, error))
            return False
        steps.append(Step(gate, verdict.passed, verdict.reason, verdict.values))
        if not verdict.passed:
            return False
    return True


def let(
    compiled: Compiled,
    facts: Facts,
    ground: Ground,
    gate: EngineGate,
    steps: list[Step],
    *,
    owed: bool = True,
) -> bool:
    """Go through the rule's own gate: it is on, nothing is stopped. `owed`: note what is owed."""
    blocked = ground.blocked(compiled, gate, facts.event)
    if blocked is None:
        steps.append(_RULE_ON)
        return True
    if owed:
        owe(compiled, facts.event, blocked, steps)
    steps.append(Step("rule", passed=False, reason=blocked))
    return False


def admit(
    compiled: Compiled,
    facts: Facts,
    ground: Ground,
    gate: EngineGate,
    now: float,
    steps: list[Step],
) -> Facts | None:
    """Go through all gates behind WHEN; return the facts with what may be counted."""
    if hold(compiled, facts, steps) and let(compiled, facts, ground, gate, steps):
        return limit(compiled, facts, ground, now, steps)
    return None


def limit(
    compiled: Compiled, facts: Facts, ground: Ground, now: float, steps: list[Step]
) -> Facts | None:
    """Go through LIMITS; return the facts with what may be counted."""
    if not compiled.limited:
        return facts
    rule = compiled.rule
    found = check_limits(rule.limits, ground.memory.of(rule.id), facts.event, now)
    steps.extend(found)
    if found and not found[-1].passed:
        return None
    return ceiling(compiled, facts, steps)


def ceiling(compiled: Compiled, facts: Facts, steps: list[Step]) -> Facts:
    """Return the facts with what a run may count at once."""
    amount, step = check_ceiling(compiled.rule.limits, facts.amount)
    if step is None:
        return facts
    steps.append(step)
    return Facts(facts.event, amount, facts.world, facts.state)


def owe(compiled: Compiled, event: Event, reason: Reason, steps: list[Step]) -> None:
    """Note that a gift is owed, if it is one and the rule keeps such."""
    owed_s = compiled.rule.limits.owed_for_s
    if owed_s is None or reason not in _OWED or event.source is not Source.LIVE:
        return
    if isinstance(event, Gift):
        values = (("owed_s", owed_s),)
        steps.append(Step("limits:owed", passed=True, reason=Reason.OWED, values=values))


def failed(gate: str, error: Exception) -> Step:
    """Return the step of a part that could not be worked out."""
    skip = failure(error)
    return Step(gate, passed=False, reason=skip.reason, values=skip.values)

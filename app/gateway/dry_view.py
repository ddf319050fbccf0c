"""What rules say to an event, for the desk: traces, and what they would do and when.

One rule: traces of the moment it happened go before those of today.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from app.core.effects import outlet_device
from app.core.engine import Rehearsed
from app.core.verbs import args_of, verb_of
from app.gateway.mapping import names_of
from app.gateway.receipt_view import trace_view
from app.gateway.rule_views import DryResult, PlannedView
from app.store.receipts import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.core.outcome import Command, EffectRequest, Outcome, Trace
    from app.devices.hub import Hub
    from app.store.receipts import Receipt

# A run may repeat something for an hour; a list that long tells nobody anything.
MAX_PLANNED: Final = 500
MAX_STEPS: Final = 200


def dry_result(
    told: Iterable[Rehearsed | Outcome],
    hub: Hub,
    rule_name: Callable[[str], str],
    receipt: Receipt | None = None,
) -> DryResult:
    """Return the message; `receipt` is what was kept of the event when it happened."""
    at = [one if isinstance(one, Rehearsed) else Rehearsed(0.0, one) for one in told]
    event = at[0].outcome.event
    traces = _whole(at)
    if receipt is not None:
        stored = {trace.rule_id: trace for trace in receipt.traces}
        traces = {**traces, **stored}
    planned = [
        view for one in at for view in _planned(one.outcome, one.after_s, names_of(hub), rule_name)
    ]
    return DryResult(
        event_id=event.id,
        at_ms=event.at_ms,
        stored=receipt is not None and bool(receipt.traces),
        cut=len(planned) > MAX_PLANNED
        or any(len(one.steps) > MAX_STEPS for one in traces.values()),
        traces=tuple(trace_view(_short(trace)) for trace in traces.values()),
        commands=tuple(planned[:MAX_PLANNED]),
    )


def _whole(told: list[Rehearsed]) -> dict[str, Trace]:
    """Return one trace a rule: that of its gates, and behind it what its run did later."""
    whole = joined(trace for one in told for trace in one.outcome.traces)
    return {trace.rule_id: trace for trace in whole}


def _short(trace: Trace) -> Trace:
    if len(trace.steps) <= MAX_STEPS:
        return trace
    return dataclasses.replace(trace, steps=trace.steps[:MAX_STEPS])


def _planned(
    outcome: Outcome,
    after_s: float,
    device_name: Callable[[str], str],
    rule_name: Callable[[str], str],
) -> Iterator[PlannedView]:
    for command in outcome.commands:
        yield _command(command, after_s, device_name, rule_name)
    for request in outcome.requests:
        yield _request(request, after_s, rule_name)


def _command(
    command: Command,
    after_s: float,
    device_name: Callable[[str], str],
    rule_name: Callable[[str], str],
) -> PlannedView:
    return PlannedView(
        rule_id=command.rule_id,
        rule_name=rule_name(command.rule_id),
        device_id=command.device_id,
        device=device_name(command.device_id),
        capability=command.capability,
        instruction=verb_of(command.instruction),
        args=args_of(command.instruction),
        duration_s=command.duration_s,
        after_s=after_s,
    )


def _request(
    request: EffectRequest, after_s: float, rule_name: Callable[[str], str]
) -> PlannedView:
    effect = request.effect
    return PlannedView(
        rule_id=request.rule_id,
        rule_name=rule_name(request.rule_id),
        device_id=outlet_device(effect),
        instruction=type(effect).__name__,
        args={one.name: getattr(effect, one.name) for one in dataclasses.fields(effect)},
        after_s=after_s,
    )

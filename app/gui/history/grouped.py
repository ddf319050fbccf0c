"""What all rules said to one event, in three groups. Rule: every rule is in exactly one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.outcome import Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.gateway.views import RuleView, TraceStepView, TraceView

_NOT_MEANT: Final = frozenset({Reason.NO_MATCH})


@dataclass(frozen=True, slots=True)
class Groups:
    """Traces of rules that ran and that were held back, and the rules that it is not for.

    `others` are (id, name) of rules for other gifts and other kinds of events, in their order.
    """

    ran: tuple[TraceView, ...] = ()
    held: tuple[TraceView, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


def failing(trace: TraceView) -> TraceStepView | None:
    """Return the first gate that did not let the rule through."""
    return next((step for step in trace.steps if not step.passed), None)


def grouped(traces: Iterable[TraceView], rules: Collection[RuleView]) -> Groups:
    """Sort the traces of one event; rules without a trace are for other kinds of events."""
    ran: list[TraceView] = []
    held: list[TraceView] = []
    others: dict[str, str] = {}
    told: set[str] = set()
    for trace in traces:
        told.add(trace.rule_id)
        step = failing(trace)
        if step is None:
            ran.append(trace)
        elif step.gate.startswith("when") and step.reason in _NOT_MEANT:
            others[trace.rule_id] = trace.rule_name
        else:
            held.append(trace)
    others |= {rule.id: rule.name for rule in rules if rule.id not in told}
    order = {rule.id: place for place, rule in enumerate(rules)}
    placed = sorted(others.items(), key=lambda one: order.get(one[0], len(order)))
    return Groups(tuple(ran), tuple(held), tuple(placed))

"""Past gifts for the desk: what the journal keeps of them, as a message.

One rule: a gift ran if any rule ran for any of its steps; else the first reason why not is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.outcome import Reason
from app.gateway.rule_views import PastGift

if TYPE_CHECKING:
    from app.core.outcome import Step, Trace
    from app.store.past import PastRow

_SILENT = frozenset({Reason.NO_MATCH, Reason.COMBO_RUNNING})


def past_gift(row: PastRow) -> PastGift:
    """Return the message for one past gift; its event is the step that made a rule run."""
    ran: dict[str, str] = {}
    first = held_by = ""
    held: Step | None = None
    for event_id, traces in row.steps:
        for trace in traces:
            if trace.ran:
                ran.setdefault(trace.rule_id, trace.rule_name or trace.rule_id)
                first = first or event_id
            elif held is None:
                held, held_by = _held(trace), trace.rule_name or trace.rule_id
    return PastGift(
        event_id=first or row.event_id,
        row=row.row,
        at_ms=row.at_ms,
        user=row.user,
        viewer_id=str(row.viewer_id),
        who=row.handle or row.nickname,
        nickname=row.nickname,
        gift_id=row.gift_id,
        gift=row.name,
        coins=row.coins,
        count=row.count,
        source=row.source,
        interrupted=row.interrupted,
        result="ran" if ran else "skipped" if held is not None else "none",
        rules=tuple(ran.values()),
        **({} if ran or held is None else _why(held, held_by)),
    )


def _held(trace: Trace) -> Step | None:
    failed = next((step for step in trace.steps if not step.passed), None)
    return None if failed is None or failed.reason in _SILENT else failed


def _why(held: Step, rule_name: str) -> dict[str, Any]:
    return {
        "rule": rule_name,
        "gate": held.gate,
        "reason": held.reason.value,
        "values": dict(held.values),
    }

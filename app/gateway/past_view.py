"""Past events for the desk: what the journal keeps of them, as a message.

One rule: told is the gravest thing that became of what rules did; if none ran, the first reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.core.outcome import Reason
from app.gateway.feed import row_of
from app.gateway.rule_views import PastGift

if TYPE_CHECKING:
    from app.core.outcome import Step, Trace
    from app.store.past import PastRow

# As the activity list calls what was not done.
_RESULTS: Final = {"failed": "failed", "stopped": "stopped", "dropped": "skipped"}
_SILENT = frozenset({Reason.NO_MATCH, Reason.COMBO_RUNNING})


def past_gift(row: PastRow) -> PastGift:
    """Return the message for one past event; its event is the step that made a rule run."""
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
    told: dict[str, Any] = {"result": "ran" if ran else "none"}
    if row.fate is not None:
        stage, reason, device = row.fate
        told = {"result": _RESULTS[stage], "reason": reason or stage, "device": device}
    elif not ran and held is not None:
        told = {"result": "skipped", **_why(held, held_by)}
    what = _what(row)
    if row.said:
        told["said"] = row.said.source
        told["values"] = {**what.get("values", {}), **dict(row.said.values)}
    return PastGift(
        event_id=first or row.event_id,
        row=row.row,
        at_ms=row.at_ms,
        user=row.user,
        viewer_id=str(row.viewer_id),
        nickname=row.nickname,
        source=row.source,
        interrupted=row.interrupted,
        rules=tuple(ran.values()),
        **{**what, **told},
    )


def _what(row: PastRow) -> dict[str, Any]:
    """Return what happened, as the activity list says it."""
    if row.event is None:
        return {
            "kind": row.kind,
            "who": row.handle or row.nickname,
            "gift_id": row.gift_id,
            "gift": row.name,
            "coins": row.coins,
            "count": row.count,
        }
    view = row_of(row.event)
    names = ("kind", "who", "gift_id", "gift", "coins", "count", "text", "values")
    return {name: getattr(view, name) for name in names}


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

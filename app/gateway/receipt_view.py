"""Receipts for the desk: what the journal keeps of one event, as a message.

One rule: names of devices are looked up now; ids are what was kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.events import Gift
from app.core.fates import read
from app.gateway.views import DeliveryView, PartView, ReceiptView, TraceStepView, TraceView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.fates import Fate
    from app.core.outcome import Trace
    from app.store.receipts import Receipt
    from app.store.rows import CommandRow


def receipt_view(receipt: Receipt, device_name: Callable[[str], str]) -> ReceiptView:
    """Return the message for one receipt; commands that never left are shown as interrupted."""
    event = receipt.event
    gift = event if isinstance(event, Gift) else None
    return ReceiptView(
        event_id=event.id,
        at_ms=event.at_ms,
        who=event.viewer.handle or event.viewer.nickname,
        gift=gift.name if gift else "",
        gift_id=gift.gift_id if gift else 0,
        coins=gift.coins if gift else 0,
        # The end of a combo adds nothing of its own: what it counts is the whole of it.
        count=(gift.total if gift.final else gift.count) if gift else 0,
        source=event.source.value,
        interrupted=receipt.interrupted,
        traces=tuple(trace_view(trace) for trace in receipt.traces),
        deliveries=_deliveries(receipt, device_name),
    )


def trace_view(trace: Trace) -> TraceView:
    """Return the message for one trace."""
    steps = tuple(
        TraceStepView(
            gate=step.gate, passed=step.passed, reason=step.reason.value, values=dict(step.values)
        )
        for step in trace.steps
    )
    return TraceView(rule_id=trace.rule_id, rule_name=trace.rule_name, ran=trace.ran, steps=steps)


def _part(fate: Fate, device_name: Callable[[str], str]) -> PartView:
    return PartView(
        device=device_name(fate.device_id),
        output=fate.capability,
        stage=fate.stage.value,
        drop=fate.drop.value,
        said=fate.said.source,
        values=dict(fate.said.values),
    )


def _deliveries(receipt: Receipt, device_name: Callable[[str], str]) -> tuple[DeliveryView, ...]:
    commands: dict[str, CommandRow] = {command.id: command for command in receipt.commands}
    views = []
    for step in receipt.steps:
        command = commands.get(step.command_id)
        views.append(
            DeliveryView(
                command_id=step.command_id,
                device=device_name(step.device_id),
                instruction=command.verb if command else "",
                args=dict(command.args) if command else {},
                stage=step.stage.value,
                ms=round(step.ms, 3),
                drop=step.drop.value,
                limited=step.limited,
                detail="" if (fates := read(step.detail)) else step.detail,
                said=step.said.source,
                values=dict(step.said.values),
                parts=tuple(_part(one, device_name) for one in fates),
            )
        )
    return tuple(views)

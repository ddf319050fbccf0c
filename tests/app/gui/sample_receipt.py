"""The whole story of one gift, as the core tells it."""

from __future__ import annotations

from app.gateway.views import DeliveryView, PartView, ReceiptView, TraceStepView, TraceView
from drivers.transports.sentences import SILENT
from tests.app.gui.sample import NOW_MS


def receipt() -> ReceiptView:
    """The whole story of one gift."""
    return ReceiptView(
        event_id="e0",
        at_ms=NOW_MS,
        who="minh_anh",
        gift="Rose",
        gift_id=5655,
        coins=1,
        count=12,
        traces=(ran(), did_not_run()),
        deliveries=deliveries(),
    )


def deliveries() -> tuple[DeliveryView, ...]:
    """Two commands of one gift: one went well, one was never answered."""
    rotate = {"rounds": 12.0, "rpm": 100.0}
    first = {"command_id": "c1", "device": "Motor 1", "instruction": "rotate", "args": rotate}
    times = {"queued": 0.3, "sent": 0.8, "acked": 6.4, "done": 7204.0}
    went_well = [DeliveryView(**first, stage=stage, ms=ms) for stage, ms in times.items()]
    failed = DeliveryView(
        command_id="c2",
        device="LED strip",
        instruction="flash",
        args={"times": 3},
        stage="failed",
        drop="no_answer",
        said=SILENT,
        ms=512.0,
    )
    part = {"command_id": "c3", "device": "All lamps", "instruction": "set_color"}
    parts = (
        PartView(device="LED strip", output="light", stage="done"),
        PartView(device="Stage lights", output="lamp1", stage="dropped", drop="offline"),
    )
    partly = DeliveryView(**part, stage="done", ms=3021.0, parts=parts)
    return (*went_well, failed, partly)


def ran() -> TraceView:
    """A rule that ran, cut down to its ceiling."""
    cut = {"asked": 40.0, "allowed": 12.0}
    return TraceView(
        rule_id="r1",
        rule_name="Spin for roses",
        ran=True,
        steps=(
            TraceStepView(gate="when", passed=True, reason="passed", values={"amount": 12.0}),
            TraceStepView(gate="limits:ceiling", passed=True, reason="limited", values=cut),
            TraceStepView(gate="do", passed=True, reason="passed", values={"device": "motor"}),
        ),
    )


def did_not_run() -> TraceView:
    """A rule that was cooling down."""
    left = {"left_s": 4.0}
    step = TraceStepView(gate="limits:cooldown", passed=False, reason="cooldown", values=left)
    return TraceView(rule_id="r2", rule_name="Party lights", ran=False, steps=(step,))

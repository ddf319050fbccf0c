"""Results of plays for tests and pictures, with figures that are easy to check."""

from __future__ import annotations

from app.core.backtests import Bins, Finished, OutputTotals, RuleTotals, Totals


def totals(**more: object) -> Totals:
    base = Totals(
        events=40,
        gifts=30,
        coins=90,
        length_s=40.0,
        took_s=0.5,
        longest_queue=4,
        rules=(
            RuleTotals(rule_id="r1", name="Spin", considered=20, ran=12, held={"cooldown": 8}),
            RuleTotals(rule_id="r2", name="Quiet"),
        ),
        outputs=(
            OutputTotals(
                device_id="m1", device="Motor 1", capability="motor", output="Motor", commands=12,
                done=10, on_s=25.0, longest_on_s=6.0, longest_queue=4, longest_wait_s=7.5,
                limited=1, coins=90, drops={"too_old": 2},
            ),
        ),
        bins=Bins(
            every_s=10.0, gifts=(5, 0, 20, 5), coins=(15, 0, 60, 15), commands=(2, 0, 8, 2),
            waiting=(0, 0, 4, 1), drops=(0, 0, 2, 0), on_s=(5.0, 0.0, 10.0, 10.0),
        ),
    )  # fmt: skip
    return base.model_copy(update=more)


def earlier() -> Totals:
    """The same stream with rules that let more through."""
    now = totals()
    return now.model_copy(
        update={
            "longest_queue": 9,
            "rules": (
                RuleTotals(rule_id="r1", name="Spin", considered=20, ran=20),
                RuleTotals(rule_id="r9", name="Gone", considered=3, ran=3),
            ),
            "outputs": (
                now.outputs[0].model_copy(update={"commands": 20, "drops": {"too_old": 7}}),
                OutputTotals(device_id="d2", device="Lamp", capability="light", commands=3),
            ),
            "bins": now.bins.model_copy(update={"waiting": (0, 2, 9, 3), "drops": (0, 0, 7, 0)}),
        }
    )


def finished(*, compared: bool = True, **more: object) -> Finished:
    return Finished(now=totals(), before=earlier() if compared else None).model_copy(update=more)

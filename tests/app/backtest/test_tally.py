"""Sums over outcomes and deliveries, each worked out by hand."""

import pytest

from app.backtest.tally import Tally
from app.core.events import Gift, Viewer
from app.core.outcome import Command, Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from drivers.contract import Switch

ANN = Viewer(1, "ann")
NAMES = {"d1": "Bubbles"}.get


def gift(number, count=1, coins=5):
    return Gift(
        id=f"g{number}", at_ms=0, viewer=ANN, gift_id=5655, name="Rose", coins=coins, count=count,
        total=count, final=True, streak=f"s{number}",
    )  # fmt: skip


def command(number, output="relay"):
    return Command(f"c{number}", "d1", output, Switch(on=True), 99.0, event_id=f"g{number}")


def delivery(number, stage, at, drop=Drop.NONE, limited=()):
    return Delivery(f"c{number}", "d1", f"g{number}", "r", stage, at, 0, drop, limited)


def given(tally, number, at, *commands, **more):
    step = Step("when", passed=True, reason=Reason.PASSED)
    tally.on_outcome(Outcome(gift(number, **more), commands, (Trace("r", "R", (step,)),)), at)


def lived(tally, number, *stages):
    for stage, at in stages:
        tally.on_delivery(delivery(number, stage, at))


def totals(tally):
    return tally.totals((), lambda one: NAMES(one, one), 100.0, 1.0)


def test_time_on_runs_from_the_answer_to_the_end():
    tally = Tally(100)
    given(tally, 1, 10, command(1))
    lived(tally, 1, (Stage.QUEUED, 10), (Stage.SENT, 10), (Stage.ACKED, 11), (Stage.DONE, 15))
    output = totals(tally).outputs[0]
    assert (output.on_s, output.longest_on_s, output.done) == (4, 4, 1)
    assert output.longest_wait_s == output.longest_queue == 0
    assert sum(totals(tally).bins.on_s) == pytest.approx(4)


def test_queues_count_who_waits_for_a_moment_at_least():
    tally = Tally(100)
    for number in (1, 2, 3):
        given(tally, number, 10, command(number))
        lived(tally, number, (Stage.QUEUED, 10))
    lived(tally, 1, (Stage.SENT, 10), (Stage.ACKED, 10), (Stage.DONE, 20))
    lived(tally, 2, (Stage.SENT, 20), (Stage.ACKED, 20), (Stage.DONE, 30))
    lived(tally, 3, (Stage.SENT, 30), (Stage.ACKED, 30), (Stage.DONE, 40))
    found = totals(tally)
    assert found.longest_queue == found.outputs[0].longest_queue == 2
    assert found.outputs[0].longest_wait_s == 20
    assert found.bins.waiting[9:32] == (0, *(2,) * 11, *(1,) * 10, 0)


def test_drops_and_failures_are_counted_by_reason():
    tally = Tally(100)
    for number, stage, drop in (
        (1, Stage.DROPPED, Drop.TOO_OLD),
        (2, Stage.DROPPED, Drop.TOO_OLD),
        (3, Stage.FAILED, Drop.NONE),
    ):
        given(tally, number, 5, command(number))
        tally.on_delivery(delivery(number, stage, 50, drop))
    assert totals(tally).outputs[0].drops == {"too_old": 2, "failed": 1}
    assert totals(tally).bins.drops[50] == 3


def test_a_gift_that_sends_two_commands_to_one_output_is_paid_once():
    tally = Tally(100)
    given(tally, 1, 5, command(1), command("1b"), count=3, coins=10)
    assert totals(tally).outputs[0].coins == 30
    assert totals(tally).coins == 30


def test_what_held_a_rule_back_is_counted_unless_it_was_about_something_else():
    tally = Tally(10)
    for reason in (Reason.COOLDOWN, Reason.COOLDOWN, Reason.NO_MATCH):
        step = Step("x", passed=False, reason=reason)
        tally.on_outcome(Outcome(gift(1), (), (Trace("r", "R", (step,)),)), 1)
    assert tally._rules["r"].held == {"cooldown": 2}
    assert tally._rules["r"].considered == 3


def test_what_is_cut_down_is_counted():
    tally = Tally(10)
    given(tally, 1, 1, command(1))
    tally.on_delivery(delivery(1, Stage.SENT, 1, limited=(("rounds", 500.0, 200.0),)))
    assert totals(tally).outputs[0].limited == 1

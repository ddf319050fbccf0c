"""Run modes, limits and guards: every run ends, and nothing outlives STOP."""

from __future__ import annotations

import pytest

from app.core.engine import EngineGate
from app.core.events import Source
from app.core.outcome import Reason
from tests.app.core.acting import (
    Again,
    Both,
    Call,
    Finish,
    Log,
    Row,
    Turn,
    Wait,
    last,
    steps,
    turns,
)
from tests.app.core.making import engine, follow, gift, reasons, rule

OPEN = EngineGate()
STOPPED = EngineGate(stopped=True)


# ----------------------------------------------------------------------------- modes


def test_single_does_nothing_while_a_run_lives():
    machine = engine(rule(mode="single", do=[Turn(), Wait(seconds=5)]))
    machine.handle(gift(), 0.0, OPEN)
    refused = machine.handle(gift(id="g2"), 1.0, OPEN)
    assert reasons(refused) == {"r1": Reason.STILL_RUNNING}
    machine.advance(5.0, OPEN)
    assert turns(machine.handle(gift(id="g3"), 6.0, OPEN)) == [1.0]


def test_restart_ends_the_run_before_and_says_so_of_its_own_event():
    machine = engine(rule(mode="restart", do=[Wait(seconds=5), Turn()]))
    machine.handle(gift(), 0.0, OPEN)
    machine.handle(gift(id="g2"), 2.0, OPEN)
    assert machine.due() == 0.0
    (ended,) = machine.advance(2.0, OPEN)
    assert (ended.event.id, ended.continued) == ("g1", True)
    assert steps(ended) == [("run", Reason.RESTARTED)]
    assert machine.due() == 7.0
    (going,) = machine.advance(7.0, OPEN)
    assert (going.event.id, turns(going)) == ("g2", [1.0])
    assert machine.due() is None


def test_queued_runs_go_one_after_the_other_and_too_many_are_left_out():
    machine = engine(
        rule(mode="queued", do=[Turn(rounds="count"), Wait(seconds=2)], limits={"max_queued": 2})
    )
    told = [machine.handle(gift(id=f"g{n}", count=n), 0.0, OPEN) for n in (1, 2, 3, 4)]
    assert turns(*told) == [1.0]
    assert [last(one).reason for one in told[1:]] == [
        Reason.WAITING,
        Reason.WAITING,
        Reason.TOO_MANY_RUNS,
    ]
    assert told[1].traces[0].ran
    first_over, second = machine.advance(2.0, OPEN)
    assert first_over.traces[0].steps == ()
    assert (second.event.id, turns(second)) == ("g2", [2.0])
    assert steps(second)[0] == ("run:turn", Reason.PASSED)
    assert turns(*machine.advance(4.0, OPEN)) == [3.0]


def test_who_waits_longer_than_commands_live_is_left_out():
    machine = engine(rule(mode="queued", do=[Turn(), Wait(seconds=9)], time_to_live_s=5))
    machine.handle(gift(), 0.0, OPEN)
    machine.handle(gift(id="g2"), 1.0, OPEN)
    late = machine.advance(9.0, OPEN)[-1]
    assert (late.event.id, last(late).reason) == ("g2", Reason.WAITED_TOO_LONG)
    assert late.commands == ()


def test_no_more_than_64_runs_of_a_rule_live_at_once():
    machine = engine(rule(do=[Wait(seconds=100)]))
    told = [machine.handle(gift(id=f"g{n}"), 0.0, OPEN) for n in range(65)]
    assert dict(machine.running) == {"r1": 64}
    assert last(told[-1]).reason is Reason.TOO_MANY_RUNS


# ---------------------------------------------------------------------------- limits


def test_at_most_so_many_in_any_hour():
    machine = engine(rule(limits={"max_per_hour": 2}))
    for at, ran in ((0.0, True), (1800.0, True), (3599.0, False), (3600.0, True), (5000.0, False)):
        outcome = machine.handle(gift(id=f"g{at}"), at, OPEN)
        assert outcome.traces[0].ran is ran
    pretend = machine.handle(gift(id="p", source=Source.PRETEND), 5000.0, OPEN)
    assert pretend.traces[0].ran


def test_a_device_that_any_rule_used_rests_but_not_within_a_run():
    resting = rule(id="b", do=[Turn(), Wait(), Turn()], limits={"device_cooldown_s": 5})
    machine = engine(rule(id="a", when={"key": "follow"}), resting)
    machine.handle(follow(), 0.0, OPEN)
    early = machine.handle(gift(), 4.0, OPEN)
    assert last(early).reason is Reason.DEVICE_COOLDOWN
    machine.advance(5.0, OPEN)
    assert turns(machine.handle(gift(id="g2"), 20.0, OPEN)) == [1.0]
    assert turns(*machine.advance(21.0, OPEN)) == [1.0]


def test_a_run_counts_from_its_first_deed_so_that_it_cannot_start_itself_past_its_limits():
    machine = engine(rule(do=[Turn(), Call(rule="r1")], limits={"max_per_stream": 3}))
    assert len(machine.handle(gift(), 0.0, OPEN).commands) == 3


# ---------------------------------------------------------------------------- guards


def test_a_run_that_never_ends_is_ended():
    machine = engine(rule(do=[Again(times=1_000_000, of=(Log(),))]))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert len(outcome.requests) < 10_000
    assert last(outcome).reason is Reason.RUNAWAY
    assert machine.due() is None
    assert dict(machine.running) == {}


def test_rules_that_start_one_another_share_what_is_left_to_them():
    twice = [Call(rule="b"), Call(rule="b")]
    both = [Call(rule="a"), Call(rule="a"), Turn()]
    machine = engine(rule(id="a", do=twice), rule(id="b", when={"key": "follow"}, do=both))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert any(step.reason is Reason.TOO_DEEP for t in outcome.traces for step in t.steps)
    assert len(outcome.commands) < 10_000
    assert machine.due() is None
    storm = engine(rule(do=[Again(times=1000, of=(Call(rule="r1"),))], limits={}))
    told = storm.handle(gift(), 0.0, OPEN)
    assert len(told.traces) < 10_000
    assert dict(storm.running) == {}


def test_a_rule_that_starts_itself_after_a_pause_comes_to_an_end():
    machine = engine(rule(do=[Turn(), Wait(), Call(rule="r1")]))
    commands = len(machine.handle(gift(), 0.0, OPEN).commands)
    at = 0.0
    while (at := machine.due()) is not None:
        commands += sum(len(one.commands) for one in machine.advance(at, OPEN))
    assert commands == 9


def test_no_run_lives_longer_than_an_hour():
    machine = engine(rule(do=[Wait(seconds=3000), Turn(), Wait(seconds=3000), Turn()]))
    machine.handle(gift(), 0.0, OPEN)
    assert turns(*machine.advance(3000.0, OPEN)) == [1.0]
    assert machine.due() == 3600.0
    (ended,) = machine.advance(3600.0, OPEN)
    assert (turns(ended), last(ended).reason) == ([], Reason.TOO_LONG)
    assert machine.due() is None


def test_a_computer_that_slept_does_not_move_anything_hours_later():
    machine = engine(rule(do=[Wait(seconds=10), Turn()]))
    machine.handle(gift(), 0.0, OPEN)
    (ended,) = machine.advance(9_000.0, OPEN)
    assert (turns(ended), last(ended).reason) == ([], Reason.TOO_LONG)


@pytest.mark.parametrize("seconds", ["0", "-5", "0 * 9"])
def test_a_pause_of_nothing_is_no_pause(seconds):
    machine = engine(rule(do=[Wait(seconds=seconds), Turn()]))
    assert turns(machine.handle(gift(), 0.0, OPEN)) == [1.0]
    assert machine.due() is None


def test_runs_that_ended_early_do_not_pile_up():
    machine = engine(rule(mode="restart", do=[Wait(seconds=3000)]))
    for number in range(2000):
        machine.handle(gift(id=f"g{number}"), number / 100, OPEN)
        machine.advance(number / 100, OPEN)
    assert len(machine._runs._pauses) < 200


# ------------------------------------------------------------------------------ STOP


@pytest.mark.parametrize(
    ("gate", "reason"),
    [(STOPPED, Reason.STOPPED), (EngineGate(running=False), Reason.RULES_PAUSED)],
)
def test_nothing_outlives_stop_or_a_pause_of_the_rules(gate, reason):
    def busy():
        machine = engine(
            rule(do=[Both(of=(Wait(seconds=5), Wait(seconds=6))), Turn()]),
            rule(id="line", mode="queued", do=[Wait(seconds=5), Turn()]),
        )
        for number in range(3):
            machine.handle(gift(id=f"g{number}"), 0.0, OPEN)
        return machine

    by_event, by_time, by_hand = busy(), busy(), busy()
    by_event.handle(follow(), 1.0, gate)
    told = by_event.advance(1.0, OPEN)
    assert by_time.advance(1.0, gate) == told
    by_hand.stop_runs(reason, 1.0)
    assert by_hand.due() == 0.0
    assert by_hand.advance(1.0, OPEN) == told
    assert len(told) == 6
    assert {last(one).reason for one in told} == {reason}
    assert not any(one.commands or one.requests for one in told)
    for machine in (by_event, by_time, by_hand):
        assert machine.due() is None
        assert dict(machine.running) == {}
        assert machine.advance(100.0, OPEN) == ()


def test_a_run_can_end_itself_with_all_its_branches():
    machine = engine(
        rule(do=[Both(of=(Row(of=(Wait(seconds=2), Finish())), Wait(seconds=9))), Turn()])
    )
    machine.handle(gift(), 0.0, OPEN)
    (ended,) = machine.advance(2.0, OPEN)
    assert steps(ended) == [("do:finish", Reason.ENDED)]
    assert ended.traces[0].ran
    assert machine.due() is None

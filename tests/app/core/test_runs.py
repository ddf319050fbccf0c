"""Runs: what they do one after the other, in time, and what is told of them."""

from __future__ import annotations

import dataclasses

from app.core.effects import Notify, outlet_device
from app.core.engine import Engine, EngineGate
from app.core.events import Tick
from app.core.moves import Emit, Pause, Together, Use
from app.core.outcome import Reason
from app.core.parts import Planned
from app.core.variables import Variables
from app.core.world import LocalTime, Nowhere, OnlyDevices
from drivers.contract import Kind, Off, QueuePolicy, Rotate
from tests.app.core.acting import (
    Again,
    Both,
    Halt,
    Log,
    Put,
    Row,
    Scripted,
    Turn,
    Wait,
    last,
    steps,
    turns,
)
from tests.app.core.making import Devices, engine, gift, rule, ruleset

OPEN = EngineGate()
ONE = Planned((Kind.MOTOR,), "motor", "", Rotate(1.0, 60.0))


# --------------------------------------------------------------------------- in time


def test_a_run_goes_on_after_its_pause_and_tells_only_what_is_new():
    machine = engine(rule(do=[Turn(rounds=1), Wait(seconds=2), Turn(rounds=2)]))
    first = machine.handle(gift(), 10.0, OPEN)
    assert (turns(first), machine.due(), dict(machine.running)) == ([1.0], 12.0, {"r1": 1})
    assert first.traces[0].ran
    assert first.traces[0].goes_on
    assert dict(last(first).values) == {"pause_s": 2.0}
    assert machine.advance(11.9, OPEN) == ()
    (second,) = machine.advance(12.5, OPEN)
    assert (turns(second), second.continued, second.event) == ([2.0], True, first.event)
    assert steps(second) == [("do:turn", Reason.PASSED)]
    assert not second.traces[0].goes_on
    assert (machine.due(), dict(machine.running)) == (None, {})
    assert [one.id for one in (*first.commands, *second.commands)] == ["g1/r1/0", "g1/r1/1"]
    assert second.commands[0].deadline == 12.5 + 30.0


def test_branches_go_on_side_by_side_and_the_rest_waits_for_all_of_them():
    both = Both(of=(Row(of=(Wait(seconds=3), Turn(rounds=1))), Wait(seconds=1), Turn(rounds=2)))
    machine = engine(rule(do=[both, Turn(rounds=9)]))
    assert turns(machine.handle(gift(), 0.0, OPEN)) == [2.0]
    assert turns(*machine.advance(1.0, OPEN)) == []
    assert machine.due() == 3.0
    assert turns(*machine.advance(3.0, OPEN)) == [1.0, 9.0]
    assert machine.due() is None


def test_branches_without_a_pause_are_over_at_once_and_empty_ones_too():
    inner = Scripted(
        of=(lambda _: Together(()), lambda _: Together((iter([ONE]), iter([ONE]))), ONE)
    )
    machine = engine(rule(do=[Again(times=3, of=(inner,))]))
    assert turns(machine.handle(gift(), 0.0, OPEN)) == [1.0] * 9
    assert machine.due() is None


def test_what_an_earlier_step_set_is_seen_by_a_later_one():
    machine = engine(
        rule(
            do=[
                Put(name="score", value="count * 2", add=True),
                Turn(rounds="score"),
                Wait(),
                Log(value="score"),
            ]
        )
    )
    assert turns(machine.handle(gift(count=3), 0.0, OPEN)) == [6.0]
    assert turns(machine.handle(gift(id="g2", count=1), 0.5, OPEN)) == [8.0]
    told = machine.advance(2.0, OPEN)
    assert [one.requests[0].effect.text for one in told] == ["8", "8"]


def test_a_step_whose_variable_nothing_has_set_is_left_out_and_says_so():
    machine = engine(rule(do=[Turn(rounds="score"), Log(value=1)]))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [request.effect.text for request in outcome.requests] == ["1"]
    assert last(outcome).reason is Reason.UNKNOWN_VARIABLE
    assert dict(last(outcome).values) == {"formula": "score", "name": "score"}


def test_steps_and_conditions_that_are_off_do_not_count():
    off = {"key": "coins_at_least", "coins": 999, "on": False}
    machine = engine(rule(only_if=[off], do=[Turn(rounds=1, on=False), Turn(rounds=2)]))
    assert turns(machine.handle(gift(), 0.0, OPEN)) == [2.0]
    nothing = engine(rule(do=[Turn(on=False)])).handle(gift(), 0.0, OPEN)
    assert steps(nothing)[-1] == ("do", Reason.NOTHING_TO_DO)


def test_effects_are_requests_with_numbers_and_deadlines_of_their_own():
    machine = engine(rule(do=[Turn(), Scripted(of=(lambda _: _notify("hi"),))], time_to_live_s=5))
    outcome = machine.handle(gift(), 1.0, OPEN)
    (request,) = outcome.requests
    assert (request.id, request.deadline, request.rule_id) == ("g1/r1/1", 6.0, "r1")
    assert outlet_device(request.effect) == "outlet:notify"


def _notify(text):
    return Emit(Notify(text))


def test_priority_and_policy_go_with_every_command():
    machine = engine(rule(do=[Turn(), Wait(), Turn()], priority=2, limits={"policy": "add"}))
    made = [*machine.handle(gift(), 0.0, OPEN).commands]
    made += [command for one in machine.advance(1.0, OPEN) for command in one.commands]
    assert [(c.priority, c.policy) for c in made] == [(2, QueuePolicy.ADD)] * 2


def test_several_instructions_at_once_go_out_whole_or_not_at_all():
    there = Devices({("motor", "motor"): ("m", "turn")})
    gone = dataclasses.replace(ONE, device="gone")
    machine = engine(rule(do=[Scripted(of=(ONE, gone)), Turn(rounds=2)]), devices=there)
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert turns(outcome) == [2.0]
    assert last(outcome).reason is Reason.NO_DEVICE


def test_a_device_is_stopped_with_all_its_outputs():
    machine = Engine(ruleset(rule(do=[Halt(device="fan")])), _Outputs())
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [(c.device_id, c.capability, c.instruction) for c in outcome.commands] == [
        ("f", "a", Off()),
        ("f", "b", Off()),
    ]
    missing = engine(rule(do=[Halt(device="")])).handle(gift(), 0.0, OPEN)
    assert last(missing).reason is Reason.NO_DEVICE


class _Outputs(Nowhere):
    def outputs(self, device):
        return (("f", "a"), ("f", "b")) if device == "fan" else ()


def test_a_long_run_is_told_in_short():
    outcome = engine(rule(do=[Again(times=500, of=(Turn(rounds=1),))])).handle(gift(), 0.0, OPEN)
    assert len(outcome.commands) == 500
    assert len(outcome.traces[0].steps) < 110
    assert dict(last(outcome).values) == {"more_steps": 402.0}


def test_a_step_with_a_fault_in_it_stops_no_other():
    broken = Scripted(of=(ONE, lambda _: 1 / 0))
    machine = engine(rule(do=[broken, Both(of=(broken, Turn(rounds=2))), Turn(rounds=3)]))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert turns(outcome) == [1.0, 1.0, 2.0, 3.0]
    assert dict(last(outcome).values) == {"fault": "ZeroDivisionError"}
    strange = engine(rule(do=[Scripted(of=("no move",)), Turn()])).handle(gift(), 0.0, OPEN)
    assert turns(strange) == [1.0]


def test_a_bag_gives_everything_once_before_anything_twice():
    def pick(facts):
        free = [n for n in range(3) if n not in facts.state.used("bag")]
        return Use("bag", free[-1], 3)

    said = []
    machine = engine(
        rule(do=[Scripted(of=(lambda f: said.append(sorted(f.state.used("bag"))) or pick(f),))])
    )
    for number in range(5):
        machine.handle(gift(id=f"g{number}"), 0.0, OPEN)
    assert said == [[], [2], [1, 2], [], [2]]


# ------------------------------------------------------------------ its surroundings


def test_a_directory_that_knows_devices_only_is_enough_of_a_world():
    world = OnlyDevices(Devices())
    assert world.find("motor", Kind.MOTOR) == ("motor-1", "motor")
    assert (world.chance(), world.outputs("motor")) == (0.0, ())
    assert not world.device("motor").known
    assert world.viewer(gift().viewer).rank == 0
    assert world.local_time(0) == LocalTime(0, 0)


def test_events_of_the_desk_reach_the_rules_for_them_and_cost_the_others_nothing():
    machine = engine(rule())
    tick = Tick(id="t", at_ms=0, local=LocalTime(0, 0), second=1)
    assert machine.handle(tick, 0.0, OPEN).traces == ()


def test_variables_are_given_and_listened_to():
    changed = []
    variables = Variables(changed.append)
    machine = Engine(ruleset(rule(do=[Put(name="x", value=2)])), Devices(), variables=variables)
    machine.handle(gift(), 0.0, OPEN)
    machine.handle(gift(id="g2"), 0.0, OPEN)
    assert (variables.get("x"), changed) == (2.0, ["x"])


def test_a_variable_that_cannot_be_set_so_is_told():
    machine = engine(rule(do=[Put(name="coins")]), rule(id="big", do=[Put(name="x", value=10**16)]))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [dict(trace.steps[-1].values)["fault"] for trace in outcome.traces] == [
        "bad_name",
        "too_large",
    ]


def test_a_pause_in_a_pause_is_worked_out_when_it_is_reached():
    waits = Scripted(of=(lambda f: Pause(f.numbers()["x"]), ONE))
    machine = engine(rule(do=[Put(name="x", value=2), waits]))
    machine.handle(gift(), 0.0, OPEN)
    assert machine.due() == 2.0

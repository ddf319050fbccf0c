"""What the engine asks the devices to do, and how it bears parts that fail."""

from __future__ import annotations

from app.core.engine import EngineGate
from app.core.events import Join
from app.core.outcome import Reason
from app.core.parts import Action, Condition, Planned, Trigger, Verdict
from drivers.contract import Flash, Kind, Off, Play, Pulse, QueuePolicy, Rotate, Switch
from tests.app.core.making import Devices, engine, gates, gift, reasons, rule

OPEN = EngineGate()


def test_a_command_carries_all_that_the_devices_need():
    machine = engine(
        rule(
            do=[{"key": "rotate"}, {"key": "switch_on", "seconds": 4}],
            limits={"policy": "latest"},
            time_to_live_s=5,
        )
    )
    first, second = machine.handle(gift(id="e1"), 100.0, OPEN).commands
    assert (first.id, second.id) == ("e1/r1/0", "e1/r1/1")
    assert (first.device_id, first.capability) == ("motor-1", "motor")
    assert (second.device_id, second.instruction) == ("relay-1", Switch(on=True))
    assert (first.duration_s, second.duration_s) == (None, 4.0)
    assert first.deadline == 105.0
    assert first.policy is QueuePolicy.LATEST
    assert (first.event_id, first.rule_id) == ("e1", "r1")


def test_kinds_are_tried_in_order_and_a_chosen_output_is_kept():
    devices = Devices({("relay", "switch"): ("box", "k1"), ("box", "switch"): ("box", "k1")})
    machine = engine(
        rule(do=[{"key": "pulse"}, {"key": "pulse", "device": "box", "capability": "k2"}]),
        devices=devices,
    )
    first, second = machine.handle(gift(), 0.0, OPEN).commands
    assert (first.device_id, first.capability, first.instruction) == ("box", "k1", Pulse())
    assert (second.device_id, second.capability) == ("box", "k2")


def test_a_relay_is_any_switch_but_never_something_that_shoots():
    devices = Devices({("switch", "switch"): ("plug", "k1"), ("pulse", "pulse"): ("cannon", "c")})
    machine = engine(rule(do=[{"key": "switch_on"}, {"key": "pulse"}]), devices=devices)
    assert [c.device_id for c in machine.handle(gift(), 0.0, OPEN).commands] == ["plug", "plug"]


def test_what_can_be_done_is_done_and_what_cannot_is_told_last():
    devices = Devices({("light", "light"): ("l", "c"), ("effect", "effect"): ("e", "c")})
    machine = engine(
        rule(
            do=[
                {"key": "rotate"},
                {"key": "flash"},
                {"key": "switch_on"},
                {"key": "play_effect", "effect": "x"},
            ]
        ),
        devices=devices,
    )
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [c.instruction for c in outcome.commands] == [Flash(3), Play("x")]
    assert gates(outcome) == ["when:gift", "rule", "do:flash", "do:play_effect", "do:rotate"]
    last = outcome.traces[0].steps[-1]
    assert (last.passed, last.reason) == (False, Reason.NO_DEVICE)
    assert dict(last.values) == {"device": "motor", "kind": "motor"}


def test_a_step_without_a_device_or_a_rule_without_steps_does_nothing_and_says_so():
    machine = engine(rule(do=[{"key": "rotate", "device": ""}]), rule(id="r2", do=[]))
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert outcome.commands == ()
    assert reasons(outcome) == {"r1": Reason.NO_DEVICE, "r2": Reason.NOTHING_TO_DO}


def test_a_formula_that_fails_is_told_and_stops_no_other_rule():
    machine = engine(
        rule(do=[{"key": "rotate", "rounds": "1 / (count - 1)"}], limits={"cooldown_s": 5}),
        rule(id="r2"),
    )
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [c.rule_id for c in outcome.commands] == ["r2"]
    last = outcome.traces[0].steps[-1]
    assert (last.gate, last.reason) == ("do:rotate", Reason.EXPRESSION_FAILED)
    assert dict(last.values) == {"formula": "1 / (count - 1)", "fault": "divided_by_zero"}
    # It did not run, so it need not rest.
    assert machine.handle(gift(count=2), 0.0, OPEN).traces[0].ran


def test_a_step_that_comes_to_zero_is_told():
    machine = engine(rule(do=[{"key": "rotate", "rounds": "value // 10"}]))
    assert reasons(machine.handle(gift(), 0.0, OPEN)) == {"r1": Reason.NOTHING_TO_DO}


# ----------------------------------------------------------------- broken and odd parts


class BrokenTrigger(Trigger):
    key = "broken"
    event = Join

    def match(self, occasion):
        raise RuntimeError("loose screw")


class BrokenCondition(Condition):
    key = "broken"

    def holds(self, facts):
        raise RuntimeError("loose screw")


class BrokenAction(Action):
    key = "broken"

    def commands(self, facts):
        raise RuntimeError("loose screw")


class TwoAtOnce(Action):
    key = "two"

    def commands(self, facts):
        return (
            Planned((Kind.MOTOR,), "motor", "", Rotate(1, 1)),
            Planned((Kind.LIGHT,), "light", "", Flash(1)),
        )


def test_a_part_that_crashes_stops_its_rule_and_nothing_else():
    good = rule(id="good")
    broken = [
        good.model_copy(update={"id": "a", "only_if": (BrokenCondition(),)}),
        good.model_copy(update={"id": "b", "do": (BrokenAction(),)}),
        good,
    ]
    outcome = engine(*broken).handle(gift(), 0.0, OPEN)
    assert [c.rule_id for c in outcome.commands] == ["good"]
    assert [t.steps[-1].gate for t in outcome.traces[:2]] == ["only_if:broken", "do:broken"]
    for trace in outcome.traces[:2]:
        assert trace.steps[-1].reason is Reason.EXPRESSION_FAILED
        assert dict(trace.steps[-1].values) == {"fault": "RuntimeError"}
    crashing = good.model_copy(update={"when": BrokenTrigger()})
    (trace,) = engine(crashing).handle(Join(id="j", at_ms=0), 0.0, OPEN).traces
    assert [step.gate for step in trace.steps] == ["when:broken"]


def test_a_step_for_several_outputs_is_done_whole_or_not_at_all():
    two = rule().model_copy(update={"do": (TwoAtOnce(),)})
    assert len(engine(two).handle(gift(), 0.0, OPEN).commands) == 2
    only_motor = Devices({("motor", "motor"): ("m", "c")})
    outcome = engine(two, devices=only_motor).handle(gift(), 0.0, OPEN)
    assert outcome.commands == ()
    assert reasons(outcome) == {"r1": Reason.NO_DEVICE}


def test_a_trigger_of_the_plainest_kind_is_asked_about_every_event():
    class Plain(Trigger):
        key = "plain"
        event = Join

        def match(self, occasion):
            return Verdict(passed=True)

    plain = rule().model_copy(update={"when": Plain()})
    assert engine(plain).handle(Join(id="j", at_ms=0), 0.0, OPEN).commands
    assert Plain.keys_of(Join(id="j", at_ms=0)) == ()
    assert Plain().gift_names() == ()


def test_a_resting_device_is_switched_off_all_the_same():
    off = {"key": "device_off", "device": "motor"}
    machine = engine(rule(), rule(id="r2", do=[off], limits={"device_cooldown_s": 60}))
    outcome = machine.handle(gift(), 100.0, OPEN)
    assert [command.instruction for command in outcome.commands] == [Rotate(1.0, 100.0), Off()]

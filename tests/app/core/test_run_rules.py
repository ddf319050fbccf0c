"""Rules that start and turn one another, edits while runs live, runs by hand, what is owed."""

from __future__ import annotations

import pytest

from app.core.engine import Engine, EngineGate
from app.core.events import Source
from app.core.groups import Group
from app.core.moves import Tell
from app.core.outcome import Reason
from app.core.parts import Planned
from app.core.rules import RuleSet
from drivers.contract import Kind, Rotate
from tests.app.core.acting import (
    Call,
    Log,
    Put,
    Scripted,
    Switch,
    Turn,
    Wait,
    last,
    steps,
    turns,
)
from tests.app.core.making import SPIN, Devices, engine, follow, gift, reasons, rule, ruleset

OPEN = EngineGate()
STOPPED = EngineGate(stopped=True)
ONE = Planned((Kind.MOTOR,), "motor", "", Rotate(1.0, 60.0))


# ----------------------------------------------------------- rules, groups, switches


def grouped(*rules, on=True):
    return RuleSet(groups=(Group(id="g", name="G", on=on),), rules=rules)


def test_a_group_that_is_off_keeps_its_rules_still():
    machine = Engine(grouped(rule(group="g"), on=False), Devices())
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert reasons(outcome) == {"r1": Reason.GROUP_OFF}
    machine.replace(grouped(rule(group="g")))
    assert machine.handle(gift(), 0.0, OPEN).commands


def test_rules_turn_others_off_and_on_until_somebody_does_it_by_hand():
    off = rule(id="off", when={"key": "follow"}, do=[Switch(rule="r1", to=False)])
    spin = rule()
    machine = engine(off, spin)
    machine.handle(follow(), 0.0, OPEN)
    assert dict(machine.switched) == {"r1": False}
    assert reasons(machine.handle(gift(), 0.0, OPEN)) == {"r1": Reason.RULE_OFF}
    machine.replace(ruleset(off, spin, rule(id="new")))
    assert dict(machine.switched) == {"r1": False}
    machine.replace(ruleset(off, spin.model_copy(update={"on": False})))
    assert dict(machine.switched) == {}
    machine.turn("r1", on=True)
    assert machine.handle(gift(), 0.0, OPEN).commands
    machine.turn("r1", on=None)
    assert reasons(machine.handle(gift(), 0.0, OPEN)) == {"r1": Reason.RULE_OFF}
    with pytest.raises(KeyError):
        machine.turn("nobody", on=True)


def test_a_rule_may_turn_itself_off_and_still_come_to_its_end():
    machine = engine(rule(do=[Switch(rule="r1", to=False), Wait(), Turn()]))
    machine.handle(gift(), 0.0, OPEN)
    assert turns(*machine.advance(1.0, OPEN)) == [1.0]
    assert reasons(machine.handle(gift(), 2.0, OPEN)) == {"r1": Reason.RULE_OFF}


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (lambda spin: grouped(), Reason.RULE_GONE),
        (lambda spin: grouped(spin.model_copy(update={"on": False})), Reason.RULE_OFF),
        (lambda spin: grouped(spin, on=False), Reason.GROUP_OFF),
    ],
)
def test_runs_of_rules_that_are_gone_or_off_end(after, reason):
    spin = rule(group="g", do=[Wait(), Turn()])
    machine = Engine(grouped(spin), Devices())
    machine.handle(gift(), 0.0, OPEN)
    machine.replace(after(spin))
    (ended,) = machine.advance(0.5, OPEN)
    assert last(ended).reason is reason
    assert machine.due() is None


def test_a_run_goes_on_as_it_began_while_its_rule_is_edited():
    machine = engine(rule(do=[Wait(), Turn(rounds=1)]))
    machine.handle(gift(), 0.0, OPEN)
    machine.replace(ruleset(rule(do=[Wait(), Turn(rounds=7)])))
    assert turns(*machine.advance(1.0, OPEN)) == [1.0]


def test_another_rule_runs_with_its_own_gates_for_the_same_event():
    called = rule(
        id="called",
        name="Called",
        when={"key": "chat_command", "command": "!never"},
        only_if=[{"key": "count_compare", "number": 2}],
        do=[Turn(rounds="count")],
        limits={"cooldown_s": 5, "ceiling": 3},
    )
    machine = engine(rule(name="Caller", do=[Call(rule="called"), Turn(rounds=9)]), called)
    assert turns(machine.handle(gift(), 0.0, OPEN)) == [9.0]
    outcome = machine.handle(gift(id="g2", count=8), 1.0, OPEN)
    assert turns(outcome) == [3.0, 9.0]
    assert [trace.rule_id for trace in outcome.traces] == ["r1", "called"]
    assert dict(outcome.traces[1].steps[0].values) == {"rule": "Caller"}
    assert turns(machine.handle(gift(id="g3", count=8), 2.0, OPEN)) == [9.0]
    assert len({command.id for command in outcome.commands}) == 2


def test_rules_are_asked_about_one_another():
    seen = []
    ask = Scripted(of=(lambda facts: seen.append(facts.state.rule("a")) or Tell(()),))
    machine = engine(
        rule(id="a", do=[Turn(), Wait(seconds=9)]), rule(id="b", when={"key": "follow"}, do=[ask])
    )
    machine.handle(follow(), 0.0, OPEN)
    machine.handle(gift(), 1.0, OPEN)
    machine.handle(follow(id="f2"), 3.0, OPEN)
    before, after = seen
    assert (before.known, before.on, before.runs, before.last_run_ago_s) == (True, True, 0, None)
    assert (after.running, after.runs, after.last_run_ago_s) == (1, 1, 2.0)


def test_ten_thousand_rules_are_compiled_once():
    rules = tuple(
        rule(id=f"r{n}", when={"key": "gift", "gifts": [{"id": n + 1}]}, group="")
        for n in range(10_000)
    )
    machine = Engine(RuleSet(rules=rules), Devices())
    assert machine.compilations == 10_000
    changed = (*rules[:5000], rules[5000].model_copy(update={"name": "New"}), *rules[5001:])
    machine.replace(RuleSet(rules=changed))
    assert machine.compilations == 10_001
    machine.replace(RuleSet(rules=(*changed[5:], *changed[:5])))
    machine.replace(RuleSet(rules=changed[:-1]))
    assert machine.compilations == 10_001
    assert machine.handle(gift(gift_id=5001), 0.0, OPEN).traces[0].rule_name == "New"
    assert machine.handle(gift(gift_id=10_000, name="x"), 0.0, OPEN).traces == ()


def test_what_did_not_change_keeps_its_index():
    spin, hello = rule(), rule(id="hi", when={"key": "follow"})
    machine = engine(spin, hello)
    index = machine._rules.by_event[type(gift())]
    machine.replace(ruleset(spin, hello.model_copy(update={"name": "Hi"})))
    assert machine._rules.by_event[type(gift())] is index


# ------------------------------------------------------------ by hand, and tried dry


def test_one_step_alone_asks_for_nothing_but_stop():
    spin = rule(
        on=False,
        only_if=[{"key": "coins_at_least", "coins": 999}],
        do=[Turn(rounds=1), Turn(rounds="count", on=False)],
        limits={"cooldown_s": 99},
    )
    machine = engine(spin)
    for number in range(2):
        tried = machine.try_rule(spin, gift(id=f"t{number}", count=4), 0.0, OPEN, only_action=1)
        assert turns(tried) == [4.0]
    refused = machine.try_rule(spin, gift(), 0.0, STOPPED, only_action=1)
    assert (refused.commands, last(refused).reason) == ((), Reason.STOPPED)
    other = machine.try_rule(spin, follow(), 0.0, OPEN, only_action=0)
    assert turns(other) == [1.0]


def test_a_rule_is_tried_like_the_real_thing_though_it_is_off_or_not_even_saved():
    draft = rule(id="draft", on=False, do=[Turn(), Wait(), Turn()], limits={"cooldown_s": 9})
    machine = engine()
    assert turns(machine.try_rule(draft, gift(), 0.0, OPEN)) == [1.0]
    machine.replace(ruleset(rule()))
    assert turns(*machine.advance(1.0, OPEN)) == [1.0]
    assert last(machine.try_rule(draft, follow(), 20.0, OPEN)).reason is Reason.NO_MATCH


def test_a_rehearsal_tells_everything_to_the_end_and_changes_nothing():
    spin = rule(
        mode="single",
        do=[
            Put(name="x", add=True),
            Turn(rounds="x"),
            Wait(seconds=5),
            Switch(rule="r1", to=False),
        ],
        limits={"cooldown_s": 3},
    )
    machine = engine(spin)
    first, second = machine.rehearse(gift(), 10.0, OPEN)
    assert (first.after_s, turns(first.outcome)) == (0.0, [1.0])
    assert (second.after_s, steps(second.outcome)) == (5.0, [("do:switch", Reason.PASSED)])
    assert machine.due() is None
    assert dict(machine.switched) == {}
    assert machine.variables.all() == ()
    assert machine.explain(gift(), 10.0, OPEN) == machine.handle(gift(), 10.0, OPEN)
    (held,) = machine.rehearse(gift(id="g2"), 14.0, OPEN)
    assert last(held.outcome).reason is Reason.STILL_RUNNING
    draft = machine.rehearse(gift(id="g2"), 14.0, OPEN, rule=rule(id="new", do=[Log(), Wait()]))
    assert [one.after_s for one in draft] == [0.0, 1.0]
    assert dict(machine.running) == {"r1": 1}


# ------------------------------------------------------------------------------ owed


@pytest.mark.parametrize(
    ("gate", "devices", "reason"),
    [
        (STOPPED, None, Reason.STOPPED),
        (EngineGate(running=False), None, Reason.RULES_PAUSED),
        (OPEN, Devices({}), Reason.NO_DEVICE),
    ],
)
@pytest.mark.parametrize("do", [[{"key": "rotate"}], [Turn()]])
def test_a_gift_that_its_rule_could_not_take_is_owed_where_the_rule_says_so(
    gate, devices, reason, do
):
    keeps = rule(id="keeps", do=do, limits={"owed_for_s": 60})
    machine = engine(keeps, rule(id="not", do=do), devices=devices)
    outcome = machine.handle(gift(), 0.0, gate)
    for trace in outcome.traces:
        owed = [step for step in trace.steps if step.reason is Reason.OWED]
        assert len(owed) == (trace.rule_id == "keeps")
        assert trace.steps[-1].reason is reason
    practice = machine.handle(gift(id="p", source=Source.PRETEND), 0.0, gate)
    assert not any(step.reason is Reason.OWED for t in practice.traces for step in t.steps)


@pytest.mark.parametrize("reason", [Reason.STOPPED, Reason.RULES_PAUSED])
def test_a_run_stopped_in_its_first_wait_is_owed(reason):
    wait = {"key": "wait", "seconds": 5}
    limits = {"owed_for_s": 60}
    machine = engine(
        rule(id="waits", do=[wait, SPIN], limits=limits),
        rule(id="spun", do=[SPIN, wait, SPIN], limits=limits),
        rule(id="told", do=[{"key": "write_log"}, wait, SPIN], limits=limits),
        rule(id="plain", do=[wait, SPIN]),
    )
    machine.handle(gift(count=3), 0.0, OPEN)
    machine.stop_runs(reason, 1.0)
    ended = [one.traces[0] for one in machine.advance(1.0, OPEN)]
    owed = [t.rule_id for t in ended if any(step.reason is Reason.OWED for step in t.steps)]
    assert owed == ["waits"]
    assert {trace.steps[-1].reason for trace in ended} == {reason}
    machine.pay("waits", gift(count=3), 2.0, OPEN)
    (paid,) = machine.advance(7.0, OPEN)
    assert [command.instruction.rounds for command in paid.commands] == [3.0]


def test_a_run_by_hand_that_is_stopped_is_not_owed():
    waits = rule(do=[{"key": "wait", "seconds": 5}, SPIN], limits={"owed_for_s": 60})
    machine = engine(waits)
    machine.try_rule(waits, gift(), 0.0, OPEN)
    machine.stop_runs(Reason.STOPPED, 1.0)
    (ended,) = machine.advance(1.0, OPEN)
    assert [step.reason for step in ended.traces[0].steps] == [Reason.STOPPED]


def test_what_is_owed_is_paid_past_the_rests_but_not_past_stop():
    machine = engine(rule(limits={"cooldown_s": 99, "ceiling": 2, "owed_for_s": 60}))
    assert machine.handle(gift(), 0.0, OPEN).commands
    refused = machine.pay("r1", gift(id="g2", count=5), 1.0, STOPPED)
    assert (refused.traces[0].ran, last(refused).reason) == (False, Reason.STOPPED)
    assert not any(step.reason is Reason.OWED for step in refused.traces[0].steps)
    paid = machine.pay("r1", gift(id="g2", count=5), 1.0, OPEN)
    assert (paid.traces[0].ran, paid.commands[0].instruction.rounds) == (True, 2.0)
    assert paid.commands[0].id == "g2/r1~owed/0"
    with pytest.raises(KeyError):
        machine.pay("gone", gift(), 0.0, OPEN)

"""The engine: which rules are considered, the order of gates, combos, limits and commands."""

from __future__ import annotations

import pytest

from app.core.engine import Engine, EngineGate
from app.core.events import Source, StreamStarted, Viewer, ViewerCount
from app.core.memory import Memory
from app.core.outcome import Reason
from app.core.rules import Rule, RuleSet
from drivers.contract import Rotate
from tests.app.core.making import Devices, chat, engine, follow, gates, gift, like, reasons, rule

OPEN = EngineGate()


# --------------------------------------------------------------------- what is considered


def test_an_event_that_no_rule_is_for_costs_nothing_and_says_nothing():
    machine = engine(rule())
    for event in (follow(), gift(gift_id=9, name="Other"), ViewerCount(id="v", at_ms=0, count=5)):
        outcome = machine.handle(event, 0.0, OPEN)
        assert (outcome.event, outcome.commands, outcome.traces) == (event, (), ())


def test_rules_run_in_the_order_of_the_document_however_they_are_found():
    machine = engine(
        rule(id="by-name", when={"key": "gift", "gifts": [{"name": "ROSE"}]}),
        rule(id="any", when={"key": "gift_any"}),
        rule(id="by-id"),
        rule(id="other", when={"key": "gift", "gifts": [{"id": 1, "name": "Lion"}]}),
    )
    outcome = machine.handle(gift(), 0.0, OPEN)
    assert [trace.rule_id for trace in outcome.traces] == ["by-name", "any", "by-id"]
    assert [command.rule_id for command in outcome.commands] == ["by-name", "any", "by-id"]
    again = machine.handle(gift(), 0.0, OPEN)
    assert again == outcome


@pytest.mark.parametrize(
    ("gift_id", "name", "runs"),
    [
        (5655, "Rose", ["id"]),
        (5655, "Hoa hồng", ["id"]),
        (0, " rose", ["id", "name"]),
        (777, "Rose", ["id", "name"]),
        (888, "Rose", ["name", "twin"]),
        (777, "", []),
        (0, "", []),
    ],
)
def test_the_id_decides_and_the_name_stands_in_where_no_rule_knows_the_id(gift_id, name, runs):
    machine = engine(
        rule(id="id"),
        rule(id="name", when={"key": "gift", "gifts": [{"name": "Rose"}]}),
        rule(id="twin", when={"key": "gift", "gifts": [{"id": 888, "name": "Old"}]}),
        rule(id="draft", when={"key": "gift", "gifts": [{}]}),
    )
    outcome = machine.handle(gift(gift_id=gift_id, name=name), 0.0, OPEN)
    ran = [trace.rule_id for trace in outcome.traces if trace.ran]
    expected = runs if gift_id != 5655 else ["id", *(["name"] if name == "Rose" else [])]
    assert ran == expected


def test_rules_for_something_else_are_never_looked_at():
    others = [
        rule(id=f"x{n}", when={"key": "gift", "gifts": [{"id": 9000 + n, "name": f"Gift {n}"}]})
        for n in range(1000)
    ]
    machine = engine(
        *others, rule(), rule(id="talk", when={"key": "chat_command", "command": "!a"})
    )
    index = machine._rules.by_event[type(gift())]
    assert [compiled.rule.id for compiled in index.considered(gift())] == ["r1"]
    assert index.considered(gift(gift_id=1, name="Unknown")) == ()


def test_the_lookup_of_ever_new_gifts_and_commands_stays_bounded():
    machine = engine(rule(when={"key": "chat_command", "command": "!spin"}))
    for number in range(5000):
        machine.handle(chat(f"word{number}"), 0.0, OPEN)
    assert machine.handle(chat("!SPIN it"), 0.0, OPEN).commands
    assert len(machine._rules.by_event[type(chat("x"))].remembered) <= 4096


# ------------------------------------------------------------------------- the four gates


def test_a_rule_goes_through_its_gates_in_the_fixed_order():
    machine = engine(
        rule(
            only_if=[{"key": "coins_at_least", "coins": 2}, {"key": "count_compare", "number": 1}],
            limits={"cooldown_s": 1, "viewer_cooldown_s": 1, "max_per_stream": 5, "ceiling": 3},
            do=[{"key": "rotate"}, {"key": "flash"}],
        )
    )
    outcome = machine.handle(gift(count=5), 0.0, OPEN)
    assert gates(outcome) == [
        "when:gift",
        "only_if:coins_at_least",
        "only_if:count_compare",
        "rule",
        "limits:cooldown",
        "limits:viewer_cooldown",
        "limits:max_per_stream",
        "limits:ceiling",
        "do:rotate",
        "do:flash",
    ]
    assert outcome.traces[0].ran
    assert outcome.commands[0].instruction == Rotate(3.0, 100.0)


def test_the_first_condition_that_fails_ends_it_with_its_values():
    machine = engine(
        rule(only_if=[{"key": "coins_at_least", "coins": 9}, {"key": "sender_is_follower"}])
    )
    (trace,) = machine.handle(gift(coins=4, count=2), 0.0, OPEN).traces
    assert [step.gate for step in trace.steps] == ["when:gift", "only_if:coins_at_least"]
    last = trace.steps[-1]
    assert (last.passed, last.reason) == (False, Reason.BELOW_COINS)
    assert dict(last.values) == {"value": 8, "at_least": 9}
    (trace,) = machine.handle(gift(coins=5, count=2), 0.0, OPEN).traces
    assert trace.steps[-1].reason is Reason.CONDITION_FALSE


@pytest.mark.parametrize(
    ("on", "gate", "event", "reason"),
    [
        (False, EngineGate(running=False, stopped=True), gift(backlog=True), Reason.RULE_OFF),
        (True, EngineGate(running=False, stopped=True), gift(backlog=True), Reason.RULES_PAUSED),
        (True, EngineGate(stopped=True), gift(backlog=True), Reason.STOPPED),
        (True, EngineGate(), gift(backlog=True), Reason.BACKLOG),
    ],
)
def test_what_holds_a_matching_rule_back_is_named(on, gate, event, reason):
    machine = engine(rule(on=on, limits={"max_per_stream": 1}))
    outcome = machine.handle(event, 0.0, gate)
    assert outcome.commands == ()
    assert reasons(outcome) == {"r1": reason}
    assert gates(outcome) == ["when:gift", "rule"]
    # What did not run leaves no mark: the one run of this stream is still there.
    fine = Engine(RuleSet(rules=(rule(limits={"max_per_stream": 1}),)), Devices(), machine._memory)
    assert fine.handle(gift(), 0.0, OPEN).commands


def test_a_cooldown_stops_the_next_run_and_tells_what_is_left():
    machine = engine(rule(limits={"cooldown_s": 2}))
    assert machine.handle(gift(), 10.0, OPEN).commands
    outcome = machine.handle(gift(id="g2"), 10.5, OPEN)
    assert outcome.commands == ()
    assert reasons(outcome) == {"r1": Reason.COOLDOWN}
    assert dict(outcome.traces[0].steps[-1].values)["left_s"] == 1.5
    assert machine.handle(gift(id="g3"), 12.0, OPEN).commands


def test_the_most_per_stream_begins_anew_with_another_stream_only():
    machine = engine(rule(limits={"max_per_stream": 1}))

    def start(room):
        machine.handle(StreamStarted(id=f"s{room}", at_ms=0, room_id=room), 0.0, OPEN)

    start(1)
    assert machine.handle(gift(), 0.0, OPEN).commands
    start(1)
    assert reasons(machine.handle(gift(), 1.0, OPEN)) == {"r1": Reason.MAX_PER_STREAM}
    start(2)
    assert machine.handle(gift(), 2.0, OPEN).commands


def test_a_ceiling_cuts_down_and_is_told_in_the_trace():
    machine = engine(rule(limits={"ceiling": 20}))
    outcome = machine.handle(gift(count=50), 0.0, OPEN)
    assert outcome.commands[0].instruction == Rotate(20.0, 100.0)
    step = next(s for s in outcome.traces[0].steps if s.reason is Reason.LIMITED)
    assert dict(step.values) == {"limited": "amount", "asked": 50.0, "allowed": 20.0}


# ----------------------------------------------------------------------------- each, total


def combo(*steps):
    return [
        gift(id=f"g{place}", count=count, total=total, final=final, late=late)
        for place, (count, total, final, late) in enumerate(steps)
    ]


def rounds_of(machine, events):
    return [
        command.instruction.rounds
        for event in events
        for command in machine.handle(event, 0.0, OPEN).commands
    ]


STEPS = combo((1, 1, False, False), (4, 5, False, False), (0, 5, True, False))


def test_each_counts_every_addition_and_nothing_at_the_end():
    assert rounds_of(engine(rule(react="each")), STEPS) == [1, 4]


def test_total_waits_for_the_end_and_counts_the_whole_combo_once():
    machine = engine(rule(react="total"))
    assert rounds_of(machine, STEPS) == [5]
    assert reasons(machine.handle(STEPS[0], 0.0, OPEN)) == {"r1": Reason.COMBO_RUNNING}
    assert reasons(engine(rule()).handle(STEPS[2], 0.0, OPEN)) == {"r1": Reason.NO_MATCH}


@pytest.mark.parametrize("react", ["each", "total"])
def test_what_comes_late_is_counted_once_more_and_never_twice(react):
    late = combo((3, 3, False, False), (0, 3, True, False), (2, 5, False, True), (0, 5, True, True))
    assert rounds_of(engine(rule(react=react)), late) == [3, 2]


def test_a_single_gift_runs_at_once_either_way():
    for react in ("each", "total"):
        assert rounds_of(engine(rule(react=react)), [gift(count=1)]) == [1]


def test_a_huge_addition_is_one_run_of_that_many():
    assert rounds_of(engine(rule()), [gift(count=1_000_000)]) == [1_000_000]


# ---------------------------------------------------------------- replace, explain, likes


def test_other_rules_keep_the_memory_of_those_that_stay():
    machine = engine(rule(limits={"cooldown_s": 9}), rule(id="gone", limits={"cooldown_s": 9}))
    machine.handle(gift(), 0.0, OPEN)
    machine.replace(RuleSet(rules=(rule(limits={"cooldown_s": 9}, name="Renamed"),)))
    assert reasons(machine.handle(gift(), 1.0, OPEN)) == {"r1": Reason.COOLDOWN}
    machine.replace(RuleSet(rules=(rule(id="gone", limits={"cooldown_s": 9}),)))
    assert machine.handle(gift(), 1.0, OPEN).commands


def test_an_explanation_tells_of_every_rule_and_remembers_nothing():
    machine = engine(
        rule(limits={"max_per_stream": 1}),
        rule(id="lion", when={"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}),
        rule(id="likes", when={"key": "likes", "likes": 100}),
    )
    for _ in range(2):
        outcome = machine.explain(gift(), 0.0, OPEN)
        assert len(outcome.commands) == 1
        assert reasons(outcome) == {"r1": Reason.PASSED, "lion": Reason.NO_MATCH}
        assert reasons(machine.explain(like(5, 50), 0.0, OPEN)) == {"likes": Reason.NO_MATCH}
        assert machine.explain(like(60, 150), 0.0, OPEN).commands
    assert machine.handle(gift(), 0.0, OPEN).commands


def test_events_that_miss_leave_a_trace_for_gifts_only():
    machine = engine(
        rule(id="likes", when={"key": "likes", "likes": 100}),
        rule(id="big", when={"key": "gift_any", "least": 50}),
        rule(id="talk", when={"key": "chat_contains", "texts": ["spin"]}),
    )
    assert machine.handle(like(1, 5), 0.0, OPEN).traces == ()
    assert machine.handle(chat("hello"), 0.0, OPEN).traces == ()
    assert reasons(machine.handle(gift(), 0.0, OPEN)) == {"big": Reason.BELOW_COINS}


def test_likes_pass_a_goal_once_even_where_messages_are_missing():
    machine = engine(rule(when={"key": "likes", "likes": 100}, do=[{"key": "rotate"}]))
    runs = [
        command.instruction.rounds
        for event in (like(15, 95), like(1, 96), like(15, 260), like(9, 299), like(2, 300))
        for command in machine.handle(event, 0.0, OPEN).commands
    ]
    assert runs == [2, 1]


def test_an_engine_of_its_own_has_a_memory_of_its_own():
    machine = Engine(RuleSet(rules=(rule(limits={"cooldown_s": 5}),)), Devices())
    machine.handle(gift(), 0.0, OPEN)
    assert reasons(machine.handle(gift(), 1.0, OPEN)) == {"r1": Reason.COOLDOWN}
    shared = Memory()
    for _ in range(2):
        other = Engine(RuleSet(rules=(rule(limits={"cooldown_s": 5}),)), Devices(), shared)
        last = other.handle(gift(viewer=Viewer(1, "a"), source=Source.PRETEND), 1.0, OPEN)
    assert reasons(last) == {"r1": Reason.COOLDOWN}


def test_a_rule_is_off_until_it_is_turned_on():
    draft = Rule.model_validate({"id": "new", "when": {"key": "follow"}})
    assert reasons(engine(draft).handle(follow(), 0.0, OPEN)) == {"new": Reason.RULE_OFF}


def test_rules_that_were_made_ready_beforehand_run_as_they_are_now():
    machine = engine(rule(), rule(id="r2"))
    others = RuleSet(rules=(rule(name="Other"), rule(id="r3")))
    machine.prepare(others)
    machine.replace(others)
    assert [one.rule_name for one in machine.handle(gift(), 0.0, OPEN).traces] == ["Other", "Spin"]
    # What was made ready is for these very rules and no others.
    machine.prepare(RuleSet(rules=(rule(name="Never"),)))
    machine.replace(RuleSet(rules=(rule(name="Late"),)))
    assert [one.rule_name for one in machine.handle(gift(), 0.0, OPEN).traces] == ["Late"]

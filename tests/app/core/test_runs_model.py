"""Runs, modes, limits, variables and groups against a slow interpreter that keeps plain lists."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.engine import Engine, EngineGate
from app.core.events import Source, StreamStarted, Viewer
from app.core.groups import Group
from app.core.rules import Rule, RuleSet
from drivers.contract import Off
from tests.app.core import acting
from tests.app.core.making import Devices, follow, gift
from tests.app.core.slow_runs import DEVICES, Slow

OPEN = EngineGate()
RULES = ["a", "b", "c", "d"]
# Nothing grows without end: what runs away is tried elsewhere.
FORMULAS = ["count", "1", "2", "0", "x", "min(x, 9) + 1", "min(y, 9) * 2", "count - 2", "-1"]
PAUSES = ["0", "0.5", "1", "2", "x", "count", "3599", "4000"]


class Dice:
    """Rules as plain trees, and what happens to them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def rarely(self, share=0.08):
        return self.random.random() < share

    def rule(self, rule_id):
        limits = {
            "cooldown_s": self.pick([0, 0, 0, 1.5]),
            "viewer_cooldown_s": self.pick([0, 0, 2]),
            "max_per_stream": self.pick([None, None, 3]),
            "max_per_hour": self.pick([None, None, 4]),
            "ceiling": self.pick([None, None, 2]),
            "device_cooldown_s": self.pick([0, 0, 1]),
            "max_queued": self.pick([1, 2, 20]),
        }
        return {
            "id": rule_id,
            "on": not self.rarely(),
            "group": self.pick(["", "", "g"]),
            "when": self.pick(["gift", "gift", "follow"]),
            "mode": self.pick(["single", "restart", "queued", "parallel"]),
            "priority": self.pick([-2, 0, 1]),
            "ttl": self.pick([2, 30]),
            "limits": limits,
            "do": self.steps(),
        }

    def steps(self):
        """Some steps, of which one at most starts another rule: what runs away is tried elsewhere."""
        steps = [self.node(2) for _ in range(self.random.randint(1, 4))]
        if self.rarely(0.4):
            call = ("call", self.pick([*RULES, "nobody"]))
            steps.insert(self.random.randint(0, len(steps)), call)
        return steps

    def node(self, deep):
        plain = [
            ("turn", self.pick(["motor", "fan", "gone"]), self.pick(FORMULAS)),
            ("log", self.pick(FORMULAS)),
            ("wait", self.pick(PAUSES)),
            ("wait", self.pick(["0.5", "1", "2"])),
            ("put", self.pick(["x", "y"]), self.pick(FORMULAS), self.pick([True, False])),
            ("switch", self.pick([*RULES, "nobody"]), self.pick([True, False, True])),
            ("halt", self.pick(["motor", "gone"])),
            ("finish",),
        ]
        weights = [4, 2, 2, 3, 3, 0.5, 0.5, 0.4]
        nested = [
            ("row", self.nodes(deep)),
            ("both", self.nodes(deep)),
            (
                "again",
                self.pick(["2", "count", "min(x, 3)"]),
                self.pick(PAUSES[:5]),
                self.nodes(deep),
            ),
        ]
        if deep and self.rarely(0.3):
            return self.pick(nested)
        return self.random.choices(plain, weights)[0]

    def nodes(self, deep):
        return [self.node(deep - 1) for _ in range(self.random.randint(0, 3))] if deep else []

    def event(self, place):
        usual = {
            "id": f"e{place}",
            "viewer": Viewer(self.random.randint(1, 2), "v"),
            "source": self.pick([Source.LIVE] * 5 + [Source.PRETEND]),
            "backlog": self.rarely(0.03),
        }
        if self.rarely(0.04):
            return StreamStarted(
                id=usual["id"], at_ms=0, source=usual["source"], room_id=self.pick([1, 2])
            )
        if self.rarely(0.25):
            return follow(**usual)
        return gift(**usual, count=self.random.randint(1, 3))

    def gate(self):
        return EngineGate(running=not self.rarely(0.02), stopped=self.rarely(0.02))


MAKERS = {
    "turn": lambda device, rounds: acting.Turn(device=device, rounds=rounds),
    "log": lambda value: acting.Log(value=value),
    "wait": lambda seconds: acting.Wait(seconds=seconds),
    "put": lambda name, value, add: acting.Put(name=name, value=value, add=add),
    "call": lambda rule: acting.Call(rule=rule),
    "switch": lambda rule, to: acting.Switch(rule=rule, to=to),
    "halt": lambda device: acting.Halt(device=device),
    "finish": acting.Finish,
    "row": lambda nodes: acting.Row(of=tuple(map(built, nodes))),
    "both": lambda nodes: acting.Both(of=tuple(map(built, nodes))),
    "again": lambda times, gap, nodes: acting.Again(
        times=times, gap=gap, of=tuple(map(built, nodes))
    ),
}


def built(node):
    """A node as the step that the engine knows."""
    return MAKERS[node[0]](*node[1:])


def document(rules, *, group_on, known=()):
    """The rules as a document; those that did not change are the objects of before."""
    made = []
    for rule in rules:
        same = next((old for raw, old in known if raw == rule), None)
        made.append((dict(rule), same or _rule(rule)))
    groups = (Group(id="g", name="G", on=group_on),)
    return RuleSet(groups=groups, rules=tuple(rule for _, rule in made)), made


def _rule(raw):
    when = {"key": "gift_any"} if raw["when"] == "gift" else {"key": "follow"}
    return Rule(
        id=raw["id"],
        on=raw["on"],
        group=raw["group"],
        when=when,
        mode=raw["mode"],
        priority=raw["priority"],
        time_to_live_s=raw["ttl"],
        limits=raw["limits"],
        do=tuple(map(built, raw["do"])),
    )


def told(outcomes):
    """What the engine ordered, in the words of the slow one: commands and effects by their number."""
    said, ids = [], []
    for outcome in outcomes:
        for command in outcome.commands:
            what = "off" if isinstance(command.instruction, Off) else command.instruction.rounds
            place = (command.device_id, command.capability, what)
            said.append((command, *place))
        said.extend((request, "log", request.effect.text) for request in outcome.requests)
        ids += [one.id for one in (*outcome.commands, *outcome.requests)]
    named = []
    for order, *what in said:
        number = int(order.id.rpartition("/")[2])
        named.append((order.event_id, order.rule_id, number, *what, order.deadline))
    return named, ids


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_the_engine_runs_rules_as_the_slow_one_does(seed):
    live_through(Dice(seed))


def live_through(dice):
    raw = [dice.rule(rule_id) for rule_id in RULES]
    group_on = not dice.rarely()
    rules, known = document(raw, group_on=group_on)
    world = Devices(DEVICES)
    world.outputs = lambda device: tuple(
        place for (name, _), place in DEVICES.items() if name == device
    )
    engine, slow = Engine(rules, _Whole(world)), Slow(raw, group_on=group_on)
    now, all_ids = 0.0, []
    for place in range(40):
        now += dice.pick([0.0, 0.0, 0.25, 0.5, 1.0, 3.0, 3600.0] if place % 9 else [0.5])
        gate = dice.gate()
        if dice.rarely(0.7):
            found, ids = told(engine.advance(now, gate))
            assert sorted(found, key=str) == sorted(slow.advance(now, gate), key=str)
            all_ids += ids
        if dice.rarely(0.06):
            raw = [dict(rule, on=not dice.rarely(0.2)) for rule in raw if not dice.rarely(0.1)]
            group_on = not dice.rarely(0.3)
            rules, known = document(raw, group_on=group_on, known=known)
            engine.replace(rules)
            slow.replace(raw, group_on=group_on)
        event = dice.event(place)
        found, ids = told([engine.handle(event, now, gate)])
        expected = slow.handle(event, now, gate)
        assert sorted(found, key=str) == sorted(expected, key=str)
        all_ids += ids
        same(engine, slow)
    assert len(all_ids) == len(set(all_ids))


def same(engine, slow):
    assert dict(engine.variables.numbers()) == slow.values
    assert dict(engine.switched) == slow.switched
    assert dict(engine.running) == slow.counts()
    due = engine.due()
    assert due == slow.next_wake() or due == 0.0


class _Whole:
    """A world with the devices of the test and nothing else."""

    def __init__(self, devices):
        self.find, self.outputs = devices.find, devices.outputs

    def device(self, device): ...

    def local_time(self, at_ms): ...

    def viewer(self, viewer): ...

    def chance(self):
        return 0.0

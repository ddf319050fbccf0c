"""The engine against a slow and obvious interpreter, written from the words of the rules alone."""

from __future__ import annotations

import ast
import itertools
import math
import operator
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.engine import EngineGate
from app.core.events import (
    Chat,
    Follow,
    Gift,
    Join,
    Like,
    Share,
    StreamStarted,
    Subscribe,
)
from app.core.outcome import Reason
from tests.app.core import strategies
from tests.app.core.dice import Dice
from tests.app.core.making import Devices, engine

KINDS = {
    "rotate": ["motor"],
    "flash": ["light"],
    "color": ["light"],
    "switch_on": ["switch"],
    "pulse": ["pulse", "switch"],
    "play_effect": ["effect"],
    "set_level": ["level", "light"],
}
PLACES = {
    ("motor", "motor"): ("m", "turn"),
    ("light", "light"): ("l", "strip"),
    ("relay", "switch"): ("r", "k1"),
    ("effect", "effect"): ("e", "fx"),
}
COMPARE = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
}


def same(a, b):
    return unicodedata.normalize("NFC", a.strip()).lower() == (
        unicodedata.normalize("NFC", b.strip()).lower()
    )


class Obvious:
    """Goes through every rule for every event, with plain dicts, and forgets nothing."""

    def __init__(self, rules):
        self.rules = [rule.model_dump(mode="json") for rule in rules]
        self.known = {
            choice["id"]
            for rule in self.rules
            if rule["when"]["key"] == "gift"
            for choice in rule["when"]["gifts"]
        } - {0}
        self.runs = []
        self.rooms = {}
        self.likes = {}

    def handle(self, event, now, gate):
        if isinstance(event, StreamStarted):
            self._start(event)
            return []
        before = 0
        if isinstance(event, Like):
            before = self.likes.get(event.source)
            if before is None or before > event.total:
                before = max(0, event.total - event.count)
            self.likes[event.source] = event.total
        done = []
        for rule in self.rules:
            amount = self._amount(rule, event, before)
            if amount <= 0 or not all(self._holds(c, event, amount) for c in rule["only_if"]):
                continue
            if not (rule["on"] and gate.running) or gate.stopped or event.backlog:
                continue
            if not self._within(rule, event, now):
                continue
            if rule["limits"]["ceiling"]:
                amount = min(amount, rule["limits"]["ceiling"])
            commands = [c for step in rule["do"] for c in self._do(step, event, amount)]
            if commands:
                who = event.viewer.id or event.viewer.handle
                self.runs.append((rule["id"], now, who, event.source))
            done.extend(
                (f"{event.id}/{rule['id']}/{n}", now + rule["time_to_live_s"], *command)
                for n, command in enumerate(commands)
            )
        return done

    def _start(self, event):
        if self.rooms.get(event.source) == event.room_id:
            return
        self.rooms[event.source] = event.room_id
        live = event.source.value == "live"
        self.likes = {k: v for k, v in self.likes.items() if not (live or k is event.source)}
        self.runs = [
            (rule, at, who, None if live or source is event.source else source)
            for rule, at, who, source in self.runs
        ]

    def _amount(self, rule, event, before):  # noqa: PLR0911 - one line a trigger
        when = rule["when"]
        match when["key"], event:
            case "gift", Gift():
                fits = any(self._is_gift(choice, event) for choice in when["gifts"])
                return self._count(rule, event) if fits else 0
            case "gift_any", Gift():
                fits = when["least"] <= event.coins <= (when["most"] or math.inf)
                return self._count(rule, event) if fits else 0
            case "likes", Like():
                passed = [n for n in range(1, 101) if before < n * when["likes"] <= event.total]
                return len(passed) if when["again"] else int(1 in passed)
            case ("follow", Follow()) | ("share", Share()) | ("join", Join()):
                return 1
            case "subscribe", Subscribe():
                return int(event.months >= when["months"])
            case "chat_contains", Chat():
                return int(any(t and t.lower() in event.text.lower() for t in when["texts"]))
            case "chat_command", Chat():
                first = (event.text.split() or [""])[0]
                return int(bool(when["command"]) and same(first, when["command"]))
        return 0

    def _is_gift(self, choice, event):
        if choice["id"] and choice["id"] == event.gift_id:
            return True
        if choice["id"] and event.gift_id in self.known:
            return False
        return choice["name"] != "" and same(choice["name"], event.name)

    def _count(self, rule, event):
        if rule["react"] == "each" or event.late:
            return event.count
        return event.total if event.final else 0

    def _holds(self, condition, event, amount):
        match condition["key"]:
            case "coins_at_least":
                return getattr(event, "coins", 0) * amount >= condition["coins"]
            case "count_compare":
                return COMPARE[condition["comparison"]](amount, condition["number"])
            case "all":
                return all(self._holds(c, event, amount) for c in condition["of"])
            case "any":
                return any(self._holds(c, event, amount) for c in condition["of"])
            case "not":
                return condition["of"] is None or not self._holds(condition["of"], event, amount)
            case key:
                return getattr(event.viewer, key.removeprefix("sender_"))

    def _within(self, rule, event, now):
        limits = rule["limits"]
        own = [run for run in self.runs if run[0] == rule["id"]]
        who = event.viewer.id or event.viewer.handle
        if limits["cooldown_s"] and any(at + limits["cooldown_s"] > now for _, at, _, _ in own):
            return False
        rest = limits["viewer_cooldown_s"]
        if rest and any(at + rest > now for _, at, viewer, _ in own if viewer == who):
            return False
        most = limits["max_per_stream"]
        return not most or sum(source is event.source for *_, source in own) < most

    def _do(self, step, event, amount):
        numbers = {
            "coins": getattr(event, "coins", 0),
            "count": amount,
            "value": getattr(event, "coins", 0) * amount,
            "total": event.total if isinstance(event, Gift | Like) else amount,
            "likes": event.count if isinstance(event, Like) else 0,
        }
        needed = [step[f] for f in ("rounds", "rpm", "times", "percent", "seconds") if f in step]
        try:
            found = [eval(ast.unparse(ast.parse(text)), {}, dict(numbers)) for text in needed]
        except ZeroDivisionError:
            return []
        if "times" in step:
            found = [int(min(1_000_000, max(0, found[0])) + 0.5)]
        place = next(
            (
                PLACES[step["device"], k]
                for k in KINDS[step["key"]]
                if (step["device"], k) in PLACES
            ),
            None,
        )
        if any(value <= 0 for value in found) or place is None:
            return []
        return [(step["key"], *place, tuple(map(float, found)))]


def told(command):
    """A command of the engine in the words of the obvious one."""
    verb = {
        "Rotate": "rotate",
        "Flash": "flash",
        "SetColor": "color",
        "Switch": "switch_on",
        "Pulse": "pulse",
        "Play": "play_effect",
        "SetLevel": "set_level",
    }[type(command.instruction).__name__]
    it = command.instruction
    numbers = {
        "rotate": lambda: (it.rounds, it.rpm),
        "flash": lambda: (float(it.times),),
        "color": lambda: (it.level, command.duration_s),
        "set_level": lambda: (it.level, command.duration_s),
    }.get(verb, lambda: (command.duration_s,))()
    return (command.id, command.deadline, verb, command.device_id, command.capability, numbers)


def shared(expected):
    """The obvious one speaks of per cent, the engine of shares."""
    identity, deadline, verb, device, capability, numbers = expected
    if verb in ("color", "set_level"):
        numbers = (min(1.0, numbers[0] / 100), numbers[1])
    return (identity, deadline, verb, device, capability, numbers)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_the_compiled_engine_does_what_the_obvious_one_does(seed):
    dice = Dice(seed)
    check([dice.rule(place) for place in range(10)], dice.moments(60))


random_moments = st.lists(
    st.tuples(st.floats(0, 4), strategies.events, st.just(EngineGate())), max_size=15
)


@given(st.lists(strategies.rules(), max_size=6, unique_by=lambda rule: rule.id), random_moments)
def test_it_does_so_for_whatever_the_document_allows(rules, moments):
    times = itertools.accumulate(gap for gap, _, _ in moments)
    check(rules, [(now, event, gate) for now, (_, event, gate) in zip(times, moments, strict=True)])


def check(rules, moments):
    compiled, obvious = engine(*rules, devices=Devices(PLACES)), Obvious(rules)
    by_id = {rule.id: rule for rule in rules}
    for now, event, gate in moments:
        dry = compiled.explain(event, now, gate)
        outcome = compiled.handle(event, now, gate)
        assert [told(c) for c in outcome.commands] == [
            shared(e) for e in obvious.handle(event, now, gate)
        ]
        assert dry.commands == outcome.commands
        for trace in outcome.traces:
            # Only the last step may fail, and it names a reason.
            assert all(step.passed for step in trace.steps[:-1])
            last = trace.steps[-1]
            assert last.passed or last.reason is not Reason.PASSED
            if trace.ran:
                assert by_id[trace.rule_id].on
                assert any(c.rule_id == trace.rule_id for c in outcome.commands)

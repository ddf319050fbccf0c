"""A world and a state that answer what a test says, and how a condition's answer is told."""

from __future__ import annotations

from app.core.outcome import Step
from app.core.sentences import step_sentence
from app.core.speech import CLOSE, OPEN, Speaker
from app.core.world import DeviceFacts, LocalTime, Nothing, Nowhere, RuleFacts, ViewerFacts


class Place(Nowhere):
    """Devices by name, the clock, the dice in their order, and the viewer who is asked for."""

    def __init__(self, *, devices=None, clock=None, dice=(), viewer=None):
        self.devices = devices or {}
        self.clock = clock or LocalTime(0, 0)
        self.dice = list(dice)
        self.seen = viewer or ViewerFacts()

    def device(self, device):
        return self.devices.get(device, DeviceFacts())

    def local_time(self, at_ms):
        return self.clock

    def chance(self):
        return self.dice.pop(0)

    def viewer(self, viewer):
        return self.seen


class Known(Nothing):
    """Variables and rules by name, how many watch, and what is out of the bags."""

    def __init__(self, *, variables=None, rules=None, viewers=0, used=()):
        self.variables = variables or {}
        self.rules = rules or {}
        self.viewers = viewers
        self.taken = frozenset(used)

    def variable(self, name):
        return self.variables.get(name)

    def numbers(self):
        return {n: v for n, v in self.variables.items() if not isinstance(v, str)}

    def texts(self):
        return {n: str(v) for n, v in self.variables.items()}

    def rule(self, rule_id):
        return self.rules.get(rule_id, RuleFacts())

    def used(self, bag):
        return self.taken

    def watching(self):
        return self.viewers


def named(names):
    return lambda one: names.get(one, "")


def told(condition, facts):
    """What a trace says of a condition's answer, in both languages."""
    verdict = condition.holds(facts)
    step = Step(f"only_if:{condition.key}", verdict.passed, verdict.reason, verdict.values)
    texts = []
    for language in ("en", "vi"):
        speaker = Speaker(language, named({"m1": "Motor 1"}), rule_name=named({"r1": "Spin"}))
        texts.append(step_sentence(step, speaker).replace(OPEN, "").replace(CLOSE, ""))
    return tuple(texts)

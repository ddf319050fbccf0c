"""Short ways to make rules, events and a directory of devices for the tests of the core."""

from __future__ import annotations

from app.core.engine import Engine, EngineGate
from app.core.events import Chat, Follow, Gift, Like, Viewer
from app.core.memory import Memory
from app.core.parts import Facts, Occasion
from app.core.rules import Rule, RuleSet
from app.core.speech import CLOSE as CLOSED
from app.core.speech import OPEN as OPENED
from app.core.speech import Speaker

OPEN = EngineGate()
ANNA = Viewer(id=7, handle="anna", nickname="Anna")
SPIN = {"key": "rotate", "rounds": "count"}


class Devices:
    """A directory with one device of each role, or with those given: {(name, kind): place}."""

    def __init__(self, places=None):
        self.places = places

    def find(self, device, kind):
        if self.places is None:
            return f"{device}-1", kind.value
        return self.places.get((device, kind.value))


def gift(**fields):
    """A Rose, one coin, one sent and the combo over, but for the given fields."""
    usual = {
        "id": "g1",
        "at_ms": 1_000,
        "viewer": ANNA,
        "gift_id": 5655,
        "name": "Rose",
        "coins": 1,
        "count": 1,
        "final": True,
        "streak": "s1",
    }
    made = {**usual, **fields}
    made.setdefault("total", made["count"])
    return Gift(**made)


def follow(**fields):
    return Follow(**{"id": "f1", "at_ms": 1_000, "viewer": ANNA, **fields})


def like(count, total, **fields):
    return Like(**{"id": f"l{total}", "at_ms": 1_000, "count": count, "total": total, **fields})


def chat(text, **fields):
    return Chat(**{"id": "c1", "at_ms": 1_000, "viewer": ANNA, "text": text, **fields})


def rule(**fields):
    """A rule that is on, for a Rose, turning the motor, but for the given fields."""
    usual = {
        "id": "r1",
        "name": "Spin",
        "on": True,
        "when": {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]},
        "do": [SPIN],
    }
    return Rule.model_validate({**usual, **fields})


def ruleset(*rules):
    return RuleSet(rules=rules)


def engine(*rules, devices=None, memory=None):
    return Engine(ruleset(*rules), devices or Devices(), memory or Memory())


def occasion(event, **fields):
    return Occasion(event, **fields)


def facts(event=None, amount=1):
    return Facts(event or gift(), amount)


def said(part):
    """A part in both languages, without the fences round names; `count` means gifts."""
    texts = []
    for language in ("en", "vi"):
        speaker = Speaker(language, {"m1": "Motor 1"}.get, counts="gift")
        clause = speaker.clause(part, "do")
        texts.append(
            "".join(piece.text for piece in clause).replace(OPENED, "").replace(CLOSED, "")
        )
    return tuple(texts)


def reasons(outcome):
    return {trace.rule_id: trace.steps[-1].reason for trace in outcome.traces}


def gates(outcome, place=0):
    return [step.gate for step in outcome.traces[place].steps]

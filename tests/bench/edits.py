"""What changing the rules costs with 2,000 of them: `python -m tests.bench.edits`."""

from __future__ import annotations

import statistics
import time

from app.core.checks import Checker
from app.core.edits import DropRule, MoveRule, PutGroup, PutRule, Several, applied
from app.core.groups import Group
from app.core.rules import Rule, RuleDocument, RuleSet, dump, load
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from drivers.contract import HAZARD_LIMITS, Hazard, Kind

RULES = 2_000
ROUNDS = 30
AROUND = Surroundings(
    (
        DeviceSketch("m1", "Motor", "", (OutputSketch("m", Kind.MOTOR, HAZARD_LIMITS[Hazard.MOTION]),)),
        DeviceSketch("l1", "Lamp", "", (OutputSketch("l", Kind.LIGHT, HAZARD_LIMITS[Hazard.LIGHT]),)),
    ),
    frozenset({"score"}),
)  # fmt: skip


def rules(count=RULES):
    """Rules as a large show has them: gifts, conditions, two steps, a limit here and there."""
    for n in range(count):
        yield Rule.model_validate(
            {
                "id": f"r{n}",
                "name": f"Rule {n}",
                "on": n % 5 != 0,
                "when": {"key": "gift", "gifts": [{"id": 5000 + n // 2, "name": f"Gift {n // 2}"}]},
                "only_if": [{"key": "coins_at_least", "coins": 1}, {"key": "sender_is_follower"}],
                "do": [
                    {"key": "rotate", "device": "motor", "rounds": "min(count * 2, 20)"},
                    {"key": "flash", "device": "light", "times": "count"},
                ],
                "limits": {"cooldown_s": n % 3},
            }
        )


def timed(what, rounds=ROUNDS):
    """Return milliseconds, the median over rounds."""
    taken = []
    for n in range(rounds):
        started = time.perf_counter()
        what(n)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1e3


def run():
    doc = RuleDocument(RuleSet.model_construct(rules=tuple(rules())))
    doc = PutGroup(Group(id="g"), members=tuple(f"r{n}" for n in range(500))).apply(doc)
    one, text = doc.rule("r1000"), dump(doc)
    everything = Several(
        tuple(PutRule(rule.model_copy(update={"on": not rule.on})) for rule in doc.rules.rules)
    )
    checker = Checker()
    checker.warnings(doc, AROUND)

    def checked(n):
        other = PutRule(one.model_copy(update={"note": str(n)})).apply(doc)
        checker.warnings(other, AROUND)

    steps = {
        "change one rule, with its inverse": lambda n: applied(
            doc, PutRule(one.model_copy(update={"note": str(n)}))
        ),
        "add one": lambda n: applied(doc, PutRule(one.model_copy(update={"id": f"n{n}"}), 5)),
        "remove one": lambda n: applied(doc, DropRule(f"r{n}")),
        "move one": lambda n: applied(doc, MoveRule("r1900", n)),
        "turn all 2,000 in one edit": lambda n: applied(doc, everything),
        "remove 1,000 in one edit": lambda n: applied(
            doc, Several(tuple(DropRule(f"r{k}") for k in range(0, RULES, 2)))
        ),
        "check again after one change": checked,
    }
    for name, step in steps.items():
        print(f"{name:<36}{timed(step):9.2f} ms")
    for name, step in {
        "check all for the first time": lambda n: Checker().warnings(doc, AROUND),
        "write the file's text": lambda n: dump(doc),
        "read the file's text": lambda n: load(text),
    }.items():
        print(f"{name:<36}{timed(step, 5):9.2f} ms")


if __name__ == "__main__":
    run()

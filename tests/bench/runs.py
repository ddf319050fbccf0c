"""What runs that wait cost: 500 of them alive at once, each with steps and pauses between them.

One rule: time is made up, so that what is measured is the engine's work and no waiting.
"""

from __future__ import annotations

import statistics
import time
import tracemalloc

from app.core.engine import Engine, EngineGate
from app.core.events import Gift, Viewer
from app.core.origins import MAX_LIVE
from app.core.outcome import Reason
from app.core.rules import Rule, RuleSet
from tests.app.core.making import Devices

LIVE = 500
RULES = -(-LIVE // MAX_LIVE)
PAUSE_S = 0.1
ROUNDS = 40
OPEN = EngineGate()
ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
LION = {"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}
TURN = {"key": "rotate", "rounds": "count"}


def made():
    """An engine of rules that turn, wait and turn again, and of one that only turns."""
    wait = {"key": "wait", "seconds": str(PAUSE_S)}
    steps = {"key": "repeat", "times": "1000", "do": [TURN, wait]}
    rules = [
        Rule.model_validate({"id": f"r{n}", "on": True, "when": ROSE, "do": [steps]})
        for n in range(RULES)
    ]
    rules.append(Rule.model_validate({"id": "plain", "on": True, "when": LION, "do": [TURN]}))
    return Engine(RuleSet(rules=tuple(rules)), Devices())


def gift(number, gift_id=5655, name="Rose"):
    viewer = Viewer(number % 50 + 1, "anna")
    return Gift(
        id=f"g{number}",
        at_ms=0,
        viewer=viewer,
        gift_id=gift_id,
        name=name,
        coins=1,
        count=1,
        total=1,
        final=True,
        streak=f"s{number}",
    )


def begun():
    """Return an engine in which 500 runs are alive, begun one after the other, and the time."""
    engine, now = made(), 0.0
    for number in range(LIVE // RULES):
        now = number * PAUSE_S / MAX_LIVE
        engine.handle(gift(number), now, OPEN)
    return engine, now


def timed(do, rounds=1):
    """Return microseconds of CPU, the median over rounds."""
    taken = []
    for number in range(rounds):
        started = time.process_time()
        do(number)
        taken.append(time.process_time() - started)
    return statistics.median(taken) * 1e6


def run():
    tracemalloc.start()
    engine, now = begun()
    kib = tracemalloc.get_traced_memory()[0] / 1024
    tracemalloc.stop()
    live = sum(engine.running.values())
    moved = 0

    def on(number):
        nonlocal moved
        moved += len(engine.advance(now + (number + 1) * PAUSE_S, OPEN))

    took_us = timed(on, ROUNDS)
    a_step = took_us * ROUNDS / moved
    later = now + (ROUNDS + 1) * PAUSE_S
    lion = gift(9_999, 6369, "Lion")
    rows = {
        "one step of a run that goes on, us": a_step,
        "that many a second at most": 1e6 / a_step,
        f"a gift beside {live} runs, us": timed(lambda _: engine.handle(lion, later, OPEN), 500),
        "the time of the next step, us": timed(lambda _: engine.due(), 500),
        f"a gift explained beside {live} runs, us": timed(
            lambda _: engine.explain(lion, later, OPEN), 50
        ),
        f"STOP ends {live} runs, ms": timed(lambda _: engine.stop_runs(Reason.STOPPED, later))
        / 1e3,
        "and tells it, ms": timed(lambda _: engine.advance(later, OPEN)) / 1e3,
        f"memory of {live} runs and {RULES + 1} rules, KiB": kib,
    }
    for name, value in rows.items():
        print(f"{name:<46}{value:12,.1f}")


if __name__ == "__main__":
    run()

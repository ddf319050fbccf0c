"""What one event costs the engine with 10, 1,000 and 10,000 rules: `python -m tests.bench.engine`."""

from __future__ import annotations

import statistics
import time

from app.core.engine import Engine, EngineGate
from app.core.events import Gift, Viewer
from app.core.rules import Rule, RuleSet
from tests.app.core.making import Devices

SIZES = (10, 1_000, 10_000)
EVENTS = 5_000
ROUNDS = 9
OTHERS = (
    lambda n: {"key": "gift", "gifts": [{"id": 100_000 + n, "name": f"Gift {n}"}]},
    lambda n: {"key": "chat_command", "command": f"!c{n}"},
    lambda _: {"key": "follow"},
)


def made(size):
    """An engine in which one rule of `size` is for a Rose."""
    rose = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
    turn = {"key": "rotate", "rounds": "coins * count"}
    rules = [
        Rule.model_validate({"id": f"r{n}", "on": True, "when": when, "do": [turn]})
        for n, when in enumerate([rose, *(OTHERS[n % 3](n) for n in range(size - 1))])
    ]
    return Engine(RuleSet(rules=tuple(rules)), Devices())


def events(gift_id, name):
    return [
        Gift(
            id=f"g{n}",
            at_ms=0,
            viewer=Viewer(n % 50 + 1, "anna"),
            gift_id=gift_id,
            name=name,
            coins=1,
            count=1,
            total=1,
            final=True,
            streak="s",
        )
        for n in range(EVENTS)
    ]


def measure():
    """Return microseconds of CPU an event by (kind, rules), medians over rounds taken in turn."""
    engines, gate = {size: made(size) for size in SIZES}, EngineGate()
    kinds = {"matches": events(5655, "Rose"), "matches nothing": events(7, "Other")}
    taken = {(kind, size): [] for kind in kinds for size in SIZES}
    for _ in range(ROUNDS):
        for (kind, size), costs in taken.items():
            handle = engines[size].handle
            started = time.process_time()
            for event in kinds[kind]:
                handle(event, 1.0, gate)
            costs.append((time.process_time() - started) / EVENTS * 1e6)
    return {key: statistics.median(costs) for key, costs in taken.items()}


def run():
    costs = measure()
    print(f"{'gift':<16}{'rules':>8}{'us/event':>10}{'of 10 rules':>13}{'events/s':>11}")
    for (kind, size), cost in costs.items():
        share = cost / costs[kind, SIZES[0]]
        print(f"{kind:<16}{size:>8}{cost:>10.2f}{share:>12.0%}{1e6 / cost:>12,.0f}")


if __name__ == "__main__":
    run()

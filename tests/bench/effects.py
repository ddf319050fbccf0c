"""Gifts that each drive nine outputs of three boards, through all the real processes.

One rule: nothing is made easy: every effect has its command, its bytes, its answer, its rows in the
journal. An output that gets the next level before the last one was written takes the newer.
"""

from __future__ import annotations

import sqlite3

from tests.bench.house import House, rest
from tests.bench.line import spread

BOARDS, OUTPUTS = 3, 3
EFFECTS = BOARDS * OUTPUTS
RATES = (50, 100, 200, 300)
SECONDS = 6.0
FIRST = 1_000
TITLE = "gifts/s  effects/s   p50 ms      p95      p99      max  effects written      in journal  core %"


def measure(house, rate, first, seed):
    """Play one storm; return one line of the table and how many gifts were sent."""
    core = house.processes()["core"]
    before = [sink.taken for sink in house.sinks]
    used = sum(core.cpu_times()[:2])
    events = int(rate * SECONDS)
    order = {"rate": rate, "share": 1.0, "events": events, "seed": seed, "first": first}
    told = house.source.ask(what="mixed", **order)
    rest(1.0)
    took_s = events / told["rate"]
    used = sum(core.cpu_times()[:2]) - used
    sent = {int(number): at_ns for number, at_ns in told["sent"].items()}
    taken = [
        (max(sink.came[one] for sink in house.sinks) - at_ns) / 1e6
        for one, at_ns in sent.items()
        if all(one in sink.came for sink in house.sinks)
    ]
    written = sum(sink.taken - was for sink, was in zip(house.sinks, before, strict=True))
    wanted = len(sent) * EFFECTS
    numbers = " ".join(f"{one:8.2f}" for one in spread(taken)) if taken else f"{'':35}"
    kept = in_journal(house, events)
    line = (
        f"{told['rate']:>7.0f} {wanted / took_s:>10,.0f} {numbers}  {written:>6} of {wanted:>6}"
        f"  {kept:>5} of {len(sent):>5} {used / took_s:>7.0%}"
    )
    return line, len(sent)


def in_journal(house, events):
    """Return how many of the newest gifts have a final delivery for every effect."""
    rest(1.0)
    connection = sqlite3.connect(house.profile / "data" / "journal.db")
    try:
        (whole,) = connection.execute(
            "SELECT COUNT(*) FROM (SELECT event_id, COUNT(DISTINCT command_id) AS effects"
            " FROM delivery WHERE event_id IN (SELECT event_id FROM event WHERE kind = 'gift'"
            " ORDER BY id DESC LIMIT ?) AND stage IN ('acked', 'dropped', 'failed')"
            " GROUP BY event_id) WHERE effects = ?",
            (events, EFFECTS),
        ).fetchone()
    finally:
        connection.close()
    return whole


def run():
    print(f"every gift drives {EFFECTS} outputs of {BOARDS} boards; latency to the last of them")
    print(TITLE)
    with House(rule_count=10, boards=BOARDS, outputs=OUTPUTS) as house:
        house.start_guardian()
        house.settled()
        first = FIRST
        for seed, rate in enumerate(RATES, 1):
            line, sent = measure(house, rate, first, seed)
            print(line, flush=True)
            first += sent
            rest(1.0)

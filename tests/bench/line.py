"""Frame written on TikTok's socket to bytes read at the board, through all the real processes.

Of two gifts in the same instant the board gets the later one: a level is set, not added up.
"""

from __future__ import annotations

import statistics

from tests.bench.house import House, rest
from tests.bench.screen import Screen, available

RULES = (10, 1_000, 10_000)
RATES = (100, 500, 1_000)
SHARE = {100: 0.5, 500: 0.1, 1_000: 0.1}
SECONDS = 8.0
FIRST = 1_000  # a command's length in ms is its number; a second is a length like any other
TITLE = "  rules  window  events/s   p50 ms      p95      p99      max  arrived"


def spread(values):
    """Return p50, p95, p99 and the greatest."""
    ordered = sorted(values)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.95, 0.99)]
    return statistics.median(ordered), *at, ordered[-1]


def measure(house, rate, first, seed):
    """Play one storm; return latencies in ms, how many gifts were sent, and the true rate."""
    order = {"rate": rate, "share": SHARE[rate], "events": int(rate * SECONDS)}
    told = house.source.ask(what="mixed", first=first, seed=seed, **order)
    rest(0.5)  # what is under way arrives
    came = house.sink.came
    sent = {int(number): at_ns for number, at_ns in told["sent"].items()}
    taken = [(came[one] - at_ns) / 1e6 for one, at_ns in sent.items() if one in came]
    return taken, len(sent), told["rate"]


def rows(house, size, window, first):
    for seed, rate in enumerate(RATES, 1):
        taken, sent, true_rate = measure(house, rate, first, seed)
        first += sent
        numbers = " ".join(f"{one:8.2f}" for one in spread(taken)) if taken else "nothing came"
        print(
            f"{size:>7,} {window:>7} {true_rate:>9.0f} {numbers}  {len(taken)} of {sent}",
            flush=True,
        )
        rest(1.0)
    return first


def run():
    print(TITLE)
    for size in RULES:
        with House(rule_count=size) as house:
            house.start_guardian()
            house.settled()
            first = rows(house, size, "no", FIRST)
            if not available():
                print(f"{size:>7,} {'yes':>7} not measured: there is no Xvfb")
                continue
            screen = Screen(house.folder)
            try:
                house.start_desk(screen)
                screen.until_painted()
                rest(2.0)
                before = screen.samples()
                rows(house, size, "yes", first)
                if screen.samples() == before:
                    print("        (the window did not paint)")
                house.leave_desk()
            finally:
                screen.close()

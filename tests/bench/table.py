"""How figures are told: percentiles, and rows under a title.

One rule: a row says how many it is made of.
"""

from __future__ import annotations

import statistics

WIDE = 56
SPREAD = f"{'':{WIDE}} {'n':>6} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'max':>8}"


def at(ordered, share):
    """Return what this share of sorted values is not above."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def row(name, values_ms):
    """Print how long something took."""
    if not values_ms:
        print(f"{name:{WIDE}} {0:>6}  nothing came", flush=True)
        return
    ordered = sorted(values_ms)
    told = " ".join(f"{one:8.2f}" for one in (statistics.median(ordered), *tails(ordered)))
    print(f"{name:{WIDE}} {len(ordered):>6} {told}", flush=True)


def tails(ordered):
    """Return p95, p99 and the greatest."""
    return at(ordered, 0.95), at(ordered, 0.99), ordered[-1]

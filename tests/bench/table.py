"""How figures are told: percentiles, and rows under a title.

One rule: a row says how many it is made of.
"""

from __future__ import annotations

import math
import statistics

WIDE = 56
SPREAD = f"{'':{WIDE}} {'n':>6} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'max':>8}"


def at(ordered, share):
    """Return what this share of sorted values is not above."""
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


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


FAULTS = (
    f"{'fault':36} {'asked for':28} {'from it':13} {'runs':>5}"
    f" {'p50 ms':>8} {'p95':>8} {'max':>8}  counted right"
)


class Fault:
    """How often one fault was made, how long until it was over, and whether all was counted."""

    def __init__(self, name, asked, until, limit_ms=None):
        self.name, self.asked, self.until, self.limit_ms = name, asked, until, limit_ms
        self.took_ms = []
        self.never = 0
        self.wrong = 0

    def note(self, took_s, *, right=True):
        """Note one run; None if it was never over."""
        if took_s is None:
            self.never += 1
        else:
            self.took_ms.append(took_s * 1000.0)
        self.wrong += not right

    def tell(self):
        """Print it."""
        runs = len(self.took_ms) + self.never
        ordered = sorted(self.took_ms) or [float("nan")]
        told = f"{statistics.median(ordered):8.1f} {at(ordered, 0.95):8.1f} {ordered[-1]:8.1f}"
        right = f"no: {self.wrong} of {runs}" if self.wrong else "yes"
        never = f"; never over: {self.never}" if self.never else ""
        if self.limit_ms is not None:
            within = sum(one <= self.limit_ms for one in self.took_ms)
            never += f"; {within} of {runs} in {self.limit_ms:.0f} ms"
        names = f"{self.name:36} {self.asked:28} {self.until:13}"
        print(f"{names} {runs:>5} {told}  {right}{never}", flush=True)

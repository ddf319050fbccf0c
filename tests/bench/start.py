"""How long a start takes: the window's first frame, and a core that answers."""

from __future__ import annotations

import statistics
import time

from tests.bench.house import House, rest
from tests.bench.screen import Screen, available

ROUNDS = 5


def alone():
    """Return seconds until the core answers, without a desk."""
    with House(stream=False, boards=0) as house:
        began = house.start_guardian()
        return house.ready() - began


def with_desk():
    """Return seconds until the first frame, and until the core answers, of one desk's start."""
    with House(stream=False, boards=0) as house:
        screen = Screen(house.folder)
        try:
            began = house.start_desk(screen)
            painted = screen.until_painted()
            ready = house.ready()
            rest(1.0)
            house.leave_desk()
        finally:
            screen.close()
        return painted - began, ready - began


def row(name, values):
    print(f"{name:52} {statistics.median(values):6.2f} {min(values):6.2f} {max(values):6.2f}")


def run():
    print(f"{'seconds':52} {'median':>6} {'least':>6} {'most':>6}")
    row("core answers, started without a desk", [alone() for _ in range(ROUNDS)])
    if not available():
        print("window: not measured, there is no Xvfb")
        return
    began = time.perf_counter()
    starts = [with_desk() for _ in range(ROUNDS)]
    row("window's first frame, core starting beside it", [one for one, _ in starts])
    row("core answers, started by the desk (after the frame)", [one for _, one in starts])
    print(f"({ROUNDS} starts each, {time.perf_counter() - began:.0f} s)")

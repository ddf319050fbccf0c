"""What the program costs with nothing to do, and what the feed costs at 200 gifts a second."""

from __future__ import annotations

import psutil

from tests.bench.house import House, rest
from tests.bench.screen import Screen, available

CALM_S = 10.0
WATCH_S = 20.0
OPEN_S = 10.0
GIFTS_PER_S = 200
FEED_S = 10.0
_MB = 1 << 20


def spent(processes):
    """Return {name: CPU seconds so far}."""
    times = {name: process.cpu_times() for name, process in processes.items()}
    return {name: one.user + one.system for name, one in times.items()}


def memory(process):
    """Return resident megabytes, and those with shared pages shared out (Linux)."""
    try:
        full = process.memory_full_info()
    except psutil.AccessDenied:
        return process.memory_info().rss / _MB, float("nan")
    return full.rss / _MB, getattr(full, "pss", full.uss) / _MB


def show(title, house, work):
    """Print the CPU that `work()` cost each process, in percent of one core, and its memory."""
    processes = house.processes()
    before = spent(processes)
    seconds = work()
    after = spent(processes)
    sums = [0.0, 0.0, 0.0]
    for name, process in processes.items():
        rss, pss = memory(process)
        numbers = [(after[name] - before[name]) / seconds * 100, rss, pss]
        sums = [a + b for a, b in zip(sums, numbers, strict=True)]
        print(f"{title:34} {name:>9} {numbers[0]:>7.2f} {rss:>8.0f} {pss:>8.0f}")
    print(f"{title:34} {'all':>9} {sums[0]:>7.2f} {sums[1]:>8.0f} {sums[2]:>8.0f}", flush=True)


def watch(seconds=WATCH_S):
    rest(seconds)
    return seconds


def feed(house):
    """Send the gifts; return how long that took."""
    told = house.source.ask(what="gifts", events=int(GIFTS_PER_S * FEED_S), rate=GIFTS_PER_S)
    return GIFTS_PER_S * FEED_S / told["rate"]


def run():
    print(f"{'':34} {'process':>9} {'CPU %':>7} {'RSS MB':>8} {'PSS MB':>8}")
    with House() as house:
        house.start_guardian()
        house.settled()
        if not available():
            rest(CALM_S)
            show("no desk, quiet stream", house, watch)
            return
        screen = Screen(house.folder)
        try:
            house.start_desk(screen)
            screen.until_painted()
            rest(CALM_S)
            show("window open, quiet stream", house, lambda: watch(OPEN_S))
            show(f"window open, {GIFTS_PER_S} gifts/s", house, lambda: feed(house))
            # Without a tray the window is minimised; the desk counts as unseen all the same.
            screen.close_window()
            rest(CALM_S)
            show("window closed, quiet stream", house, watch)
            house.leave_desk()
        finally:
            screen.close()

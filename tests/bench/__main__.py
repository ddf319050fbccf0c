"""Everything that can be measured, in one run: `python -m tests.bench [section ..]`.

One rule: figures are printed and compared by people; nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import time

SECTIONS = {
    "line": "frame on TikTok's socket to command read at the board, all processes real",
    "effects": "gifts that each drive nine outputs of three boards, all processes real",
    "flow": "decode to command on one core, in one process",
    "rules": "what one event costs the engine, by number of rules",
    "runs": "500 runs that wait, alive at once",
    "edits": "changing and checking 2,000 rules",
    "hold": "how long the core's loop stands still while 10,000 rules are changed",
    "backtest": "a whole stream against 10 and 1,000 rules, in times real time",
    "desk_rules": "the Rules page with 2,000 rules: open, filter, edit, undo, scroll",
    "start": "process start to first frame, and to a core that answers",
    "rest": "CPU and memory with nothing to do; CPU of the desk at 200 gifts a second",
    "transports": "command to bytes over every way, STOP with 1, 10, 50 devices, steady streams",
    "broker": "the broker for Wi-Fi devices: speed, memory, and what attacks cost others",
    "faults": "every fault there is a test for: how long, and whether it was counted right (long)",
}
USUAL = ("line", "effects", "flow", "rules", "runs", "edits", "hold", "backtest", "start", "rest")
_NAMES = {"rules": "engine"}
QUICK = ("transports", "faults")


def load():
    return " ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "section",
        nargs="*",
        help=f"of {', '.join(SECTIONS)}; all but the last three and the Rules page",
    )
    parser.add_argument("--quick", action="store_true", help="few runs: does it work at all?")
    options = parser.parse_args()
    wanted = options.section or USUAL
    unknown = set(wanted) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    began = time.monotonic()
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    for name in wanted:
        print(f"\n== {name}: {SECTIONS[name]} (load {load()})", flush=True)
        module = importlib.import_module(f"tests.bench.{_NAMES.get(name, name)}")
        module.run(**({"quick": options.quick} if name in QUICK else {}))
    print(f"\n{time.monotonic() - began:.0f} s in all, load at the end {load()}")


if __name__ == "__main__":
    main()

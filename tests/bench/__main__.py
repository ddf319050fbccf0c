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
    "devices": "dispatch to bytes, STOP to all off (board in this process)",
    "many": "STOP with 1, 10, 50 devices; 1,000 commands a second; lamps at 40 frames a second",
    "faults": "from the end of the core to every output off, on three boards (200 times: long)",
}
USUAL = ("line", "effects", "flow", "rules", "runs", "edits", "hold", "backtest", "start", "rest")
_NAMES = {"rules": "engine"}


def load():
    return " ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("section", nargs="*", help=f"of {', '.join(SECTIONS)}; all but the last")
    wanted = parser.parse_args().section or USUAL
    unknown = set(wanted) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    began = time.monotonic()
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores")
    for name in wanted:
        print(f"\n== {name}: {SECTIONS[name]} (load {load()})", flush=True)
        module = importlib.import_module(f"tests.bench.{_NAMES.get(name, name)}")
        getattr(module, "run", getattr(module, "main", None))()
    print(f"\n{time.monotonic() - began:.0f} s in all, load at the end {load()}")


if __name__ == "__main__":
    main()

"""How much faster than real time a stream is played: `python -m tests.bench backtest`."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from app import paths
from app.backtest.devices import devices_of
from app.backtest.play import Play
from app.backtest.sources import read_events
from app.core import rules as document_of
from app.core.backtests import SCRIPTS, Recording, Scripted
from app.core.giftlist import GiftList
from app.live.gift_seed import read_gifts

SIZES = (10, 1_000)
CAPTURE = Path(__file__).parents[2].parent / "shared" / "data" / "captures" / "many-rooms.jsonl.gz"


def rules(size):
    """The starter rules, switched on, and as many for other gifts as make `size`."""
    starter = json.loads((paths.resources() / "rules" / "starter.json").read_text("utf-8"))
    made = [{**one, "on": True} for one in starter["rules"]]
    for number in range(size - len(made)):
        when = {"key": "gift", "gifts": [{"id": 100_000 + number, "name": f"Gift {number}"}]}
        made.append({**made[0], "id": f"n{number}", "name": f"Rule {number}", "when": when})
    document = document_of.from_content(document_of.upgraded({**starter, "rules": made}))
    assert not document.set_aside
    return document.rules


def sources():
    """Every script, and a real capture where there is one."""
    found = {name: Scripted(name=name) for name in SCRIPTS}
    if CAPTURE.exists():
        found["many-rooms"] = Recording(path=str(CAPTURE))
    return found


def run():
    gifts = GiftList(read_gifts(paths.resources() / "gifts" / "starter.json"))
    by_size = {size: rules(size) for size in SIZES}
    print(f"{'stream':<12}{'rules':>7}{'events':>9}{'length s':>10}{'read s':>8}{'play s':>8}"
          f"{'events/s':>10}{'x real time':>13}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        devices, _ = devices_of(Path(folder) / "devices.json")
        for name, source in sources().items():
            began = time.perf_counter()
            events = read_events(source, gifts, Path(folder) / "journal.db", lambda _: None)
            read_s = time.perf_counter() - began
            for size, rule_set in by_size.items():
                totals = Play(rule_set, devices, events).run()
                took_s = max(totals.took_s, 0.001)
                print(f"{name:<12}{size:>7}{len(events):>9,}{totals.length_s:>10,.0f}{read_s:>8.2f}"
                      f"{totals.took_s:>8.2f}{len(events) / took_s:>10,.0f}"
                      f"{totals.length_s / took_s:>13,.0f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    run()

"""How long the core's loop stands still while thousands of rules are changed: no gift is answered.

One rule: it is measured on the loop itself, with the rule book that the core has.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from pathlib import Path

from app.core.edits import DropRule, MoveRule, PutRule, ReplaceAll, Several, to_wire
from app.core.rules import MAX_RULES, RuleDocument, RuleSet, dump
from app.core.world import OnlyDevices
from app.gateway.messages import Changed
from app.gateway.outbox import to_json
from app.gateway.rulebook import RuleBook
from app.tasks import Tasks
from tests.app.core.making import Devices
from tests.bench.edits import rules
from tests.bench.house import rest

SETTLES_S = 2.5  # what was changed is saved a moment later, and that counts, too


class Watch:
    """Looks at the clock each millisecond, and remembers the longest it was kept from it."""

    def __init__(self):
        self.longest_s = 0.0

    async def look(self):
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self.longest_s, last = max(self.longest_s, now - last), now


async def measure(folder):
    path, tasks, watch = folder / "rules.json", Tasks(), Watch()
    whole = RuleDocument(RuleSet.model_construct(rules=tuple(rules(MAX_RULES))))
    path.write_text(dump(whole))
    book = RuleBook(path, path, OnlyDevices(Devices()), print, tasks=tasks, now=time.monotonic)
    began = time.perf_counter()
    await asyncio.to_thread(book.load)
    print(f"read at the start, in {time.perf_counter() - began:.1f} s; changes:")
    print(f"{'':<34}{'done in ms':>12}{'loop held ms':>14}")
    _ = tasks.spawn("watch", watch.look())
    wires = edits(whole)
    # What is only here for the measurement is nothing for the collector to look through.
    gc.freeze()
    for name, wire in wires.items():
        await asyncio.to_thread(rest, SETTLES_S)
        watch.longest_s, began = 0.0, time.perf_counter()
        await book.edit(wire, book.revision)
        _ = to_json(Changed.model_validate({"rules": book.views()}))
        took_s = time.perf_counter() - began
        await asyncio.to_thread(rest, SETTLES_S)
        print(f"{name:<34}{took_s * 1e3:>12,.0f}{watch.longest_s * 1e3:>14,.0f}", flush=True)
    await tasks.cancel_all()


def edits(whole):
    """Return the edits by name, as a desk sends them."""
    one, all_rules = whole.rules.rules[MAX_RULES // 2], whole.rules.rules
    turned = tuple(PutRule(rule.model_copy(update={"on": not rule.on})) for rule in all_rules)
    found = {
        "change one": PutRule(one.model_copy(update={"note": "other"})),
        "remove one": DropRule("r7"),
        "add one": PutRule(whole.rules.rules[7], 3),
        "move one": MoveRule(one.id, 3),
        "turn all": Several(turned),
        "put others in the place of all": ReplaceAll(whole),
        "remove half": Several(tuple(DropRule(rule.id) for rule in all_rules[::2])),
    }
    return {name: to_wire(edit) for name, edit in found.items()}


def run():
    print(f"{MAX_RULES:,} rules, with the message to one desk")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    run()

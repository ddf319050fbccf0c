"""The Rules page with 2,000 rules: open, filter, edit, undo, scroll: `python -m tests.bench desk_rules`.

Times are what the window is busy for, in ms of CPU: the median and the worst of several.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RULES = 2_000
ROUNDS = 15
FRAME_MS = 1000 / 60


def told(name, taken):
    worst = max(taken)
    frames = worst / FRAME_MS
    print(f"{name:<44}{statistics.median(taken):>10.1f}{worst:>10.1f}{frames:>9.1f}")


def spent(act):
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


class Page:
    """The real window with a core that answers at once."""

    def __init__(self, home):
        from app.core.links import LinkStage, LinkState
        from app.gui.application import prepare
        from app.gui.bridge import Bridge
        from app.gui.options import OptionsFile
        from app.gui.page import Desk, find_pages
        from app.gui.window import Window
        from tests.app.gui import sample, sample_rules

        self.app, language = prepare(OptionsFile(home))
        language.choose("en")
        self.bridge = Bridge(lambda _, coro: coro.close())
        self.core = sample_rules.RuleCore(self.bridge, sample_rules.many(RULES))
        self.window = Window(Desk(self.bridge, OptionsFile(home), language), find_pages())
        self.window.resize(1280, 800)
        self.bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
        views = sample_rules.views(self.core.document)
        self.bridge.take_snapshot(sample.snapshot(rules=views, rules_revision=1))
        self.window.show()
        self.settle()

    def settle(self):
        """Let everything be painted and every pause pass; return the longest step in ms."""
        longest = 0.0
        idle = 0
        while idle < 30:
            step = spent(self.app.processEvents)
            longest = max(longest, step)
            idle = idle + 1 if step < 1 else 0
            time.sleep(0.003)  # noqa: TID251 - a bench lets timers pass
        return longest

    def open(self):
        first = spent(lambda: self.window.go("rules"))
        self.page = self.window.pages["rules"]
        return first, self.settle()


def scrolled(page):
    bar = page.page.view.verticalScrollBar()
    taken = []
    for n in range(60):
        bar.setValue(n * bar.maximum() // 60)
        taken.append(spent(page.app.processEvents))
    return taken


def wheel(page):
    bar = page.page.view.verticalScrollBar()
    bar.setValue(4000)
    page.settle()
    taken = []
    for _ in range(60):
        bar.setValue(bar.value() + 40)
        taken.append(spent(page.app.processEvents))
    return taken


def searched(page):
    """What one key costs once the typing pauses, painting included."""
    from app.gui.rules.filters import Wanted

    taken = []
    for text in ["r", "ro", "ros", "rose", "rose 1", "rose 19", "motor", "flash party", "zzz", ""]:
        taken.append(
            spent(lambda text=text: (page.page._want(Wanted(text)), page.app.processEvents()))
        )
        page.settle()
    return taken


def edited(page):
    desk = page.page.rules
    switch, undo, check, name = [], [], [], []
    for n in range(ROUNDS):
        rule_id = f"n{n * 97}"
        page.page.view.choose([rule_id])
        page.settle()
        on = desk.rule(rule_id).on
        switch.append(
            spent(lambda r=rule_id, on=on: (desk.turn(r, not on), page.app.processEvents()))
        )
        check.append(spent(page.page.checking.check))
        page.settle()
        name.append(
            spent(lambda r=rule_id, n=n: (desk.rename(r, f"Other {n}"), page.app.processEvents()))
        )
        page.settle()
        undo.append(spent(lambda: (desk.undo(), page.app.processEvents())))
        page.settle()
    return switch, name, undo, check


def moved(page):
    desk = page.page.rules
    taken, chosen, removed = [], [], []
    for n in range(5):
        ids = desk.document.rules.served()
        taken.append(
            spent(
                lambda a=ids[10 + n].id, b=ids[1500].id: (
                    desk.move([a], b, desk.rule(b).group),
                    page.app.processEvents(),
                )
            )
        )
        page.settle()
    for n in range(5):
        rule_id = f"n{n * 311}"
        chosen.append(
            spent(lambda r=rule_id: (page.page.view.choose([r]), page.app.processEvents()))
        )
        page.settle()
    for _ in range(3):
        removed.append(
            spent(lambda: (desk.remove([f"n{n}" for n in range(500)]), page.app.processEvents()))
        )
        page.settle()
        removed.append(spent(lambda: (desk.undo(), page.app.processEvents())))
        page.settle()
    return taken, chosen, removed


def counted(page):
    """Counts of every rule come, as they do up to 30 times a second in a storm."""
    from app.gateway.messages import Changed
    from tests.app.gui import sample_rules

    views = sample_rules.views(page.core.document)
    taken = []
    for n in range(ROUNDS):
        changed = Changed(rules=tuple(one.model_copy(update={"ran": n}) for one in views))
        taken.append(
            spent(
                lambda changed=changed: (
                    page.bridge.take_changed(changed),
                    page.bridge.flush(),
                    page.app.processEvents(),
                )
            )
        )
    return taken


def run():
    with tempfile.TemporaryDirectory() as home:
        page = Page(Path(home))
        print(f"{RULES} rules in 10 groups, window 1280 x 800, offscreen")
        print(f"{'':<44}{'median ms':>10}{'worst ms':>10}{'frames':>9}")
        first, longest = page.open()
        told("open the page: until it shows", [first])
        told("open the page: longest step after that", [longest])
        told("filter, one key", searched(page))
        switch, name, undo, check = edited(page)
        told("edit: turn a rule", switch)
        told("edit: rename a rule", name)
        told("undo", undo)
        told("check all rules after an edit", check)
        move, chosen, removed = moved(page)
        told("move a rule", move)
        told("show another rule in the editor", chosen)
        told("delete 500 rules, and undo", removed)
        told("counts of all rules come", counted(page))
        told("scroll frame, far", scrolled(page))
        told("scroll frame, near", wheel(page))
        page.window.hide()
        page.window.deleteLater()
        page.settle()


if __name__ == "__main__":
    run()

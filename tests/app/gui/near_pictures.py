"""Pictures of pages that need a whole core behind them: tests of a rule, why, history.

Run: QT_QPA_PLATFORM=offscreen python -m tests.app.gui.near_pictures FOLDER [PATTERN]
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication

from app.gui.application import prepare
from app.gui.options import OptionsFile
from app.gui.theme import theme
from tests.app.gateway.play import rule
from tests.app.gui.near_core import near_core

SIZES = {"1280x800": (1280, 800), "1000x640": (1000, 640)}
TURN = {"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}
RELAY = {"key": "switch_on", "device": "relay", "seconds": "1"}
FOLLOWERS = [{"key": "sender_is_follower"}]


async def panel_of(near, raw):
    page = await near.rules(raw)
    await near.until(lambda: page.editor.session.rule is not None, "a rule in the editor")
    return page.testing.panel


async def test_first(near):
    """The panel as it is found."""
    panel = await panel_of(near, rule("a", do=[TURN, RELAY], on=False))
    panel._bring_into_view()


async def test_dry(near):
    """A dry run that would run, of a rule that is off."""
    panel = await panel_of(near, rule("a", do=[TURN, RELAY], on=False, limits={"ceiling": 5}))
    panel.dry_run()
    await near.until(lambda: panel.result.tried is not None, "an answer")


async def test_held(near):
    """A dry run that is held back by a condition."""
    panel = await panel_of(near, rule("a", do=[TURN, RELAY], only_if=FOLLOWERS))
    panel.form.ticks.buttons["follower"].click()
    panel.dry_run()
    await near.until(lambda: panel.result.tried is not None, "an answer")


async def test_runs(near):
    """A real run under way."""
    panel = await panel_of(near, rule("a", do=[TURN, RELAY]))
    panel.real_run()
    await near.until(lambda: near.bridge.state.running and panel.watch.running, "a run")
    await asyncio.sleep(1.5)


STATES = {one.__name__: one for one in (test_first, test_dry, test_held, test_runs)}


async def shoot(folder, name, language, size, show):
    with tempfile.TemporaryDirectory() as home:
        async with near_core(Path(home), language, size) as near:
            await show(near)
            await asyncio.sleep(0.3)
            near.window.grab().save(str(folder / f"{name}.png"))


def main(folder: Path, pattern: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        app, language = prepare(OptionsFile(Path(home)))
        assert isinstance(app, QApplication)
        for look, code, (size, place) in product(("dark", "light"), ("en", "vi"), SIZES.items()):
            language.choose(code)
            theme.choose(choice=look, reduce_motion=True)
            for state, show in STATES.items():
                name = f"{state}_{look}_{code}_{size}"
                if pattern in name:
                    with qasync.QEventLoop(app) as loop:
                        loop.run_until_complete(shoot(folder, name, language, place, show))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")

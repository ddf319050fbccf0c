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

from app.core.events import Chat, Follow
from app.gui.application import prepare
from app.gui.options import OptionsFile
from app.gui.theme import theme
from tests.app.gateway.play import LAN, MAI, ROOM, begin, gift, live, now_ms, rule
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


LION = {"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}
SEVERAL = (
    rule("spin", name="Spin for roses", do=[TURN], limits={"cooldown_s": 60}),
    rule("fans", name="Fans only", do=[RELAY], only_if=FOLLOWERS),
    rule("off", name="Party lights", on=False),
    rule("lion", name="Lion roars", when=LION),
    rule("hello", name="Thank new followers", when={"key": "follow"}),
)


async def gifts_of(near, count):
    await near.rules(*SEVERAL)
    begin(near.core)
    for number in range(count):
        gift(
            near.core,
            number,
            viewer=(MAI, LAN)[number % 2],
            **({"gift_id": 987, "name": "Perfume", "coins": 20} if number % 3 == 2 else {}),
        )
    await asyncio.sleep(1.5)


async def why_sheet(near):
    """The sheet of a row of the activity list: all rules in groups."""
    await gifts_of(near, 5)
    page = near.page("live")
    entry = page.activity.model.entry(page.activity.model.index(1, 0))
    page.explaining.open_entry(entry)
    await near.until(lambda: page.sheet._dry is not None, "what all rules say")


async def why_feed(near):
    """The activity list: reasons, and rows that offer a rule."""
    await gifts_of(near, 6)
    near.page("live")


async def history(near):
    """Past gifts."""
    await gifts_of(near, 30)
    page = near.page("history")
    await near.until(lambda: page.model.known and not page.model.reading, "the history")


async def history_empty(near):
    """No gift yet."""
    page = near.page("history")
    await near.until(lambda: page.model.known and not page.model.reading, "the history")


async def history_chosen(near):
    """Everything of one stream of two; the list of streams is open."""
    await gifts_of(near, 4)
    hello = {"key": "chat_contains", "texts": ["hello"]}
    await near.rules(rule("hello", when=hello, do=[TURN]), rule("spin", do=[RELAY]))
    core = near.core
    live(core, Follow(id="follow", at_ms=now_ms(core), viewer=LAN))
    live(core, Chat(id="chat", at_ms=now_ms(core), viewer=MAI, text="hello everybody"))
    begin(core, ROOM + 1)
    gift(core, 77)
    page = near.page("history")
    filters = page.filters
    await near.until(lambda: filters.stream.count() == 3, "the streams")
    for box, place in ((filters.kind, 1), (filters.stream, 2)):
        box.setCurrentIndex(place)
        box.activated.emit(place)
    await near.until(lambda: page.model.known and not page.model.reading, "the history")


async def history_none(near):
    """Nothing fits."""
    await gifts_of(near, 3)
    page = near.page("history")
    page.search.setText("zebra")
    await near.until(lambda: page.cover.isVisible() and page.clear.isVisible(), "nothing")


async def test_clock(near):
    """A rule that a clock starts."""
    raw = rule("a", when={"key": "time_of_day", "time": "21:15", "weekdays": [4]}, do=[RELAY])
    panel = await panel_of(near, raw)
    panel.dry_run()
    await near.until(lambda: panel.result.tried is not None, "an answer")


async def test_reading(near):
    """A rule that a device's value starts, with much to do."""
    raw = rule(
        "a",
        when={"key": "telemetry_crosses", "device": "motor", "name": "rpm", "line": 30},
        do=[
            {"key": "color", "device": "light", "color": "#ff8000", "seconds": "10"},
            {"key": "wait", "seconds": "2"},
            {"key": "notify", "text": "Hot {user}"},
            {"key": "set_variable", "name": "heat", "number": "1"},
            {"key": "switch_on", "device": "", "seconds": "3"},
        ],
    )
    panel = await panel_of(near, raw)
    panel.dry_run()
    await near.until(lambda: panel.result.tried is not None, "an answer")


SHOWN = (
    test_clock, test_reading,
    test_first, test_dry, test_held, test_runs, why_sheet, why_feed, history, history_chosen,
    history_empty, history_none,
)  # fmt: skip
STATES = {one.__name__: one for one in SHOWN}


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

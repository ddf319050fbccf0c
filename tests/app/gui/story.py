"""Plays what people do with the whole program, and keeps it as numbered pictures with captions.

Run: python -m tests.app.gui.story FOLDER [--theme dark|light] [--language en|vi] [--size WxH]
     [STORY ...]. Guardian, core and window are the real ones; only mouse and keys are used.
Under a display (xvfb-run will do) the keyboard's place shows after lists too; without one not.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.gui.application import prepare
from app.gui.options import OptionsFile
from app.gui.theme import theme
from app.gui.widgets.trace_lines import TraceLine
from tests.app.gui.story_hand import Hand
from tests.app.gui.test_whole import program_of
from tests.fakes.demo import USER
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.show import Show

SCREEN = {"name": "story", "x": 0, "y": 0, "width": 1600, "height": 1000,
          "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
CAPTURES = Path(__file__).parents[3].parent / "shared" / "data" / "captures"
ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
SPIN = {"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}


def rule(name, **values):
    return {"id": "spin", "name": name, "on": True, "when": ROSE, "do": [SPIN]} | values


def filled(profile, *rules):
    """Let a profile begin with these rules."""
    profile.mkdir(parents=True, exist_ok=True)
    content = {"version": 2, "groups": [], "rules": list(rules)}
    (profile / "rules.json").write_text(json.dumps(content), encoding="utf-8")


# These need somebody who is live.
LIVE = frozenset({"counted"})


async def rules_page(hand):
    page = await hand.page("rules")
    await hand.until(lambda: page.rules.known, "the rules")
    return page


async def saved(hand, page):
    await hand.until(lambda: not page.rules.sync.pending, "the edit in the core")


async def answered(hand, panel, button):
    """Click what tries the rule, and wait for what came of it."""
    before = panel.result.tried
    await hand.click(button)
    await hand.until(lambda: panel.result.tried not in (None, before), "an answer")
    await asyncio.sleep(0.1)


async def send(hand, count=1):
    """Send pretend roses by the practise card of the Live page."""
    live = await hand.page("live")
    if not live.practise.isVisible():
        buttons = [one for one in live.findChildren(QPushButton) if one.isVisible()]
        await hand.click(next(one for one in buttons if one is live.open_practise
                              or one is getattr(live.form, "practise", None)))  # fmt: skip
    if count != 1:
        await hand.write(live.practise.count.lineEdit(), str(count))
    await hand.click(live.practise.send)
    return live


def newest(live):
    model = live.activity.model
    return model.entry(model.index(0, 0)).row if model.rowCount() else None


def still(program):
    """Say whether nothing moves any more."""
    return not program.bridge.state.running


# ---------------------------------------------------------------- the stories


async def first_rule(hand, program):
    """A newcomer makes the first rule: choose a gift, a step, try it dry, turn it on, use it."""
    page = await rules_page(hand)
    await hand.shot("The Rules page of a new profile: three ready-made rules, or an empty one.")
    await hand.click(page.empty.new)
    await hand.until(lambda: page.editor.session.rule is not None, "the new rule")
    await hand.shot("A new rule. It is off, its name is chosen, what is missing is underlined.")
    hand.keys("Spin for roses")
    hand.key(Qt.Key.Key_Return)
    gifts = page.editor.when.block.fields["gifts"]
    await hand.pick(gifts.button, "rose", "Choosing the gift: typing finds it, Enter ticks it.")
    add = page.editor.do.list.add
    await hand.pick(add, "rotate", "Choosing what is done. Everything there is has its group.")
    row = await hand.until(lambda: page.editor.kit.rows.get(("do", 0)), "the step")
    await hand.write(row.block.fields["rounds"].line, "count")
    await hand.write(row.block.fields["rpm"].line, "60")
    await hand.reach(page.editor.name)
    await hand.shot("The rule as a sentence: one round for each rose, at 60 RPM.")
    panel = page.testing.panel
    await answered(hand, panel, panel.dry)
    await hand.shot("A dry run: each gate, and what would be sent. Nothing moved.")
    assert panel.result.tried.dry.commands
    assert not program.bridge.state.running
    await hand.click(panel.result.turn_on)
    await saved(hand, page)
    await hand.until(lambda: page.rules.rule(page.editor.session.rule.id).on, "a rule that is on")
    await hand.shot("Turned on, by the button beside the answer.")
    live = await send(hand, 3)
    await hand.until(lambda: program.bridge.state.running, "a motor that turns")
    await asyncio.sleep(0.7)
    await hand.shot("Three pretend roses arrive: the motor turns.")
    await hand.until(lambda: still(program), "the end of three rounds")
    row = await hand.until(lambda: newest(live), "a row of the gift")
    assert (row.gift, row.count, row.result) == ("Rose", 3, "ran")
    await hand.shot("The activity list tells what the gift did.")
    await hand.row(live.activity.view, live.activity.view.model().index(0, 0))
    await hand.until(live.sheet.isVisible, "the receipt")
    await asyncio.sleep(0.5)
    await hand.shot("A click on the row: everything that happened to this gift.")


async def explained(hand, program):
    """A dry run explains why a rule would not run, and leads to the field that mends it."""
    page = await rules_page(hand)
    await hand.until(lambda: page.editor.session.rule is not None, "the rule")
    add = page.editor.only_if.list.add
    await hand.pick(add, "follow", "A condition is added: only for followers.")
    await saved(hand, page)
    await hand.shot("The condition, with a mark that says whether it holds for the example.")
    panel = page.testing.panel
    ticks = panel.form.ticks.buttons["follower"]
    if ticks.isChecked():
        await hand.click(ticks)
    await answered(hand, panel, panel.dry)
    await hand.shot("Pretending somebody who does not follow: where it stops, and the cure.")
    await cure(hand, page)
    await hand.shot("The cure leads to the condition, with the keyboard in it.")
    await hand.click(ticks)
    await hand.until(lambda: panel.result.title.words() and not _held(panel), "another answer")
    await hand.reach(panel.result)
    await hand.shot("Pretending a follower: the same dry run says it would run.")
    await hand.click(page.undo)
    await saved(hand, page)
    live = await send(hand)
    await hand.until(lambda: newest(live), "a row of the gift")
    await send(hand)
    await hand.until(lambda: live.activity.model.rowCount() > 1, "the second gift")
    await hand.shot("Two roses soon after each other: the second is skipped, and says why.")
    await hand.page("rules")
    await answered(hand, panel, panel.dry)
    assert _held(panel)
    await hand.shot("A dry run now: the cooldown still holds. Its cure is beside it.")
    await cure(hand, page)
    await hand.shot("The cooldown, ready to be changed.")


def _held(panel):
    return any(line.action.isVisible() for line in panel.result.findChildren(TraceLine))


async def cure(hand, page):
    """Click what mends the rule."""
    lines = page.testing.panel.result.findChildren(TraceLine)
    await hand.click(next(one.action for one in lines if one.action.isVisible()))
    await asyncio.sleep(0.1)


async def played(hand, program):
    """A recorded stream is played against changed rules, beside the rules as they were."""
    page = await rules_page(hand)
    await hand.until(lambda: page.editor.session.rule is not None, "the rule")
    cooldown = page.editor.limits.block.fields["cooldown_s"]
    await hand.write(cooldown.line, "20")
    await saved(hand, page)
    await hand.shot("A change to be judged: a rest of 20 seconds between two runs.")
    page = await hand.page("backtest")
    await hand.shot("Try out: a stream is played against the rules, on devices not there.")
    chooser = page.chooser
    capture = CAPTURES / "many-rooms.jsonl.gz"
    if capture.exists():
        await hand.click(chooser.kind.buttons["recording"])
        await hand.click(chooser.browse)
        await hand.file(capture)
        await hand.until(lambda: chooser.source() is not None, "the recording")
    else:
        await hand.click(chooser.kind.buttons["script"])
        place = chooser.stream.findData("busy")
        await hand.choose(chooser.stream, chooser.stream.itemText(place))
    await hand.choose(chooser.compare, chooser.compare.itemText(1),
                      "Compared with the rules as they were when the window was opened.")  # fmt: skip
    await hand.click(chooser.start)
    await hand.shot("It is played much faster than in real time, and can be cancelled.")
    await hand.until(lambda: page.results.result is not None, "the result")
    await asyncio.sleep(0.3)
    await hand.shot("What came of it, now and before: figures, and the stream over time.")
    bar = page.results.area.verticalScrollBar()
    await hand.reach(page.results.rules)
    await hand.shot("Outputs and rules: what each did, what was held back and why.")
    bar.setValue(0)
    await hand.click(page.results.as_table)
    await hand.shot("The same over time, as a table.")


async def taken(hand, program):
    """A starter pack is mapped onto own devices; a hostile file is refused in a sentence."""
    page = await rules_page(hand)
    await hand.until(lambda: page.editor.session.rule is not None, "the rule")
    await hand.entry(page.more, page.acts.actions["packs"].text(),
                     caption="Packs are behind the menu beside the filter.")  # fmt: skip
    shelf = page.rooms.shelf
    await hand.until(shelf.isVisible, "the packs")
    await hand.shot("Starter packs, each with what it needs and what of that is there.")
    look = next(one for one in shelf.buttons if one.property("pack") == _pack("motor-wheel"))
    await hand.click(look)
    preview = page.rooms.preview
    await hand.until(preview.isVisible, "the pack")
    await hand.shot("Inside: what it does and reaches, what it needs, limits only tighter.")
    box = next(iter(preview.choosing.roles.values()))
    last = box.itemText(box.count() - 3)
    await hand.choose(box, last, "Which own device shall be the motor of the pack.")
    await asyncio.sleep(0.3)
    await hand.shot("The sentences follow the choice.")
    await hand.choose(box, box.itemText(0))
    before = len(page.rules.document.rules.rules)
    await hand.click(preview.accept)
    await hand.until(lambda: len(page.rules.document.rules.rules) > before, "the rules")
    await saved(hand, page)
    await hand.shot("Taken over, still off, and undone with one click.")
    await hand.entry(page.more, page.acts.actions["packs"].text())
    file = program.options.folder / "free-coins.json"
    file.write_text(hostile(), encoding="utf-8")
    await hand.click(shelf.open_button)
    await hand.file(file)
    await hand.until(shelf.trouble.isVisible, "the refusal")
    await hand.shot("A hostile file is refused, and says why.")


async def counted(hand, program):
    """A stream counts up; a pause leaves gifts owed, which are paid when it is over."""
    switch = hand.window.rail.switch
    page = await hand.page("counts")
    state = program.bridge.state
    await hand.until(lambda: state.variables, "something counted")
    await hand.shot("Counts: what rules have counted in this stream, and which rule it was.")
    await hand.click(page.tabs.buttons["goals"])
    await hand.write(page.goals.form.name, "Dance at 500 coins")
    await hand.write(page.goals.form.target, "500")
    await hand.until(lambda: state.goals, "the goal")
    await hand.shot("A goal fills up while gifts arrive.")
    await hand.click(page.tabs.buttons["board"])
    await hand.until(lambda: page.board.rows.rows, "somebody who gave")
    await hand.shot("Who gave how much, in this stream or ever.")
    await hand.click(switch)
    live = await hand.page("live")
    await hand.until(lambda: len(state.owed) > 2, "owed gifts")
    await hand.shot("Rules are paused. Gifts of this rule are kept for an hour.")
    assert live.isVisible()
    await hand.page("counts")
    await hand.click(page.tabs.buttons["owed"])
    await hand.shot("Owed gifts: who gave what, and why the rule did not run.")
    await hand.click(switch)
    await hand.until(page.owed.pay_all.isVisible, "the button that pays")
    before = {one.id for one in state.owed}
    await hand.click(page.owed.pay_all)
    await hand.until(lambda: not before & {one.id for one in state.owed}, "all paid")
    await hand.shot("Paid in one click: the rule runs for them now.")


def _pack(name):
    from app.gui.packs.opening import starter_files

    return next(n for n, file in enumerate(starter_files()) if file.stem == name)


def hostile():
    """Return a pack that wants to call into the own network."""
    call = {"key": "webhook", "url": "http://192.168.1.1/reboot", "method": "POST"}
    made = json.loads((Path(__file__).parents[3] / "resources" / "packs" / "motor-wheel.json")
                      .read_text(encoding="utf-8"))  # fmt: skip
    made["rules"][0]["do"].append(call)
    return json.dumps(made)


THANKS = rule(
    "Thank for every gift",
    when={"key": "gift_any", "least": 1},
    do=[
        {"key": "add_variable", "name": "gifts", "amount": "count"},
        {"key": "flash", "device": "light", "times": "2"},
    ],
    limits={"owed_for_s": 3600},
)
STORIES = {
    "first_rule": (first_rule, ()),
    "explained": (explained, (rule("Spin for roses", limits={"cooldown_s": 30}),)),
    "played": (played, (rule("Spin for roses"),)),
    "taken": (taken, (rule("Spin for roses"),)),
    "counted": (counted, (THANKS,)),
}


def _screen() -> str:
    """Return Qt's platform: a screen that lists can open on, where there is none."""
    file = Path(tempfile.mkdtemp(prefix="giftwire-story-")) / "screen.json"
    settings = {"synchronousWindowSystemEvents": False, "windowFrameMargins": False}
    file.write_text(json.dumps({**settings, "screens": [SCREEN]}), encoding="utf-8")
    return f"offscreen:configfile={file}"


@contextlib.asynccontextmanager
async def stream():
    """Yield how the core is told to listen to a busy stream on this computer."""
    tiktok = FakeTikTok(USER)
    tiktok.room.default_script = Show(rate=3, seed=5)
    await tiktok.start(0)
    try:
        yield {"tiktok": tiktok.base, "user": USER}
    finally:
        await tiktok.stop()


async def play(name, profile, language, folder=None, size=(1280, 800)):
    """Play one story in a profile of its own; return the captions."""
    story, rules = STORIES[name]
    filled(profile, *rules)
    async with contextlib.AsyncExitStack() as stack:
        options = await stack.enter_async_context(stream()) if name in LIVE else {}
        program = await stack.enter_async_context(program_of(profile, language, **options))
        window = program.window
        window.resize(*size)
        window.activateWindow()
        hand = Hand(window, folder)
        await hand.until(window.isActiveWindow, "the window in front")
        await story(hand, program)
    return hand.captions


def main(words=None) -> None:
    """Play stories as the command line says."""
    import qasync

    parser = argparse.ArgumentParser(prog="python -m tests.app.gui.story", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--language", choices=("en", "vi"), default="en")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("stories", nargs="*", metavar="STORY", help=", ".join(STORIES))
    options = parser.parse_intermixed_args(words)
    if not os.environ.get("DISPLAY") and sys.platform == "linux":
        # Read when the application is made: a screen that lists can open on.
        os.environ.setdefault("QT_QPA_PLATFORM", _screen())
    size = tuple(int(one) for one in options.size.split("x"))
    for name in options.stories or STORIES:
        folder = options.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="giftwire-story-") as home:
            app, language = prepare(OptionsFile(Path(home)))
            assert isinstance(app, QApplication)
            language.choose(options.language)
            theme.choose(choice=options.theme, reduce_motion=True)
            with qasync.QEventLoop(app) as loop:
                loop.run_until_complete(play(name, Path(home), language, folder, size))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Writes every page x theme x language x size x state as PNG, to be looked at.

Run: QT_QPA_PLATFORM=offscreen python -m tests.app.gui.screenshots FOLDER [PATTERN]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.core.links import LinkReason, LinkStage, LinkState
from app.core.packs import read_pack
from app.gateway.messages import Changed
from app.gui.application import prepare
from app.gui.bridge import Bridge
from app.gui.dialogs import NameDialog, Question, ResumeSheet
from app.gui.options import OptionsFile
from app.gui.packs.opening import Opened
from app.gui.page import Desk, find_pages
from app.gui.theme import theme
from app.gui.tray import SHAPES, Tray, tray_icon
from app.gui.window import Window
from tests.app.gui import (
    sample,
    sample_broker,
    sample_counts,
    sample_device_pictures,
    sample_editor,
    sample_rules,
)
from tests.app.gui.sample_receipt import receipt as whole_receipt

if TYPE_CHECKING:
    from app.gateway.views import Snapshot

SIZES = {"1280x800": (1280, 800), "1000x640": (1000, 640)}
Shot = Callable[[Window], None]


def no_core(name: str, coro: Coroutine[object, object, None]) -> None:
    """Requests go nowhere: the pictures show states, not conversations."""
    coro.close()


def spin(ms: int = 60) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def live(window: Window) -> None:
    window.go("live")


def practise(window: Window) -> None:
    window.go("live")
    window.pages["live"].start_practise()


def receipt(window: Window) -> None:
    window.go("live")
    page = window.pages["live"]
    entry = page.activity.model.entry(page.activity.model.index(0, 0))
    page.sheet.open_entry(entry)
    page.sheet.show_receipt(whole_receipt(), {"motor": "Motor 1"})


def devices(window: Window) -> None:
    window.go("devices")


def settings(window: Window) -> None:
    window.go("settings")


def away(window: Window) -> None:
    window.go("live")
    window.desk.bridge.take_link(LinkState(LinkStage.WAITING, 0.0, LinkReason.CRASHED))


def toast(window: Window) -> None:
    window.go("devices")
    window.tell("Fog machine was added.")


def rules_editing(window: Window) -> None:
    """The editor with something of everything; one condition holds, one does not."""
    window.go("rules")
    page = window.pages["rules"]
    page.rules.sync.revision = 1
    page.rules._on_fetched(sample_editor.document(), False)
    page.show_about("deep")
    page.editor.show_rule("deep")
    spin()
    verdicts = {("only_if", 0): "pass", ("only_if", 1): "pass", ("only_if", 1, "of", 0): "fail",
                ("only_if", 1, "of", 1): "pass"}  # fmt: skip
    for place, state in verdicts.items():
        page.editor.kit.rows[place].pill.show_verdict(state, "")


def rules_steps(window: Window) -> None:
    """The lower half: steps, a draft that is not applied, limits."""
    rules_editing(window)
    editor = window.pages["rules"].editor
    line = editor.kit.rows["do", 0].block.fields["rounds"].line
    line.replace("count * * 2")
    spin()
    editor.area.verticalScrollBar().setValue(editor.do.y() - 8)


def rules(window: Window) -> None:
    window.go("rules")


def rules_chosen(window: Window) -> None:
    window.go("rules")
    page = window.pages["rules"]
    page.view.choose(["r2", "r3", "r4"])
    page.rules.remove(["r5"])


def rules_found(window: Window) -> None:
    window.go("rules")
    window.pages["rules"].search.setText("motor")
    spin(300)


def rules_none(window: Window) -> None:
    window.go("rules")
    window.pages["rules"].search.setText("zebra")
    spin(300)


def rules_drag(window: Window) -> None:
    window.go("rules")
    view = window.pages["rules"].view
    view.drag.press(view.visualRect(view.rules.place("rule", "r1")).center())
    over = view.visualRect(view.rules.place("rule", "r4")).topLeft()
    view.drag.move(over + QPoint(140, 8))


def rules_aside(window: Window) -> None:
    window.go("rules")
    view = window.pages["rules"].view
    view.choose(["0"], kind="aside")
    view.scrollToBottom()


def outside(window: Window) -> None:
    """The settings of OBS and MQTT, tried."""
    window.go("settings")
    page = window.pages["settings"]
    sample_counts.tried(page)
    spin()
    page.show_about("outside")


def secrets(window: Window) -> None:
    outside(window)
    window.pages["settings"].show_about("secrets")


def rules_off(window: Window) -> None:
    window.go("rules")
    page = window.pages["rules"]
    page.view.choose(["r3"])
    page.rules.turn("r3", False)
    page.rules.groups.turn("thanks", False)
    page.rules.groups.fold("thanks", is_open=False)
    page.view.setFocus()


CAPTURE = Path(__file__).parents[3].parent / "shared" / "data" / "captures" / "many-rooms.jsonl.gz"


def backtest(window: Window) -> None:
    """A storm beside the rules as they were: what the difference comes to."""
    window.go("backtest")
    page = window.pages["backtest"]
    page.chooser.choose("script", "busy")
    page.chooser.compare.setCurrentIndex(1)
    calmer = sample_rules.content()
    calmer["rules"] = [one | {"limits": {"cooldown_s": 30.0}} for one in calmer["rules"]]
    window.desk.bridge.state.opened["Evening"] = sample_rules.document(calmer)
    played(page)


def backtest_rules(window: Window) -> None:
    backtest(window)
    bar = window.pages["backtest"].results.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def backtest_capture(window: Window) -> None:
    """A real recording, if it is beside this clone."""
    window.go("backtest")
    page = window.pages["backtest"]
    if CAPTURE.exists():
        page.chooser.take_file(str(CAPTURE))
        played(page)


def backtest_first(window: Window) -> None:
    window.go("backtest")


def played(page: Any) -> None:
    page.start()
    ends = time.monotonic() + 60
    while page.busy and time.monotonic() < ends:
        spin(20)
    bins = page.results.result.now.bins
    page.results.plot.choose(bins.gifts.index(max(bins.gifts)))


def rules_packs(window: Window) -> None:
    window.go("rules", "packs")


def rules_import(window: Window) -> None:
    """A pack before it is taken: its roles are mapped, one to a practice device."""
    rules_packs(window)
    rooms = window.pages["rules"].rooms
    pack = read_pack(json.dumps(sample_rules.two_roles()))
    rooms._on_opened(Opened(pack, left_out=1))
    spin()


def rules_give(window: Window) -> None:
    window.go("rules")
    window.go("rules", "give")


def rules_gifts(window: Window) -> None:
    window.go("rules", "gifts")


def rules_inbox(window: Window) -> None:
    window.desk.bridge.take_changed(Changed(new_gifts=sample_rules.NEW_GIFTS))
    window.desk.bridge.flush()
    window.go("rules", "inbox")


STATES: dict[str, tuple[Callable[[], Snapshot], Shot]] = {
    "live": (sample.snapshot, live),
    "live_stopped": (sample.stopped, live),
    "live_first": (sample.fresh, live),
    "live_offline": (sample.offline, live),
    "live_refused": (sample.refused, live),
    "live_practise": (sample.offline, practise),
    "live_receipt": (sample.snapshot, receipt),
    "live_away": (sample.snapshot, away),
    "devices": (sample.snapshot, devices),
    "devices_stopped": (sample.stopped, devices),
    "devices_first": (sample.fresh, devices),
    "devices_toast": (sample.snapshot, toast),
    "rules_editing": (sample.snapshot, rules_editing),
    "rules_steps": (sample.snapshot, rules_steps),
    "settings": (sample.snapshot, settings),
    "backtest": (sample_rules.snapshot, backtest),
    "backtest_rules": (sample_rules.snapshot, backtest_rules),
    "backtest_capture": (sample_rules.snapshot, backtest_capture),
    "backtest_first": (sample_rules.snapshot, backtest_first),
    "rules": (sample_rules.snapshot, rules),
    "rules_chosen": (sample_rules.snapshot, rules_chosen),
    "rules_found": (sample_rules.snapshot, rules_found),
    "rules_none": (sample_rules.snapshot, rules_none),
    "rules_drag": (sample_rules.snapshot, rules_drag),
    "rules_aside": (sample_rules.snapshot, rules_aside),
    "rules_off": (sample_rules.snapshot, rules_off),
    "rules_first": (sample.fresh, rules),
    "rules_packs": (sample_rules.snapshot, rules_packs),
    "rules_import": (sample_rules.snapshot, rules_import),
    "rules_give": (sample_rules.snapshot, rules_give),
    "rules_gifts": (sample_rules.snapshot, rules_gifts),
    "rules_inbox": (sample_rules.snapshot, rules_inbox),
}
STATES |= sample_device_pictures.STATES | sample_broker.STATES
STATES |= {
    f"counts_{part}": (sample_counts.snapshot, partial(sample_counts.show, part=part))
    for part in sample_counts.PARTS
}
STATES |= {
    "counts_first": (sample.fresh, partial(sample_counts.show, part="variables")),
    "live_counts": (sample_counts.snapshot, live),
    "settings_outside": (sample_counts.snapshot, outside),
    "settings_secrets": (sample_counts.snapshot, secrets),
}
# What a core holds in these states; elsewhere nobody answers.
_TRIED = ("backtest", "backtest_rules", "backtest_capture", "backtest_first")
_ROOMS = ("rules_packs", "rules_import", "rules_give", "rules_gifts", "rules_inbox")
_LIST = (*_TRIED, "rules", "rules_chosen", "rules_found", "rules_none", "rules_drag", "rules_off")
CORES: dict[str, dict[str, Any]] = {
    **dict.fromkeys((*_LIST, *_ROOMS), sample_rules.content()),
    "rules_aside": sample_rules.content(aside=True),
    "rules_first": {"version": 2, "groups": [], "rules": []},
}


def window_with(
    snapshot: Snapshot, language: object, folder: Path, content: dict[str, Any] | None = None
) -> Window:
    bridge = Bridge(no_core)
    if content is not None:
        sample_rules.RuleCore(bridge, content)
    window = Window(Desk(bridge, OptionsFile(folder), language), find_pages())
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(snapshot)
    sample.history(bridge.state, time.monotonic())
    bridge.devices_changed.emit()
    return window


def finish(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shoot_dialogs(folder: Path, name: str, language: object, home: Path) -> None:
    from app.gui.text import tr

    window = window_with(sample.stopped(), language, home)
    window.show()
    dialogs = {
        "resume": ResumeSheet(window, window.desk.bridge.state),
        "rename": NameDialog(window, tr("Rename"), "Motor 1", tr("Rename")),
        "forget": Question(window, tr("Forget {name}?", name="Motor 1"),
                           tr("You can add it again at any time."), tr("Forget"), tr("Keep it")),
    }  # fmt: skip
    for kind, dialog in dialogs.items():
        dialog.open()
        spin()
        dialog.grab().save(str(folder / f"dialog_{kind}_{name}.png"))
        dialog.reject()
    tray = Tray(window.desk.bridge)
    tray.menu.ensurePolished()
    tray.menu.resize(tray.menu.sizeHint())
    tray.menu.grab().save(str(folder / f"tray_menu_{name}.png"))
    tray.close()
    finish(window)


def main(folder: Path, pattern: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        options = OptionsFile(Path(home))
        app, language = prepare(options)
        assert isinstance(app, QApplication)
        for look, code in product(("dark", "light"), ("en", "vi")):
            language.choose(code)
            theme.choose(choice=look)
            if not pattern or pattern in "dialog":
                shoot_dialogs(folder, f"{look}_{code}", language, Path(home))
            for (size, place), (state, (make, show)) in product(SIZES.items(), STATES.items()):
                if pattern and pattern not in f"{state}_{look}_{code}_{size}":
                    continue
                window = window_with(make(), language, Path(home), CORES.get(state))
                window.resize(*place)
                window.show()
                show(window)
                spin()
                window.grab().save(str(folder / f"{state}_{look}_{code}_{size}.png"))
                finish(window)
        for shape in SHAPES:
            tray_icon(shape).pixmap(48).save(str(folder / f"tray_{shape}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")

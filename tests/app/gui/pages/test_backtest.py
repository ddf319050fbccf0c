"""The Try out page: plays real streams in a real process, beside other rules, by keys alone."""

from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core.edits import PutRule
from app.core.links import LinkStage, LinkState
from app.core.rules import Rule
from app.gateway.messages import Changed
from app.gui.options import OptionsFile
from app.gui.page import Desk, find_pages
from app.gui.window import Window
from app.paths import Parts
from app.store.db import Database
from app.store.journal import Journal
from tests.app.gui import sample_rules
from tests.app.gui.conftest import close
from tests.app.store.samples import START_MS, gift, outcome

WAIT_MS = 30_000
CAPTURES = Path(__file__).parents[4].parent / "shared" / "data" / "captures"


class Trying:
    def __init__(self, window, core, qtbot):
        self.window, self.core, self.qtbot = window, core, qtbot
        self.page = window.pages["backtest"]
        self.told = []
        window.desk.told.connect(self.told.append)

    def choose(self, kind, data=None, compare=0):
        self.page.chooser.choose(kind, data)
        self.page.chooser.compare.setCurrentIndex(compare)

    def play(self):
        self.page.start()
        self.wait()
        return self.page.results.result

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.page.busy, timeout=WAIT_MS)


@pytest.fixture
def trying(show, bridge, qtbot):
    core = sample_rules.RuleCore(bridge)
    window = show(sample_rules.snapshot())
    window.go("backtest")
    return Trying(window, core, qtbot)


def test_a_made_up_stream_is_played_and_shown(trying, bridge):
    bridge.state.devices.clear()
    trying.choose("script", "busy")
    result = trying.play()
    page = trying.page
    assert page.below.currentWidget() is page.results
    assert page.results.title.text() == "Busy"
    assert page.results.figures["gifts"].value.text() == f"{result.now.gifts:,}"
    assert "practice devices were used" in page.results.notes.words()
    assert page.results.rules.figures.rowCount() > 0
    assert page.results.outputs.figures.rowCount() > 0


def test_the_capture_of_many_rooms_keeps_its_gifts(trying):
    path = CAPTURES / "many-rooms.jsonl.gz"
    if not path.exists():
        pytest.skip("the recorded streams are not beside this clone")
    trying.page.chooser.take_file(str(path))
    result = trying.play()
    assert (result.now.gifts, result.now.coins) == (19, 23)


def test_everything_goes_by_keys(trying, qtbot):
    page = trying.page
    page.chooser.kind.buttons["script"].setFocus()
    reached = []
    for _ in range(5):
        reached.append(page.window().focusWidget())
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert {page.chooser.stream, page.chooser.compare, page.chooser.start} <= set(reached)
    page.chooser.start.setFocus()
    qtbot.keyClick(page.chooser.start, Qt.Key.Key_Space)
    assert page.busy
    assert page.window().focusWidget() is page.chooser.cancel
    trying.wait()
    assert page.window().focusWidget() is page.chooser.start
    assert page.results.result is not None


def test_escape_cancels_and_nothing_is_shown(trying, qtbot):
    trying.choose("script", "flood")
    trying.page.start()
    qtbot.waitUntil(lambda: trying.page.process.running, timeout=WAIT_MS)
    qtbot.keyClick(trying.window, Qt.Key.Key_Escape)
    trying.wait()
    assert trying.told == ["Cancelled. Nothing was changed."]
    assert trying.page.results.result is None
    assert trying.page.chooser.start.isVisible()


def test_rules_as_they_were_when_the_window_was_opened_stand_beside(trying):
    trying.choose("script", "busy", compare=1)
    first = trying.play()
    assert first.before is None
    assert "as they were when this window was opened" in trying.page.results.notes.words()
    content = sample_rules.rule("r1", "Spin for roses", on=False)
    trying.core.document = PutRule(Rule.model_validate(content), 0).apply(trying.core.document)
    trying.core.revision = 2
    second = trying.play()
    now = {one.rule_id: one.ran for one in second.now.rules}
    before = {one.rule_id: one.ran for one in second.before.rules}
    assert now["r1"] == 0 < before["r1"]
    assert {key: now[key] for key in now if key != "r1"} == {
        key: before[key] for key in before if key != "r1"
    }


def test_another_profile_stands_beside(trying):
    trying.choose("script", "calm", compare=2)
    result = trying.play()
    asked = [one.profile for one in trying.core.asked if one.type == "get_rules"]
    assert asked[-2:] == ["", "Morning"]
    assert result.before == result.now.model_copy(update={"took_s": result.before.took_s})
    assert trying.page.results.title.text() == "Calm, compared with: Profile Morning"


def test_a_change_of_the_rules_afterwards_is_told(trying, bridge):
    trying.play()
    bridge.take_changed(Changed(rules_revision=5))
    bridge.flush()
    assert "have been changed since" in trying.page.results.notes.words()


def test_a_file_that_is_no_recording_is_told_in_a_sentence(trying, tmp_path):
    (tmp_path / "holiday.txt").write_text("sun", encoding="utf-8")
    trying.page.chooser.take_file(str(tmp_path / "holiday.txt"))
    assert trying.play() is None
    assert trying.page.trouble_card.isVisible()
    assert "recording of a stream" in trying.page.trouble.words()
    trying.choose("script", "calm")
    trying.play()
    assert not trying.page.trouble_card.isVisible()


def test_without_a_core_it_says_so(trying):
    trying.core.hold()
    trying.page.start()
    assert trying.page.busy
    trying.core.lose()
    assert not trying.page.busy
    assert "The engine is not connected" in trying.page.trouble.words()


def test_cancelled_while_the_rules_are_fetched_it_never_starts(trying):
    trying.core.hold()
    trying.page.start()
    trying.page.cancel()
    trying.core.let_go()
    assert not trying.page.busy
    assert not trying.page.process.running


def test_the_result_is_kept_as_a_table(trying, qtbot, tmp_path):
    trying.play()
    qtbot.mouseClick(trying.page.results.export, Qt.MouseButton.LeftButton)
    dialog = trying.page.findChild(QFileDialog, "save_table")
    dialog.fileSelected.emit(str(tmp_path / "result.csv"))
    dialog.reject()
    text = (tmp_path / "result.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("Part,Name,Figure,Now\n")
    assert "Spin for roses,Ran," in text
    assert trying.told == ["Saved as result.csv."]
    trying.page.export_to(str(tmp_path / "no" / "where.csv"))
    assert "could not be written" in trying.told[-1]


def test_past_streams_and_recordings_of_the_profile_are_found(trying, qtbot):
    trying.page.chooser.choose("past")
    qtbot.waitUntil(lambda: not trying.page.lister.running, timeout=WAIT_MS)
    assert "There is no past stream yet" in trying.page.chooser.about.words()


def test_a_window_that_is_closed_leaves_no_process_behind(bridge, language, profile, qtbot):
    sample_rules.RuleCore(bridge)
    window = Window(Desk(bridge, OptionsFile(profile), language), find_pages())
    bridge.take_link(LinkState(LinkStage.ONLINE, 0.0))
    bridge.take_snapshot(sample_rules.snapshot())
    window.go("backtest")
    page = window.pages["backtest"]
    page.chooser.choose("script", "flood")
    page.start()
    qtbot.waitUntil(lambda: page.chooser.progress.words().startswith("Playing"), timeout=WAIT_MS)
    pid = page.process._process.processId()
    close(window)
    qtbot.waitUntil(
        lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie",
        timeout=WAIT_MS,
    )


def test_the_language_changes_what_is_shown(trying, language, bridge):
    bridge.state.devices.clear()
    trying.choose("script", "calm")
    trying.play()
    language.choose("vi")
    trying.qtbot.waitUntil(lambda: "thiết bị giả lập" in trying.page.results.notes.words())
    assert trying.page.chooser.title() == trying.page.results.title.text() == "Yên ả"


def test_it_can_be_asked_for_by_another_page(trying):
    trying.window.go("backtest", "room:77")
    assert trying.page.chooser.kind.buttons["past"].isChecked()
    trying.window.go("backtest", "start")
    assert any(one.about == "start" for one in trying.page.commands())


def test_the_last_ten_minutes_are_played_with_one_press_on_the_live_page(trying):
    parts = Parts(trying.window.desk.options.folder)
    parts.journal.parent.mkdir(parents=True, exist_ok=True)
    database = Database(parts.journal, lambda _: None)
    database.open()
    journal = Journal(database, run="run")
    journal.begin_stream(7, "anna", START_MS)
    for number, minutes in enumerate((0, 30, 39)):
        journal.on_outcome(outcome(gift(number, at_ms=START_MS + minutes * 60_000)))
    assert database.close()
    window, page = trying.window, trying.page
    window.go("live")
    window.pages["live"].activity.replay.click()
    assert page.isVisible()
    trying.wait()
    assert page.results.title.text() == "Last 10 minutes"
    assert page.results.result.now.length_s == 540.0
    assert page.results.result.now.events == 2
    trying.page.chooser.choose("past", "last:60")
    assert trying.play().now.events == 3


def test_last_minutes_of_which_there_are_none_are_said(trying):
    trying.window.go("backtest", "last:10")
    trying.wait()
    assert "history has nothing" in trying.page.trouble.words()

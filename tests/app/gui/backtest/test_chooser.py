"""Choosing a stream and what to compare with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core.backtests import (
    SCRIPTS,
    Listing,
    PastStream,
    PastStreamLine,
    Recording,
    RecordingFile,
    Scripted,
)
from app.gateway.views import ProfilesView
from app.gui.backtest.chooser import Chooser

LEFT = Qt.MouseButton.LeftButton
LISTING = Listing(
    recordings=(RecordingFile(path="/r/one.tape.gz", user="anna", started_ms=1, bytes=2_500_000),),
    streams=(
        PastStreamLine(room_id=-5, user="anna", started_ms=1, ended_ms=3_600_001, gifts=7, coins=9),
    ),
)


@pytest.fixture
def chooser(qtbot):
    made = Chooser()
    qtbot.addWidget(made)
    made.resize(880, 140)
    made.show()
    return made


def test_every_script_is_offered_with_a_sentence(chooser):
    said = set()
    for place, name in enumerate(SCRIPTS):
        chooser.stream.setCurrentIndex(place)
        assert chooser.source() == Scripted(name=name)
        said.add(chooser.about.words())
    assert len(said) == len(SCRIPTS)
    assert all(one.endswith(".") for one in said)


def test_recordings_are_asked_for_when_wanted_and_chosen(chooser, qtbot):
    with qtbot.waitSignal(chooser.listing_wanted):
        qtbot.mouseClick(chooser.kind.buttons["recording"], LEFT)
    assert chooser.source() is None
    assert not chooser.start.isEnabled()
    assert "Looking" in chooser.about.words()
    chooser.show_listing(LISTING)
    assert chooser.source() == Recording(path="/r/one.tape.gz")
    assert "@anna" in chooser.title()
    assert "2.5 MB" in chooser.title()
    assert chooser.start.isEnabled()


def test_a_past_stream_is_chosen_by_its_room(chooser, qtbot):
    chooser.show_listing(LISTING)
    qtbot.mouseClick(chooser.kind.buttons["past"], LEFT)
    assert chooser.source() == PastStream(last_s=600.0)
    assert chooser.about.words().startswith("The end of your newest stream")
    chooser.stream.setCurrentIndex(2)
    assert chooser.source() == PastStream(room_id=-5)
    assert chooser.about.words().startswith("1 h 0 min, 7 gifts, 9 coins.")


def test_a_past_stream_may_be_asked_for_before_it_is_listed(chooser):
    chooser.choose("past", "-5")
    assert chooser.source() == PastStream(last_s=600.0)
    chooser.show_listing(LISTING)
    assert chooser.source() == PastStream(room_id=-5)


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        (Listing(), "There is no past stream yet"),
        (Listing(streams_unread=True), "cannot be read now"),
    ],
)
def test_without_a_past_stream_it_says_why(chooser, qtbot, listing, said):
    qtbot.mouseClick(chooser.kind.buttons["past"], LEFT)
    chooser.show_listing(listing)
    assert said in chooser.about.words()
    assert not chooser.start.isEnabled()


def test_a_file_from_anywhere_is_chosen(chooser, qtbot, tmp_path):
    chooser.show_listing(LISTING)
    qtbot.mouseClick(chooser.kind.buttons["recording"], LEFT)
    qtbot.mouseClick(chooser.browse, LEFT)
    dialog = chooser.findChild(QFileDialog, "open_recording")
    dialog.fileSelected.emit(str(tmp_path / "mine.jsonl.gz"))
    dialog.reject()
    assert chooser.source() == Recording(path=str(tmp_path / "mine.jsonl.gz"))
    assert chooser.stream.count() == 2


def test_profiles_that_do_not_run_can_be_compared_with(chooser):
    chooser.show_profiles(ProfilesView(current="Evening", names=("Evening", "Morning")))
    offered = [chooser.compare.itemData(place) for place in range(chooser.compare.count())]
    assert offered == ["nothing", "opened", "profile:Morning"]
    chooser.compare.setCurrentIndex(2)
    chooser.show_profiles(ProfilesView(current="Evening", names=("Evening", "Late", "Morning")))
    assert chooser.compared() == "profile:Morning"


def test_the_choice_stays_when_the_language_changes(chooser, language):
    chooser.choose("script", "roses")
    chooser.compare.setCurrentIndex(1)
    language.choose("vi")
    chooser.retranslate()
    assert chooser.source() == Scripted(name="roses")
    assert chooser.title() == "500 hoa hồng"
    assert chooser.compared() == "opened"


def test_while_it_plays_only_cancel_is_left(chooser):
    chooser.show_running(running=True)
    assert not any(part.isEnabled() for part in (chooser.kind, chooser.stream, chooser.compare))
    assert chooser.cancel.isVisible()
    assert not chooser.start.isVisible()
    chooser.show_running(running=False)
    assert chooser.stream.isEnabled()

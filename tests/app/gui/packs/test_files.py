"""Files of strangers: hostile ones are refused in a sentence, somebody's rules are a pack too."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.core.pack_import import Place
from app.core.pack_words import PROBLEMS
from app.core.rules import dump
from app.gui.widgets.basic import Label
from tests.app.gui import sample_rules
from tests.app.gui.packs.conftest import opened, raw_pack
from tests.app.gui.rules.driving import LEFT

HOSTILE = {
    "nothing": (b"", "pack_unreadable"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "pack_unreadable"),
    "no pack": ("[1, 2, 3]", "pack_none"),
    "deep": ("[" * 200_000, "pack_deep"),
    "huge": (b" " * 9_000_000, "pack_large"),
    "long": (b"9" * 1_500_000, "pack_unreadable"),
    "home": (
        json.dumps(raw_pack()).replace("https://example.com/hook", "http://192.168.1.1/reboot"),
        "url_local",
    ),
    "endless": (
        json.dumps(raw_pack()).replace("count * 3", "9**9**9**9"),
        "In “Spin it”",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_in_a_sentence_through_the_real_dialog(packs, file, kind):
    at = packs()
    before = dump(at.desk.document)
    content, code = HOSTILE[kind]
    sentence = PROBLEMS[code].en.format(most=2, host="192.168.1.1") if code in PROBLEMS else code
    path = file(content, "stranger.json")
    at.window.go("rules", "packs")
    shelf = at.rooms.shelf
    at.qtbot.mouseClick(shelf.open_button, LEFT)
    at.open_dialog(path)
    at.qtbot.waitUntil(shelf.trouble.isVisible, timeout=30_000)
    assert shelf.why.words().startswith("stranger.json was not opened. ")
    assert sentence in shelf.why.words()
    assert not shelf.reading.isVisible()
    assert at.rooms.currentWidget() is shelf
    assert dump(at.desk.document) == before


def test_a_refusal_is_said_in_vietnamese_too(packs, file, language):
    at = packs()
    language.choose("vi")
    at.rooms.open_file(file("[]"))
    at.qtbot.waitUntil(at.rooms.shelf.trouble.isVisible, timeout=15_000)
    assert PROBLEMS["pack_none"].vi in at.rooms.shelf.why.words()


def test_reading_can_be_left(packs, file):
    at = packs()
    at.rooms.open_file(file(raw_pack()))
    assert at.rooms.shelf.reading.isVisible()
    at.qtbot.mouseClick(at.rooms.shelf.cancel, LEFT)
    assert not at.rooms.shelf.reading.isVisible()
    at.rooms.open_file(file("[]", "other.json"))
    at.qtbot.waitUntil(at.rooms.shelf.trouble.isVisible, timeout=15_000)
    assert at.rooms.currentWidget() is at.rooms.shelf


def test_a_file_that_is_gone_is_told(packs, tmp_path):
    at = packs()
    at.rooms.open_file(tmp_path / "gone.json")
    at.qtbot.waitUntil(at.rooms.shelf.trouble.isVisible, timeout=15_000)


def test_a_file_dropped_on_any_page_is_looked_into(packs, file):
    at = packs()
    at.window.go("live")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file(raw_pack())))])
    enter = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(at.window, enter)
    assert enter.isAccepted()
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(at.window, event)
    at.wait_for(at.preview)
    assert at.window.page is at.page
    assert len(at.ids()) == 6


def test_somebodys_rules_file_is_taken_like_a_pack(packs, file):
    at = packs()
    hook = {"key": "webhook", "url": "http://192.168.0.9/x", "secret": "mine", "body": ""}
    content = sample_rules.content()
    content["rules"] = [
        sample_rules.rule("a", "Wave", do=[{"key": "rotate", "device": "motor", "rounds": "1"}]),
        sample_rules.rule("b", "Call home", do=[hook]),
        sample_rules.rule("c", "Odd", do=[{"key": "levitate"}]),
    ]
    content["groups"] = []
    opened(at, file, content, "friend.json")
    assert at.preview.title.text() == "friend"
    assert "1 rule of the file could not be read and is left out." in at.told_words()
    (role,) = at.preview.choosing.roles
    assert at.preview.choosing.roles[role].currentData() == Place("motor", "motor")
    assert [line.text() for _, line in at.preview.choosing.answers] == ["", ""]
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    wave, call = at.desk.document.rules.rules[6:]
    assert wave.do[0].device == "motor"
    assert (call.do[0].url, call.do[0].secret) == ("", "")


def test_a_pack_that_asks_without_end_asks_for_some_and_leaves_the_rest_for_later(packs, file):
    calls = [{"key": "webhook", "url": ""}] * 25
    rules = [
        sample_rules.rule(f"r{n}", f"Rule {n}", when={"key": "follow"}, do=calls, limits={})
        for n in range(100)
    ]
    at = packs()
    opened(at, file, raw_pack(rules=rules, needs=[]))
    assert len(at.preview.choosing.answers) == 40
    said = [one.words() for one in at.preview.choosing.findChildren(Label)]
    # Each request may have a secret too.
    assert "4,960 more can be filled in later, in the rules." in said
    at.qtbot.mouseClick(at.preview.accept, LEFT)
    assert len(at.desk.document.rules.rules) == 106


@pytest.mark.parametrize("hostile", ["W" * 120, "<h1>Big</h1><br>" * 7, "\u202e\u0301" * 60])
def test_names_of_strangers_change_nothing_but_their_own_line(packs, file, hostile):
    at = packs(size=(1000, 640))
    width = at.window.width(), at.window.minimumSizeHint().width()
    made = raw_pack(name=hostile, author=hostile, note=hostile * 16)
    made["needs"][0]["title"] = hostile
    made["rules"][0]["name"] = hostile
    opened(at, file, made)
    QApplication.processEvents()
    assert (at.window.width(), at.window.minimumSizeHint().width()) == width
    for area in (at.preview.left_area, at.preview.right_area):
        assert area.widget().width() <= area.viewport().width()
    if hostile.isascii():
        assert at.preview.title.words() == hostile
    assert at.preview.left_area.height() > at.window.height() // 2
    assert at.preview.accept.visibleRegion().contains(at.preview.accept.rect().center())

"""What strangers write is shown as it is: no tags in tooltips, no word that widens a window."""

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment

from app.gui.text import as_tip, untagged
from app.gui.widgets.basic import ElidedLabel, Label

HOSTILE = '<b>you won</b> <img src="file://evil.example/x.png"> & <a href="x">click</a>'


@pytest.mark.parametrize("text", [HOSTILE, "a < b", "<", "&lt;b&gt; <i>", "1\n<b>2\n  3"])
def test_a_tooltip_shows_tags_instead_of_obeying_them(text):
    assert Qt.mightBeRichText(as_tip(text))
    shown = QTextDocumentFragment.fromHtml(as_tip(text))
    assert shown.toPlainText().replace("\u2028", "\n") == text
    assert "<img" not in as_tip(text)


@pytest.mark.parametrize("text", ["", "Rose", "Hoa hồng & xe", "a\nb"])
def test_an_ordinary_tooltip_stays_as_it_is(text):
    assert as_tip(text) == text


def test_a_notification_has_no_tags_whatever_a_viewer_is_called():
    said = untagged(f"{HOSTILE} sent Rose")
    assert not Qt.mightBeRichText(said)
    assert "you won" in said


def test_a_label_that_is_cut_has_a_harmless_tooltip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text(HOSTILE)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == as_tip(HOSTILE)


def test_a_word_without_end_is_broken_and_read_whole(qtbot):
    label = Label(wrap=True)
    qtbot.addWidget(label)
    label.show_text("W" * 2_000)
    assert label.words() == "W" * 2_000
    assert label.minimumSizeHint().width() < 600
    label.show_text("Nghiêng 3 vòng")
    assert "\u200b" not in label.text()

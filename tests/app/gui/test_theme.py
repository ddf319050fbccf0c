"""The look switches live, and everything that paints follows."""

import pytest
from PySide6.QtGui import QFontDatabase, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from app import paths
from app.gui.theme import theme
from app.gui.tokens import DARK, LIGHT

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯạảãàáậẩẫầấặẳẵằắẹẻẽèéệểễềếịỉĩìíọỏõòóộổỗồốợởỡờớụủũùúựửữừứỵỷỹỳý₫×→…·“”"


def test_the_palette_is_explicit_and_follows_the_choice(qapp, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.choose(choice="light")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT["canvas"]
    assert LIGHT["surface"] in qapp.styleSheet()
    theme.choose(choice="dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK["canvas"]
    assert DARK["surface"] in qapp.styleSheet()


def test_the_stylesheet_has_no_slot_left_open():
    assert "$" not in theme.stylesheet()


@pytest.mark.parametrize("percent", [100, 115, 130])
def test_text_size_scales_fonts_and_buttons(percent):
    theme.choose(text_percent=percent)
    assert theme.font("body").pixelSize() == round(14 * percent / 100)
    assert f"min-height: {round(36 * percent / 100) - 2}px" in theme.stylesheet()


def test_reduced_motion_takes_no_time():
    theme.choose(reduce_motion=True)
    assert theme.motion_ms(180) == 0
    theme.choose(reduce_motion=False)
    assert theme.motion_ms(180) == 180


def test_high_contrast_turns_hairlines_into_edges():
    theme.high_contrast = True
    try:
        assert theme.value("line") == theme.value("control")
    finally:
        theme.high_contrast = False


def test_the_bundled_font_has_every_vietnamese_letter(qapp):
    faces = sorted((paths.resources() / "fonts").glob("*.otf"))
    assert len(faces) == 4
    for face in faces:
        font = QRawFont(str(face), 14)
        missing = [letter for letter in VIETNAMESE if not font.supportsCharacter(ord(letter))]
        assert not missing, face.name
    assert "Inter" in QFontDatabase.families()
    assert isinstance(QApplication.instance(), QApplication)


def test_the_licence_comes_with_the_font():
    text = (paths.resources() / "fonts" / "Inter-LICENSE.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in text

"""Colours are readable, and live in one file."""

import re
from pathlib import Path

import pytest

from app.gui.tokens import DARK, LIGHT, SHAPE_PAIRS, TEXT_PAIRS, THEMES, contrast

GUI = Path(__file__).resolve().parents[3] / "app" / "gui"


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)])
def test_every_pair_of_colours_can_be_told_apart(name, pairs, least):
    table = THEMES[name]
    bad = {pair: round(contrast(table[pair[0]], table[pair[1]]), 2) for pair in pairs
           if contrast(table[pair[0]], table[pair[1]]) < least}  # fmt: skip
    assert not bad


def test_both_themes_have_the_same_tokens():
    assert set(DARK) == set(LIGHT)


def test_contrast_knows_its_ends():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


def test_no_other_file_holds_a_colour():
    found = [
        path.name
        for path in GUI.rglob("*.py")
        if path.name != "tokens.py" and re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
    ]
    assert not found


def test_nothing_is_styled_widget_by_widget():
    banned = re.compile(
        r"\.setStyleSheet\(|QGraphicsEffect|setGraphicsEffect|processEvents|\.exec\("
    )
    found = {
        path.name
        for path in GUI.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if banned.search(line)
    }
    assert found == {"theme.py"}

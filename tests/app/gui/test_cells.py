"""Whatever viewers are called, a spreadsheet shows it and does nothing."""

import pytest

from app.gui.cells import plain


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "＠x",
        "  =1",
        "\ufeff=1",
        "|cmd",
        "\u200b=1",
    ],
)
def test_what_would_be_a_formula_is_text(text):
    assert plain(text).startswith("'")


@pytest.mark.parametrize("text", ["", "mai", "Mai Ăn", "1 = 1", "🎉", "'quoted'"])
def test_what_is_none_stays_as_it_is(text):
    assert plain(text) == text


def test_a_text_stays_in_its_line():
    assert plain("a\r\nb\x00c\u2028d") == "a  b c d"

"""User names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.user_name import clean_user_name


@pytest.mark.parametrize(
    "text",
    [
        "kim.le_1",
        "@kim.le_1",
        "  @Kim.Le_1  ",
        "https://www.tiktok.com/@kim.le_1",
        "https://www.tiktok.com/@kim.le_1/live",
        "http://m.tiktok.com/@kim.le_1?lang=vi-VN",
        "tiktok.com/@kim.le_1/live?x=1#top",
        "\u200ekim.le_1\u200b",
    ],
)
def test_a_name_in_any_form(text):
    assert clean_user_name(text) == "kim.le_1"


@pytest.mark.parametrize(
    "text",
    ["", " ", "@", "a", "two words", "x" * 25, "dot.", "tên", "a/b", "https://vm.tiktok.com/ZM123/",
     "https://example.com/@kim", "kim?x=1", "@@kim", "kim\nle"],
)  # fmt: skip
def test_what_is_no_name(text):
    assert clean_user_name(text) == ""


@given(st.text(max_size=60))
def test_a_clean_name_is_safe_in_an_address_and_stays_as_it_is(text):
    name = clean_user_name(text)
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789_." for c in name)
    assert not name or clean_user_name(name) == name

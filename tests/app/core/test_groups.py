"""Groups and ids: words in any language become ids, and nobody gets another's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.groups import ID_PATTERN, grouped, numbered, slug, unused


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Động cơ 1", "dong-co-1"),
        ("  Spin -- it! ", "spin-it"),
        ("Đèn ĐỎ", "den-do"),
        ("Straße", "strasse"),
        ("★", "rule"),
        ("", "rule"),
        ("ﬁre", "fire"),
    ],
)
def test_a_name_becomes_an_id(name, made):
    assert slug(name, "rule") == made


@given(st.text(max_size=300), st.sets(st.sampled_from(["rule", "rule-2", "a", "a-2"])))
def test_any_name_becomes_an_id_that_fits_and_is_free(name, taken):
    fresh = unused(slug(name, "rule"), taken)
    assert re.match(ID_PATTERN, fresh)
    assert fresh not in taken


@pytest.mark.parametrize(
    ("name", "taken", "made"),
    [
        ("Spin", [], "Spin 2"),
        ("Spin", ["Spin 2"], "Spin 3"),
        ("Spin 7", ["Spin 7"], "Spin 2"),
        ("x" * 120, [], "x" * 110 + " 2"),
        ("", [], "2"),
    ],
    ids=lambda value: str(value)[:10],
)
def test_copies_are_numbered(name, taken, made):
    assert numbered(name, taken) == made


def test_what_is_no_list_of_rules_is_left_to_the_reader():
    assert grouped({"rules": 5}) == {"rules": 5}
    assert grouped({}) == {"groups": [], "rules": []}

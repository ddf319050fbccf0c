"""What is wrong in a rule, in words of both languages."""

from __future__ import annotations

import string

import pytest

from app.core.problems import FORMULA_SENTENCES, SENTENCES, Problem


def test_a_place_counts_from_one():
    assert Problem(("do", 1, "rounds"), "missing").sentence() == "do 2, rounds: this is missing"
    assert Problem((0, "id"), "missing").sentence() == "0, id: this is missing"
    assert Problem((), "not_rules").sentence() == "this is not a file of rules"


def test_numbers_are_written_without_idle_decimals():
    problem = Problem(("rpm",), "less_than_equal", (("le", 3.0),))
    assert problem.sentence() == "rpm: 3 is the most that fits"
    assert problem.sentence("vi") == "rpm: lớn nhất là 3"


def test_an_unknown_code_says_what_the_checker_said():
    assert Problem(("x",), "novel", (), "Odd {thing}").sentence() == "x: Odd {thing}"
    assert Problem(("x",), "novel").sentence() == "x: novel"
    assert Problem(("x",), "novel", (), "Half {").sentence() == "x: Half {"
    assert Problem(("x",), "greater_than").sentence() == "x: it must be more than {gt}"


@pytest.mark.parametrize(("en", "vi"), list({**SENTENCES, **FORMULA_SENTENCES}.values()))
def test_both_languages_have_the_same_slots(en, vi):
    def slots(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert slots(en) == slots(vi)

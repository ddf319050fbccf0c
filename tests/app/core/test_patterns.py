"""Search patterns: the same answers as Python's own, in linear time, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from app.core.patterns import MAX_STATES, Pattern


class Holder(BaseModel):
    pattern: Pattern


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("spin", ["Spin!", "please SPIN"], ["spn", ""]),
        ("^!spin( \\d+)?$", ["!spin", "!spin 12", " !SPIN 3 "], ["!spin x", "a !spin"]),
        ("xoay|quay", ["Quay đi", "XOAY"], ["qua"]),
        ("colou?r", ["color", "Colour"], ["colouur"]),
        ("go{2,4}al", ["goal".replace("o", "oo"), "goooal"], ["goal", "gooooooal"]),
        ("go{3}", ["gooo"], ["goo"]),
        ("go{2,}gle", ["google", "gooooooogle"], ["gogle"]),
        ("\\bcat\\b", ["a cat!", "CAT"], ["concat", "cats"]),
        ("\\Bcat", ["concat"], ["cat"]),
        ("[a-cx]+[^0-9]", ["A-", "xx!"], ["d1", "a"]),
        ("[]^-]", ["]", "^", "-"], ["a"]),
        ("[\\d\\-.]x", ["5x", "-x", ".x"], ["ax"]),
        ("\\w+@\\w+\\.\\w+", ["me@here.vn"], ["me@here"]),
        ("\\D\\S\\W", ["a1!"], ["11!"]),
        ("a{x}|a{|{2}", ["a{x}", "a{", "{2}"], ["a"]),
        ("(?:ha)+!", ["hahaha!"], ["ha"]),
        (".*", ["", "anything"], []),
        ("ĐỘNG", ["động cơ"], ["dong"]),
        ("STRASSE", ["straße"], []),
        ("Straße", ["STRASSE"], []),
        ("[À-Ỹ]", ["à"], ["a"]),
        ("()", ["", "a"], []),
        ("\\t\\n", [], ["tn"]),
    ],
)
def test_it_finds_what_it_says(pattern, fits, fits_not):
    made = Pattern(pattern)
    assert [text for text in fits if not made.found_in(text)] == []
    assert [text for text in fits_not if made.found_in(text)] == []


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(a)\\1", "pattern_forbidden"),
        ("a(?=b)", "pattern_forbidden"),
        ("(?<!a)b", "pattern_forbidden"),
        ("(?P<n>a)", "pattern_forbidden"),
        ("(?i)a", "pattern_forbidden"),
        ("a**", "pattern_forbidden"),
        ("a*+", "pattern_forbidden"),
        ("a{2}{3}", "pattern_forbidden"),
        ("\\p", "pattern_forbidden"),
        ("a\\", "pattern_forbidden"),
        ("[z-a]", "pattern_forbidden"),
        ("(a", "pattern_unfinished"),
        ("a)", "pattern_unfinished"),
        ("[a", "pattern_unfinished"),
        ("[", "pattern_unfinished"),
        ("*a", "pattern_unfinished"),
        ("^*", "pattern_unfinished"),
        ("a{5,2}", "pattern_repeat"),
        ("a{101}", "pattern_repeat"),
        ("((a{100}){100}){100}", "pattern_large"),
        ("((){100}){100}", "pattern_large"),
        ("(" * 21 + ")" * 21, "pattern_large"),
        ("a" * 201, "text_long"),
    ],
)
def test_what_could_run_long_or_is_no_pattern_is_refused(pattern, code):
    with pytest.raises(PydanticCustomError) as caught:
        Pattern(pattern)
    assert caught.value.type == code


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|a)*b", "a*a*a*a*a*a*a*a*b", "(a?){50}a{50}b", "((a*)*)*b", "(.*a){11}b"],
)
def test_patterns_that_ruin_other_searchers_take_few_steps(pattern):
    made = Pattern(pattern)
    assert len(made._states) <= MAX_STATES
    assert not made.found_in("a" * 5_000)
    # Each of the 200 places is looked at once, whatever the pattern.
    assert len(made._reached) <= 201
    assert len(made._taken) <= 200


def test_it_remembers_no_more_than_it_may():
    made = Pattern("(a|b|c)*a(a|b|c){8}!")
    for number in range(400):
        made.found_in("".join("abc"[(number * 7 + k * k + k * number) % 3] for k in range(200)))
    assert len(made._reached) <= 1_000
    assert len(made._taken) <= 1_000


atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\w", "\\d", "\\b", "^", "$", "c", "\\s"])
quantifiers = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"])


def grown(inner):
    quantified = st.tuples(inner, quantifiers).map(lambda both: f"(?:{both[0]}){both[1]}")
    return st.one_of(
        quantified,
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda both: f"({both[0]}|{both[1]})"),
    )


@given(st.recursive(atoms, grown, max_leaves=8), st.text("abc1 -", max_size=12))
def test_it_answers_like_the_searcher_that_may_run_long(pattern, text):
    expected = re.search(pattern.replace("$", r"\Z"), text.strip(), re.DOTALL) is not None
    assert Pattern(pattern).found_in(text) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_a_pattern_that_can_be_searched_or_is_refused(pattern, text):
    try:
        made = Pattern(pattern)
    except PydanticCustomError:
        return
    assert made.found_in(text) in (True, False)


def test_it_is_saved_as_it_was_written():
    holder = Holder(pattern="a+")
    assert holder.model_dump() == {"pattern": "a+"}
    assert Holder(pattern=Pattern("a+")) == holder
    assert len({Pattern("a"), Pattern("a")}) == 1
    assert Pattern("a") != "a"
    assert repr(Pattern("a")) == "Pattern('a')"
    assert Holder.model_json_schema()["properties"]["pattern"]["x-field"] == "pattern"
    with pytest.raises(ValidationError):
        Holder(pattern=5)

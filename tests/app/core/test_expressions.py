"""Formulas: what they may say, what they come to, and that nothing hostile gets in."""

from __future__ import annotations

import contextlib
import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.core.expressions import NAMES, Fault, Formula, FormulaError
from app.core.linear import Linear
from tests.app.core.making import facts, gift

NUMBERS = {name: float(index) for index, name in enumerate(NAMES, start=1)}


class Holder(BaseModel):
    formula: Formula = Formula("count")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("coins * count", 2),
        ("coins × count − 1", 1),
        ("7 ÷ 2", 3.5),
        ("7 // 2 + 7 % 4", 6),
        ("-count + +5", 3),
        ("min(count, 1) + max(1, 2, 3)", 4),
        ("round(2.6) + floor(2.6) + ceil(2.2) + abs(-1)", 9),
        ("round(2.345, 2)", 2.35),
        ("round(1.5, -1000000000)", 0),
        ("10 if coins >= 1 else 20", 10),
        ("coins < count and count < 5", 1),
        ("coins ≥ 2 or not count ≤ 1", 1),
        ("5 * (coins ≠ 1)", 0),
        ("1 < 2 < 3", 1),
        (12, 12),
        (0.5, 0.5),
        (" 3 ", 3),
    ],
)
def test_a_formula_comes_to_its_number(text, result):
    assert Formula(text).value({**NUMBERS, "coins": 1, "count": 2}) == pytest.approx(result)


def test_all_names_are_known_for_an_event():
    numbers = facts(gift(coins=5), 3).numbers()
    assert set(numbers) == set(NAMES)
    assert Formula("value").value(numbers) == 15


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1 / (count - count)", Fault.DIVIDED_BY_ZERO),
        ("count % 0", Fault.DIVIDED_BY_ZERO),
        ("1e200 * 1e200", Fault.TOO_LARGE),
        ("floor(1e200 * 1e200)", Fault.TOO_LARGE),
        ("floor(1e300) * floor(1e300)", Fault.TOO_LARGE),
    ],
)
def test_a_formula_that_fails_at_an_event_says_why(text, fault):
    with pytest.raises(FormulaError) as caught:
        Formula(text).value(NUMBERS)
    assert caught.value.fault is fault


def test_missing_numbers_fail_and_do_not_crash():
    with pytest.raises(FormulaError) as caught:
        Formula("coins").value({})
    assert (caught.value.fault, caught.value.name) == (Fault.UNKNOWN_NAME, "coins")
    assert "coins" in str(caught.value)


def test_a_name_may_be_a_variables_and_is_asked_for_when_the_formula_is_worked_out():
    formula = Formula("điểm * 2 + coins")
    assert (formula.names(), formula.free_names()) == ({"coins"}, {"điểm"})
    assert formula.value({"coins": 1, "điểm": 3.0}) == 7.0
    with pytest.raises(FormulaError) as caught:
        formula.value({"coins": 1})
    assert (caught.value.fault, caught.value.name) == (Fault.UNKNOWN_NAME, "điểm")
    assert Formula("round(coins)").free_names() == frozenset()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula_empty"),
        ("   ", "formula_empty"),
        ("1+" * 100 + "1", "formula_long"),
        ("coins *", "formula_syntax"),
        ("coins = 5", "formula_syntax"),
        ("1\0", "formula_syntax"),
        ("1 is 2", "formula_forbidden"),
        ("0or 1", "formula_syntax"),
        ("(" * 100 + ")" * 100, "formula_forbidden"),
        ("-" * 150 + "1", "formula_complicated"),
        ("1+" * 60 + "1", "formula_complicated"),
        ("min(" + "-1," * 49 + "1)", "formula_complicated"),
        ("min(" + "1," * 20 + "1)", "formula_arguments"),
        ("__import__", "formula_name"),
        ("min + 1", "formula_name"),
        ("'a' * 9", "formula_number"),
        ("True", "formula_number"),
        ("1j", "formula_number"),
        ("1e999", "formula_number"),
        ("9" * 400, "formula_long"),
        ("None", "formula_number"),
        ("coins ** 9", "formula_forbidden"),
        ("coins.real", "formula_forbidden"),
        ("coins[0]", "formula_forbidden"),
        ("[1, 2]", "formula_forbidden"),
        ("coins << 3", "formula_forbidden"),
        ("coins & 1", "formula_forbidden"),
        ("~1", "formula_forbidden"),
        ("coins in (1, 2)", "formula_forbidden"),
        ("(lambda: 1)()", "formula_function"),
        ("[x for x in (1, 2)]", "formula_forbidden"),
        ("(x := 5)", "formula_forbidden"),
        ("f'{coins}'", "formula_forbidden"),
        ("open('/etc/passwd')", "formula_function"),
        ("().__class__()", "formula_function"),
        ("count()", "formula_function"),
        ("min(1)", "formula_arguments"),
        ("min(*coins)", "formula_arguments"),
        ("floor()", "formula_arguments"),
        ("round(1, 2, 3)", "formula_arguments"),
        ("round(number=1)", "formula_arguments"),
        ("max(1, 2, key=3)", "formula_arguments"),
        ("max(1, *2)", "formula_forbidden"),
    ],
)
def test_what_does_not_belong_is_refused_when_the_rule_is_loaded(text, code):
    with pytest.raises(ValidationError) as caught:
        Holder(formula=text)
    assert caught.value.errors()[0]["type"] == code


def test_a_model_reads_numbers_texts_and_formulas_and_writes_texts():
    for given_ in ("2 * count", 2, 2.5, Formula("count")):
        text = Holder(formula=given_).model_dump()["formula"]
        assert Holder(formula=text) == Holder(formula=given_)
    for wrong in (True, None, [], {}):
        with pytest.raises(ValidationError, match="write a number or a formula"):
            Holder(formula=wrong)
    assert Holder.model_json_schema()["properties"]["formula"]["format"] == "formula"


def test_formulas_are_equal_when_their_texts_are():
    assert Formula("count") == Formula(" count ")
    assert Formula("count") != Formula("coins")
    assert Formula("count") != "count"
    assert len({Formula("1"), Formula("1")}) == 1
    assert repr(Formula("1")) == "Formula('1')"


@pytest.mark.parametrize(
    ("text", "linear"),
    [
        ("5", Linear(5, "")),
        ("count", Linear(1, "count")),
        ("amount * 3", Linear(3, "count")),
        ("coins * count * 10", Linear(10, "coin")),
        ("value / 100", Linear(0.01, "coin")),
        ("2 * months", Linear(2, "month")),
        ("min(coins * count * 10, 200)", Linear(10, "coin", 200)),
        ("min(20, count)", Linear(1, "count", 20)),
        ("min(count, 0)", None),
        ("min(count, coins)", None),
        ("min(5, 3)", None),
        ("max(count, 3)", None),
        ("coins", None),
        ("coins * coins", None),
        ("count + 1", None),
        ("(count + 1) * 2", None),
        ("2 * (count + 1)", None),
        ("(count + 1) / 2", None),
        ("count / 0", None),
        ("count / coins", None),
    ],
)
def test_plain_factors_are_recognised_for_sentences(text, linear):
    assert Formula(text).linear() == linear


def test_a_formula_tells_which_names_it_uses():
    assert Formula("min(coins, 5) * count").names() == {"coins", "count"}


SIGNS = [
    "1",
    "2.5",
    "0",
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "(",
    ")",
    ",",
    "<",
    "==",
    "and",
    "min",
    "max",
    "round",
    "floor",
    "abs",
    "if",
    "else",
    ".",
    "**",
    "'",
    "[",
    "]",
    "__",
]
PIECES = st.sampled_from([*NAMES, *SIGNS, " ", "\n"])


@given(st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=40), st.data())
def test_whatever_is_written_it_is_refused_or_gives_a_finite_number_or_a_fault(text, data):
    try:
        formula = Formula(text)
    except ValueError:
        return
    numbers = {name: data.draw(st.integers(-(10**12), 10**12)) for name in NAMES}
    with contextlib.suppress(FormulaError):
        assert math.isfinite(formula.value(numbers))
    assert Formula(formula.text) == formula


def test_a_formula_that_was_read_before_is_not_read_again():
    looked = 0

    def count(frame, what, _):
        nonlocal looked
        looked += what == "call"

    text = "min(coins * count + 11, 222) / 3"
    first = Formula(text)
    sys.setprofile(count)
    try:
        second = Formula(text)
    finally:
        sys.setprofile(None)
    assert looked < 10
    assert first == second
    assert first.value({"coins": 1, "count": 1}) == second.value({"coins": 1, "count": 1}) == 4

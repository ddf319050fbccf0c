"""Variables: what they may be called and hold, how long they last, and how they are kept."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.expressions import NAMES, Fault, Formula
from app.core.texts import TEXT_NAMES
from app.core.variables import MAX_VARIABLES, Variable, VariableError, Variables, is_variable_name


@pytest.mark.parametrize("name", ["score", "điểm", "round_2", "Điểm_A", "得分"])
def test_a_variable_may_be_called_by_a_word_of_any_alphabet(name):
    assert is_variable_name(name)
    assert Formula(f"{name} + 1").free_names() == {name}


@pytest.mark.parametrize(
    "name",
    ["", "a b", "1st", "_x", "if", "None", "min", "x" * 41, "a-b", "ﬁ", *NAMES, *TEXT_NAMES],
)
def test_what_means_something_else_is_no_name(name):
    assert not is_variable_name(name)
    with pytest.raises(VariableError) as caught:
        Variables().set(name, 1)
    assert caught.value.fault is Fault.BAD_NAME


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e16])
def test_numbers_stay_in_bounds(value):
    variables = Variables()
    with pytest.raises(VariableError) as caught:
        variables.set("x", value)
    assert caught.value.fault is Fault.TOO_LARGE
    assert variables.all() == ()


def test_texts_are_cut_and_cleaned_and_cannot_be_added_to():
    variables = Variables()
    variables.set("who", "A\u202enna\n" + "x" * 300)
    assert variables.get("who") == "Anna" + "x" * 196
    with pytest.raises(VariableError) as caught:
        variables.add("who", 1)
    assert caught.value.fault is Fault.NOT_A_NUMBER
    assert dict(variables.numbers()) == {}
    variables.set("who", 3)
    assert (dict(variables.numbers()), dict(variables.texts())) == ({"who": 3}, {"who": "3"})


def test_there_are_only_so_many():
    variables = Variables()
    for number in range(MAX_VARIABLES):
        variables.set(f"v{number}", number)
    with pytest.raises(VariableError) as caught:
        variables.set("more", 1)
    assert caught.value.fault is Fault.TOO_MANY
    variables.add("v1", 5)
    assert variables.get("v1") == 6


def test_another_stream_begins_without_those_of_the_last_but_with_the_lasting():
    told = []
    variables = Variables(told.append)
    variables.begin(1)
    variables.set("here", 1)
    variables.set("always", 2, lasting=True)
    variables.add("always", 1)
    variables.begin(1)
    assert variables.get("here") == 1
    variables.begin(2)
    assert variables.all() == (Variable("always", 3, lasting=True),)
    assert told == ["here", "always", "always", "here"]


def test_only_changes_are_told():
    told = []
    variables = Variables()
    variables.listen(told.append)
    for value in (1.0, 1.0, 2.0, "2", "2"):
        variables.set("x", value)
    variables.set("x", "2", lasting=True)
    variables.drop("x")
    variables.drop("x")
    assert told == ["x"] * 5
    assert variables.get("x") is None


names = st.from_regex(r"[a-z][a-z0-9_]{2,8}z", fullmatch=True)
values = st.floats(-1e12, 1e12) | st.text(max_size=10)


@given(st.lists(st.tuples(names, values, st.booleans()), max_size=8))
def test_what_is_dumped_comes_back_the_same(made):
    variables = Variables()
    variables.begin(7)
    for name, value, lasting in made:
        variables.set(name, value, lasting=lasting)
    kept = json.loads(json.dumps(variables.dump()))
    again = Variables()
    again.load(kept)
    assert again.all() == variables.all()
    assert again.dump() == variables.dump()
    again.begin(7)
    assert again.all() == variables.all()
    assert dict(again.texts()) == dict(variables.texts())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"room_id": "x", "stream": 5, "lasting": None},
        {"stream": {"coins": 1, "_": 2, "x": None, "y": [1], "z": True, "big": 10**400}},
    ],
)
def test_what_does_not_fit_in_a_file_is_left_out(data):
    told = []
    variables = Variables(told.append)
    variables.load(data)
    assert (variables.all(), told) == ((), [])


def test_a_copy_goes_its_own_way():
    told = []
    variables = Variables(told.append)
    variables.set("x", 1)
    copy = variables.copy()
    copy.set("x", 2)
    copy.set("y", "a")
    assert (variables.get("x"), dict(variables.texts()), told) == (1, {"x": "1"}, ["x"])

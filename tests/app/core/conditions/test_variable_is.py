"""Variables: set or not, numbers and texts."""

from __future__ import annotations

import pytest

from app.core.conditions.variable_is import VariableIs
from app.core.parts import Facts
from tests.app.core.making import gift, said
from tests.app.core.places import Known, told

STATE = Known(variables={"score": 7.0, "mode": "Party"})


@pytest.mark.parametrize(
    ("fields", "passed"),
    [
        ({"name": "score", "number": 7}, True),
        ({"name": "score", "operator": ">", "number": "score"}, False),
        ({"name": "mode", "of": "text", "operator": "=", "text": "party"}, True),
        ({"name": "mode", "operator": "=", "number": 0}, False),
        ({"name": "unset", "operator": "=", "number": 0}, True),
        ({"name": "unset", "of": "text", "operator": "=", "text": ""}, True),
    ],
)
def test_it_compares_the_value(fields, passed):
    facts = Facts(gift(), state=STATE)
    assert VariableIs.model_validate(fields).holds(facts).passed is passed


def test_it_says_and_tells_the_variable():
    condition = VariableIs(name="score", number=10)
    assert said(condition) == ("“score” is 10 or more", "“score” từ 10 trở lên")
    assert told(condition, Facts(gift(), state=STATE)) == (
        "“score” is 7, wanted is at least 10",
        "“score” là 7, cần ít nhất 10",
    )
    assert said(VariableIs())[0] == "a variable (choose one) is 1 or more"

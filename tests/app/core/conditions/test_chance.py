"""The dice."""

from __future__ import annotations

import pytest

from app.core.conditions.chance import Chance
from app.core.parts import Facts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told


@pytest.mark.parametrize(
    ("percent", "rolled", "passed"),
    [
        (50, 0.4999, True),
        (50, 0.5, False),
        (0, 0.0, False),
        (100, 0.9999, True),
        (0.5, 0.004, True),
    ],
)
def test_it_holds_in_so_many_of_a_hundred_cases(percent, rolled, passed):
    facts = Facts(gift(), world=Place(dice=[rolled]))
    assert Chance(percent=percent).holds(facts).passed is passed


def test_it_says_the_chance_and_what_the_dice_said():
    assert said(Chance(percent=12.5)) == ("a chance of 12.5 % comes up", "trúng xác suất 12,5 %")
    facts = Facts(gift(), world=Place(dice=[0.63]))
    assert told(Chance(), facts) == (
        "the dice said 63, below 50 was needed",
        "xúc xắc ra 63, cần dưới 50",
    )

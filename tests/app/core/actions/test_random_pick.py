"""Choices by chance: weights, and none again until all were there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actions.random_pick import RandomPick
from app.core.memory import Memory
from app.core.moves import Tell, Use
from app.core.parts import Facts
from tests.app.core.making import OPEN, Devices, engine, gift, rule, said
from tests.app.core.places import Known, Place

FLASH, CLICK, SPIN = {"key": "flash"}, {"key": "switch_on"}, {"key": "rotate", "rpm": 100}
CHOICES = [
    {"weight": 1, "do": [FLASH]},
    {"weight": 3, "do": [CLICK]},
    {"weight": 0, "do": [SPIN]},
]


def picked(pick, chance, used=()):
    moves = list(pick.moves(Facts(gift(), world=Place(dice=[chance]), state=Known(used=used))))
    return next(int(dict(m.values)["picked"]) - 1 for m in moves if isinstance(m, Tell))


@pytest.mark.parametrize(("chance", "place"), [(0.0, 0), (0.2499, 0), (0.25, 1), (0.9999, 1)])
def test_the_dice_falls_by_weight_and_never_on_nothing(chance, place):
    assert picked(RandomPick.model_validate({"choices": CHOICES}), chance) == place


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=8),
    st.floats(0, 1, exclude_max=True),
    st.sets(st.integers(0, 7)),
    st.booleans(),
)
def test_whatever_the_weights_a_possible_choice_comes(weights, chance, used, no_repeat):
    choices = [{"weight": weight, "do": [FLASH]} for weight in weights]
    pick = RandomPick.model_validate({"choices": choices, "no_repeat": no_repeat})
    possible = {place for place, weight in enumerate(weights) if weight > 0}
    if not possible:
        assert list(pick.moves(Facts(gift()))) == []
        return
    place = picked(pick, chance, used)
    assert place in possible
    if no_repeat and possible - used:
        assert place not in used


def test_none_comes_again_until_all_were_there():
    pick = RandomPick.model_validate({"choices": CHOICES, "no_repeat": True})
    assert picked(pick, 0.0, used={0}) == 1
    assert picked(pick, 0.0, used={0, 1}) == 0
    moves = list(pick.moves(Facts(gift(), world=Place(dice=[0.9]))))
    assert moves[0] == Use(moves[0].bag, 1, 2)


class Dicing(Devices, Place):
    """All devices, and a dice that always says the same."""

    def __init__(self, chance):
        Place.__init__(self)
        self.places = None
        self.fixed = chance

    def chance(self):
        return self.fixed


def test_the_engine_remembers_what_came():
    made = rule(do=[{"key": "random_pick", "choices": CHOICES[:2], "no_repeat": True}])
    machine = engine(made, devices=Dicing(0.0), memory=Memory())
    came = [
        machine.handle(gift(id=f"g{n}"), float(n), OPEN).commands[0].device_id for n in range(4)
    ]
    assert came == ["light-1", "relay-1", "light-1", "relay-1"]


def test_shares_are_per_cent():
    assert RandomPick.model_validate({"choices": CHOICES}).shares() == (25.0, 75.0, 0.0)
    assert RandomPick.model_validate({"choices": [{"weight": 0}]}).shares() == (0.0,)


def test_other_choices_are_another_bag():
    bags = set()
    for choices in (CHOICES, CHOICES[:2], CHOICES):
        pick = RandomPick.model_validate({"choices": choices, "no_repeat": True})
        bags.add(next(pick.moves(Facts(gift()))).bag)
        assert pick == RandomPick.model_validate({"choices": choices, "no_repeat": True})
    assert len(bags) == 2


def test_it_says_and_holds_its_choices():
    pick = RandomPick.model_validate({"choices": CHOICES[:2]})
    assert said(pick) == (
        "by chance (flash the light white 3 times (25 %) or switch on the relay for 3 s (75 %))",
        "ngẫu nhiên (nháy đèn màu trắng 3 lần (25 %) hoặc bật rơ-le trong 3 giây (75 %))",
    )
    once = RandomPick.model_validate({"choices": CHOICES[:1], "no_repeat": True})
    assert said(once) == (
        "by chance, none again until all were there (flash the light white 3 times (100 %))",
        "ngẫu nhiên, không lặp lại trước khi hết lượt (nháy đèn màu trắng 3 lần (100 %))",
    )
    assert said(RandomPick())[0] == "by chance (choose what to do)"
    assert [part.key for part in pick.inner()] == ["flash", "switch_on"]

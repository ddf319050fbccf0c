"""A gift by id or name, and how combos are counted."""

from __future__ import annotations

import pytest

from app.core.outcome import Reason
from app.core.triggers.gift import GiftArrives
from tests.app.core.making import gift, occasion, said

ROSE = GiftArrives.model_validate({"gifts": [{"id": 5655, "name": "Rose"}]})


@pytest.mark.parametrize(
    ("gift_id", "name", "known", "fits"),
    [
        (5655, "anything", {5655}, True),
        (0, " ROSE ", {5655}, True),
        (777, "Rose", {5655}, True),
        (777, "Rose", {5655, 777}, False),
        (777, "White Rose", {5655}, False),
        (0, "", {5655}, False),
    ],
)
def test_the_id_decides_and_the_name_is_the_fallback(gift_id, name, known, fits):
    event = gift(gift_id=gift_id, name=name)
    assert ROSE.match(occasion(event, known_gifts=frozenset(known))).passed is fits


def test_a_gift_without_id_goes_by_its_name_alone():
    universe = GiftArrives.model_validate({"gifts": [{"name": "Universe"}]})
    event = gift(gift_id=9072, name="universe")
    assert universe.match(occasion(event, known_gifts=frozenset({9072}))).passed


@pytest.mark.parametrize(
    ("count", "total", "final", "late", "each", "at_end"),
    [
        (1, 1, True, False, 1, 1),
        (2, 5, False, False, 2, Reason.COMBO_RUNNING),
        (0, 5, True, False, Reason.NO_MATCH, 5),
        (3, 5, True, False, 3, 5),
        (2, 7, False, True, 2, 2),
        (0, 7, True, True, Reason.NO_MATCH, Reason.NO_MATCH),
    ],
)
def test_each_piece_of_a_combo_is_counted_once(count, total, final, late, each, at_end):
    event = gift(count=count, total=total, final=final, late=late)
    for wait, expected in ((False, each), (True, at_end)):
        verdict = ROSE.match(occasion(event, at_end=wait))
        if isinstance(expected, Reason):
            assert (verdict.passed, verdict.reason) == (False, expected)
            assert dict(verdict.values)["total"] == total
        else:
            assert (verdict.passed, verdict.amount) == (True, expected)


def test_it_is_found_by_ids_and_names():
    assert ROSE.keys() == (5655, "rose")
    assert GiftArrives.keys_of(gift(name="ROSE")) == (5655, "rose")
    assert GiftArrives.keys_of("not a gift") == ()
    assert ROSE.gift_ids() == {5655}
    assert ROSE.gift_names() == ("Rose",)
    assert GiftArrives().keys() == ()


@pytest.mark.parametrize(
    ("gifts", "en", "vi"),
    [
        ([], "a gift (choose one) arrives", "nhận quà (hãy chọn)"),
        ([{"name": "Rose"}], "Rose arrives", "nhận Rose"),
        ([{"id": 7}], "gift 7 arrives", "nhận quà số 7"),
        ([{"name": "A"}, {"name": "B"}], "A or B arrives", "nhận A hoặc B"),
        ([{"name": n} for n in "ABC"], "A, B or C arrives", "nhận A, B hoặc C"),
        (
            [{"name": n} for n in "ABCD"],
            "A, B, C or D arrives",
            "nhận A, B, C hoặc D",
        ),
        (
            [{"name": n} for n in "ABCDEFG"],
            "A, B, C or one of 4 more gifts arrives",
            "nhận A, B, C hoặc một trong 4 quà khác",
        ),
    ],
)
def test_it_names_its_gifts(gifts, en, vi):
    trigger = GiftArrives.model_validate({"gifts": gifts})
    assert said(trigger) == (en, vi)

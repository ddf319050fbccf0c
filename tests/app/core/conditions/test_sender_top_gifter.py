"""Senders by their place among those who gave."""

from __future__ import annotations

import pytest

from app.core.conditions.sender_top_gifter import SenderTopGifter
from app.core.parts import Facts
from app.core.world import ViewerFacts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told


@pytest.mark.parametrize(
    ("rank", "passed", "en", "vi"),
    [
        (
            3,
            True,
            "the sender is number 3 of the gifters",
            "người gửi đứng thứ 3 về quà tặng",
        ),
        (
            4,
            False,
            "the sender is number 4 of the gifters, only the first 3 count",
            "người gửi đứng thứ 4 về quà tặng, chỉ tính 3 người đầu",
        ),
        (
            0,
            False,
            "the sender has given nothing in this LIVE",
            "người gửi chưa tặng gì trong buổi LIVE này",
        ),
    ],
)
def test_the_place_must_be_among_the_first(rank, passed, en, vi):
    facts = Facts(gift(), world=Place(viewer=ViewerFacts(rank=rank)))
    assert SenderTopGifter().holds(facts).passed is passed
    assert told(SenderTopGifter(), facts) == (en, vi)


def test_it_says_how_many():
    assert said(SenderTopGifter(top=1)) == (
        "the sender gave most in this LIVE",
        "người gửi tặng nhiều nhất buổi LIVE này",
    )
    assert said(SenderTopGifter(top=10)) == (
        "the sender is among the top 10 gifters",
        "người gửi thuộc 10 người tặng nhiều nhất",
    )

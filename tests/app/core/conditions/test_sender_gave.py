"""What the sender gave in this stream."""

from __future__ import annotations

from app.core.conditions.sender_gave import SenderGave
from app.core.parts import Facts
from app.core.world import ViewerFacts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told


def test_it_holds_from_its_coins_on_and_tells_them():
    facts = Facts(gift(), world=Place(viewer=ViewerFacts(coins=1200)))
    assert SenderGave(coins=1200).holds(facts).passed
    assert not SenderGave(coins=1201).holds(facts).passed
    assert told(SenderGave(coins=5000), facts) == (
        "the sender gave 1,200 coins in this LIVE, 5,000 are needed",
        "người gửi đã tặng 1.200 xu trong buổi LIVE này, cần 5.000 xu",
    )


def test_it_says_the_coins():
    assert said(SenderGave(coins=1000)) == (
        "the sender gave 1,000 coins or more in this LIVE",
        "người gửi đã tặng từ 1.000 xu trở lên trong buổi LIVE này",
    )

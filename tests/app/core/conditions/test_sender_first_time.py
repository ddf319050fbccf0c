"""Senders who are here for the first time."""

from __future__ import annotations

from app.core.conditions.sender_first_time import SenderFirstTime
from app.core.parts import Facts
from app.core.world import ViewerFacts
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told


def test_it_holds_as_the_world_knows():
    new = Facts(gift(), world=Place(viewer=ViewerFacts(first_time=True)))
    assert SenderFirstTime().holds(new).passed
    old = Facts(gift(), world=Place())
    assert told(SenderFirstTime(), old) == (
        "the sender has been here before",
        "người gửi đã từng đến đây",
    )


def test_it_says_so():
    assert said(SenderFirstTime()) == (
        "the sender is here for the first time",
        "người gửi mới đến lần đầu",
    )

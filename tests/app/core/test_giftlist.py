"""The gifts we know, by id and by name."""

from __future__ import annotations

import pytest

from app.core.giftlist import GiftKind, GiftList

ROSE = 5655


@pytest.mark.parametrize("name", ["Rose", " rose ", "ROSE"])
def test_gifts_are_found_by_name_whatever_the_case(name):
    gifts = GiftList([GiftKind(9, "Rose", 5), GiftKind(ROSE, "Rose", 1), GiftKind(1, "Lion", 1)])
    assert gifts.named(name).id == ROSE
    assert gifts.named("nothing") is None


def test_the_gift_list_keeps_what_a_message_leaves_out_and_tells_what_it_learnt():
    gifts = GiftList([GiftKind(ROSE, "Rose", 1, combo=None)])
    assert gifts.learn(GiftKind(ROSE, "", 0, combo=True)) == GiftKind(ROSE, "Rose", 1, combo=True)
    assert gifts.learn(GiftKind(ROSE, "Hoa hồng", 2)).coins == 2
    assert gifts.learnt() == (GiftKind(ROSE, "Hoa hồng", 2, combo=True),)
    assert gifts.get(4) is None
    again = GiftList([GiftKind(ROSE, "Rose", 1)])
    again.remember(gifts.learnt())
    assert again.get(ROSE) == GiftKind(ROSE, "Hoa hồng", 2, combo=True)
    assert again.learnt() == gifts.learnt()
    assert [kind.id for kind in gifts.all()] == [ROSE]

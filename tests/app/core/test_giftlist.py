"""The gifts we know, by id and by name."""

from __future__ import annotations

import unicodedata

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
    assert gifts.learnt() == (GiftKind(ROSE, "Hoa hồng", 2, True, ("Rose",)),)
    assert gifts.get(4) is None
    again = GiftList([GiftKind(ROSE, "Rose", 1)])
    again.remember(gifts.learnt())
    assert again.get(ROSE) == GiftKind(ROSE, "Hoa hồng", 2, True, ("Rose",))
    assert again.learnt() == gifts.learnt()
    assert [kind.id for kind in gifts.all()] == [ROSE]


@pytest.mark.parametrize("name", ["Rose", "hoa hồng", "Hoa hồng ", "Rosa", "HOA HỒNG"])
def test_every_name_of_a_gift_leads_to_its_id(name):
    gifts = GiftList([GiftKind(9, "Lion", 1), GiftKind(ROSE, "Rose", 1, also=("Hoa hồng",))])
    gifts.learn(GiftKind(ROSE, "Rosa", 1))
    assert gifts.named(name).id == ROSE
    assert gifts.get(ROSE).name == "Rosa"


def test_a_name_told_in_decomposed_letters_is_the_same_name():
    gifts = GiftList([GiftKind(ROSE, "Rose", 1, also=("Hoa hồng",))])
    assert gifts.named(unicodedata.normalize("NFD", "Hoa hồng")).id == ROSE


def test_who_is_called_so_now_goes_before_who_was():
    gifts = GiftList([GiftKind(1, "Crown", 1, also=("Star",)), GiftKind(2, "Star", 99)])
    assert gifts.named("Star").id == 2


def test_names_learnt_are_kept_for_the_next_start_and_never_pile_up():
    gifts = GiftList([GiftKind(ROSE, "Rose", 1, also=("Hoa hồng",))])
    for number in range(30):
        gifts.learn(GiftKind(ROSE, f"Name {number}", 1))
    again = GiftList([GiftKind(ROSE, "Rose", 1, also=("Hoa hồng",))])
    again.remember(gifts.learnt())
    assert again.named("Name 28").id == again.named("Rose").id == ROSE
    assert len(again.get(ROSE).also) <= 8
    assert gifts.learn(GiftKind(ROSE, "Name 29", 1)) is gifts.get(ROSE)

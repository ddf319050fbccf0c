"""The gifts we know, by id and by name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.giftlist import MOST_GIFTS, GiftKind, GiftList

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


# ---------------------------------------------------------------- TikTok's own list


def test_a_list_adds_gifts_and_its_names_stand_beside_the_one_that_shows():
    gifts = GiftList([GiftKind(ROSE, "Rose", 1, also=("Hoa hong",))])
    told = [GiftKind(ROSE, "Hoa hồng", 1, True), GiftKind(7, "Sư tử", 9, False)]
    assert gifts.take_list(told, "vi") == 2
    rose = gifts.get(ROSE)
    assert (rose.name, rose.combo, rose.called_in("vi")) == ("Rose", True, "Hoa hồng")
    assert rose.others == ("Hoa hồng", "Hoa hong")
    assert gifts.get(7) == GiftKind(7, "Sư tử", 9, False, (), (("vi", "Sư tử"),))
    assert gifts.take_list([GiftKind(7, "Lion", 9)], "en") == 1
    assert {gifts.named(name).id for name in ("lion", "sư tử")} == {7}
    assert gifts.take_list(told, "vi") == 0


def test_a_list_changes_a_price_but_not_what_a_stream_told_of_combining():
    gifts = GiftList()
    gifts.learn(GiftKind(ROSE, "Rose", 1, combo=True))
    gifts.take_list([GiftKind(ROSE, "", 5, combo=False)], "vi")
    assert gifts.get(ROSE) == GiftKind(ROSE, "Rose", 5, combo=True)
    gifts.take_list([GiftKind(ROSE, "Rose", 0, combo=None)], "en")
    assert gifts.get(ROSE).coins == 5


def test_a_gift_that_is_renamed_in_a_language_goes_by_both_names_and_they_never_pile_up():
    gifts = GiftList([GiftKind(ROSE, "Rose", 1)])
    for number in range(30):
        gifts.take_list([GiftKind(ROSE, f"Tên {number}", 1)], "vi")
    rose = gifts.get(ROSE)
    assert rose.called_in("vi") == "Tên 29"
    assert gifts.named("tên 28") is rose
    assert len(rose.also) <= 8


def test_a_list_never_makes_the_program_know_more_gifts_than_there_can_be():
    gifts = GiftList([GiftKind(1, "Rose", 1)])
    gifts.take_list((GiftKind(number, f"g{number}", 1) for number in range(1, 12_000)), "en")
    assert len(gifts.all()) == MOST_GIFTS
    assert gifts.take_list([GiftKind(1, "Hoa hồng", 2)], "vi") == 1


def test_the_revision_grows_with_news_only():
    gifts = GiftList([GiftKind(1, "Rose", 1)])
    assert gifts.revision == 0
    gifts.learn(GiftKind(1, "Rose", 1))
    gifts.learn(GiftKind(1, "Rose", 2))
    gifts.take_list([GiftKind(1, "Rose", 2)], "en")
    gifts.take_list([GiftKind(1, "Rose", 2)], "en")
    assert gifts.revision == 2


def test_names_by_language_survive_being_told_again_without_them():
    gifts = GiftList([GiftKind(1, "Rose", 1, local=(("vi", "Hoa hồng"),))])
    gifts.learn(GiftKind(1, "Rosa", 1))
    gifts.remember([GiftKind(1, "Rosa", 1, local=(("en", "Rose"),))])
    assert gifts.get(1).local == (("vi", "Hoa hồng"), ("en", "Rose"))


def test_names_learnt_after_a_search_are_found_and_lost_ones_are_not():
    gifts = GiftList([GiftKind(1, "Rose", 1)])
    assert gifts.named("rose").id == 1
    assert gifts.named("Crown") is None
    gifts.learn(GiftKind(2, "Crown", 5))
    gifts.take_list([GiftKind(3, "Vương miện", 2)], "vi")
    assert (gifts.named("crown").id, gifts.named("vương miện").id) == (2, 3)
    for number in range(20):
        gifts.learn(GiftKind(2, f"Crown {number}", 5))
    assert gifts.named("Crown 10") is None
    assert gifts.named("Crown 19").id == 2


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(("a", "b", "C ", "c", "")), st.integers(0, 3))
    )
)
def test_a_search_finds_what_looking_at_every_gift_finds(told):
    gifts = GiftList([GiftKind(1, "a", 1)])
    for number, (gift_id, name, how) in enumerate(told):
        kind = GiftKind(gift_id, name, how)
        gifts.take_list([kind], "vi") if how == 3 else gifts.learn(kind)
        found = gifts.named("C") if number % 2 else gifts.named("a")
        wanted = "C" if number % 2 else "a"
        every = [one for one in gifts.all() if one.goes_by(wanted)]
        assert (found in every) if every else found is None

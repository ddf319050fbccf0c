"""Pretend gifts look like real ones to the rules, and are marked."""

from __future__ import annotations

from app.core.events import Source
from app.core.giftlist import GiftKind, GiftList
from app.live.simulate import MAX_STEPS, Pretender
from tests.fakes.clock import FakeClock

GIFTS = GiftList(
    [GiftKind(5655, "Rose", 1, combo=True), GiftKind(6369, "Lion", 29999, combo=False)]
)


def pretender() -> Pretender:
    return Pretender(GIFTS, FakeClock())


def test_a_single_gift_is_whole_at_once():
    (gift,) = pretender().gifts(gift="Rose", count=10, who="@kim")
    assert (gift.gift_id, gift.name, gift.coins) == (5655, "Rose", 1)
    assert (gift.count, gift.total, gift.final) == (10, 10, True)
    assert (gift.source, gift.viewer.handle) == (Source.PRETEND, "kim")


def test_a_combo_comes_in_steps_and_ends():
    told = pretender().gifts(gift="Rose", count=3, combo=True)
    assert [(g.count, g.total, g.final) for g in told] == [
        (1, 1, False),
        (1, 2, False),
        (1, 3, False),
        (0, 3, True),
    ]
    assert len({g.streak for g in told}) == 1


def test_a_large_combo_comes_in_few_steps_and_adds_up():
    told = pretender().gifts(count=1_000_000, combo=True)
    assert len(told) == MAX_STEPS + 1
    assert sum(g.count for g in told) == told[-1].total == 1_000_000
    assert [g.final for g in told].count(True) == 1


def test_a_gift_that_is_single_on_tiktok_can_be_pretended_as_a_combo():
    told = pretender().gifts(gift="Lion", count=2, combo=True)
    assert [g.final for g in told] == [False, False, True]


def test_ids_are_unique_also_over_restarts():
    clock = FakeClock()
    first = Pretender(GIFTS, clock)
    ids = [g.id for _ in range(50) for g in first.gifts(count=2, combo=True)]
    ids += [g.id for _ in range(50) for g in first.gifts()]
    clock.now += 1
    ids += [g.id for g in Pretender(GIFTS, clock).gifts()]
    assert len(set(ids)) == len(ids)


def test_gifts_are_found_by_id_or_name_and_unknown_ones_are_made_up():
    one = pretender()
    assert one.gifts(gift="x", gift_id=6369)[0].name == "Lion"
    assert one.gifts(gift="lion")[0].gift_id == 6369
    (unknown,) = one.gifts(gift="Moon Cake")
    assert (unknown.name, unknown.coins) == ("Moon Cake", 1)
    assert unknown.gift_id == one.gifts(gift="moon cake")[0].gift_id > 0
    assert one.gifts(gift="y", gift_id=4242)[0].gift_id == 4242


def test_the_price_may_be_chosen_and_teaches_nobody():
    assert pretender().gifts(gift="Rose", coins=500)[0].coins == 500
    assert GIFTS.get(5655).coins == 1
    assert GIFTS.learnt() == ()


def test_a_pretended_viewer_is_the_same_one_each_time_and_never_a_real_one():
    one = pretender()
    kim, other = one.gifts(who="kim")[0].viewer, one.gifts(who="lee")[0].viewer
    assert kim.id == one.gifts(who=" @kim")[0].viewer.id < 0
    assert kim.id != other.id
    assert one.gifts(who="")[0].viewer.handle == "practice"

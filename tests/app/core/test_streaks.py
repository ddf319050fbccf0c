"""Combos and single gifts, counted once each; also against a slow and obvious model."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.events import Gift, Source, Viewer
from app.core.giftlist import GiftKind, GiftList
from app.core.ledger import LedgerState, MessageKey
from app.core.streaks import (
    IDLE_S,
    KEEP_S,
    STALE_S,
    Counted,
    GiftReport,
    Moment,
    SeenKeys,
    Streaks,
)

ROSE, LION = 5655, 6369
ALICE, BOB = Viewer(1, "alice"), Viewer(2, "bob")
GROUP = 1_763_688_000_123


@dataclass
class Desk:
    """Streaks with a clock and everything they ever told."""

    streaks: Streaks = field(default_factory=lambda: Streaks(GiftList(), room_id=77))
    now: float = 100.0
    told: list[Counted] = field(default_factory=list)
    number: int = 0

    def moment(self, *, backlog: bool = False) -> Moment:
        return Moment(self.now, round(self.now * 1000), backlog)

    def send(self, count=1, *, end=False, backlog=False, **fields) -> Gift | None:
        self.number += 1
        values = {
            "message": MessageKey("WebcastGiftMessage", self.number),
            "viewer": ALICE,
            "gift_id": ROSE,
            "group_id": GROUP,
            "combo": True,
            "name": "Rose",
            "coins": 1,
        }
        report = GiftReport(**(values | {"count": count, "end": end} | fields))
        counted = self.streaks.count(report, self.moment(backlog=backlog))
        if counted is not None:
            self.told.append(counted)
        return counted.gift if counted else None

    def lion(self, **fields) -> Gift | None:
        return self.send(**({"gift_id": LION, "group_id": 0, "combo": False} | fields))

    def wait(self, seconds: float) -> list[Gift]:
        self.now += seconds
        closed = self.streaks.close_idle(self.moment())
        self.told.extend(closed)
        return [one.gift for one in closed]

    @property
    def gifts(self) -> list[Gift]:
        return [one.gift for one in self.told]

    def total(self, viewer: Viewer = ALICE) -> int:
        return sum(gift.count for gift in self.gifts if gift.viewer.id == viewer.id)

    def finals(self) -> list[int]:
        return [gift.total for gift in self.gifts if gift.final]


def restarted(desk: Desk, seconds: float = 1.0) -> Desk:
    """Return a desk that knows only what the first one wrote down."""
    again = Desk(now=desk.now + seconds, number=desk.number)
    again.streaks.restore(LedgerState.of(one.entry for one in desk.told), again.moment())
    return again


def test_a_combo_is_told_step_by_step_and_ended_once():
    desk = Desk()
    for count in (1, 2, 5):
        desk.send(count)
    desk.send(5, end=True)
    assert [(g.count, g.total, g.final) for g in desk.gifts] == [
        (1, 1, False),
        (1, 2, False),
        (3, 5, False),
        (0, 5, True),
    ]


def test_a_resent_end_under_a_new_message_id_is_silent():
    desk = Desk()
    desk.send(1)
    desk.send(1, end=True)
    assert desk.send(1, end=True) is None
    assert desk.send(1, end=True) is None
    assert desk.total() == 1
    assert desk.finals() == [1]


def test_frames_out_of_order_add_nothing_twice():
    desk = Desk()
    for count in (3, 1, 2, 4):
        desk.send(count)
    desk.send(4, end=True)
    assert desk.total() == 4
    assert [g.count for g in desk.gifts] == [3, 1, 0]


def test_only_the_end_arrived_and_brings_everything():
    desk = Desk()
    gift = desk.send(7, end=True)
    assert (gift.count, gift.total, gift.final) == (7, 7, True)


def test_two_viewers_sending_side_by_side_are_two_combos():
    desk = Desk()
    desk.send(1)
    desk.send(1, viewer=BOB, group_id=GROUP + 205)
    desk.send(2)
    desk.send(2, viewer=BOB, group_id=GROUP + 205)
    desk.send(2, end=True)
    desk.send(3, viewer=BOB, group_id=GROUP + 205, end=True)
    assert desk.total(ALICE) == 2
    assert desk.total(BOB) == 3


def test_the_same_gift_to_a_guest_is_a_combo_of_its_own():
    desk = Desk()
    desk.send(2)
    desk.send(2, receiver_id=9001)
    assert desk.total() == 4
    assert {g.receiver_id for g in desk.gifts} == {0, 9001}


def test_a_missing_end_is_made_up_for_after_fifteen_seconds():
    desk = Desk()
    desk.send(1)
    desk.send(4)
    assert desk.wait(IDLE_S) == []
    closed = desk.wait(0.5)
    assert [(g.count, g.total, g.final) for g in closed] == [(0, 4, True)]
    assert desk.wait(60) == []


def test_what_comes_after_our_own_end_still_counts_as_late():
    desk = Desk()
    desk.send(4)
    desk.wait(IDLE_S + 1)
    late = desk.send(6)
    assert (late.count, late.total, late.final, late.late) == (2, 6, False, True)
    assert desk.send(6, end=True) is None
    assert desk.total() == 6
    assert desk.finals() == [4]


def test_an_increment_after_the_real_end_counts_as_late():
    desk = Desk()
    desk.send(3, end=True)
    late = desk.send(5)
    assert (late.count, late.late, late.final) == (2, True, False)


def test_every_added_rose_postpones_the_time_out():
    desk = Desk()
    for count in range(1, 11):
        desk.send(count)
        assert desk.wait(IDLE_S - 1) == []
    assert desk.wait(2)[0].total == 10


def test_a_combo_without_group_begins_anew_after_its_end():
    desk = Desk()
    for _ in range(3):
        desk.send(1, group_id=0)
        desk.send(2, group_id=0)
        desk.send(2, group_id=0, end=True)
    assert desk.total() == 6
    assert desk.finals() == [2, 2, 2]
    assert len({g.streak for g in desk.gifts}) == 3
    assert len({g.id for g in desk.gifts}) == len(desk.gifts)


def test_a_late_frame_of_a_combo_without_group_does_not_begin_another():
    desk = Desk()
    desk.send(3, group_id=0, sent_ms=3000)
    desk.send(5, group_id=0, end=True, sent_ms=5000)
    assert desk.send(4, group_id=0, sent_ms=4000) is None
    assert desk.total() == 5


def test_a_combo_without_group_goes_on_after_our_own_end_when_its_count_is_higher():
    desk = Desk()
    desk.send(4, group_id=0)
    desk.wait(IDLE_S + 1)
    assert desk.send(6, group_id=0).count == 2
    desk.wait(IDLE_S + 1)
    assert desk.send(1, group_id=0).count == 1
    assert desk.total() == 7


def test_single_gifts_count_one_by_one():
    desk = Desk()
    for _ in range(5):
        desk.lion()
    assert desk.total() == 5
    assert all(g.final and g.streak == "" and g.total == 1 for g in desk.gifts)
    assert len({g.id for g in desk.gifts}) == 5


def test_a_single_gift_may_be_several_at_once():
    desk = Desk()
    assert desk.lion(count=3).count == 3


def test_a_count_of_zero_is_one_gift():
    desk = Desk()
    assert desk.lion(count=0).count == 1
    assert desk.send(0).count == 1


def test_the_same_order_is_not_counted_twice():
    desk = Desk()
    assert desk.lion(order_id="o1") is not None
    assert desk.lion(order_id="o1") is None
    assert desk.lion(order_id="o2") is not None
    assert desk.lion() is not None


def test_a_gift_without_description_takes_name_price_and_kind_from_the_list():
    gifts = GiftList(
        [GiftKind(ROSE, "Rose", 1, combo=True), GiftKind(LION, "Lion", 29999, combo=False)]
    )
    desk = Desk(Streaks(gifts))
    rose = desk.send(2, name="", coins=0, combo=None, group_id=0)
    lion = desk.lion(name="", coins=0, combo=None)
    assert (rose.name, rose.coins, rose.final) == ("Rose", 1, False)
    assert (lion.name, lion.coins, lion.final) == ("Lion", 29999, True)


def test_an_unknown_gift_with_a_group_or_an_end_is_a_combo():
    desk = Desk()
    assert desk.send(1, gift_id=1, combo=None, name="", coins=0).final is False
    end = desk.send(3, gift_id=2, group_id=0, combo=None, name="", coins=0, end=True)
    assert (end.count, end.final, end.streak != "") == (3, True, True)
    assert desk.send(1, gift_id=3, group_id=0, combo=None, name="", coins=0).final is True


def test_prices_are_learnt_from_the_stream():
    desk = Desk()
    desk.send(1, gift_id=8, name="Doughnut", coins=30)
    later = desk.send(1, gift_id=8, viewer=BOB, name="", coins=0, combo=None)
    assert (later.name, later.coins) == ("Doughnut", 30)


def test_ids_never_repeat_and_are_the_same_after_a_restart():
    desk = Desk()
    desk.send(1)
    again = restarted(desk)
    direct, resumed = desk.send(4), again.send(4)
    assert direct.id == resumed.id
    assert direct.count == resumed.count == 3
    ids = [g.id for g in desk.gifts]
    assert len(set(ids)) == len(ids)


def test_after_a_restart_nothing_counts_twice_and_nothing_is_lost():
    desk = Desk()
    desk.send(1)
    desk.send(3)
    again = restarted(desk)
    assert again.send(2) is None
    assert again.send(3) is None
    assert again.send(5).count == 2
    assert again.send(5, end=True).final is True
    assert restarted(again).send(5, end=True) is None


def test_a_late_increment_before_a_restart_does_not_end_the_combo_again():
    desk = Desk()
    desk.send(3, end=True)
    desk.send(5)
    again = restarted(desk)
    assert again.wait(IDLE_S * 2) == []
    assert again.send(5, end=True) is None
    assert again.send(6).late is True


def test_a_combo_that_was_open_at_a_crash_is_ended_after_the_restart():
    desk = Desk()
    desk.send(4)
    again = restarted(desk, seconds=5)
    assert again.wait(5) == []
    closed = again.wait(6)
    assert [(g.total, g.final, g.backlog, g.name, g.coins) for g in closed] == [
        (4, True, False, "Rose", 1)
    ]


def test_a_combo_that_was_open_long_ago_ends_without_moving_anything():
    desk = Desk()
    desk.send(4)
    again = restarted(desk, seconds=STALE_S + 10)
    assert [g.backlog for g in again.wait(1)] == [True]


def test_a_combo_without_group_is_the_same_one_after_a_restart():
    desk = Desk()
    desk.send(1, group_id=0)
    desk.send(2, group_id=0, end=True)
    desk.send(1, group_id=0)
    again = restarted(desk)
    assert again.send(1, group_id=0) is None
    assert again.send(3, group_id=0).id == desk.send(3, group_id=0).id


def test_orders_are_remembered_over_a_restart():
    desk = Desk()
    desk.lion(order_id="o1")
    again = restarted(desk)
    assert again.lion(order_id="o1") is None


def test_gifts_from_before_we_came_count_but_their_end_moves_nothing_either():
    desk = Desk()
    desk.send(5, backlog=True)
    assert desk.send(5, end=True).backlog is True
    assert desk.total() == 5


def test_a_combo_begun_before_we_came_moves_things_from_its_first_new_gift():
    desk = Desk()
    desk.send(5, backlog=True)
    assert desk.send(6).backlog is False
    assert desk.send(6, end=True).backlog is False


def test_the_end_of_the_stream_ends_all_combos():
    desk = Desk()
    desk.send(2)
    desk.send(3, viewer=BOB)
    closed = desk.streaks.close_all(desk.moment())
    assert sorted(one.gift.total for one in closed) == [2, 3]
    assert desk.streaks.open_count == 0
    assert desk.streaks.close_all(desk.moment()) == []


def test_combos_are_forgotten_after_a_quarter_of_an_hour():
    desk = Desk()
    for group in range(1, 200):
        desk.send(1, group_id=group, end=True)
    desk.now += KEEP_S + 1
    desk.send(1, group_id=999)
    desk.wait(0)
    assert len(desk.streaks._closed) == 0


def test_entries_tell_the_ledger_everything():
    desk = Desk()
    desk.send(3)
    entry = desk.told[0].entry
    assert (entry.room_id, entry.method, entry.message_id) == (77, "WebcastGiftMessage", 1)
    assert (entry.counted, entry.added, entry.final) == (3, 3, False)
    assert entry.streak == (1, 0, ROSE, GROUP)
    assert (entry.gift_id, entry.name, entry.coins) == (ROSE, "Rose", 1)
    assert entry.event_id == desk.gifts[0].id


def test_a_replay_has_ids_of_its_own():
    desk = Desk(Streaks(GiftList(), source=Source.REPLAY, prefix="replay-x/"))
    desk.send(1)
    desk.lion()
    assert all(g.id.startswith("replay-x/gift/") and g.source is Source.REPLAY for g in desk.gifts)
    assert restarted_replay(desk).send(1) is None


def restarted_replay(desk: Desk) -> Desk:
    again = Desk(Streaks(GiftList(), source=Source.REPLAY, prefix="replay-x/"), now=desk.now)
    again.streaks.restore(LedgerState.of(one.entry for one in desk.told), again.moment())
    return again


def test_seen_keys_forget_the_oldest_first():
    seen = SeenKeys(limit=3)
    assert [seen.add(k) for k in (1, 2, 3, 1, 4, 1, 2)] == [
        True,
        True,
        True,
        False,
        True,
        True,
        True,
    ]
    assert 4 in seen
    seen.clear()
    assert 4 not in seen


# ---------------------------------------------------------------- against an obvious model

frames = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),  # viewer
        st.sampled_from([11, 12]),  # group
        st.integers(1, 12),  # cumulative count
        st.booleans(),  # end
        st.sampled_from([0.0, 0.0, 1.0, 14.0, 16.0]),  # seconds before it
        st.booleans(),  # restart before it
    ),
    max_size=40,
)


@given(frames)
@settings(max_examples=300)
def test_any_row_of_frames_counts_the_highest_number_of_each_combo_and_ends_it_once(rows):
    desk = Desk()
    highest: dict[tuple[int, int], int] = {}
    for viewer, group, count, end, wait, restart in rows:
        if restart:
            again = restarted(desk, seconds=0.0)
            again.told = desk.told
            desk = again
        desk.wait(wait)
        desk.send(count, end=end, viewer=Viewer(viewer, f"v{viewer}"), group_id=group)
        highest[viewer, group] = max(highest.get((viewer, group), 0), count)
    desk.wait(IDLE_S + 1)

    counted: dict[tuple[int, int], int] = {}
    finals: dict[tuple[int, int], int] = {}
    for one in desk.told:
        key = (one.entry.streak.viewer_id, one.entry.streak.group_id)
        counted[key] = counted.get(key, 0) + one.gift.count
        finals[key] = finals.get(key, 0) + one.gift.final
        assert one.gift.total == counted[key]
    assert counted == highest
    assert all(times == 1 for times in finals.values())
    ids = [gift.id for gift in desk.gifts]
    assert len(set(ids)) == len(ids)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_combos_without_group_in_proper_order_add_up(totals):
    desk = Desk()
    for total in totals:
        for count in range(1, total + 1):
            desk.send(count, group_id=0)
        desk.send(total, group_id=0, end=True)
    assert desk.total() == sum(totals)
    assert desk.finals() == totals

"""Rotations that share a planner: every motor turns as far and as fast as it was told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.turns import AHEAD_S, PIECE_S, Leg, Stream, Turn, legs

WAYS = st.dictionaries(
    st.sampled_from("XYZA"),
    st.tuples(st.floats(-500, 500), st.floats(0.1, 100)),
    max_size=4,
)


def test_one_motor_is_one_leg():
    (leg,) = legs({"X": (8.0, 0.8)})
    assert leg == Leg({"X": 8.0}, 10.0)
    assert leg.mm_per_s == pytest.approx(0.8)


def test_two_motors_turn_together_until_the_first_is_done():
    first, second = legs({"X": (3.0, 1.0), "Y": (-8.0, 2.0)})
    assert first.ways == {"X": 3.0, "Y": -6.0}
    assert first.seconds == 3.0
    assert first.mm_per_s == pytest.approx(5**0.5)
    assert second.ways == {"Y": -2.0}
    assert second.seconds == 1.0


def test_who_is_done_at_nearly_the_same_time_is_done_together():
    (leg,) = legs({"X": (1.0, 1.0), "Y": (1.01, 1.0)})
    assert leg.ways == {"X": 1.0, "Y": 1.01}


@given(WAYS)
def test_legs_add_up_to_the_ways(left):
    made = legs(left)
    for axis, (way, speed) in left.items():
        assert sum(leg.ways.get(axis, 0.0) for leg in made) == pytest.approx(way, abs=1e-6)
        took_s = sum(leg.seconds for leg in made if leg.ways.get(axis))
        assert took_s == pytest.approx(abs(way) / speed, abs=0.1)
    assert all(leg.seconds > 0 for leg in made)


@given(
    st.lists(
        st.tuples(st.floats(0.1, 500), st.floats(1.0, 100), st.booleans()), min_size=1, max_size=4
    ),
    st.lists(st.floats(0.0, 3.0), max_size=40),
)
def test_a_board_never_has_much_more_than_a_second_of_way(told, waits):
    axes = "XYZE"[: len(told)]
    turns = {axis: Turn(*one) for axis, one in zip(axes, told, strict=True)}
    stream, now, sent_s, done_s = Stream(turns, dict.fromkeys(axes, 0.0)), 100.0, 0.0, 0.0
    last = dict.fromkeys(axes, 0.0)
    for wait in [0.0, *waits, *[PIECE_S] * 12_000]:
        if stream.all_sent:
            break
        now += wait
        done_s = min(sent_s, done_s + wait)
        for piece in stream.due(now):
            sent_s += piece.seconds
            for axis, place in piece.places.items():
                assert (place < 0) is turns[axis].reverse
                assert abs(place) > last[axis]
                way = abs(place) - last[axis]
                assert way == pytest.approx(piece.speeds[axis] * piece.seconds, rel=1e-3, abs=1e-3)
                last[axis] = abs(place)
        assert sent_s - done_s <= AHEAD_S * 1.01
    assert last == {axis: turn.way_mm for axis, turn in turns.items()}


def test_a_turn_that_grows_goes_on():
    turn = Turn(1.0, 1.0, reverse=False)
    stream = Stream({"X": turn}, {"X": 0.0})
    assert [one.places["X"] for one in stream.due(0.0)] == [0.5, 1.0]
    assert stream.all_sent
    turn.way_mm = 1.5
    assert [one.places["X"] for one in stream.due(0.5)] == [1.5]


def test_how_far_a_turn_still_is():
    turn = Turn(10.0, 1.0, reverse=True, began_mm=5.0)
    assert turn.left_mm(5.0) == 10.0
    assert turn.left_mm(-1.0) == 4.0
    assert turn.left_mm(-7.0) == 0.0
    assert turn.left_mm(6.0) == 10.0

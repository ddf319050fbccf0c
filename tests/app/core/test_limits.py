"""Limits of rules: cooldowns, runs in a stream, ceilings, and a memory that stays small."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.events import Source, StreamStarted, Viewer
from app.core.limits import RuleLimits, check_ceiling, check_limits
from app.core.memory import Memory, key_of
from app.core.outcome import Reason
from tests.app.core.making import gift, like


def started(room, source=Source.LIVE):
    return StreamStarted(id=f"start{room}", at_ms=0, room_id=room, source=source)


def steps_at(memory, limits, now, event=None):
    event = event or gift()
    return check_limits(limits, memory.of("r"), event, now)


def test_no_limit_leaves_no_step():
    assert steps_at(Memory(), RuleLimits(), 0.0) == []


def test_a_cooldown_tells_what_is_left_and_ends_on_time():
    memory, limits = Memory(), RuleLimits(cooldown_s=2.0)
    assert steps_at(memory, limits, 10.0)[0].passed
    memory.note_run("r", limits, gift(), 10.0)
    (step,) = steps_at(memory, limits, 10.5)
    assert (step.passed, step.reason) == (False, Reason.COOLDOWN)
    assert dict(step.values) == {"left_s": 1.5, "cooldown_s": 2.0}
    assert steps_at(memory, limits, 12.0)[0].passed


def test_a_cooldown_per_viewer_lets_others_in():
    memory, limits = Memory(), RuleLimits(viewer_cooldown_s=5.0)
    memory.note_run("r", limits, gift(), 0.0)
    assert not steps_at(memory, limits, 4.9)[0].passed
    assert steps_at(memory, limits, 4.9, gift(viewer=Viewer(8, "bob")))[0].passed
    assert steps_at(memory, limits, 5.0)[0].passed


def test_viewers_without_id_are_told_apart_by_their_handle():
    assert key_of(Viewer(0, "a")) != key_of(Viewer(0, "b"))
    assert key_of(Viewer(5, "a")) == key_of(Viewer(5, "renamed"))


def test_the_first_limit_that_stops_is_the_last_step():
    memory, limits = Memory(), RuleLimits(cooldown_s=1, viewer_cooldown_s=5, max_per_stream=1)
    memory.note_run("r", limits, gift(), 0.0)
    assert [s.gate for s in steps_at(memory, limits, 0.5)] == ["limits:cooldown"]
    assert [s.gate for s in steps_at(memory, limits, 2.0)] == [
        "limits:cooldown",
        "limits:viewer_cooldown",
    ]
    last = steps_at(memory, limits, 9.0)[-1]
    assert (last.gate, last.reason) == ("limits:max_per_stream", Reason.MAX_PER_STREAM)
    assert dict(last.values) == {"runs": 1.0, "most": 1}


def test_another_stream_counts_anew_and_the_same_one_goes_on():
    memory, limits = Memory(), RuleLimits(max_per_stream=2)
    memory.begin(started(1))
    memory.note_run("r", limits, gift(), 0.0)
    memory.note_run("r", limits, gift(), 1.0)
    memory.begin(started(1))
    assert not steps_at(memory, limits, 2.0)[-1].passed
    memory.begin(started(2))
    assert steps_at(memory, limits, 2.0)[-1].passed


def test_practice_and_replay_do_not_use_up_what_viewers_pay_for():
    memory, limits = Memory(), RuleLimits(max_per_stream=1)
    memory.begin(started(1))
    pretend, replay = gift(source=Source.PRETEND), gift(source=Source.REPLAY)
    memory.note_run("r", limits, pretend, 0.0)
    assert steps_at(memory, limits, 0.0)[-1].passed
    assert not steps_at(memory, limits, 0.0, pretend)[-1].passed
    memory.note_run("r", limits, gift(), 0.0)
    memory.begin(started(9, Source.REPLAY))
    assert not steps_at(memory, limits, 0.0)[-1].passed
    assert steps_at(memory, limits, 0.0, replay)[-1].passed
    memory.begin(started(2))
    assert steps_at(memory, limits, 0.0, pretend)[-1].passed


def test_a_ceiling_cuts_and_says_so():
    assert check_ceiling(RuleLimits(), 50) == (50, None)
    amount, step = check_ceiling(RuleLimits(ceiling=20), 50)
    assert amount == 20
    assert step is not None
    assert (step.passed, step.reason) == (True, Reason.LIMITED)
    assert dict(step.values) == {"limited": "amount", "asked": 50.0, "allowed": 20.0}
    amount, step = check_ceiling(RuleLimits(ceiling=20), 20)
    assert amount == 20
    assert step is not None
    assert step.reason is Reason.PASSED


def test_viewers_whose_rest_is_over_are_forgotten():
    memory, limits = Memory(), RuleLimits(viewer_cooldown_s=5.0)
    for second in range(1000):
        memory.note_run("r", limits, gift(viewer=Viewer(second + 1, "")), float(second))
    assert len(memory.of("r").viewers) == 5


def test_the_memory_of_viewers_is_bounded_and_drops_who_waited_longest():
    memory, limits = Memory(max_viewers=3), RuleLimits(viewer_cooldown_s=1000.0)
    for number in range(1, 6):
        memory.note_run("r", limits, gift(viewer=Viewer(number, "")), float(number))
    assert list(memory.of("r").viewers) == [3, 4, 5]


def test_rules_that_are_gone_are_forgotten():
    memory = Memory()
    for rule_id in ("a", "b"):
        memory.note_run(rule_id, RuleLimits(), gift(), 0.0)
    memory.keep_only({"b"})
    assert memory.of("a") is None
    assert memory.of("b") is not None


def test_likes_go_by_the_last_total_seen():
    memory = Memory()
    assert memory.likes_before(like(5, 100)) == 95
    memory.note_likes(like(5, 100))
    assert memory.likes_before(like(5, 250)) == 100
    assert memory.likes_before(like(5, 30)) == 25
    assert memory.likes_before(like(50, 30)) == 0
    assert memory.likes_before(like(5, 250, source=Source.REPLAY)) == 245
    memory.begin(started(3))
    assert memory.likes_before(like(5, 250)) == 245


MOMENTS = st.lists(
    st.tuples(st.floats(0, 5), st.integers(1, 3), st.sampled_from(list(Source))), max_size=60
)


@given(
    MOMENTS,
    st.sampled_from([0.0, 0.5, 3.0]),
    st.sampled_from([0.0, 1.0, 10.0]),
    st.none() | st.integers(1, 4),
)
def test_limits_are_never_exceeded(moments, cooldown_s, viewer_cooldown_s, most):
    limits = RuleLimits(
        cooldown_s=cooldown_s, viewer_cooldown_s=viewer_cooldown_s, max_per_stream=most
    )
    memory, now, runs = Memory(), 0.0, []
    for gap, viewer, source in moments:
        now += gap
        event = gift(viewer=Viewer(viewer, ""), source=source)
        if all(step.passed for step in steps_at(memory, limits, now, event)):
            memory.note_run("r", limits, event, now)
            runs.append((now, viewer, source))
    for (first, *_), (second, *_) in itertools.pairwise(runs):
        assert second - first >= cooldown_s - 1e-9
    for viewer in (1, 2, 3):
        own = [at for at, who, _ in runs if who == viewer]
        assert all(b - a >= viewer_cooldown_s - 1e-9 for a, b in itertools.pairwise(own))
    for source in Source:
        assert most is None or sum(kind is source for *_, kind in runs) <= most


@pytest.mark.parametrize(
    "wrong", [{"cooldown_s": -1}, {"cooldown_s": 1e9}, {"max_per_stream": 0}, {"policy": "hurry"}]
)
def test_limits_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RuleLimits.model_validate(wrong)

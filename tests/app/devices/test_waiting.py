"""The line in front of an output: its order, what gets too old, and what one more costs."""

from __future__ import annotations

import sys
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from app.core.outcome import Command
from app.devices.adding import Activation, joins_active
from app.devices.waiting import Waiting
from drivers.contract import Capability, Kind, Limits, QueuePolicy, Rotate

ADD, QUEUE = QueuePolicy.ADD, QueuePolicy.QUEUE
MOTOR = Capability("motor", Kind.MOTOR, "Motor", limits=Limits(max_rounds=20, max_on_s=60))


def command(name="c", rpm=60, policy=ADD, priority=0, deadline=99.0):
    return Command(name, "d", "motor", Rotate(1, rpm), deadline, None, policy, priority)


def active(rpm=60):
    one = command("running", rpm)
    return Activation((one,), one.instruction, 0.0, 9.0)


def names(waiting):
    return [one.id for one in waiting]


def filled(*commands):
    waiting = Waiting(MOTOR)
    for one in commands:
        waiting.add(one, None)
    return waiting


def test_what_adds_to_what_runs_stands_right_behind_it():
    waiting = filled(command("queued", 80, QUEUE, 2), command("same", policy=QUEUE))
    running = active()
    waiting.add(command("more"), running)
    waiting.add(command("other", rpm=90), running)
    waiting.add(command("again"), running)
    assert names(waiting) == ["more", "again", "queued", "same", "other"]


def test_who_matters_more_stands_before_who_came_first():
    waiting = filled(command("a"), command("b", priority=2), command("c", priority=2))
    assert names(waiting) == ["b", "c", "a"]


def test_what_is_too_old_is_taken_out_and_the_next_look_is_due_with_the_next_one():
    waiting = filled(command("a", deadline=9.0), command("b", deadline=5.0), command("c"))
    assert waiting.look_at == 5.0
    assert waiting.too_old(4.9) == []
    assert [one.id for one in waiting.too_old(5.0)] == ["b"]
    assert waiting.look_at == 9.0
    assert [one.id for one in waiting.too_old(100.0)] == ["a", "c"]
    assert waiting.look_at is None


def test_one_more_costs_no_more_behind_two_thousand():
    waiting, running = Waiting(MOTOR), active()
    for number in range(2_000):
        waiting.add(command(str(number)), running)
    looked = 0

    def count(frame, what, _):
        nonlocal looked
        looked += what == "call"

    one = command("last")
    sys.setprofile(count)
    try:
        waiting.add(one, running)
        waiting.too_old(50.0)
        assert waiting.look_at == 99.0
    finally:
        sys.setprofile(None)
    assert names(waiting)[-1] == "last"
    assert looked < 50


RPMS = st.sampled_from([60, 90])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), RPMS, st.sampled_from([ADD, QUEUE]), st.integers(0, 2)),
        st.tuples(st.just("run"), RPMS),
        st.tuples(st.just("rest")),
        st.tuples(st.just("take"), st.integers(1, 3)),
        st.tuples(st.just("back")),
        st.tuples(st.just("skip"), st.integers(0, 40)),
        st.tuples(st.just("later"), st.floats(0.0, 20.0)),
    ),
    max_size=60,
)


class Slow:
    """The same, looked up anew each time."""

    def __init__(self):
        self.line = []

    def add(self, one, running):
        place = 0
        if running is not None and joins_active(running, one, MOTOR):
            while place < len(self.line) and joins_active(running, self.line[place], MOTOR):
                place += 1
        else:
            place = len(self.line)
            while place and self.line[place - 1].priority < one.priority:
                place -= 1
        self.line.insert(place, one)


@given(STEPS)
def test_it_is_always_in_the_order_that_looking_at_all_of_them_gives(steps):
    waiting, slow, running, now = Waiting(MOTOR), Slow(), None, 0.0
    for number, (what, *rest) in enumerate(steps):
        if what == "add":
            one = command(str(number), *rest, deadline=now + 30.0 - number % 7)
            waiting.add(one, running)
            slow.add(one, running)
        elif what == "run":
            running = active(*rest)
        elif what == "rest":
            running = None
        elif what == "take":
            assert list(waiting.take(*rest)) == slow.line[: rest[0]]
            del slow.line[: rest[0]]
        elif what == "back":
            one = command(str(number), deadline=now + 10.0)
            waiting.put_back(one)
            slow.line.insert(0, one)
        elif what == "skip":
            taken = waiting.take_one(str(*rest))
            assert (taken is not None) == (str(*rest) in [one.id for one in slow.line])
            slow.line = [one for one in slow.line if one is not taken]
        else:
            now += rest[0]
            old = [one for one in slow.line if one.deadline <= now]
            assert waiting.too_old(now) == old
            slow.line = [one for one in slow.line if one.deadline > now]
        assert list(waiting) == slow.line
        due = min((one.deadline for one in slow.line), default=inf)
        assert (waiting.look_at or inf) <= due

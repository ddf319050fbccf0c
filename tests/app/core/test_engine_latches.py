"""Triggers that wait for a line to be crossed: the engine remembers whether they are armed."""

from __future__ import annotations

from app.core.events import Source, StreamStarted, ViewerCount
from tests.app.core.making import OPEN, engine, rule

CROWD = {"key": "viewers_reached", "viewers": 100, "margin": 10}


def watched(machine, *counts, source=Source.LIVE):
    """The counts at which the rule ran."""
    ran = []
    for count in counts:
        event = ViewerCount(id=f"v{count}", at_ms=1, count=count, source=source)
        if machine.handle(event, 0.0, OPEN).commands:
            ran.append(count)
    return ran


def test_a_trigger_that_fired_waits_until_it_is_armed_again():
    machine = engine(rule(when=CROWD))
    assert watched(machine, 50, 100, 99, 101, 89, 102) == [100, 102]


def test_practice_and_dry_runs_leave_the_real_one_armed():
    machine = engine(rule(when=CROWD))
    assert watched(machine, 100, source=Source.PRETEND) == [100]
    crowd = ViewerCount(id="v", at_ms=1, count=100)
    assert machine.explain(crowd, 0.0, OPEN).traces[0].ran
    assert watched(machine, 100) == [100]


def test_another_stream_arms_again():
    machine = engine(rule(when=CROWD))
    for room in (1, 2):
        machine.handle(StreamStarted(id=f"s{room}", at_ms=1, room_id=room), 0.0, OPEN)
        assert watched(machine, 100, 99, 100) == [100]

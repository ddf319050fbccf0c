"""Steps one after the other, run by the engine."""

from __future__ import annotations

from app.core.actions.sequence import Sequence
from tests.app.core.making import OPEN, engine, gates, gift, rule, said

STEPS = [{"key": "flash"}, {"key": "rotate", "on": False}, {"key": "switch_on"}]


def test_it_does_the_steps_that_are_on_in_their_order():
    outcome = engine(rule(do=[{"key": "sequence", "do": STEPS}])).handle(gift(), 0.0, OPEN)
    assert [command.device_id for command in outcome.commands] == ["light-1", "relay-1"]
    assert gates(outcome)[-2:] == ["do:flash", "do:switch_on"]
    assert outcome.traces[0].ran


def test_an_empty_one_does_nothing():
    outcome = engine(rule(do=[{"key": "sequence"}])).handle(gift(), 0.0, OPEN)
    assert outcome.commands == ()
    assert not outcome.traces[0].ran


def test_it_says_and_holds_its_steps():
    made = Sequence.model_validate({"do": STEPS})
    assert said(made) == (
        "(flash the light white 3 times, then switch on the relay for 3 s)",
        "(nháy đèn màu trắng 3 lần, rồi bật rơ-le trong 3 giây)",
    )
    assert [part.key for part in made.inner()] == ["flash", "rotate", "switch_on"]
    assert said(Sequence())[0] == "(choose what to do)"

"""Steps at the same time, run by the engine."""

from __future__ import annotations

from app.core.actions.parallel import Parallel
from tests.app.core.making import OPEN, engine, gift, rule, said

WAIT_AND_FLASH = {"key": "sequence", "do": [{"key": "wait", "seconds": 2}, {"key": "flash"}]}
STEPS = [WAIT_AND_FLASH, {"key": "switch_on"}, {"key": "rotate", "on": False}]


def devices(outcome):
    return [command.device_id for command in outcome.commands]


def test_all_begin_at_once_and_the_next_step_waits_for_the_longest():
    machine = engine(rule(do=[{"key": "parallel", "do": STEPS}, {"key": "play_effect"}]))
    assert devices(machine.handle(gift(), 0.0, OPEN)) == ["relay-1"]
    assert machine.due() == 2.0
    (later,) = machine.advance(2.0, OPEN)
    assert devices(later) == ["light-1", "effect-1"]
    assert machine.due() is None


def test_an_empty_one_does_nothing():
    assert list(Parallel().moves(None)) == []


def test_it_says_and_holds_its_steps():
    made = Parallel.model_validate({"do": [{"key": "flash"}, {"key": "switch_on"}]})
    assert said(made) == (
        "(flash the light white 3 times and at the same time switch on the relay for 3 s)",
        "(nháy đèn màu trắng 3 lần đồng thời bật rơ-le trong 3 giây)",
    )
    assert [part.key for part in made.inner()] == ["flash", "switch_on"]

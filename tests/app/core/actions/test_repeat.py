"""Steps several times, run by the engine."""

from __future__ import annotations

import pytest

from app.core.actions.repeat import Repeat
from app.core.moves import Tell
from tests.app.core.making import OPEN, engine, facts, gift, rule, said

FLASH = {"key": "flash"}


def repeating(**fields):
    return rule(do=[{"key": "repeat", "do": [FLASH], **fields}])


@pytest.mark.parametrize(("times", "done"), [("count", 3), ("0.4", 0), ("-2", 0), (2, 2)])
def test_it_does_them_as_often_as_the_formula_says(times, done):
    outcome = engine(repeating(times=times)).handle(gift(count=3), 0.0, OPEN)
    assert len(outcome.commands) == done
    assert outcome.traces[0].ran is bool(done)


def test_gaps_lie_between():
    machine = engine(repeating(times=3, gap_s=1.5))
    assert len(machine.handle(gift(), 0.0, OPEN).commands) == 1
    assert [len(one.commands) for one in machine.advance(1.5, OPEN)] == [1]
    assert [len(one.commands) for one in machine.advance(3.0, OPEN)] == [1]
    assert machine.due() is None


def test_a_gap_is_never_shorter_than_any_device_can_follow():
    machine = engine(repeating(times=3, gap_s=0.001))
    machine.handle(gift(), 0.0, OPEN)
    assert machine.advance(0.04, OPEN) == ()
    assert [len(one.commands) for one in machine.advance(0.05, OPEN)] == [1]
    assert said(Repeat(gap_s=0.001))[0].startswith("repeat 1 time per gift with 0.05 s between")


def test_a_thousand_times_at_most_and_never_for_nothing():
    moves = list(Repeat.model_validate({"times": "1e9", "do": [FLASH]}).moves(facts()))
    assert moves[0] == Tell((("repeats", 1000.0),))
    off = Repeat.model_validate({"times": 5, "do": [{**FLASH, "on": False}]})
    assert list(off.moves(facts())) == []


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "repeat 1 time per gift: (flash the light white 3 times)",
            "lặp lại 1 lần mỗi món quà: (nháy đèn màu trắng 3 lần)",
        ),
        (
            {"times": 3, "gap_s": 2},
            "repeat 3 times with 2 s between: (flash the light white 3 times)",
            "lặp lại 3 lần, cách nhau 2 giây: (nháy đèn màu trắng 3 lần)",
        ),
    ],
)
def test_it_says_how_often(fields, en, vi):
    made = Repeat.model_validate({"do": [FLASH], **fields})
    assert said(made) == (en, vi)
    assert [part.key for part in made.inner()] == ["flash"]

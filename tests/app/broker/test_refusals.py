"""Refusals: the newest of each kind, in words that can be shown."""

from __future__ import annotations

from app.broker.model import KEPT_REFUSALS, RefusalWhy
from app.broker.refusals import Refusals

WRONG = RefusalWhy.WRONG_PASSWORD


def test_whoever_knocks_often_is_told_once_with_the_last_time():
    refusals = Refusals()
    for at_ms in (1, 2, 3):
        refusals.add(at_ms, "10.0.0.5", "bulb", WRONG)
    refusals.add(4, "10.0.0.5", "bulb", RefusalWhy.TOPIC)
    assert [(one.at_ms, one.why) for one in refusals.all()] == [(3, WRONG), (4, RefusalWhy.TOPIC)]


def test_the_newest_are_kept_oldest_first():
    refusals = Refusals()
    for number in range(KEPT_REFUSALS + 10):
        refusals.add(number, "10.0.0.5", str(number), WRONG)
    refusals.add(1000, "10.0.0.5", "10", WRONG)
    kept = [one.name for one in refusals.all()]
    assert kept == [*(str(number) for number in range(11, KEPT_REFUSALS + 10)), "10"]


def test_a_name_a_stranger_made_up_can_be_shown():
    refusals = Refusals()
    refusals.add(1, "10.0.0.5", "a\nb\u202e" + "x" * 1000, WRONG)
    (one,) = refusals.all()
    assert one.name == "a?b?" + "x" * 60

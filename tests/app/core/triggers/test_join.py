"""The trigger for joins."""

from __future__ import annotations

from app.core.events import Join
from app.core.triggers.join import Joined
from tests.app.core.making import occasion, said


def test_it_fits_every_time_and_counts_one():
    verdict = Joined().match(occasion(Join(id="e", at_ms=0)))
    assert (verdict.passed, verdict.amount) == (True, 1)
    assert Joined.event is Join


def test_it_says_so():
    assert said(Joined()) == ("someone joins the LIVE", "có người vào xem LIVE")

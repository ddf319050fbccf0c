"""The trigger for shares."""

from __future__ import annotations

from app.core.events import Share
from app.core.triggers.share import Shared
from tests.app.core.making import occasion, said


def test_it_fits_every_time_and_counts_one():
    verdict = Shared().match(occasion(Share(id="e", at_ms=0)))
    assert (verdict.passed, verdict.amount) == (True, 1)
    assert Shared.event is Share


def test_it_says_so():
    assert said(Shared()) == ("someone shares the LIVE", "có người chia sẻ LIVE")

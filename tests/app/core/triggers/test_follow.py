"""The trigger for follows."""

from __future__ import annotations

from app.core.events import Follow
from app.core.triggers.follow import Followed
from tests.app.core.making import occasion, said


def test_it_fits_every_time_and_counts_one():
    verdict = Followed().match(occasion(Follow(id="e", at_ms=0)))
    assert (verdict.passed, verdict.amount) == (True, 1)
    assert Followed.event is Follow


def test_it_says_so():
    assert said(Followed()) == ("a new follower arrives", "có người theo dõi mới")

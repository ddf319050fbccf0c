"""The LIVE ends."""

from __future__ import annotations

from app.core.events import StreamEnded
from app.core.triggers.stream_ended import StreamEnds
from tests.app.core.making import occasion, said


def test_it_fits_every_time():
    assert StreamEnds().match(occasion(StreamEnded(id="s1", at_ms=1, suspended=True))).passed
    assert StreamEnds.event is StreamEnded


def test_it_says_so():
    assert said(StreamEnds()) == ("the LIVE ends", "LIVE kết thúc")

"""The LIVE begins."""

from __future__ import annotations

from app.core.events import StreamStarted
from app.core.triggers.stream_started import StreamBegins
from tests.app.core.making import occasion, said


def test_it_fits_every_time():
    assert StreamBegins().match(occasion(StreamStarted(id="s1", at_ms=1, room_id=1))).passed
    assert StreamBegins.event is StreamStarted


def test_it_says_so():
    assert said(StreamBegins()) == ("the LIVE begins", "LIVE bắt đầu")

"""The LIVE begins."""

from __future__ import annotations

from typing import ClassVar

from app.core.events import Event, StreamStarted
from app.core.parts import MATCH, Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_


class StreamBegins(Trigger):
    """The stream was joined."""

    key: ClassVar[str] = "stream_started"
    title: ClassVar[str] = N_("The LIVE begins")
    summary: ClassVar[str] = N_("Your LIVE is found and its events come in.")
    group: ClassVar[Section] = "time"
    event: ClassVar[type[Event]] = StreamStarted
    sentence: ClassVar[Say] = Say("the LIVE begins", "LIVE bắt đầu")

    def match(self, occasion: Occasion) -> Verdict:
        """Fit every time."""
        del occasion
        return MATCH

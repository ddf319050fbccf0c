"""The LIVE ends."""

from __future__ import annotations

from typing import ClassVar

from app.core.events import Event, StreamEnded
from app.core.parts import MATCH, Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_


class StreamEnds(Trigger):
    """TikTok says that the stream is over; a lost link is not an end."""

    key: ClassVar[str] = "stream_ended"
    title: ClassVar[str] = N_("The LIVE ends")
    summary: ClassVar[str] = N_("Your LIVE is over.")
    group: ClassVar[Section] = "time"
    event: ClassVar[type[Event]] = StreamEnded
    sentence: ClassVar[Say] = Say("the LIVE ends", "LIVE kết thúc")

    def match(self, occasion: Occasion) -> Verdict:
        """Fit every time."""
        del occasion
        return MATCH

"""A viewer shares the stream."""

from __future__ import annotations

from typing import ClassVar

from app.core.events import Event, Share
from app.core.parts import MATCH, Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_


class Shared(Trigger):
    """A viewer shares the stream."""

    key: ClassVar[str] = "share"
    title: ClassVar[str] = N_("A share")
    summary: ClassVar[str] = N_("A viewer shares your LIVE.")
    group: ClassVar[Section] = "viewers"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Share
    sentence: ClassVar[Say] = Say("someone shares the LIVE", "có người chia sẻ LIVE")

    def match(self, occasion: Occasion) -> Verdict:
        """Fit every time."""
        del occasion
        return MATCH

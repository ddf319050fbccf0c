"""A viewer enters the stream."""

from __future__ import annotations

from typing import ClassVar

from app.core.events import Event, Join
from app.core.parts import MATCH, Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_


class Joined(Trigger):
    """A viewer enters the stream."""

    key: ClassVar[str] = "join"
    title: ClassVar[str] = N_("Someone joins")
    summary: ClassVar[str] = N_("A viewer comes into your LIVE; in a full one that is often.")
    group: ClassVar[Section] = "viewers"
    event: ClassVar[type[Event]] = Join
    sentence: ClassVar[Say] = Say("someone joins the LIVE", "có người vào xem LIVE")

    def match(self, occasion: Occasion) -> Verdict:
        """Fit every time."""
        del occasion
        return MATCH

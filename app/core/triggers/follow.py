"""A viewer follows the streamer."""

from __future__ import annotations

from typing import ClassVar

from app.core.events import Event, Follow
from app.core.parts import MATCH, Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_


class Followed(Trigger):
    """A viewer follows the streamer."""

    key: ClassVar[str] = "follow"
    title: ClassVar[str] = N_("A new follower")
    summary: ClassVar[str] = N_("A viewer begins to follow you.")
    group: ClassVar[Section] = "viewers"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Follow
    sentence: ClassVar[Say] = Say("a new follower arrives", "có người theo dõi mới")

    def match(self, occasion: Occasion) -> Verdict:
        """Fit every time."""
        del occasion
        return MATCH

"""The sender follows the streamer."""

from __future__ import annotations

from typing import ClassVar

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_


class SenderIsFollower(Condition):
    """The sender follows the streamer."""

    key: ClassVar[str] = "sender_is_follower"
    title: ClassVar[str] = N_("Sender follows you")
    summary: ClassVar[str] = N_("Only viewers who follow you.")
    group: ClassVar[Section] = "sender"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("the sender is a follower", "người gửi đã theo dõi bạn")
    denials: ClassVar[tuple[Say, ...]] = (
        Say("the sender is not a follower", "người gửi chưa theo dõi bạn"),
    )
    held: ClassVar[Say] = Say("the sender is a follower", "người gửi đã theo dõi bạn")
    failed: ClassVar[Say] = Say("the sender is not a follower", "người gửi chưa theo dõi bạn")

    def holds(self, facts: Facts) -> Verdict:
        """Look at what TikTok said of the sender."""
        return answer(passed=facts.event.viewer.is_follower)

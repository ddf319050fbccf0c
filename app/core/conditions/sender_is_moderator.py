"""The sender is a moderator of the stream."""

from __future__ import annotations

from typing import ClassVar

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_


class SenderIsModerator(Condition):
    """The sender is a moderator of the stream."""

    key: ClassVar[str] = "sender_is_moderator"
    title: ClassVar[str] = N_("Sender is a moderator")
    summary: ClassVar[str] = N_("Only your moderators.")
    group: ClassVar[Section] = "sender"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("the sender is a moderator", "người gửi là người kiểm duyệt")
    denials: ClassVar[tuple[Say, ...]] = (
        Say("the sender is not a moderator", "người gửi không phải người kiểm duyệt"),
    )
    held: ClassVar[Say] = Say("the sender is a moderator", "người gửi là người kiểm duyệt")
    failed: ClassVar[Say] = Say(
        "the sender is not a moderator", "người gửi không phải người kiểm duyệt"
    )

    def holds(self, facts: Facts) -> Verdict:
        """Look at what TikTok said of the sender."""
        return answer(passed=facts.event.viewer.is_moderator)

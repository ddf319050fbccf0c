"""The sender subscribes to the streamer."""

from __future__ import annotations

from typing import ClassVar

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_


class SenderIsSubscriber(Condition):
    """The sender subscribes to the streamer."""

    key: ClassVar[str] = "sender_is_subscriber"
    title: ClassVar[str] = N_("Sender is a subscriber")
    summary: ClassVar[str] = N_("Only viewers with a subscription.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say("the sender is a subscriber", "người gửi đã đăng ký")
    denials: ClassVar[tuple[Say, ...]] = (
        Say("the sender is not a subscriber", "người gửi chưa đăng ký"),
    )
    held: ClassVar[Say] = Say("the sender is a subscriber", "người gửi đã đăng ký")
    failed: ClassVar[Say] = Say("the sender is not a subscriber", "người gửi chưa đăng ký")

    def holds(self, facts: Facts) -> Verdict:
        """Look at what TikTok said of the sender."""
        return answer(passed=facts.event.viewer.is_subscriber)

"""The sender is here for the first time."""

from __future__ import annotations

from typing import ClassVar

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_


class SenderFirstTime(Condition):
    """The sender was never seen in a stream before this one."""

    key: ClassVar[str] = "sender_first_time"
    title: ClassVar[str] = N_("Sender is new")
    summary: ClassVar[str] = N_("Only the first thing a viewer does in this LIVE.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say(
        "the sender is here for the first time", "người gửi mới đến lần đầu"
    )
    denials: ClassVar[tuple[Say, ...]] = (
        Say("the sender has been here before", "người gửi đã từng đến"),
    )
    held: ClassVar[Say] = Say("the sender is here for the first time", "người gửi mới đến lần đầu")
    failed: ClassVar[Say] = Say("the sender has been here before", "người gửi đã từng đến đây")

    def holds(self, facts: Facts) -> Verdict:
        """Ask the journal's book of viewers."""
        return answer(passed=facts.world.viewer(facts.event.viewer).first_time)

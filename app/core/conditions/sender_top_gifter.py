"""The sender is among those who gave most in this stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class SenderTopGifter(Condition):
    """The sender's place by coins in this stream, this gift counted in, is among the first."""

    key: ClassVar[str] = "sender_top_gifter"
    title: ClassVar[str] = N_("Sender is a top gifter")
    summary: ClassVar[str] = N_("Only those who have given most in this LIVE.")
    group: ClassVar[Section] = "sender"
    sentence: ClassVar[Say] = Say(
        "the sender gave most in this LIVE", "người gửi tặng nhiều nhất buổi LIVE này"
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "the sender is among the top {top} gifters",
            "người gửi thuộc {top} người tặng nhiều nhất",
        ),
    )
    denials: ClassVar[tuple[Say, ...]] = (
        Say(
            "the sender did not give most in this LIVE",
            "người gửi không phải người tặng nhiều nhất buổi LIVE này",
        ),
        Say(
            "the sender is not among the top {top} gifters",
            "người gửi không thuộc {top} người tặng nhiều nhất",
        ),
    )
    held: ClassVar[Say] = Say(
        "the sender is number {rank} of the gifters", "người gửi đứng thứ {rank} về quà tặng"
    )
    seen: ClassVar[Say | None] = held
    failed: ClassVar[Say] = Say(
        "the sender is number {rank} of the gifters, only the first {top} count",
        "người gửi đứng thứ {rank} về quà tặng, chỉ tính {top} người đầu",
    )
    cases: ClassVar[dict[str, Say]] = {
        "none": Say(
            "the sender has given nothing in this LIVE",
            "người gửi chưa tặng gì trong buổi LIVE này",
        )
    }

    top: int = Field(
        default=3, ge=1, le=100, title=N_("The first"), description=N_("1: only who gave most.")
    )

    def holds(self, facts: Facts) -> Verdict:
        """Ask for the sender's place."""
        rank = facts.world.viewer(facts.event.viewer).rank
        values = (("rank", rank), ("top", self.top))
        if rank <= 0:
            return answer(passed=False, values=(("case", "none"), *values))
        return answer(passed=rank <= self.top, values=values)

    def says(self) -> Say:
        """Say "most" when it is one person."""
        return self.sentences[0] if self.top > 1 else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell how many."""
        return {"top": speaker.number(self.top)}

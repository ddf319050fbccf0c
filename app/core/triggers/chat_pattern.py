"""A chat message fits a search pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Chat, Event
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from app.core.patterns import Pattern
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ChatPattern(Trigger):
    """The pattern fits somewhere in the first 200 characters of a message, in whatever case."""

    key: ClassVar[str] = "chat_pattern"
    title: ClassVar[str] = N_("A comment that fits a pattern")
    summary: ClassVar[str] = N_("A comment fits a search pattern; for those who know patterns.")
    group: ClassVar[Section] = "chat"
    event: ClassVar[type[Event]] = Chat
    sentence: ClassVar[Say] = Say("a comment fits {pattern}", "có bình luận khớp {pattern}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no pattern is written yet", "chưa nhập mẫu tìm"),
        "other": Say("the comment does not fit {pattern}", "bình luận không khớp {pattern}"),
    }

    pattern: Pattern = Field(
        default=Pattern(""),
        title=N_("Pattern"),
        description=N_("For example ^spin [0-9]+$. Capital and small letters are the same."),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the pattern is found."""
        event: Chat = occasion.event
        values = (("pattern", self.pattern.text),)
        if not self.pattern.text or not self.pattern.found_in(event.text):
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell which pattern it is for."""
        return (("case", "other" if self.pattern.text else "unwritten"),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the pattern."""
        return {"pattern": speaker.typed(self.pattern.text, "pattern")}

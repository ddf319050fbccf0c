"""A chat message holds one of some texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StringConstraints

from app.core.events import Chat, Event
from app.core.forms import Pick, hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ChatContains(Trigger):
    """Someone writes one of the texts, in whatever case, anywhere in the message."""

    key: ClassVar[str] = "chat_contains"
    title: ClassVar[str] = N_("A comment that contains a text")
    summary: ClassVar[str] = N_("A comment has one of your words anywhere in it.")
    group: ClassVar[Section] = "chat"
    event: ClassVar[type[Event]] = Chat
    sentence: ClassVar[Say] = Say("a comment contains {texts}", "có bình luận chứa {texts}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no text is written yet", "chưa nhập nội dung"),
        "other": Say("the comment does not contain {wanted}", "bình luận không chứa {wanted}"),
        "others": Say(
            "the comment contains none of {wanted} and {more} more",
            "bình luận không chứa {wanted} và {more} cụm từ khác",
        ),
    }

    texts: tuple[Annotated[str, StringConstraints(max_length=100)], ...] = Field(
        default=(),
        max_length=50,
        title=N_("Texts"),
        description=N_("Any of these starts the rule. Capital and small letters are the same."),
        json_schema_extra=hints(Pick.WORDS),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if one of the texts is in it."""
        event: Chat = occasion.event
        message = folded(event.text)
        for text in self.texts:
            wanted = folded(text)
            if wanted and wanted in message:
                return Verdict(passed=True, values=(("text", text),))
        return Verdict(passed=False, reason=Reason.NO_MATCH, amount=0)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell what the comment should contain."""
        wanted = [text.strip() for text in self.texts if text.strip()]
        if not wanted:
            return (("case", "unwritten"),)
        more = len(wanted) - 1
        return (("case", "others" if more else "other"), ("wanted", wanted[0]), ("more", more))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the texts."""
        quoted = [speaker.quoted(text) for text in self.texts if text.strip()]
        return {"texts": speaker.listed(quoted, "more_text") if quoted else speaker.missing("text")}

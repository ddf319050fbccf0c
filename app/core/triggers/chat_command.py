"""A chat message begins with a command word such as !spin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from app.core.events import Chat, Event
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from app.core.texts import clean, folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker

_MOST_SHOWN: Final = 40


def _first_word(text: str) -> str:
    words = folded(text).split(maxsplit=1)
    return words[0] if words else ""


class ChatCommand(Trigger):
    """Someone writes the command as the first word of a message, in whatever case."""

    key: ClassVar[str] = "chat_command"
    title: ClassVar[str] = N_("A chat command")
    summary: ClassVar[str] = N_("A viewer begins a comment with a word such as !spin.")
    group: ClassVar[Section] = "chat"
    common: ClassVar[bool] = True
    event: ClassVar[type[Event]] = Chat
    sentence: ClassVar[Say] = Say("someone writes {command}", "có người bình luận {command}")
    cases: ClassVar[dict[str, Say]] = {
        "unwritten": Say("no command is written yet", "chưa nhập lệnh"),
        "empty": Say("the comment is empty", "bình luận trống"),
        "inside": Say(
            "{command} does not stand at the beginning of the comment",
            "{command} không đứng đầu bình luận",
        ),
        "other": Say(
            "the comment begins with {first}, not with {command}",
            "bình luận bắt đầu bằng {first}, không phải {command}",
        ),
    }

    command: str = Field(
        default="",
        max_length=50,
        pattern=r"^\S*$",
        title=N_("Command"),
        description=N_("One word, for example !spin."),
        json_schema_extra=hints(placeholder="!spin"),
    )

    def keys(self) -> tuple[Hashable, ...]:
        """Found by the command."""
        return (("command", folded(self.command)),) if self.command else ()

    @classmethod
    def keys_of(cls, event: Event) -> tuple[Hashable, ...]:
        """Return the first word."""
        return (("command", _first_word(event.text)),) if isinstance(event, Chat) else ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the message begins with the command."""
        event: Chat = occasion.event
        if not self.command or _first_word(event.text) != folded(self.command):
            return Verdict(passed=False, reason=Reason.NO_MATCH, amount=0)
        return Verdict(passed=True, values=(("command", self.command),))

    def why_not(self, occasion: Occasion) -> Values:
        """Tell what the comment begins with."""
        event: Chat = occasion.event
        if not self.command:
            return (("case", "unwritten"),)
        words = clean(event.text).split()
        if not words:
            return (("case", "empty"),)
        inside = folded(self.command) in map(folded, words)
        case = "inside" if inside else "other"
        return (("case", case), ("first", words[0][:_MOST_SHOWN]), ("command", self.command))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the command."""
        command = self.command
        return {"command": speaker.quoted(command) if command else speaker.missing("command")}

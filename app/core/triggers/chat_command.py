"""A chat message begins with a command word such as !spin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Chat, Event
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Verdict
from app.core.texts import folded
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.core.speech import Slot, Speaker


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

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the command."""
        command = self.command
        return {"command": speaker.quoted(command) if command else speaker.missing("command")}

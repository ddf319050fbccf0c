"""Show the streamer a notification."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import Notify
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class ShowNotification(Action):
    """Show the streamer a notification."""

    key: ClassVar[str] = "notify"
    title: ClassVar[str] = N_("Show a notification")
    summary: ClassVar[str] = N_("Show a notification on this computer, for you alone.")
    group: ClassVar[Section] = "show"
    sentence: ClassVar[Say] = Say("notify you: {text}", "thông báo cho bạn: {text}")

    text: TextTemplate = Field(default=TextTemplate("{user}"), title=N_("Text"))

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do it if there is any text."""
        text = self.text.fill(facts.texts()).strip()
        if text:
            yield Emit(Notify(text))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the text."""
        return {"text": speaker.typed(self.text.text, "text")}

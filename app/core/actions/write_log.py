"""Write a line into the streamer's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import WriteLog
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class WriteToLog(Action):
    """Write a line into the streamer's log."""

    key: ClassVar[str] = "write_log"
    title: ClassVar[str] = N_("Write to your log")
    summary: ClassVar[str] = N_("Write a line into your log to read later.")
    group: ClassVar[Section] = "show"
    sentence: ClassVar[Say] = Say("write {text} to your log", "ghi {text} vào nhật ký của bạn")

    text: TextTemplate = Field(default=TextTemplate("{user}"), title=N_("Text"))

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do it if there is any text."""
        text = self.text.fill(facts.texts()).strip()
        if text:
            yield Emit(WriteLog(text))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the text."""
        return {"text": speaker.typed(self.text.text, "text")}

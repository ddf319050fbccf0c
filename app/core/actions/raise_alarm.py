"""Raise an alarm that stays until the streamer has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.effects import RaiseAlarm
from app.core.forms import hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {
    "info": N_("good to know"),
    "warning": N_("a warning"),
    "error": N_("serious"),
}


class RaiseTheAlarm(Action):
    """Raise an alarm that stays until the streamer has seen it."""

    key: ClassVar[str] = "raise_alarm"
    title: ClassVar[str] = N_("Raise an alarm")
    summary: ClassVar[str] = N_("Put a warning before you until you have seen it.")
    group: ClassVar[Section] = "show"
    sentence: ClassVar[Say] = Say("raise the alarm {text}", "báo động {text}")

    text: TextTemplate = Field(default=TextTemplate("{user}"), title=N_("Text"))
    level: Literal["info", "warning", "error"] = Field(
        default="warning", title=N_("How bad"), json_schema_extra=hints(choices=_WORDS)
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do it if there is any text."""
        text = self.text.fill(facts.texts()).strip()
        if text:
            yield Emit(RaiseAlarm(text, self.level))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the text."""
        return {"text": speaker.typed(self.text.text, "text")}

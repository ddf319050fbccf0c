"""Read a text aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import Speak
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class SpeakText(Action):
    """Read a text aloud."""

    key: ClassVar[str] = "speak"
    title: ClassVar[str] = N_("Read a text aloud")
    summary: ClassVar[str] = N_("Let the computer say something, such as who sent the gift.")
    group: ClassVar[Section] = "show"
    common: ClassVar[bool] = True
    outlet: ClassVar[str] = "speech"
    sentence: ClassVar[Say] = Say("say {text} aloud", "đọc to {text}")

    text: TextTemplate = Field(default=TextTemplate("{user}: {text}"), title=N_("Text"))
    voice: str = Field(
        default="",
        max_length=200,
        title=N_("Voice"),
        description=N_("Empty: the usual voice of the system."),
        json_schema_extra=hints(Pick.VOICE),
    )
    rate: float = Field(
        default=1.0,
        ge=0.5,
        le=2.0,
        title=N_("Speed"),
        description=N_("1 is the usual speed, 2 twice as fast."),
        json_schema_extra=hints(step=0.1),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Say it if there is anything to say."""
        text = self.text.fill(facts.texts()).strip()
        if text:
            yield Emit(Speak(text, self.voice, self.rate))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the text."""
        return {"text": speaker.typed(self.text.text, "text")}

"""Show a text on the overlay for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import ShowText
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from app.core.texts import TextTemplate
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class ShowOnOverlay(Action):
    """Show a text on the overlay for a while."""

    key: ClassVar[str] = "show_text"
    title: ClassVar[str] = N_("Show a text on screen")
    summary: ClassVar[str] = N_("Show a line in your LIVE picture, through the overlay.")
    group: ClassVar[Section] = "show"
    common: ClassVar[bool] = True
    outlet: ClassVar[str] = "overlay"
    sentence: ClassVar[Say] = Say(
        "show {text} on the overlay for {seconds}", "hiện {text} trên màn hình LIVE trong {seconds}"
    )

    text: TextTemplate = Field(default=TextTemplate("{user}"), title=N_("Text"))
    seconds: float = Field(
        default=5.0,
        gt=0,
        le=3_600,
        title=N_("Seconds"),
        json_schema_extra=hints(Pick.DURATION, unit="s"),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do it if there is any text."""
        text = self.text.fill(facts.texts()).strip()
        if text:
            yield Emit(ShowText(text, self.seconds))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the text and tell the time."""
        text = speaker.typed(self.text.text, "text")
        return {"text": text, "seconds": speaker.length(self.seconds)}

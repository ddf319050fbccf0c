"""Show or hide a source in OBS."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.effects import ShowSource
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {"show": N_("show"), "hide": N_("hide")}


class TurnObsSource(Action):
    """Show or hide a source of a scene, or of the scene that is on."""

    key: ClassVar[str] = "obs_source"
    title: ClassVar[str] = N_("OBS: show or hide a source")
    summary: ClassVar[str] = N_("Make a picture, a video or a text in OBS appear or vanish.")
    group: ClassVar[Section] = "outside"
    outlet: ClassVar[str] = "obs"
    sentence: ClassVar[Say] = Say("show {source} in OBS", "hiện {source} trong OBS")
    sentences: ClassVar[tuple[Say, ...]] = (Say("hide {source} in OBS", "ẩn {source} trong OBS"),)

    what: Literal["show", "hide"] = Field(
        default="show", title=N_("What to do"), json_schema_extra=hints(choices=_WORDS)
    )
    scene: str = Field(
        default="",
        max_length=200,
        title=N_("Scene"),
        description=N_("Empty: the scene that is on."),
        json_schema_extra=hints(Pick.SCENE),
    )
    source: str = Field(
        default="", max_length=200, title=N_("Source"), json_schema_extra=hints(Pick.SOURCE)
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do it if a source is chosen."""
        del facts
        if self.source:
            yield Emit(ShowSource(self.scene, self.source, self.what == "show"))

    def says(self) -> Say:
        """Say which of the two."""
        return self.sentence if self.what == "show" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the source."""
        return {"source": speaker.typed(self.source, "source")}

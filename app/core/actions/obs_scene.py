"""Switch OBS to a scene."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.effects import ShowScene
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class ShowObsScene(Action):
    """Switch OBS to a scene."""

    key: ClassVar[str] = "obs_scene"
    title: ClassVar[str] = N_("OBS: show a scene")
    summary: ClassVar[str] = N_("Change to another scene in OBS.")
    group: ClassVar[Section] = "outside"
    outlet: ClassVar[str] = "obs"
    sentence: ClassVar[Say] = Say("switch OBS to {scene}", "chuyển OBS sang {scene}")

    scene: str = Field(
        default="", max_length=200, title=N_("Scene"), json_schema_extra=hints(Pick.SCENE)
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Switch if a scene is chosen."""
        del facts
        if self.scene:
            yield Emit(ShowScene(self.scene))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Quote the scene."""
        return {"scene": speaker.typed(self.scene, "scene")}

"""Play a sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field, StringConstraints

from app.core.effects import PlaySound
from app.core.expressions import refused
from app.core.forms import Pick, hints
from app.core.moves import Emit, Move
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


def _inside(name: str) -> str:
    """Let only names through that stay in the folder of sounds, on every system."""
    if any(sign in name for sign in '\\:*?"<>|\0') or not name.isprintable():
        raise refused("sound_name", N_("this is not the name of a sound"))
    if name.startswith("/") or any(part in (".", "..") for part in name.split("/")):
        raise refused("sound_outside", N_("sounds are taken from the folder of sounds only"))
    return name


Sound = Annotated[
    str,
    StringConstraints(max_length=200, strip_whitespace=True),
    AfterValidator(_inside),
    Field(
        title=N_("Sound"),
        description=N_("One that came with the program, or a file in your folder of sounds."),
        json_schema_extra=hints(Pick.SOUND),
    ),
]


class PlayTheSound(Action):
    """Play a sound."""

    key: ClassVar[str] = "play_sound"
    title: ClassVar[str] = N_("Play a sound")
    summary: ClassVar[str] = N_("Play a sound on this computer.")
    group: ClassVar[Section] = "show"
    common: ClassVar[bool] = True
    outlet: ClassVar[str] = "sound"
    sentence: ClassVar[Say] = Say("play the sound {sound}", "phát âm thanh {sound}")

    sound: Sound = ""
    volume: float = Field(
        default=100.0,
        ge=0,
        le=100,
        title=N_("Volume"),
        json_schema_extra=hints(Pick.PERCENT, unit="percent"),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Play it if one is chosen and it is not silent."""
        del facts
        if self.sound and self.volume > 0:
            yield Emit(PlaySound(self.sound, self.volume / 100))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the sound."""
        return {"sound": speaker.typed(self.sound, "sound")}

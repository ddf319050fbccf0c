"""Run one of the device's own effects for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.forms import Pick, hints
from app.core.outputs import DeviceRef, OutputAction, Seconds
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, Play

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class PlayEffect(OutputAction):
    """Run one of the device's own effects for a while."""

    key: ClassVar[str] = "play_effect"
    title: ClassVar[str] = N_("Run an effect")
    summary: ClassVar[str] = N_("Start an effect that the device brings along.")
    group: ClassVar[Section] = "devices"
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.EFFECT,)
    sentence: ClassVar[Say] = Say(
        "run the special effect on {device} for {seconds}",
        "chạy hiệu ứng đặc biệt trên {device} trong {seconds}",
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "run {effect} on {device} for {seconds}",
            "chạy {effect} trên {device} trong {seconds}",
        ),
    )

    device: DeviceRef = "effect"
    effect: str = Field(
        default="",
        max_length=60,
        title=N_("Effect"),
        description=N_("As the device calls it."),
        json_schema_extra=hints(Pick.EFFECT),
    )
    seconds: Seconds = Formula(30)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Run it if the time comes to more than zero."""
        seconds = self.seconds.value(facts.numbers())
        return (self.plan(Play(self.effect), seconds),) if seconds > 0 else ()

    def says(self) -> Say:
        """Name the effect if one is chosen."""
        return self.sentences[0] if self.effect else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "effect": speaker.quoted(self.effect),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }

"""Several steps one after the other, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.moves import Move, run_steps
from app.core.parts import Action, AnyAction, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class Sequence(Action):
    """Several steps one after the other, as one."""

    key: ClassVar[str] = "sequence"
    title: ClassVar[str] = N_("One after the other")
    summary: ClassVar[str] = N_("Keep several steps together, one after the other.")
    group: ClassVar[Section] = "flow"
    sentence: ClassVar[Say] = Say("({steps})", "({steps})")

    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Steps"))

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do each step that is on."""
        return run_steps(self.do, facts)

    def inner(self) -> tuple[Action, ...]:
        """Return its steps."""
        return self.do

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the steps."""
        return {"steps": speaker.steps(self.do)}

"""Several steps at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.moves import Move, Together, run_steps
from app.core.parts import Action, AnyAction, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class Parallel(Action):
    """Several steps at the same time; the next one waits for the longest of them."""

    key: ClassVar[str] = "parallel"
    title: ClassVar[str] = N_("At the same time")
    summary: ClassVar[str] = N_("Do several steps at once.")
    group: ClassVar[Section] = "flow"
    sentence: ClassVar[Say] = Say("({steps})", "({steps})")

    do: tuple[AnyAction, ...] = Field(
        default=(),
        max_length=20,
        title=N_("Steps"),
        description=N_("All begin at once. The next step waits until all are over."),
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Begin each step that is on in a branch of its own."""
        branches = tuple(run_steps((action,), facts) for action in self.do if action.on)
        if branches:
            yield Together(branches)

    def inner(self) -> tuple[Action, ...]:
        """Return its steps."""
        return self.do

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the steps."""
        return {"steps": speaker.steps(self.do, "beside")}

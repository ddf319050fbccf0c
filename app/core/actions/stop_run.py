"""End the rule's run here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.core.moves import EndRun, Move
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator


class StopRun(Action):
    """End the run here, with everything that happens at the same time in it."""

    key: ClassVar[str] = "stop_run"
    title: ClassVar[str] = N_("Stop here")
    summary: ClassVar[str] = N_("End here and leave out the steps below.")
    group: ClassVar[Section] = "flow"
    sentence: ClassVar[Say] = Say("stop here", "dừng tại đây")

    def moves(self, facts: Facts) -> Iterator[Move]:
        """End the run."""
        del facts
        yield EndRun()

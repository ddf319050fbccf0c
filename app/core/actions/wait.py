"""Wait before the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from app.core.expressions import Formula
from app.core.moves import Move, Pause
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

MOST_S: Final = 3_600.0


class Wait(Action):
    """Wait before the next step, an hour at most."""

    key: ClassVar[str] = "wait"
    title: ClassVar[str] = N_("Wait")
    summary: ClassVar[str] = N_("Let some time pass before the next step.")
    group: ClassVar[Section] = "flow"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("wait {seconds}", "chờ {seconds}")

    seconds: Formula = Field(
        default=Formula(1),
        title=N_("Seconds"),
        description=N_("One hour at most."),
        json_schema_extra={"unit": "s"},
    )

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Pause if the time comes to more than zero."""
        seconds = self.seconds.value(facts.numbers())
        if seconds > 0:
            yield Pause(min(MOST_S, seconds))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the time."""
        return {"seconds": speaker.worked_out(self.seconds, "second")}

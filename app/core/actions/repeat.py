"""Steps several times."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from app.core.actions.wait import MOST_S
from app.core.expressions import Formula
from app.core.forms import Pick, hints
from app.core.moves import Enter, Move, Pause, Tell, run_steps
from app.core.outputs import whole
from app.core.parts import Action, AnyAction, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker

MOST_TIMES: Final = 1_000
# Shorter ones are faster than any device, and a thousand of them keep the core busy for nothing.
_LEAST_GAP_S: Final = 0.05


class Repeat(Action):
    """Steps several times, a thousand at most, with a gap between."""

    key: ClassVar[str] = "repeat"
    title: ClassVar[str] = N_("Repeat")
    summary: ClassVar[str] = N_("Do the same steps several times.")
    group: ClassVar[Section] = "flow"
    sentence: ClassVar[Say] = Say("repeat {times}: ({steps})", "lặp lại {times}: ({steps})")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "repeat {times} with {gap_s} between: ({steps})",
            "lặp lại {times}, cách nhau {gap_s}: ({steps})",
        ),
    )

    times: Formula = Field(
        default=Formula("count"),
        title=N_("Times"),
        description=N_("A thousand at most."),
        json_schema_extra={"unit": "times"},
    )
    gap_s: float = Field(
        default=0.0,
        ge=0,
        le=MOST_S,
        title=N_("Gap"),
        description=N_("Waits this long between one time and the next, 0.05 s at least. 0: none."),
        json_schema_extra=hints(Pick.DURATION, unit="s"),
    )
    do: tuple[AnyAction, ...] = Field(default=(), max_length=50, title=N_("Steps"))

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Do the steps as often as the formula says when this step is reached."""
        times = min(MOST_TIMES, whole(self.times.value(facts.numbers())))
        if times <= 0 or not any(action.on for action in self.do):
            return
        yield Tell((("repeats", float(times)),))
        for number in range(times):
            if number and self.gap_s:
                yield Enter(f"do:{self.key}")
                yield Pause(self._gap_s())
            yield from run_steps(self.do, facts)

    def _gap_s(self) -> float:
        return max(_LEAST_GAP_S, self.gap_s) if self.gap_s else 0.0

    def inner(self) -> tuple[Action, ...]:
        """Return its steps."""
        return self.do

    def says(self) -> Say:
        """Tell the gap if there is one."""
        return self.sentences[0] if self.gap_s else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the steps."""
        return {
            "times": speaker.worked_out(self.times, "time"),
            "gap_s": speaker.length(self._gap_s()),
            "steps": speaker.steps(self.do),
        }

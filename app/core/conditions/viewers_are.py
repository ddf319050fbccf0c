"""How many are watching, compared with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.comparing import Comparison, compare
from app.core.forms import hints
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ViewersAre(Condition):
    """The number of viewers that was told last stands to the number as asked."""

    key: ClassVar[str] = "viewers_are"
    title: ClassVar[str] = N_("How many watch")
    summary: ClassVar[str] = N_("Only if so many people watch.")
    group: ClassVar[Section] = "values"
    sentence: ClassVar[Say] = Say("at least {number} watch", "có ít nhất {number} người xem")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("more than {number} watch", "có hơn {number} người xem"),
        Say("exactly {number} watch", "có đúng {number} người xem"),
        Say("any number but {number} watch", "số người xem khác {number}"),
        Say("at most {number} watch", "có tối đa {number} người xem"),
        Say("fewer than {number} watch", "có ít hơn {number} người xem"),
    )
    # From at least to fewer: the opposite of each stands as far from the other end.
    denials: ClassVar[tuple[Say, ...]] = (*reversed(sentences), sentence)
    held: ClassVar[Say] = Say("{viewers} watch", "có {viewers} người xem")
    seen: ClassVar[Say | None] = held
    failed: ClassVar[Say] = Say(
        "{viewers} watch, wanted is {comparison}", "có {viewers} người xem, cần {comparison}"
    )

    comparison: Comparison = Field(default=Comparison.AT_LEAST, title=N_("How to compare"))
    number: int = Field(
        default=100,
        ge=0,
        le=100_000_000,
        title=N_("Viewers"),
        json_schema_extra=hints(unit="viewers", step=10),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Compare the viewers."""
        watching = facts.state.watching()
        values = (
            ("viewers", watching),
            ("comparison", self.comparison.value),
            ("wanted", self.number),
        )
        return answer(passed=compare(watching, self.comparison, self.number), values=values)

    def says(self) -> Say:
        """Say the comparison."""
        return (self.sentence, *self.sentences)[list(Comparison).index(self.comparison)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the number."""
        return {"number": speaker.number(self.number)}

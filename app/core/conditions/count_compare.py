"""How many this run counts, compared with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.comparing import Comparison, compare
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class CountCompare(Condition):
    """The count stands to the number as asked."""

    key: ClassVar[str] = "count_compare"
    title: ClassVar[str] = N_("How many")
    summary: ClassVar[str] = N_("Only if so many came at once.")
    group: ClassVar[Section] = "values"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("at least {number} arrive", "có ít nhất {number}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("more than {number} arrive", "có nhiều hơn {number}"),
        Say("exactly {number} arrive", "có đúng {number}"),
        Say("any count but {number} arrives", "có số lượng khác {number}"),
        Say("at most {number} arrive", "có tối đa {number}"),
        Say("fewer than {number} arrive", "có ít hơn {number}"),
    )
    # From at least to fewer: the opposite of each stands as far from the other end.
    denials: ClassVar[tuple[Say, ...]] = (*reversed(sentences), sentence)
    held: ClassVar[Say] = Say("the count {count} fits", "số lượng {count} phù hợp")
    seen: ClassVar[Say | None] = Say("the count is {count}", "số lượng là {count}")
    failed: ClassVar[Say] = Say(
        "the count is {count}, wanted is {comparison}", "số lượng là {count}, cần {comparison}"
    )

    comparison: Comparison = Field(default=Comparison.AT_LEAST, title=N_("How to compare"))
    number: int = Field(
        default=1,
        ge=0,
        le=1_000_000_000,
        title=N_("Count"),
        description=N_("A combo counted at its end counts as a whole."),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Compare the amount."""
        values = (
            ("count", facts.amount),
            ("comparison", self.comparison.value),
            ("wanted", self.number),
        )
        return answer(passed=compare(facts.amount, self.comparison, self.number), values=values)

    def says(self) -> Say:
        """Say the comparison."""
        return (self.sentence, *self.sentences)[list(Comparison).index(self.comparison)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the number."""
        return {"number": speaker.number(self.number)}

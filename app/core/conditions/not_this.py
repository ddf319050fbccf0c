"""A condition turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.parts import AnyCondition, Condition, Facts, Say, Section, Verdict, answer, passed_on
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class Not(Condition):
    """Its condition does not hold. Without one, or with one that is off, it holds."""

    key: ClassVar[str] = "not"
    title: ClassVar[str] = N_("Not")
    summary: ClassVar[str] = N_("Turns a condition round: only if it is not met.")
    group: ClassVar[Section] = "groups"
    sentence: ClassVar[Say] = Say("not ({condition})", "không phải ({condition})")
    held: ClassVar[Say] = Say(
        "the condition is not met, as wanted", "điều kiện không đúng, như mong muốn"
    )
    failed: ClassVar[Say] = Say("the condition is met", "điều kiện lại đúng")

    of: AnyCondition | None = Field(default=None, title=N_("Condition"))

    def holds(self, facts: Facts) -> Verdict:
        """Turn the answer round and keep its values."""
        if self.of is None or not self.of.on:
            return answer(passed=True)
        verdict = self.of.holds(facts)
        return answer(passed=not verdict.passed, values=passed_on(self.of, verdict))

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the condition."""
        if self.of is None or not self.of.on:
            return {"condition": speaker.missing("condition")}
        return {"condition": speaker.clause(self.of, "iff")}
